// From the words of an expression to a formula that the library compiles: makers' calls become inputs, and names get their values.

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "calculator/evaluation.hpp"

namespace lanewise::inline v0::calculator {
namespace {

using Kind = Word::Kind;

constexpr std::size_t deepest_makers = 32;  // each takes some kilobytes of stack

Schema schema_of(const std::vector<Input>& inputs) {
  std::vector<SchemaEntry> entries;
  entries.reserve(inputs.size());
  for (const Input& input : inputs) entries.push_back({std::string(input.name), input.view.dtype(), input.view.is_weak()});
  return Schema(std::move(entries));
}

// Counts how deep makers stand in makers' arguments, as long as it lives.
class Deeper {
 public:
  explicit Deeper(std::size_t& depth) : depth_(++depth) {}
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace

Source Evaluation::source_of(const Statement& statement) const {
  const bool is_evaluated = statement.kind == Statement::Kind::expression || statement.kind == Statement::Kind::assignment;
  if (!is_evaluated) refuse_kind(statement, "an expression or an assignment is");
  return statement.operation.empty() ? Source(statement.value) : Source(statement.targets.front(), statement.operation, statement.value);
}

void Evaluation::refuse_kind(const Statement& statement, std::string_view expected) const {
  const TextRange place = text_.range_of(statement.whole);
  throw SyntaxError(ErrorCode::unsupported_syntax, fmt::format("{} expected as the last statement", expected), {place.begin, place.end - place.begin});
}

// A function of the host with a maker's name hides the maker.
const Maker* Evaluation::maker_at(std::size_t word, std::size_t end) const {
  if (text_.word(word).kind != Kind::name || word + 2 >= end || !text_.is(word + 1, "(") || text_.closing_bracket(word + 1) >= end) return nullptr;
  if (word > 0 && text_.is(word - 1, ".")) return nullptr;
  const Maker* const maker = find_maker(text_.word_text(word));
  return maker != nullptr && context_.options.functions.find(maker->name) == nullptr ? maker : nullptr;
}

Formula Evaluation::formula_of(const Source& source) {
  Formula formula(text_.text(), prefix_);
  if (source.operation.empty()) {
    append(formula, source.expression);
    return formula;
  }
  formula.copy(text_.word(source.name).range);
  append_between(formula, fmt::format(" {} (", source.operation), source.expression, ")");
  return formula;
}

// What is put around an expression must not complete it: one that is not whole by itself is compiled alone, which throws.
void Evaluation::append_between(Formula& formula, std::string_view before, WordRange expression, std::string_view after) {
  if (expression.empty() || !text_.is_balanced(expression)) prepare(expression);
  const TextRange place = text_.range_of(expression);
  formula.replace({place.begin, place.begin}, before);
  append(formula, expression);
  formula.replace({place.end, place.end}, after);
}

void Evaluation::append(Formula& formula, WordRange expression) {
  const TextRange whole = text_.range_of(expression);
  std::size_t copied_to = whole.begin;
  for (std::size_t i = expression.begin; i < expression.end; ++i) {
    if (maker_at(i, expression.end) == nullptr) continue;
    formula.copy({copied_to, text_.word(i).range.begin});
    i = append_call(formula, i, expression.end);
    copied_to = text_.word(i).range.end;
  }
  formula.copy({copied_to, whole.end});
}

// Returns the last word of the call. The language has slices of inputs alone: what is sliced becomes one.
std::size_t Evaluation::append_call(Formula& formula, std::size_t name, std::size_t end) {
  const std::size_t last = text_.closing_bracket(name + 1);
  const TextRange call{text_.word(name).range.begin, text_.word(last).range.end};
  const Deeper deeper(depth_);
  if (depth_ > std::min(deepest_makers, context_.options.limits.nesting_depth)) {
    throw LimitError(ErrorCode::nesting_too_deep, "calls that make arrays are nested too deep", {call.begin, text_.word(name).range.end - call.begin});
  }
  context_.check_stop();
  const Maker& maker = *maker_at(name, end);
  if (last + 1 < end && text_.is(last + 1, "[")) {
    formula.replace(call, add_whole(formula, maker, name));
  } else {
    MakerCall maker_call(maker, text_, name, *this, formula);
    formula.replace(call, maker.write(maker_call));
  }
  return last;
}

// Returns the name of an input that is the call's value: what the maker has added as one input, or else what its formula comes to.
std::string Evaluation::add_whole(Formula& formula, const Maker& maker, std::size_t name) {
  const WordRange words{name, text_.closing_bracket(name + 1) + 1};
  const TextRange place = text_.range_of(words);
  Formula own(text_.text(), prefix_);
  MakerCall call(maker, text_, name, *this, own);
  own.replace(place, maker.write(call));
  const std::string_view label = part(text_.text(), place);
  if (own.inputs().size() == 1 && own.text() == own.inputs().front().name) {
    const MadeInput& made = own.inputs().front();
    return made.value != nullptr ? formula.add_input(label, made.value) : formula.add_input(label, made.view, made.memory);
  }
  const Evaluated evaluated = evaluate(std::move(own), words);
  return formula.add_input(label, evaluated.is_tuple ? joined(evaluated.values) : evaluated.values.front());
}

// The extents of a shape, which is sliced as an array.
SharedValue Evaluation::joined(const std::vector<SharedValue>& extents) const {
  Array array(DType::int64, std::array{extents.size()});
  std::ranges::transform(extents, array.span<std::int64_t>().begin(),
                         [](const SharedValue& extent) { return *static_cast<const std::int64_t*>(extent->elements().data()); });
  return std::make_shared<const Value>(std::move(array), names_.memory());
}

// A name before an opening bracket is a function's, one before an equals sign inside brackets an argument's, one behind a point an attribute's.
void Evaluation::add_names(WordRange words, std::vector<Input>& inputs, std::vector<NamedValue>& held) const {
  std::set<std::string_view> seen;
  for (std::size_t i = words.begin; i < words.end; ++i) {
    if (text_.word(i).kind != Kind::name) continue;
    if (maker_at(i, words.end) != nullptr) {
      i = text_.closing_bracket(i + 1);
      continue;
    }
    const bool is_attribute = i > words.begin && text_.is(i - 1, ".");
    const bool is_argument = i + 1 < words.end && text_.word(i).depth > 0 && text_.word(i + 1).kind == Kind::equals;
    if (is_attribute || is_argument || text_.is(i + 1, "(") || !seen.insert(text_.word_text(i)).second) continue;
    const NamedValue* const value = names_.find(text_.word_text(i));
    if (value == nullptr || std::ranges::find(inputs, text_.word_text(i), &Input::name) != inputs.end()) continue;
    inputs.push_back({text_.word_text(i), operand_of(*value)});
    held.push_back(*value);
  }
}

std::vector<Input> Evaluation::inputs_of(const Formula& formula, const Source& source, std::vector<NamedValue>& held) const {
  std::vector<Input> inputs;
  if (!source.operation.empty()) add_names({source.name, source.name + 1}, inputs, held);
  add_names(source.expression, inputs, held);
  for (const MadeInput& made : formula.inputs()) inputs.push_back({made.name, made.view});
  return inputs;
}

Evaluation::Prepared Evaluation::prepare(Formula formula, const Source& source) {
  std::vector<NamedValue> held;
  std::vector<Input> inputs = inputs_of(formula, source, held);
  Expression compiled = in_source(formula, [&] { return compile(formula, inputs); });
  return {std::move(formula), std::move(inputs), std::move(held), std::move(compiled)};
}

// An unknown name is looked for once more among all names, as the nearest one may be a name that the text does not mention.
Expression Evaluation::compile(const Formula& formula, const std::vector<Input>& inputs) const {
  const CompileOptions options{context_.options.limits, &context_.functions};
  try {
    return Expression::compile(formula.text(), schema_of(inputs), options);
  } catch (const NameError& error) {
    if (error.error_code() != ErrorCode::unknown_name) throw;
    std::vector<Input> all = inputs;
    for (const auto& [known, value] : names_.bound()) {
      if (std::ranges::find(inputs, known, &Input::name) == inputs.end()) all.push_back({known, operand_of(value)});
    }
    if (all.size() <= options.limits.input_count) Expression::compile(formula.text(), schema_of(all), options);
    throw;
  }
}

}  // namespace lanewise::inline v0::calculator
