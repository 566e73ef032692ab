// Arguments are scalars that have been evaluated already. Arrays are filled in chunks, with a look at the stop token before each.
#include "calculator/makers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "calculator/element_types.hpp"
#include "calculator/half.hpp"
#include "calculator/number_text.hpp"
#include "calculator/random.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::size_t chunk_length = 65'536;  // some tens of microseconds between two looks at the stop token

template <Element T, class ValueAt>
Array filled(std::span<const std::size_t> shape, const std::stop_token& stop, ValueAt value_at) {
  Array result(dtype_of<T>, shape);
  const std::span<T> elements = result.span<T>();
  const std::size_t length = elements.size();
  for (std::size_t begin = 0; begin < length; begin += chunk_length) {
    if (stop.stop_requested()) throw Cancelled(ErrorCode::cancelled, "interrupted");
    const std::size_t end = std::min(length, begin + chunk_length);
    for (std::size_t i = begin; i < end; ++i) elements[i] = value_at(i);
  }
  return result;
}

template <Element T, class ValueAt>
Array filled(std::size_t length, const std::stop_token& stop, ValueAt value_at) {
  return filled<T>(std::array{length}, stop, value_at);
}

const Array& scalar(const MakerArgument& argument) {
  if (argument.values.size() != 1) throw ShapeError(ErrorCode::not_one_element, "a number is expected here, not a tuple", argument.span);
  const Array& value = argument.values.front()->array;
  if (value.shape().empty()) return value;
  throw ShapeError(ErrorCode::not_one_element, "a number is expected here, not an array", argument.span);
}

[[noreturn]] void refuse_number(const MakerArgument& argument, std::string_view expected, std::string_view value) {
  throw DTypeError(ErrorCode::literal_out_of_range, fmt::format("a {} is expected here, not {}", expected, value), argument.span);
}

bool is_integer(const MakerArgument& argument) { return scalar(argument).dtype().is_integer() || scalar(argument).dtype().is_bool(); }

template <class T, Element From>
T converted(const MakerArgument& argument) {
  [[maybe_unused]] const From value = scalar(argument).item<From>();
  if constexpr (ComplexElement<From>) {
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a real number is expected here, not a complex one", argument.span);
  } else if constexpr (RealFloatElement<From>) {
    return static_cast<T>(as_double(value));
  } else if constexpr (std::is_same_v<From, std::uint64_t> && std::is_same_v<T, std::int64_t>) {
    if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
      refuse_number(argument, "number below 2**63", fmt::format("{}", value));
    return static_cast<T>(value);
  } else {
    return static_cast<T>(value);
  }
}

template <Element T>
T number(const MakerArgument& argument) {
  return with_element_type(scalar(argument).dtype(), [&]<class From>(std::type_identity<From>) { return converted<T, From>(argument); });
}

// Returns a float without fraction, or an integer, as an integer.
std::int64_t whole_number(const MakerArgument& argument) {
  if (is_integer(argument)) return number<std::int64_t>(argument);
  const double value = number<double>(argument);
  if (!(std::abs(value) < 0x1p63) || value != std::trunc(value)) refuse_number(argument, "whole number", shortest_text(value));
  return static_cast<std::int64_t>(value);
}

std::size_t length_of(const MakerArgument& argument) {
  const std::int64_t length = whole_number(argument);
  if (length < 0) throw ShapeError(ErrorCode::shape_overflow, fmt::format("an array cannot have {} elements", length), argument.span);
  return static_cast<std::size_t>(length);
}

// Of a tuple each member is an extent.
std::vector<std::size_t> shape_of(const MakerArgument& argument) {
  std::vector<std::size_t> shape;
  for (const SharedValue& extent : argument.values) shape.push_back(length_of({{extent}, argument.span}));
  return shape;
}

// NumPy's rule: the quotient rounded up, and one element where a difference is too small against the step to leave a quotient.
std::size_t float_range_length(const MakerCall& call, double start, double stop, double step) {
  const double steps = (stop - start) / step;
  if (steps == 0 && stop != start) return std::signbit(steps) ? 0 : 1;
  const double length = std::ceil(steps);
  if (std::isnan(length)) throw DTypeError(ErrorCode::literal_out_of_range, "the number of elements is not defined for a nan", call.span);
  if (length >= 0x1p63) throw ShapeError(ErrorCode::shape_overflow, "more elements than memory can hold", call.span);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

// Differences of int64 need not fit int64, but always uint64.
std::size_t integer_range_length(std::int64_t start, std::int64_t stop, std::int64_t step) {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  const auto from = static_cast<std::uint64_t>(start);
  const auto to = static_cast<std::uint64_t>(stop);
  const auto width = static_cast<std::uint64_t>(step);
  return static_cast<std::size_t>(step > 0 ? (to - from - 1) / width + 1 : (from - to - 1) / (0 - width) + 1);
}

Array integer_range(const MakerCall& call, std::int64_t start, std::int64_t stop, std::int64_t step) {
  return filled<std::int64_t>(integer_range_length(start, stop, step), call.stop, [=](std::size_t i) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(start) + i * static_cast<std::uint64_t>(step));
  });
}

// The difference of the first two elements is what NumPy multiplies, not the step: the last bits depend on it.
Array float_range(const MakerCall& call, double start, double stop, double step) {
  const double difference = (start + step) - start;
  return filled<double>(float_range_length(call, start, stop, step), call.stop,
                        [=](std::size_t i) { return start + static_cast<double>(i) * difference; });
}

template <Element T, class Range>
Array range_of(const MakerCall& call, Range range) {
  const auto& arguments = call.arguments;
  const T start = arguments.size() == 1 ? T{0} : number<T>(arguments[0]);
  const T stop = number<T>(arguments[arguments.size() == 1 ? 0 : 1]);
  const T step = arguments.size() == 3 ? number<T>(arguments[2]) : T{1};
  if (step == T{0}) throw DTypeError(ErrorCode::literal_out_of_range, "a step of 0 never arrives", arguments[2].span);
  return range(call, start, stop, step);
}

Array make_arange(const MakerCall& call) {
  if (std::all_of(call.arguments.begin(), call.arguments.end(), is_integer)) return range_of<std::int64_t>(call, integer_range);
  return range_of<double>(call, float_range);
}

template <Element T>
Array evenly_spaced(const MakerCall& call, std::size_t length) {
  const T start = number<T>(call.arguments[0]);
  const T stop = number<T>(call.arguments[1]);
  const std::size_t last = length - 1;
  const T difference = stop - start;
  const T step = difference / static_cast<T>(last);
  return filled<T>(length, call.stop, [=](std::size_t i) {
    if (i == last && last > 0) return stop;
    if (last == 0) return start;
    const T position = static_cast<T>(i);
    return start + (step != 0 ? position * step : position / static_cast<T>(last) * difference);
  });
}

Array make_linspace(const MakerCall& call) {
  const auto is_float32 = [&](std::size_t i) { return scalar(call.arguments[i]).dtype() == DType::float32; };
  const std::size_t length = length_of(call.arguments[2]);
  return is_float32(0) && is_float32(1) ? evenly_spaced<float>(call, length) : evenly_spaced<double>(call, length);
}

Array make_zeros(const MakerCall& call) {
  return filled<double>(shape_of(call.arguments[0]), call.stop, [](std::size_t) { return 0.0; });
}

Array make_ones(const MakerCall& call) {
  return filled<double>(shape_of(call.arguments[0]), call.stop, [](std::size_t) { return 1.0; });
}

Array make_random(const MakerCall& call) {
  const auto seed = static_cast<std::uint64_t>(whole_number(call.arguments[1]));
  return filled<double>(shape_of(call.arguments[0]), call.stop, [=](std::size_t i) { return random_at(seed, i); });
}

constexpr Maker rows[] = {
    {"arange", "arange([start,] stop [, step])", 1, 3, make_arange},
    {"linspace", "linspace(first, last, count)", 3, 3, make_linspace},
    {"zeros", "zeros(shape)", 1, 1, make_zeros},
    {"ones", "ones(shape)", 1, 1, make_ones},
    {"random", "random(shape, seed)", 2, 2, make_random},
};

}  // namespace

std::span<const Maker> makers() noexcept { return rows; }

const Maker* find_maker(std::string_view name) noexcept {
  const Maker* const found = std::find_if(std::begin(rows), std::end(rows), [&](const Maker& row) { return row.name == name; });
  return found == std::end(rows) ? nullptr : found;
}

Array make_array(const Maker& maker, const MakerCall& call) {
  const std::size_t count = call.arguments.size();
  if (count < maker.minimum_argument_count || count > maker.maximum_argument_count) {
    throw NameError(ErrorCode::wrong_argument_count, fmt::format("wrong number of arguments; write {}", maker.usage), call.span);
  }
  return maker.make(call);
}

}  // namespace lanewise::inline v0::calculator
