// Only the names that a text mentions are passed on, so that arrays of other lengths may be about. Whatever the library throws has
// positions in the text it was given; that text is the statement behind as many blanks as stand before it in the line, so the
// positions hold for the line as well, and the line is what a report quotes.
#include "calculator/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace lanewise::inline v0::calculator {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

SourceSpan span_of(TextRange range) { return {range.begin, range.end - range.begin}; }

Schema schema_of(const std::vector<Input>& inputs) {
  std::vector<SchemaEntry> entries;
  entries.reserve(inputs.size());
  for (const Input& input : inputs) entries.push_back({std::string(input.name), input.view.dtype(), input.view.is_weak()});
  return Schema(std::move(entries));
}

// Runs `work` so that its errors quote `text`.
template <class Work>
auto quoting(std::string_view text, Work work) {
  try {
    return work();
  } catch (Error& error) {
    error.attach_source(text);
    throw;
  }
}

// Keywords cannot be bound. The library knows them: it is asked to compile a program that binds the name.
void require_bindable(std::string_view text, TextRange name) {
  const std::string binding = blank_before(text, name) + " = 0; 0";
  Expression::compile(binding, Schema{});
}

[[noreturn]] void explain_misplaced_maker(const Error& error, const Maker& maker) {
  throw NameError(error.error_code(), fmt::format("{} makes an array and stands alone, as in x = {}", maker.name, maker.usage),
                  error.span());
}

[[noreturn]] void refuse_tuple(TextRange right_side, std::size_t value_count) {
  throw DTypeError(ErrorCode::unsupported_operand_dtype,
                   fmt::format("a name stands for one value, this is a tuple of {}; bind each by a statement of its own", value_count),
                   span_of(right_side));
}

[[noreturn]] void refuse_results(std::size_t value_count) {
  throw ShapeError(ErrorCode::wrong_output_count,
                   fmt::format("a file holds one result, and the expression has {}; write each by a command of its own", value_count));
}

const Maker* maker_of(std::string_view text, const std::optional<Call>& call) {
  return call ? find_maker(part(text, call->name)) : nullptr;
}

void count_array(Answer& answer, const ArrayView& view) {
  answer.element_count = std::max(answer.element_count, view.size());
  if (!view.is_scalar()) answer.moved_bytes += view.size() * view.dtype().size_bytes();
}

void count_traffic(Answer& answer, const std::vector<Input>& inputs) {
  for (const SharedValue& value : answer.values) count_array(answer, value->array);
  for (const Input& input : inputs) count_array(answer, input.view);
}

void copy(const Array& from, const MutableArrayView& to) {
  if (from.size() > 0) std::memcpy(to.data(), from.data(), from.size() * from.dtype().size_bytes());
}

}  // namespace

Answer Session::run(std::string_view text, TextRange statement, const std::stop_token& stop) {
  const auto assignment = find_assignment(text, statement);
  if (!assignment) {
    Answer answer = value_of(text, statement, stop);
    if (answer.values.empty()) return answer;
    remember("ans", answer.values.back());
    remember("_", answer.values.back());
    return answer;
  }
  quoting(text, [&] { require_bindable(text, assignment->name); });
  Answer answer = value_of(text, assignment->right_side, stop);
  answer.is_assignment = true;
  if (answer.is_tuple) quoting(text, [&] { refuse_tuple(assignment->right_side, answer.values.size()); });
  remember(part(text, assignment->name), answer.values.front());
  return answer;
}

Answer Session::evaluate(std::string_view text, const std::stop_token& stop) { return value_of(text, {0, text.size()}, stop); }

Answer Session::evaluate_into(std::string_view text, const OutputMaker& make_output, const std::stop_token& stop,
                              const std::function<void(double)>& progress) {
  return quoting(text, [&] {
    const auto call = find_call(text, {0, text.size()});
    if (const Maker* const maker = maker_of(text, call)) {
      Answer made = made_value(text, *maker, *call, stop);
      const Array& array = made.values.front()->array;
      copy(array, make_output(array.dtype(), array.shape()));
      made.values.clear();
      return made;
    }
    const std::vector<Input> inputs = inputs_of(text);
    const Expression expression = compile(std::string(text), inputs);
    const auto shapes = expression.result_shapes(inputs);
    if (shapes.size() != 1) refuse_results(shapes.size());
    const MutableArrayView output = make_output(expression.result_dtype(), shapes.front());
    const auto start = std::chrono::steady_clock::now();
    expression.evaluate(inputs, output, {.max_threads = max_threads_, .stop = stop, .progress = progress});
    Answer answer{.seconds = seconds_since(start)};
    count_array(answer, output);
    count_traffic(answer, inputs);
    return answer;
  });
}

void Session::define(std::string_view text, TextRange name, NamedValue value) {
  quoting(text, [&] { require_bindable(text, name); });
  remember(part(text, name), std::move(value));
}

std::string Session::explain(std::string_view text, TextRange statement, ExplainStage stage) const {
  const bool is_one_statement = split_statements(part(text, statement)).size() == 1;
  if (const auto assignment = find_assignment(text, statement); assignment && is_one_statement) statement = assignment->right_side;
  return quoting(text, [&] {
    const std::string source = blank_before(text, statement);
    const std::vector<Input> inputs = inputs_of(source);
    const Expression expression = compile(source, inputs);
    switch (stage) {
      case ExplainStage::tree: return expression.explain(Stage::tree);
      case ExplainStage::graph: return expression.explain(Stage::graph);
      case ExplainStage::simplified: return expression.explain(Stage::simplified);
      case ExplainStage::program: return expression.explain(Stage::program);
      case ExplainStage::plan: break;
    }
    std::vector<Array> results = expression.evaluate_all(inputs, {.max_threads = max_threads_, .order = Order::c});  // their shapes are known only then
    const std::vector<MutableArrayView> outputs(results.begin(), results.end());
    return expression.explain(inputs, outputs, {.max_threads = max_threads_});
  });
}

Answer Session::value_of(std::string_view text, TextRange range, const std::stop_token& stop) const {
  return quoting(text, [&] {
    const auto call = find_call(text, range);
    const Maker* const maker = maker_of(text, call);
    return maker ? made_value(text, *maker, *call, stop) : expression_value(text, range, stop);
  });
}

Answer Session::expression_value(std::string_view text, TextRange range, const std::stop_token& stop) const {
  const std::string source = blank_before(text, range);
  const std::vector<Input> inputs = inputs_of(source);
  const Expression expression = compile(source, inputs);
  const auto start = std::chrono::steady_clock::now();
  std::vector<Array> results = expression.evaluate_all(inputs, {.max_threads = max_threads_, .stop = stop, .order = Order::c});
  Answer answer{.is_tuple = results.size() != 1, .seconds = seconds_since(start)};
  for (Array& result : results) answer.values.push_back(std::make_shared<const Value>(std::move(result)));
  count_traffic(answer, inputs);
  return answer;
}

Answer Session::made_value(std::string_view text, const Maker& maker, const Call& call, const std::stop_token& stop) const {
  std::vector<MakerArgument> arguments;
  for (const TextRange argument : call.arguments) {
    arguments.push_back({expression_value(text, argument, stop).values, span_of(argument)});
  }
  const auto start = std::chrono::steady_clock::now();
  Array made = make_array(maker, {maker.name, span_of(call.name), arguments, stop});
  Answer answer{.seconds = seconds_since(start)};
  answer.values.push_back(std::make_shared<const Value>(std::move(made)));
  count_traffic(answer, {});
  return answer;
}

std::vector<Input> Session::inputs_of(std::string_view source) const {
  std::vector<Input> inputs;
  for (const std::string_view mentioned : mentioned_names(source)) {
    if (const auto found = names_.find(mentioned); found != names_.end()) inputs.push_back({found->first, view_of(found->second)});
  }
  return inputs;
}

// An unknown name is looked for once more among all names, as the nearest one may be a name that the text does not mention.
Expression Session::compile(const std::string& source, const std::vector<Input>& inputs) const {
  try {
    return Expression::compile(source, schema_of(inputs));
  } catch (const NameError& error) {
    if (error.error_code() != ErrorCode::unknown_name) throw;
    const std::string_view name = std::string_view(source).substr(error.span().offset_bytes, error.span().length_bytes);
    if (const Maker* const maker = find_maker(name)) explain_misplaced_maker(error, *maker);
    std::vector<Input> all;
    for (const auto& [known, value] : names_) all.push_back({known, view_of(value)});
    Expression::compile(source, schema_of(all));
    throw;
  }
}

void Session::remember(std::string_view name, NamedValue value) { names_.insert_or_assign(std::string(name), std::move(value)); }

}  // namespace lanewise::inline v0::calculator
