// NumPy's Dragon4 gives the shortest digits, unless it is told to stop earlier; then it rounds the exact value half to even. That is what
// std::to_chars does without and with a precision; of halves, which it does not know, the fewest digits are found by trying.
#include "calculator/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "calculator/half.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr int precision = 8;  // digits after the point, NumPy's default

template <class T, class... Precision>
std::string digits_of(T value, std::chars_format format, Precision... digit_count) {
  std::array<char, 400> buffer;  // the largest double has 309 digits before the point
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, digit_count...);
  return {buffer.data(), end};
}

// A number in parts: "-1.25e-05" is "-1", "25" and "e-05".
struct Parts {
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;
};

Parts parts_of(std::string_view text) {
  const std::size_t e = std::min(text.find('e'), text.size());
  const std::size_t point = std::min(text.find('.'), e);
  const std::size_t fraction = std::min(point + 1, e);
  return {text.substr(0, point), text.substr(fraction, e - fraction), text.substr(e)};
}

double number_in(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int exponent_in(std::string_view text) {
  const std::string_view exponent = parts_of(text).exponent;  // e+05 or e-05
  const int magnitude = static_cast<int>(number_in(exponent.substr(2)));
  return exponent[1] == '-' ? -magnitude : magnitude;
}

// Returns whether reading `magnitude` as a half gives `half`: whether it lies between the midpoints to the neighbours; a midpoint itself
// belongs to the even one.
bool reads_back(double magnitude, Float16 half) {
  const auto neighbour = [&](int step) { return as_double(Float16{static_cast<std::uint16_t>(half.bits + step)}); };
  const double value = neighbour(0);
  const double low = half.bits == 0 ? 0 : (neighbour(-1) + value) / 2;
  const double high = std::isinf(neighbour(1)) ? value + (value - neighbour(-1)) / 2 : (value + neighbour(1)) / 2;
  const bool is_even = half.bits % 2 == 0;
  return is_even ? low <= magnitude && magnitude <= high : low < magnitude && magnitude < high;
}

// Returns the fewest digits of a finite half. Of two that are as near, the even one does not read back at 2**-6, as halves lie closer below
// it.
std::string shortest_scientific(Float16 half) {
  const double value = as_double(half);
  const Float16 magnitude{static_cast<std::uint16_t>(half.bits & 0x7FFF)};
  for (int digit_count = 0;; ++digit_count) {
    for (const double rounded : {value, std::nextafter(value, 2 * value)}) {
      std::string text = digits_of(rounded, std::chars_format::scientific, digit_count);
      if (reads_back(std::abs(number_in(text)), magnitude)) return text;
    }
  }
}

std::string digits_of(Float16 half, std::chars_format format) {
  const std::string text = shortest_scientific(half);
  if (format == std::chars_format::scientific) return text;
  const int digit_count = static_cast<int>(parts_of(text).fraction.size());
  return digits_of(number_in(text), format, std::max(0, digit_count - exponent_in(text)));
}

std::string trimmed_text(const Parts& parts) {
  const std::string_view fraction = parts.fraction.substr(0, parts.fraction.find_last_not_of('0') + 1);
  return fmt::format("{}.{}{}", parts.whole, fraction, parts.exponent);
}

template <class T>
std::string at_most_precise(T value, std::chars_format format) {
  std::string text = digits_of(value, format);
  if (parts_of(text).fraction.size() > precision) text = digits_of(as_double(value), format, precision);
  return trimmed_text(parts_of(text));
}

template <class T>
constexpr double exponent_from = sizeof(T) == 2   ? 1e3
                                 : sizeof(T) == 4 ? 1e6
                                                  : 1e16;

// As NumPy prints a scalar, without the point and zero behind a whole number.
template <class T>
std::string plain_text(T value) {
  const double magnitude = std::abs(as_double(value));
  if (std::isnan(magnitude)) return "nan";  // its sign means nothing
  if (std::isinf(magnitude)) return as_double(value) < 0 ? "-inf" : "inf";
  const bool is_positional = magnitude == 0 || (magnitude >= 1e-4 && magnitude < exponent_from<T>);
  return digits_of(value, is_positional ? std::chars_format::fixed : std::chars_format::scientific);
}

template <class T>
std::string scalar_text(T value) {
  std::string text = plain_text(value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";  // `n` as in inf
  return text;
}

template <class T>
std::string complex_text(std::complex<T> value) {
  std::string imaginary = plain_text(value.imag()) + 'j';
  if (value.real() == 0 && !std::signbit(value.real())) return imaginary;
  const bool has_sign = imaginary.front() == '-';
  return fmt::format("({}{}{})", plain_text(value.real()), has_sign ? "" : "+", imaginary);
}

}  // namespace

std::string shortest_text(double value) { return scalar_text(value); }
std::string shortest_text(float value) { return scalar_text(value); }
std::string shortest_text(Float16 value) { return scalar_text(value); }
std::string shortest_text(std::complex<double> value) { return complex_text(value); }
std::string shortest_text(std::complex<float> value) { return complex_text(value); }

std::string positional_text(double value) { return at_most_precise(value, std::chars_format::fixed); }
std::string positional_text(float value) { return at_most_precise(value, std::chars_format::fixed); }
std::string positional_text(Float16 value) { return at_most_precise(value, std::chars_format::fixed); }

std::string scientific_text(double value) { return at_most_precise(value, std::chars_format::scientific); }
std::string scientific_text(float value) { return at_most_precise(value, std::chars_format::scientific); }
std::string scientific_text(Float16 value) { return at_most_precise(value, std::chars_format::scientific); }

std::string scientific_text(double value, int digit_count, std::size_t exponent_digit_count) {
  const std::string text = digits_of(value, std::chars_format::scientific, digit_count);
  const Parts parts = parts_of(text);
  return fmt::format("{}.{}e{}{:0>{}}", parts.whole, parts.fraction, parts.exponent[1], parts.exponent.substr(2), exponent_digit_count);
}

}  // namespace lanewise::inline v0::calculator
