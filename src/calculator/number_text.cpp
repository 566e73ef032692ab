// NumPy's Dragon4 gives the shortest digits, unless it is told to stop earlier; then it rounds the exact value half to even. That is what
// std::to_chars does without and with a precision.
#include "calculator/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace lanewise::inline v0::calculator {
namespace {

constexpr int precision = 8;  // digits after the point, NumPy's default

template <class T>
std::string python_text(T value) {
  if (std::isnan(value)) return "nan";  // its sign means nothing
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";  // `n` as in inf
  return text;
}

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

std::string trimmed_text(const Parts& parts) {
  const std::string_view fraction = parts.fraction.substr(0, parts.fraction.find_last_not_of('0') + 1);
  return fmt::format("{}.{}{}", parts.whole, fraction, parts.exponent);
}

template <class T>
std::string at_most_precise(T value, std::chars_format format) {
  std::string text = digits_of(value, format);
  if (parts_of(text).fraction.size() > precision) text = digits_of(value, format, precision);
  return trimmed_text(parts_of(text));
}

}  // namespace

std::string shortest_text(double value) { return python_text(value); }
std::string shortest_text(float value) { return python_text(value); }

std::string positional_text(double value) { return at_most_precise(value, std::chars_format::fixed); }
std::string positional_text(float value) { return at_most_precise(value, std::chars_format::fixed); }

std::string scientific_text(double value) { return at_most_precise(value, std::chars_format::scientific); }
std::string scientific_text(float value) { return at_most_precise(value, std::chars_format::scientific); }

std::string scientific_text(double value, int digit_count, std::size_t exponent_digit_count) {
  const std::string text = digits_of(value, std::chars_format::scientific, digit_count);
  const Parts parts = parts_of(text);
  return fmt::format("{}.{}e{}{:0>{}}", parts.whole, parts.fraction, parts.exponent[1], parts.exponent.substr(2), exponent_digit_count);
}

}  // namespace lanewise::inline v0::calculator
