#include "calculator/evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <span>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

namespace lanewise::inline v0::calculator {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// What carries a shape alone is counted, but is not in memory.
bool is_in_memory(const ArrayView& view) {
  return std::ranges::any_of(view.strides_bytes(), [](std::ptrdiff_t stride) { return stride != 0; });
}

void count_array(Effort& effort, const ArrayView& view) {
  effort.element_count = std::max(effort.element_count, view.size());
  if (is_in_memory(view)) effort.moved_bytes += bytes_of(view);
}

Effort effort_of(double seconds, const std::vector<Input>& inputs) {
  Effort effort{.seconds = seconds};
  for (const Input& input : inputs) count_array(effort, input.view);
  return effort;
}

// Whether a text is a list with a comma, in brackets or not: of one member it is a tuple as well.
bool has_comma(std::string_view text) {
  const ScannedText scanned(text);
  WordRange words{0, scanned.words().size()};
  while (words.end - words.begin >= 2 && scanned.is(words.begin, "(") && scanned.closing_bracket(words.begin) + 1 == words.end) {
    words = {words.begin + 1, words.end - 1};
  }
  const std::vector<WordRange> members = split_list(scanned, words);
  return members.size() > 1 || (members.size() == 1 && members.front().end < words.end);
}

// Lines are counted, as the rows of a table are not known before it is read. Of what is no file the library will say so.
std::size_t most_rows(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return 0;
  std::ifstream file(path, std::ios::binary);
  std::vector<char> block(std::size_t{1} << 16);
  std::size_t count = 0;
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    count += static_cast<std::size_t>(std::count_if(block.begin(), block.begin() + file.gcount(), [](char c) { return c == '\n' || c == '\r'; }));
  }
  return count;  // the first line has the names
}

void require_one_result(std::size_t value_count, TextRange place) {
  if (value_count == 1) return;
  throw ShapeError(ErrorCode::wrong_output_count,
                   fmt::format("there is memory for one result, and the expression has {}; write each by a statement of its own", value_count),
                   {place.begin, place.end - place.begin});
}

// As in Python, a number takes the type of the elements that it is written to, if that is of its kind or of a later one.
bool takes_type(const Expression& expression, std::span<const std::size_t> shape, DType dtype) {
  const DType own = expression.result_dtype();
  if (!shape.empty()) return false;
  if (own == DType::bool_) return true;
  if (own == DType::int64) return !dtype.is_bool();
  if (own == DType::float64) return dtype.is_floating() || dtype.is_complex();
  return own == DType::complex128 && dtype.is_complex();
}

// Between integers a cast would stop at the limits.
Expression cast_of_number(DType from, DType to) {
  if (from.is_integer() && to.is_integer()) return Expression::compile("x", {{"x", to}});
  return Expression::compile(fmt::format("{}(x)", to.name()), {{"x", from}});
}

// Whether `work` would be let begin with that much memory: it is stopped before its first block.
template <class Work>
bool fits(Work work, EvaluateOptions options, std::size_t memory_bytes) {
  std::stop_source stopped;
  stopped.request_stop();
  options.stop = stopped.get_token();
  options.progress = {};
  options.memory_limit_bytes = memory_bytes;
  try {
    work(options);
  } catch (const Cancelled&) {
  } catch (const LimitError&) {
    return false;
  }
  return true;
}

}  // namespace

void RunContext::check_stop() const {
  if (stop.stop_requested()) throw Cancelled(ErrorCode::cancelled, "interrupted");
}

// Runs `work` with its options. Where memory is short, results are dropped, but only if that can make enough room. What is needed is not known, but
// the library asks for all of it before it evaluates the first block.
template <class Work>
auto Evaluation::with_room(const Prepared& prepared, Work work) {
  EvaluateOptions options = evaluate_options(prepared);
  for (std::size_t dropped_bytes = 1;; dropped_bytes *= 2) {
    try {
      return work(options);
    } catch (const LimitError& error) {
      const std::size_t droppable_bytes = error.error_code() == ErrorCode::memory_limit ? names_.droppable_bytes() : 0;
      if (droppable_bytes == 0 || (dropped_bytes == 1 && !fits(work, options, names_.memory_left() + droppable_bytes))) throw;
    }
    names_.drop_results(dropped_bytes);
    options.memory_limit_bytes = names_.memory_left();
  }
}

// Evaluating --------------------------------------------------------------------------------------------------------------------------

EvaluateOptions Evaluation::evaluate_options(const Prepared& prepared) const {
  EvaluateOptions options{
      .max_threads = context_.run.max_threads, .stop = context_.stop, .order = Order::c, .memory_limit_bytes = names_.memory_left()};
  if (context_.run.progress) {
    const std::size_t element_count = largest_size(prepared);
    options.progress = [this, element_count](double fraction) { context_.run.progress(fraction, element_count); };
  }
  return options;
}

std::size_t Evaluation::largest_size(const Prepared& prepared) {
  std::size_t largest = 0;
  for (const Input& input : prepared.inputs) largest = std::max(largest, input.view.size());
  for (const std::vector<std::size_t>& shape : prepared.expression.result_shapes(prepared.inputs)) {
    std::size_t size = 1;
    for (const std::size_t extent : shape) size *= extent;  // that of an input, or what broadcasting has checked
    largest = std::max(largest, size);
  }
  return largest;
}

// Memory of the host may change or go away, so its elements are copied.
SharedValue Evaluation::value_of_name(const Source& source) const {
  const WordRange expression = source.expression;
  if (!source.operation.empty() || expression.end - expression.begin != 1 || text_.word(expression.begin).kind != Word::Kind::name) return nullptr;
  const NamedValue* const value = names_.find(text_.word_text(expression.begin));
  const auto* const own = value != nullptr ? std::get_if<SharedValue>(value) : nullptr;
  return own != nullptr ? *own : nullptr;
}

Evaluated Evaluation::evaluate(const Source& source) {
  context_.check_stop();
  if (SharedValue value = value_of_name(source)) {
    const std::size_t count = value->elements().size();
    return {{std::move(value)}, false, {.element_count = count}};
  }
  return evaluate(formula_of(source), source);
}

Evaluated Evaluation::evaluate(Formula formula, const Source& source) {
  if (formula.text() == "()") return {{}, true};  // of a scalar's shape; no expression of the language
  if (formula.inputs().size() == 1 && formula.inputs()[0].value != nullptr && formula.text() == formula.inputs()[0].name) {
    const SharedValue value = formula.inputs()[0].value;
    return {{value}, false, {.element_count = value->elements().size()}};
  }
  return run(prepare(std::move(formula), source));
}

Evaluated Evaluation::run(const Prepared& prepared) {
  return in_source(prepared.formula, [&] {
    const auto start = std::chrono::steady_clock::now();
    std::vector<Array> results = with_room(prepared, [&](const EvaluateOptions& options) { return prepared.expression.evaluate_all(prepared.inputs, options); });
    Evaluated evaluated{{}, results.size() != 1 || has_comma(prepared.formula.text()), effort_of(seconds_since(start), prepared.inputs)};
    for (Array& result : results) {
      count_array(evaluated.effort, result);
      evaluated.values.push_back(std::make_shared<const Value>(std::move(result), names_.memory()));
    }
    return evaluated;
  });
}

Effort Evaluation::evaluate_into(WordRange expression, const OutputMaker& make_output) {
  const Prepared prepared = prepare(expression);
  const auto shapes = in_source(prepared.formula, [&] { return prepared.expression.result_shapes(prepared.inputs); });
  require_one_result(shapes.size(), text_.range_of(expression));
  return in_source(prepared.formula, [&] {
    const MutableArrayView output = make_output(prepared.expression.result_dtype(), shapes.front());
    const auto start = std::chrono::steady_clock::now();
    with_room(prepared, [&](const EvaluateOptions& options) { prepared.expression.evaluate(prepared.inputs, output, options); });
    Effort effort = effort_of(seconds_since(start), prepared.inputs);
    count_array(effort, output);
    return effort;
  });
}

// Where elements would be written before they are read, the value is made first, then copied.
Effort Evaluation::assign_elements(const Source& source, const MutableArrayView& output) {
  const Prepared prepared = prepare(source);
  const TextRange place = text_.range_of(source.expression);
  const auto shapes = in_source(prepared.formula, [&] { return prepared.expression.result_shapes(prepared.inputs); });
  require_one_result(shapes.size(), place);
  if (prepared.expression.result_dtype() != output.dtype() && takes_type(prepared.expression, shapes.front(), output.dtype())) {
    return assign_number(prepared, output, place);
  }
  require_elements_of(output, prepared.expression.result_dtype(), shapes.front(), place);
  return in_source(prepared.formula, [&] {
    const auto start = std::chrono::steady_clock::now();
    try {
      with_room(prepared, [&](const EvaluateOptions& options) { prepared.expression.evaluate(prepared.inputs, output, options); });
    } catch (const AliasError&) {
      const Array value = with_room(prepared, [&](const EvaluateOptions& options) { return prepared.expression.evaluate(prepared.inputs, options); });
      Expression::compile("x", {{"x", value.dtype()}}).evaluate({{"x", ArrayView(value)}}, output);
    }
    Effort effort = effort_of(seconds_since(start), prepared.inputs);
    count_array(effort, output);
    return effort;
  });
}

Effort Evaluation::assign_number(const Prepared& prepared, const MutableArrayView& output, TextRange place) {
  Evaluated evaluated = run(prepared);
  const Value& number = *evaluated.values.front();
  try {
    cast_of_number(number.elements().dtype(), output.dtype()).evaluate({{"x", operand_of(number)}}, output);
  } catch (const DTypeError&) {
    throw DTypeError(ErrorCode::literal_out_of_range, fmt::format("this number does not fit elements of {}", output.dtype().name()),
                     {place.begin, place.end - place.begin});
  }
  count_array(evaluated.effort, output);
  return evaluated.effort;
}

void Evaluation::require_elements_of(const MutableArrayView& output, DType dtype, const std::vector<std::size_t>& shape, TextRange place) {
  const SourceSpan span{place.begin, place.end - place.begin};
  if (dtype != output.dtype()) {
    const std::string_view wanted = output.dtype().name();
    throw DTypeError(ErrorCode::wrong_output_dtype,
                     fmt::format("the elements that this is written to are {}, the value is {}; write {}(...) around it", wanted, dtype.name(), wanted), span);
  }
  const bool has_one = std::ranges::all_of(shape, [](std::size_t extent) { return extent == 1; });
  if (has_one || std::ranges::equal(shape, output.shape())) return;
  throw ShapeError(ErrorCode::shape_mismatch,
                   fmt::format("the array that this is written to has the shape ({}), the value has ({})", fmt::join(output.shape(), ", "), fmt::join(shape, ", ")), span);
}

std::vector<Array> Evaluation::make_outputs(const Prepared& prepared) {
  const auto shapes = prepared.expression.result_shapes(prepared.inputs);
  const std::vector<DType> dtypes = prepared.expression.result_dtypes();
  std::vector<Array> outputs;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    std::size_t size_bytes = dtypes[i].size_bytes();
    for (const std::size_t extent : shapes[i]) {
      if (__builtin_mul_overflow(size_bytes, extent, &size_bytes)) throw ShapeError(ErrorCode::shape_overflow, "more elements than memory can hold");
    }
    names_.make_room(size_bytes);
    outputs.emplace_back(dtypes[i], shapes[i]);
  }
  return outputs;
}

Effort Evaluation::measure(const Source& source, std::size_t repeat_count) {
  const Prepared prepared = prepare(source);
  return in_source(prepared.formula, [&] {
    std::vector<Array> results = make_outputs(prepared);
    const std::vector<MutableArrayView> outputs(results.begin(), results.end());
    const EvaluateOptions options = evaluate_options(prepared);
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < repeat_count; ++i) {
      context_.check_stop();
      prepared.expression.evaluate_all(prepared.inputs, outputs, options);
    }
    Effort effort = effort_of(seconds_since(start), prepared.inputs);
    for (const Array& result : results) count_array(effort, result);
    return effort;
  });
}

bool Evaluation::holds(WordRange expression, Effort& effort) {
  Formula formula(text_.text(), prefix_);
  append_between(formula, "all((", expression, "))");
  const Evaluated evaluated = run(prepare(std::move(formula), expression));
  effort = evaluated.effort;
  return *static_cast<const bool*>(evaluated.values.front()->elements().data());
}

// Explaining --------------------------------------------------------------------------------------------------------------------------

std::string Evaluation::explain(const Source& source, Stage stage) {
  const Prepared prepared = prepare(source);
  return prepared.formula.in_words_of_user(prepared.expression.explain(stage), true);
}

std::string Evaluation::explain_plan(const Source& source) {
  const Prepared prepared = prepare(source);
  return in_source(prepared.formula, [&] {
    std::vector<Array> results = make_outputs(prepared);
    const std::vector<MutableArrayView> outputs(results.begin(), results.end());
    return prepared.expression.explain(prepared.inputs, outputs, evaluate_options(prepared));
  });
}

// For makers --------------------------------------------------------------------------------------------------------------------------

SharedValue Evaluation::reshaped(WordRange expression, const std::function<std::vector<std::size_t>(std::size_t)>& shape_of) {
  Evaluated evaluated = evaluate(expression);
  const TextRange place = text_.range_of(expression);
  if (evaluated.values.size() != 1) {
    throw ShapeError(ErrorCode::not_one_element, "one array is expected here, not a tuple", {place.begin, place.end - place.begin});
  }
  SharedValue value = evaluated.values.front();
  if (!value->elements().is_contiguous()) value = run(prepare(expression)).values.front();  // of a file in Fortran order
  const ArrayView elements = value->elements();
  const ArrayView view(elements.data(), elements.dtype(), shape_of(elements.size()));
  return std::make_shared<const Value>(std::move(value), view, names_.memory());
}

MakerHost::Outline Evaluation::outline_of(WordRange expression) {
  const TextRange place = text_.range_of(expression);
  const Prepared prepared = prepare(expression);
  auto shapes = in_source(prepared.formula, [&] { return prepared.expression.result_shapes(prepared.inputs); });
  if (shapes.size() == 1) return Outline{prepared.expression.result_dtype(), std::move(shapes.front())};
  throw ShapeError(ErrorCode::not_one_element, "one array is expected here, not a tuple", {place.begin, place.end - place.begin});
}

template <class Load>
SharedValue Evaluation::load(SourceSpan place, Load load_file) {
  if (!context_.options.read_files) throw FileError(ErrorCode::file_not_allowed, "this session may not read files", place);
  try {
    auto elements = load_file();
    if constexpr (std::is_same_v<decltype(elements), Array>) names_.make_room(elements.size() * elements.dtype().size_bytes());
    return std::make_shared<const Value>(std::move(elements), names_.memory());
  } catch (const FileError& error) {
    throw FileError(error.error_code(), error.what(), place);
  }
}

SharedValue Evaluation::load_npy(const std::string& path, SourceSpan place) {
  return load(place, [&] { return lanewise::load_npy(path); });
}

SharedValue Evaluation::load_csv(const std::string& path, std::string_view column, SourceSpan place) {
  return load(place, [&] {
    names_.make_room(most_rows(path) * sizeof(double));
    return lanewise::load_csv(path, column);
  });
}

}  // namespace lanewise::inline v0::calculator
