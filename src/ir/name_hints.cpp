// What people write who come from NumPy, C, NumExpr, muParser or a spreadsheet, where no similar spelling would lead them to the right
// name.
//
// Misspellings are found by their distance (nearest_name.cpp); a row belongs here only if that finds nothing, or the wrong thing.

#include "ir/name_hints.hpp"

#include <algorithm>
#include <string>

namespace lanewise::inline v0 {

namespace {

constexpr NameHint of_functions[] = {
    // Types
    {"float", "write float64(x)"},
    {"double", "write float64(x)"},
    {"single", "write float32(x)"},
    {"half", "write float16(x)"},
    {"int", "write int64(x); it truncates toward zero"},
    {"integer", "write int64(x); it truncates toward zero"},
    {"long", "write int64(x)"},
    {"short", "write int16(x)"},
    {"char", "write int8(x)"},
    {"uint", "write uint64(x)"},
    {"unsigned", "write uint32(x)"},
    {"byte", "write uint8(x)"},
    {"intp", "write int64(x)"},
    {"str", "texts are no values; write the number itself"},
    {"astype", "a type is a function, such as float32(x)"},
    {"asarray", "write the input by its name; it is an array already"},
    {"array", "write the input by its name; it is an array already"},
    // Logarithms, powers, rounding
    {"ln", "write log(x)"},
    {"lg", "write log10(x) or log2(x)"},
    {"logn", "to base b write log(x)/log(b)"},
    {"sqr", "write x**2, or sqrt(x) for the square root"},
    {"root", "write sqrt(x), or x**(1/n)"},
    {"fix", "write trunc(x)"},
    {"frac", "write x - trunc(x)"},
    {"fract", "write x - floor(x)"},
    {"nint", "write round(x)"},
    {"lround", "write int64(round(x))"},
    {"modf", "write x - trunc(x) and trunc(x)"},
    {"divmod", "write x // y and x % y"},
    {"float_power", "write float64(x)**y"},
    {"factorial", "write gamma(x + 1)"},
    {"erfinv", "there is erf(x) and erfc(x), not their inverse"},
    // Sign and choice
    {"sgn", "write sign(x)"},
    {"signum", "write sign(x)"},
    {"if", "write x if condition else y, or where(condition, x, y)"},
    {"iif", "write where(condition, x, y)"},
    {"ifelse", "write where(condition, x, y)"},
    {"cond", "write where(condition, x, y)"},
    {"choose", "write select(condition, x, y)"},
    {"piecewise", "write select(condition, x, y)"},
    {"relu", "write maximum(x, 0)"},
    {"lerp", "write a + t*(b - a)"},
    {"saturate", "write clip(x, 0, 1)"},
    {"step", "write heaviside(x, 1)"},
    // Trigonometry
    {"sec", "write 1/cos(x)"},
    {"csc", "write 1/sin(x)"},
    {"cosec", "write 1/sin(x)"},
    {"cot", "write 1/tan(x)"},
    {"cotan", "write 1/tan(x)"},
    {"sech", "write 1/cosh(x)"},
    {"csch", "write 1/sinh(x)"},
    {"coth", "write 1/tanh(x)"},
    {"arcsec", "write arccos(1/x)"},
    {"asec", "write arccos(1/x)"},
    {"arccsc", "write arcsin(1/x)"},
    {"acsc", "write arcsin(1/x)"},
    {"arccot", "write arctan(1/x)"},
    {"acot", "write arctan(1/x)"},
    {"tg", "write tan(x)"},
    {"ctg", "write 1/tan(x)"},
    {"arctg", "write arctan(x)"},
    {"sincos", "write sin(x), cos(x)"},
    {"todegrees", "write degrees(x)"},
    {"toradians", "write radians(x)"},
    // Complex numbers
    {"re", "write real(x) or x.real"},
    {"im", "write imag(x) or x.imag"},
    {"arg", "write angle(x)"},
    {"phase", "write angle(x)"},
    {"cis", "write exp(1j*x)"},
    {"polar", "write r*exp(1j*phi)"},
    {"cabs", "write abs(x)"},
    {"magnitude", "write abs(x)"},
    // Bits
    {"xor", "write x ^ y for bits, bool(x) != bool(y) for truth values"},
    {"bitand", "write x & y"},
    {"bitor", "write x | y"},
    {"bitxor", "write x ^ y"},
    {"bitnot", "write ~x"},
    {"shl", "write x << n"},
    {"shr", "write x >> n"},
    // Shapes and reductions
    {"len", "write size(x)"},
    {"length", "write size(x)"},
    {"numel", "write size(x)"},
    {"shape", "write size(x, axis)"},
    {"count", "write size(x), or count_nonzero(x) for those that hold"},
    {"avg", "write mean(x)"},
    {"variance", "write var(x)"},
    {"stddev", "write std(x)"},
    {"stdev", "write std(x)"},
    {"rms", "write sqrt(mean(x**2))"},
    {"ptp", "write max(x) - min(x)"},
    {"sumsq", "write sum(x**2)"},
    {"range", "write index() for the positions 0, 1, 2, ..."},
    {"arange", "write index() for the positions 0, 1, 2, ..."},
    {"linspace", "write start + step*index()"},
    {"zeros", "write zeros_like(x)"},
    {"ones", "write ones_like(x)"},
    {"full", "write the number itself; it is repeated as needed"},
    {"matmul", "there are no matrix products; of two vectors write dot(x, y)"},
    {"inner", "write dot(x, y)"},
    {"random", "random numbers come from outside: give them as an input"},
    {"rand", "random numbers come from outside: give them as an input"},
    // Results that depend on the order of the elements: not built yet
    {"cumsum", "running totals are not built yet; the nearest is sum(x)"},
    {"nancumsum", "running totals are not built yet; the nearest is nansum(x)"},
    {"cumprod", "running products are not built yet; the nearest is prod(x)"},
    {"nancumprod", "running products are not built yet; the nearest is nanprod(x)"},
    {"diff", "differences of neighbours are not built yet; give the shifted array as an input of its own"},
    {"sort", "sorting is not built yet; the nearest are min(x) and max(x)"},
    {"argsort", "sorting is not built yet; the nearest are argmin(x) and argmax(x)"},
    {"sorted", "sorting is not built yet; the nearest are min(x) and max(x)"},
    {"unique", "sets of values are not built yet; the nearest is count_nonzero(x == value)"},
    {"percentile", "order statistics are not built yet; the nearest are min(x), mean(x) and max(x)"},
    {"quantile", "order statistics are not built yet; the nearest are min(x), mean(x) and max(x)"},
    {"median", "order statistics are not built yet; the nearest is mean(x)"},
    {"nanmedian", "order statistics are not built yet; the nearest is nanmean(x)"},
    {"histogram", "histograms are not built yet; count one class with count_nonzero((a <= x) & (x < b))"},
    // Of programs
    {"print", "the last expression is the result; write it alone"},
    {"lambda", "write the expression itself"},
    {"eval", "write the expression itself"},
};

constexpr NameHint of_values[] = {
    {"true", "write True"},
    {"false", "write False"},
    {"newaxis", "write None"},
    {"null", "for a missing number write nan"},
    {"nil", "for a missing number write nan"},
    {"na", "for a missing number write nan"},
    {"infinity", "write inf"},
    {"infty", "write inf"},
    {"m_pi", "write pi"},
    {"m_e", "write e"},
    {"tau", "write 2*pi"},
    {"np", "names belong to no module: write pi for np.pi"},
    {"numpy", "names belong to no module: write pi for numpy.pi"},
    {"math", "names belong to no module: write pi for math.pi"},
    {"cmath", "names belong to no module: write pi for cmath.pi"},
    {"newaxis", "the axes of arrays are set where they are given as inputs"},
};

std::optional<std::string_view> find(std::span<const NameHint> hints, std::string_view name) {
  std::string asked(name.substr(0, 32));  // longer than every name here
  for (char& letter : asked) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  const auto found = std::ranges::find(hints, asked, &NameHint::name);
  if (found == hints.end()) return {};
  return found->advice;
}

}  // namespace

std::span<const NameHint> function_hints() noexcept { return of_functions; }
std::span<const NameHint> value_hints() noexcept { return of_values; }

std::optional<std::string_view> hint_for_function(std::string_view name) { return find(of_functions, name); }
std::optional<std::string_view> hint_for_value(std::string_view name) { return find(of_values, name); }

std::string_view hint_for_argument_count(OperationId function, std::size_t given_count) noexcept {
  switch (function) {
    case OperationId::smallest: return given_count > 2 ? "of several values write minimum(a, minimum(b, c))" : "";
    case OperationId::largest: return given_count > 2 ? "of several values write maximum(a, maximum(b, c))" : "";
    case OperationId::sum: return given_count > 2 ? "of several values write a + b + c" : "";
    case OperationId::minimum: return given_count == 1 ? "of an array write min(x)" : "of several values write minimum(a, minimum(b, c))";
    case OperationId::maximum: return given_count == 1 ? "of an array write max(x)" : "of several values write maximum(a, maximum(b, c))";
    case OperationId::log: return given_count == 2 ? "to base b write log(x)/log(b)" : "";
    case OperationId::arctan: return given_count == 2 ? "of two values write arctan2(y, x)" : "";
    case OperationId::power: return given_count == 3 ? "of integers write x**y % z" : "";
    case OperationId::where: return given_count < 3 ? "both values must be given" : "for more conditions write select(c1, x1, c2, x2, y)";
    case OperationId::round: return given_count == 2 ? "to some decimals write round(x, 2)" : "";
    case OperationId::complex: return given_count == 1 ? "of one value write complex128(x)" : "";
    default: return "";
  }
}

}  // namespace lanewise::inline v0
