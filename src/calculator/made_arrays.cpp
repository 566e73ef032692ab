// Makers of arrays whose elements depend on their position alone. The order of operations is NumPy's, so that the last bits are.
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "calculator/element_types.hpp"
#include "calculator/half.hpp"
#include "calculator/makers.hpp"
#include "calculator/random.hpp"

namespace lanewise::inline v0::calculator {
namespace {

using Shape = std::span<const std::size_t>;

// The position along an axis, counted from the last; 0 where the axis has one element, as another operand may repeat it.
std::string position_along(Shape shape, std::size_t axis_from_end) {
  return shape[shape.size() - axis_from_end] == 1 ? "0" : fmt::format("index(-{})", axis_from_end);
}

// The position in C order.
std::string flat_position(Shape shape) {
  std::string text;
  std::size_t stride = 1;
  for (std::size_t axis = 1; axis <= shape.size(); ++axis) {
    const std::size_t extent = shape[shape.size() - axis];
    if (extent == 1) continue;
    text += fmt::format("{}index(-{})", text.empty() ? "" : " + ", axis);
    if (stride != 1) text += fmt::format("*{}", stride);
    stride *= extent;
  }
  return text.empty() ? "0" : text;
}

std::vector<std::size_t> shape_in(MakerCall& call, std::string_view parameter = "shape") {
  std::vector<std::size_t> shape = call.shape(parameter);
  if (shape.size() > maximum_rank) throw LimitError(ErrorCode::too_many_dimensions, fmt::format("an array has at most {} dimensions", maximum_rank), call.span(parameter));
  call.require_element_count(shape);
  return shape;
}

[[noreturn]] void refuse_dtype(const MakerCall& call, DType dtype) {
  throw DTypeError(ErrorCode::unsupported_operand_dtype, fmt::format("this cannot be made in {}; write {}(...) around it", dtype.name(), dtype.name()),
                   call.span("dtype"));
}

// arange ------------------------------------------------------------------------------------------------------------------------------

// NumPy's rule: the quotient rounded up, and one element where a difference is too small against the step to leave a quotient.
std::size_t float_range_length(const MakerCall& call, double steps, bool is_empty) {
  if (steps == 0 && !is_empty) return std::signbit(steps) ? 0 : 1;
  const double length = std::ceil(steps);
  if (std::isnan(length)) throw DTypeError(ErrorCode::literal_out_of_range, "the number of elements is not defined for a nan", call.span());
  if (length >= 0x1p62) throw ShapeError(ErrorCode::shape_overflow, "more elements than memory can hold", call.span());
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

// Differences of int64 need not fit int64, but always uint64.
std::size_t integer_range_length(const MakerCall& call, std::int64_t start, std::int64_t stop, std::int64_t step) {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  const auto from = static_cast<std::uint64_t>(start);
  const auto to = static_cast<std::uint64_t>(stop);
  const auto width = static_cast<std::uint64_t>(step);
  const std::uint64_t length = step > 0 ? (to - from - 1) / width + 1 : (from - to - 1) / (0 - width) + 1;
  if (length >> 62 != 0) throw ShapeError(ErrorCode::shape_overflow, "more elements than memory can hold", call.span());
  return static_cast<std::size_t>(length);
}

// The element type in which `dtype` is computed: integers in int64, float16 in float32.
std::string cast_to(DType dtype, std::string text) { return fmt::format("{}({})", dtype.name(), std::move(text)); }

// NumPy's integers wrap around where a cast of the language stops at the limits: the bits that a type does not have are taken off before.
std::string wrapped_to(DType dtype, const std::string& text) {
  if (dtype == DType::uint64) return fmt::format("(uint64({0} & {1}) | uint64({0} < 0) << 63)", text, std::numeric_limits<std::int64_t>::max());
  const std::int64_t count = std::int64_t{1} << (8 * dtype.size_bytes());
  const std::int64_t below_zero = dtype.is_signed_integer() ? count / 2 : 0;
  return cast_to(dtype, fmt::format("((({} + {}) & {}) - {})", text, below_zero, count - 1, below_zero));
}

template <std::integral T>
bool are_in_range(DType dtype, T first, T last) {
  return with_element_type(dtype, [&]<class To>(std::type_identity<To>) {
    if constexpr (IntegerElement<To>) return std::in_range<To>(first) && std::in_range<To>(last);
    return true;
  });
}

std::string integer_range(MakerCall& call, std::int64_t start, std::int64_t step, std::size_t length) {
  const std::array shape{length};
  return fmt::format("({} + {}*{})", call.number_input(start, "start"), call.repeated(step, shape, "step"), position_along(shape, 1));
}

// NumPy computes the first two elements, and adds multiples of their difference to the first: the last bits depend on it.
template <class T>
std::string float_range(MakerCall& call, T first, T second, std::size_t length) {
  const std::array shape{length};
  if (length <= 1) return call.repeated(first, shape);
  const T difference = second - first;
  const std::string position = std::is_same_v<T, float> ? "float32(index(-1))" : "index(-1)";
  std::string text =
      fmt::format("{} + {}*{}", call.number_input<double>(first, "start"), call.repeated(difference, shape, "step"), position);
  if (first + difference != second) text = fmt::format("where(index(-1) == 1, {}, {})", call.number_input<double>(second, "second"), text);
  return '(' + text + ')';
}

std::string range_in(MakerCall& call, std::optional<DType> asked, double first, double second, std::size_t length) {
  const DType dtype = asked.value_or(DType::float64);
  if (dtype == DType::float64) return float_range<double>(call, first, second, length);
  if (dtype == DType::float32) return float_range<float>(call, static_cast<float>(first), static_cast<float>(second), length);
  refuse_dtype(call, dtype);
}

bool is_integer_argument(MakerCall& call, std::string_view parameter) {
  if (!call.has(parameter)) return true;
  const DType dtype = call.scalar(parameter).dtype();
  return (dtype.is_integer() && dtype != DType::uint64) || dtype.is_bool();  // NumPy: uint64 and int64 meet in float64
}

// Of one argument by position, it is the end.
std::string write_arange(MakerCall& call) {
  const bool is_end_alone = !call.has("stop");
  if (is_end_alone && !call.has("start")) call.refuse_missing("stop");
  const std::string_view stop_parameter = is_end_alone ? "start" : "stop";
  const bool has_start = call.has("start") && !is_end_alone;
  const std::optional<DType> dtype = call.dtype();
  const bool are_integers = (!has_start || is_integer_argument(call, "start")) && is_integer_argument(call, stop_parameter) && is_integer_argument(call, "step");
  const auto require_step = [&](bool is_zero) {
    if (is_zero) throw DTypeError(ErrorCode::literal_out_of_range, "a step of 0 never arrives", call.span("step"));
  };
  if (are_integers && (!dtype || dtype->is_integer())) {
    const std::int64_t start = has_start ? call.number<std::int64_t>("start") : 0;
    const auto step = call.number<std::int64_t>("step", 1);
    require_step(step == 0);
    const auto stop = call.number<std::int64_t>(stop_parameter);
    std::string text = integer_range(call, start, step, integer_range_length(call, start, stop, step));
    if (!dtype || dtype == DType::int64) return text;
    return are_in_range(*dtype, start, stop) ? cast_to(*dtype, std::move(text)) : wrapped_to(*dtype, text);
  }
  const double start = has_start ? call.number<double>("start") : 0;
  const double step = call.number<double>("step", 1);
  require_step(step == 0);
  const bool is_empty = call.number<double>(stop_parameter) == start;
  // Python computes with the arguments, in their types, before NumPy makes an array.
  const std::string distance = has_start ? "(stop - start)" : std::string(stop_parameter);
  const double steps = call.computed(distance + (call.has("step") ? "/step" : "/1"));
  const double second = call.has("step") ? call.computed(has_start ? "start + step" : "0 + step") : has_start ? call.computed("start + 1") : 1;
  return range_in(call, dtype, start, second, float_range_length(call, steps, is_empty));
}

// linspace, logspace ------------------------------------------------------------------------------------------------------------------

template <class T>
std::string evenly_spaced(MakerCall& call, std::size_t length, bool with_end) {
  const T start = call.number<T>("start");
  const T stop = call.number<T>("stop");
  const std::array shape{length};
  const std::size_t part_count = with_end ? length - 1 : length;
  if (length <= 1) return call.repeated(start, shape);
  const T difference = stop - start;
  const T step = difference / static_cast<T>(part_count);
  const std::string position = std::is_same_v<T, float> ? "float32(index(-1))" : "index(-1)";
  const std::string product = step != 0 ? fmt::format("{}*{}", position, call.repeated(step, shape, "step"))
                                        : fmt::format("{}/{}*{}", position, call.number_input<double>(static_cast<T>(part_count), "count"),
                                                      call.repeated(difference, shape, "difference"));
  const std::string text = fmt::format("{} + {}", product, call.number_input<double>(start, "start"));
  if (!with_end) return '(' + text + ')';
  return fmt::format("where(index(-1) == {}, {}, {})", length - 1, call.number_input<double>(stop, "stop"), text);
}

// What float32 stays in company of, as in NumPy; int64, float64 and bool are those of numbers without a type of their own.
bool fits_float32(DType dtype) {
  return dtype == DType::float32 || dtype.is_bool() || dtype == DType::int64 || dtype == DType::float64 || dtype.size_bytes() <= 2;
}

std::string spaced(MakerCall& call) {
  const std::size_t length = call.has("num") ? call.length("num") : 50;
  call.require_element_count(std::array{length});
  const bool with_end = call.truth("endpoint", true);
  const DType start = call.scalar("start").dtype(), stop = call.scalar("stop").dtype();
  const bool is_float32 = (start == DType::float32 || stop == DType::float32) && fits_float32(start) && fits_float32(stop);
  return is_float32 ? evenly_spaced<float>(call, length, with_end) : evenly_spaced<double>(call, length, with_end);
}

// NumPy rounds down before it makes integers.
std::string in_asked_dtype(MakerCall& call, std::string text) {
  const std::optional<DType> dtype = call.dtype();
  if (!dtype) return text;
  return dtype->is_integer() ? cast_to(*dtype, fmt::format("floor({})", text)) : cast_to(*dtype, std::move(text));
}

std::string write_linspace(MakerCall& call) { return in_asked_dtype(call, spaced(call)); }

std::string write_logspace(MakerCall& call) {
  const std::string base = call.number_input(call.number<double>("base", 10.0), "base");
  return in_asked_dtype(call, fmt::format("({}**{})", base, spaced(call)));
}

// zeros, ones, full, eye --------------------------------------------------------------------------------------------------------------

template <class T>
T element_of(int value) {
  if constexpr (std::is_same_v<T, Float16>) {
    return Float16{static_cast<std::uint16_t>(value == 0 ? 0 : 0x3C00)};
  } else if constexpr (ComplexElement<T>) {
    return T(static_cast<typename T::value_type>(value));
  } else {
    return static_cast<T>(value);
  }
}

std::string repeated_number(MakerCall& call, int value, Shape shape) {
  return with_element_type(call.dtype().value_or(DType::float64),
                           [&]<class T>(std::type_identity<T>) { return call.repeated(element_of<T>(value), shape); });
}

std::string write_zeros(MakerCall& call) { return repeated_number(call, 0, shape_in(call)); }
std::string write_ones(MakerCall& call) { return repeated_number(call, 1, shape_in(call)); }

// As of the language's integers, which take the type of what they meet.
void require_in_range(const MakerCall& call, DType dtype, std::int64_t value) {
  if (are_in_range(dtype, value, value)) return;
  throw DTypeError(ErrorCode::literal_out_of_range, fmt::format("{} does not fit {}", value, dtype.name()), call.span("fill_value"));
}

std::string write_full(MakerCall& call) {
  const std::vector<std::size_t> shape = shape_in(call);
  const ArrayView value = call.scalar("fill_value");
  std::string text = with_element_type(value.dtype(), [&]<class T>(std::type_identity<T>) {
    return call.repeated(*static_cast<const T*>(value.data()), shape);
  });
  const std::optional<DType> dtype = call.dtype();
  if (dtype && value.dtype() == DType::int64) require_in_range(call, *dtype, *static_cast<const std::int64_t*>(value.data()));
  return dtype ? cast_to(*dtype, std::move(text)) : text;
}

std::string write_eye(MakerCall& call) {
  const std::size_t row_count = call.length("N");
  const std::array shape{row_count, call.has("M") ? call.length("M") : row_count};
  call.require_element_count(shape);
  const std::int64_t diagonal = call.has("k") ? call.whole_number("k") : 0;
  const std::string one = repeated_number(call, 1, shape);
  const std::string is_on_diagonal = fmt::format("{} - {} == {}", position_along(shape, 1), position_along(shape, 2), call.number_input(diagonal, "k"));
  return fmt::format("where({}, {}, {})", is_on_diagonal, one, call.dtype() == DType::bool_ ? "False" : "0");
}

// random, normal ----------------------------------------------------------------------------------------------------------------------

// The text of random_bits_at(seed, position): its steps are those of random.hpp.
std::string random_bits(MakerCall& call) {
  const std::vector<std::size_t> shape = shape_in(call);
  const auto seed = static_cast<std::uint64_t>(call.whole_number("seed"));
  const auto number = [&](std::uint64_t value, std::string_view role) { return call.repeated(value, std::span<const std::size_t>(), role); };
  const std::string counter = fmt::format("({} + {}*uint64({} + 1))", number(seed, "seed"), call.repeated(random_increment, shape), flat_position(shape));
  const std::string once = fmt::format("(({0} ^ {0} >> 30)*{1})", counter, number(random_factors[0], "factor"));
  const std::string twice = fmt::format("(({0} ^ {0} >> 27)*{1})", once, number(random_factors[1], "factor"));
  return fmt::format("({0} ^ {0} >> 31)", twice);
}

std::string write_random(MakerCall& call) { return fmt::format("(float64({} >> 11)*{})", random_bits(call), call.number_input(0x1p-53, "unit")); }

std::string write_normal(MakerCall& call) { return fmt::format("{}({})", normal_function_name, random_bits(call)); }

constexpr std::array<std::string_view, 4> arange_parameters = {"start", "stop", "step", "dtype"};
constexpr std::array<std::string_view, 5> linspace_parameters = {"start", "stop", "num", "dtype", "endpoint"};
constexpr std::array<std::string_view, 6> logspace_parameters = {"start", "stop", "num", "dtype", "endpoint", "base"};
constexpr std::array<std::string_view, 2> shape_parameters = {"shape", "dtype"};
constexpr std::array<std::string_view, 3> full_parameters = {"shape", "fill_value", "dtype"};
constexpr std::array<std::string_view, 4> eye_parameters = {"N", "M", "k", "dtype"};
constexpr std::array<std::string_view, 2> random_parameters = {"shape", "seed"};

constexpr Maker rows[] = {
    {"arange", "arange([start,] stop [, step, dtype=])", "The numbers from start up to, but without, stop.", "arange(2, 10, 3)", "[2 5 8]",
     arange_parameters, 0, write_arange},
    {"linspace", "linspace(start, stop [, num=50, endpoint=True, dtype=])", "Numbers at equal distances, the last of which is stop.",
     "linspace(0, 1, 5)", "[0.   0.25 0.5  0.75 1.  ]", linspace_parameters, 2, write_linspace},
    {"logspace", "logspace(start, stop [, num=50, endpoint=True, base=10.0, dtype=])", "base to the power of linspace(start, stop, num).",
     "logspace(0, 3, 4)", "[   1.   10.  100. 1000.]", logspace_parameters, 2, write_logspace},
    {"zeros", "zeros(shape [, dtype=])", "Zeros.", "zeros((2, 3))", "[[0. 0. 0.]\n [0. 0. 0.]]", shape_parameters, 1, write_zeros},
    {"ones", "ones(shape [, dtype=])", "Ones.", "ones(3, dtype=int64)", "[1 1 1]", shape_parameters, 1, write_ones},
    {"full", "full(shape, fill_value [, dtype=])", "The same value everywhere.", "full(3, 2.5)", "[2.5 2.5 2.5]", full_parameters, 2, write_full},
    {"eye", "eye(N [, M=N, k=0, dtype=])", "Ones on the diagonal, zeros elsewhere; k > 0 is a diagonal above the main one.", "eye(2)",
     "[[1. 0.]\n [0. 1.]]", eye_parameters, 1, write_eye},
    {"random", "random(shape, seed)", "Uniform numbers of [0, 1), the same for the same seed everywhere.", "random(2, 7)", "[0.38982975 0.01678829]",
     random_parameters, 2, write_random},
    {"normal", "normal(shape, seed)", "Numbers of the standard normal distribution, the same for the same seed everywhere.", "normal(2, 7)",
     "[-0.2797628  -2.12512014]", random_parameters, 2, write_normal},
};

}  // namespace

std::span<const Maker> makers_of_arrays() noexcept { return rows; }

}  // namespace lanewise::inline v0::calculator
