// What is common to all calls: finding their arguments, and reading them.
#include "calculator/makers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include <fmt/format.h>
#include <lanewise/expression.hpp>

#include "calculator/element_types.hpp"
#include "calculator/half.hpp"
#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {
namespace {

SourceSpan span_of(TextRange range) { return {range.begin, range.end - range.begin}; }

[[noreturn]] void refuse_number(SourceSpan place, std::string_view expected, std::string_view value) {
  throw DTypeError(ErrorCode::literal_out_of_range, fmt::format("a {} is expected here, not {}", expected, value), place);
}

template <class T, Element From>
T converted(From value, SourceSpan place) {
  if constexpr (ComplexElement<From>) {
    if constexpr (ComplexElement<T>) return T(value);
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a real number is expected here, not a complex one", place);
  } else if constexpr (RealFloatElement<From>) {
    return static_cast<T>(as_double(value));
  } else if constexpr (std::is_same_v<From, std::uint64_t> && std::is_same_v<T, std::int64_t>) {
    if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) refuse_number(place, "number below 2**63", fmt::format("{}", value));
    return static_cast<T>(value);
  } else {
    return static_cast<T>(value);
  }
}

bool is_whole(DType dtype) { return dtype.is_integer() || dtype.is_bool(); }

template <Element T>
T number_in(const ArrayView& scalar, SourceSpan place) {
  return with_element_type(scalar.dtype(), [&]<class From>(std::type_identity<From>) {
    return converted<T, From>(*static_cast<const From*>(scalar.data()), place);
  });
}

std::int64_t whole_number_in(const ArrayView& scalar, SourceSpan place) {
  if (is_whole(scalar.dtype())) return number_in<std::int64_t>(scalar, place);
  const double value = number_in<double>(scalar, place);
  if (!(std::abs(value) < 0x1p63) || value != std::trunc(value)) refuse_number(place, "whole number", shortest_text(value));
  return static_cast<std::int64_t>(value);
}

std::size_t checked_length(std::int64_t length, SourceSpan place) {
  if (length < 0) throw ShapeError(ErrorCode::shape_overflow, fmt::format("an array cannot have {} elements", length), place);
  return static_cast<std::size_t>(length);
}

const ArrayView& require_scalar(const ArrayView& view, SourceSpan place) {
  if (view.is_scalar()) return view;
  throw ShapeError(ErrorCode::not_one_element, "a number is expected here, not an array", place);
}

}  // namespace

MakerCall::MakerCall(const Maker& maker, const ScannedText& text, std::size_t name, MakerHost& host, Formula& formula)
    : maker_(maker), text_(text), name_(name), host_(host), formula_(formula) {
  for (const WordRange argument : split_list(text, {name + 2, text.closing_bracket(name + 1)})) add_argument(argument);
  for (std::size_t i = 0; i < maker.required_count; ++i) {
    if (!has(maker.parameters[i])) refuse_missing(maker.parameters[i]);
  }
}

void MakerCall::refuse_missing(std::string_view parameter) const {
  throw NameError(ErrorCode::wrong_argument_count, fmt::format("'{}' is missing; write {}", parameter, maker_.usage), span());
}

// By name, or in order up to `dtype`.
void MakerCall::add_argument(WordRange argument) {
  const bool is_named = text_.words().size() > argument.begin + 1 && argument.end - argument.begin >= 2 &&
                        text_.word(argument.begin).kind == Word::Kind::name && text_.word(argument.begin + 1).kind == Word::Kind::equals;
  const auto parameters_end = std::ranges::find(maker_.parameters, "dtype");
  const auto position = static_cast<std::ptrdiff_t>(arguments_.size());
  const SourceSpan place = span_of(text_.range_of(argument));
  if (!is_named) {
    if (position >= parameters_end - maker_.parameters.begin()) {
      throw NameError(ErrorCode::wrong_argument_count, fmt::format("too many arguments; write {}", maker_.usage), span());
    }
    arguments_.push_back({maker_.parameters[static_cast<std::size_t>(position)], argument});
    return;
  }
  const auto parameter = std::ranges::find(maker_.parameters, text_.word_text(argument.begin));
  if (parameter == maker_.parameters.end()) {
    throw NameError(ErrorCode::unknown_name, fmt::format("'{}' has no argument '{}'; write {}", maker_.name, text_.word_text(argument.begin), maker_.usage),
                    place);
  }
  if (has(*parameter)) throw NameError(ErrorCode::name_defined_twice, fmt::format("'{}' is given twice", *parameter), place);
  arguments_.push_back({*parameter, {argument.begin + 2, argument.end}});
}

const MakerCall::Argument* MakerCall::find(std::string_view parameter) const noexcept {
  const auto found = std::ranges::find(arguments_, parameter, &Argument::parameter);
  return found == arguments_.end() ? nullptr : &*found;
}

SourceSpan MakerCall::span(std::string_view parameter) const { return span_of(text_.range_of(words(parameter))); }
SourceSpan MakerCall::span() const { return span_of(text_.word(name_).range); }

ArrayView MakerCall::scalar(std::string_view parameter) {
  Argument& argument = *std::ranges::find(arguments_, parameter, &Argument::parameter);
  if (argument.value == nullptr) {
    const std::vector<SharedValue> values = host_.values_of(argument.words);
    if (values.size() != 1) throw ShapeError(ErrorCode::not_one_element, "a number is expected here, not a tuple", span(parameter));
    argument.value = values.front();
  }
  return require_scalar(argument.value->elements(), span(parameter));
}

template <Element T>
T MakerCall::number(std::string_view parameter) {
  return number_in<T>(scalar(parameter), span(parameter));
}
template double MakerCall::number<double>(std::string_view);
template float MakerCall::number<float>(std::string_view);
template std::int64_t MakerCall::number<std::int64_t>(std::string_view);

double MakerCall::computed(std::string_view expression) {
  std::vector<Input> inputs;
  std::vector<SchemaEntry> entries;
  for (const Argument& argument : arguments_) {
    if (argument.value == nullptr) continue;
    const ArrayView operand = operand_of(*argument.value);
    const bool may_wrap = is_whole(operand.dtype());  // and need not: a difference of small integers is no small integer
    inputs.push_back({argument.parameter, may_wrap ? ArrayView(number_in<double>(operand, span())) : operand});
    entries.push_back({std::string(argument.parameter), inputs.back().view.dtype(), inputs.back().view.is_weak()});
  }
  const Array value = Expression::compile(expression, Schema(std::move(entries))).evaluate(inputs);
  return number_in<double>(value, span());
}

std::int64_t MakerCall::whole_number(std::string_view parameter) { return whole_number_in(scalar(parameter), span(parameter)); }
std::size_t MakerCall::length(std::string_view parameter) { return checked_length(whole_number(parameter), span(parameter)); }

std::vector<std::int64_t> MakerCall::extents(std::string_view parameter) {
  std::vector<std::int64_t> extents;
  const WordRange argument = words(parameter);
  if (argument.end - argument.begin == 2 && text_.is(argument.begin, "(") && text_.is(argument.begin + 1, ")")) return extents;  // no expression
  for (const SharedValue& extent : host_.values_of(argument)) {
    extents.push_back(whole_number_in(require_scalar(extent->elements(), span(parameter)), span(parameter)));
  }
  return extents;
}

std::vector<std::size_t> MakerCall::shape(std::string_view parameter) {
  std::vector<std::size_t> shape;
  for (const std::int64_t extent : extents(parameter)) shape.push_back(checked_length(extent, span(parameter)));
  return shape;
}

void MakerCall::require_element_count(std::span<const std::size_t> shape) const {
  const bool is_empty = std::ranges::find(shape, std::size_t{0}) != shape.end();
  const std::size_t most = std::size_t{1} << (is_empty ? 58 : 62);  // without elements an array is made; of others memory decides
  std::size_t count = 1;
  for (const std::size_t extent : shape) {
    if (extent > 1 && count > most / extent) throw ShapeError(ErrorCode::shape_overflow, "more elements than memory can hold", span());
    if (extent > 1) count *= extent;
  }
}

bool MakerCall::truth(std::string_view parameter, bool otherwise) { return has(parameter) ? whole_number(parameter) != 0 : otherwise; }

bool MakerCall::is_string(WordRange words) const { return words.end - words.begin == 1 && text_.word(words.begin).kind == Word::Kind::string; }

// float32, "float32", or dtype(x)
std::optional<DType> MakerCall::dtype() {
  if (dtype_ || !has("dtype")) return dtype_;
  const WordRange argument = words("dtype");
  const std::size_t first = argument.begin;
  if (text_.is(first, "dtype") && text_.is(first + 1, "(") && text_.closing_bracket(first + 1) + 1 == argument.end) {
    return dtype_ = host_.outline_of({first + 2, argument.end - 1}).dtype;
  }
  const std::string name = is_string(argument) ? quoted_text(text_, first) : std::string(part(text_.text(), text_.range_of(argument)));
  dtype_ = find_dtype(name);
  if (dtype_) return dtype_;
  throw NameError(ErrorCode::unknown_name, fmt::format("'{}' is no type; write one such as float32", name), span("dtype"));
}

std::string MakerCall::quoted(std::string_view parameter) const {
  const WordRange word = words(parameter);
  if (!is_string(word)) throw SyntaxError(ErrorCode::unexpected_token, fmt::format("a text in quotation marks is expected here; write {}", maker_.usage), span(parameter));
  return quoted_text(text_, word.begin);
}

TextRange MakerCall::whole() const {
  return {text_.word(name_).range.begin, text_.word(text_.closing_bracket(name_ + 1)).range.end};
}

std::string MakerCall::input(const ArrayView& view, std::shared_ptr<const void> memory, std::string_view role) {
  return formula_.add_input(part(text_.text(), whole()), view, std::move(memory), role);
}

std::string MakerCall::input(const SharedValue& value) { return formula_.add_input(part(text_.text(), whole()), value); }

template <Element T>
std::string MakerCall::repeated(T value, std::span<const std::size_t> shape, std::string_view role) {
  const std::vector<std::ptrdiff_t> strides(shape.size(), 0);
  auto element = std::make_shared<T>(value);
  const T* const address = element.get();
  return input(ArrayView(address, shape, strides), std::move(element), role);
}
#define LANEWISE_REPEATED(T) template std::string MakerCall::repeated<T>(T, std::span<const std::size_t>, std::string_view);
LANEWISE_REPEATED(bool)
LANEWISE_REPEATED(std::int8_t)
LANEWISE_REPEATED(std::int16_t)
LANEWISE_REPEATED(std::int32_t)
LANEWISE_REPEATED(std::int64_t)
LANEWISE_REPEATED(std::uint8_t)
LANEWISE_REPEATED(std::uint16_t)
LANEWISE_REPEATED(std::uint32_t)
LANEWISE_REPEATED(std::uint64_t)
LANEWISE_REPEATED(Float16)
LANEWISE_REPEATED(float)
LANEWISE_REPEATED(double)
LANEWISE_REPEATED(std::complex<float>)
LANEWISE_REPEATED(std::complex<double>)
#undef LANEWISE_REPEATED

std::vector<const Maker*> makers() {
  std::vector<const Maker*> all;
  for (const auto& rows : {makers_of_arrays(), makers_of_values()}) {
    for (const Maker& maker : rows) all.push_back(&maker);
  }
  return all;
}

const Maker* find_maker(std::string_view name) noexcept {
  for (const auto& rows : {makers_of_arrays(), makers_of_values()}) {
    const auto found = std::ranges::find(rows, name, &Maker::name);
    if (found != rows.end()) return &*found;
  }
  return nullptr;
}

std::optional<DType> find_dtype(std::string_view name) noexcept {
  for (std::uint8_t code = 0; code < DType::count; ++code) {
    const DType dtype{static_cast<DType::Code>(code)};
    if (dtype.name() == name) return dtype;
  }
  if (name == "int") return DType::int64;
  if (name == "float") return DType::float64;
  if (name == "complex") return DType::complex128;
  return {};
}

}  // namespace lanewise::inline v0::calculator
