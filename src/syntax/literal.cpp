// Reads numbers with std::from_chars, which rounds correctly and knows no locale.
//
// from_chars leaves its target untouched when the value is out of range and does not say on which side, so that is found from the
// decimal exponent of the first digit. It has no double from octal or binary digits: those are gathered bit by bit.

#include "syntax/literal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <system_error>

namespace lanewise::inline v0 {

namespace {

std::string without_underscores(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  for (const char c : text) {
    if (c != '_') digits.push_back(c);
  }
  return digits;
}

// Returns the exponent that `text` writes; one far beyond any double stands for all that are larger still.
std::int64_t exponent_value(std::string_view text) {
  constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 2;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = text.starts_with('-') ? -limit : limit;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, -limit, limit);
}

// Returns whether a number that no double can hold is too large rather than too small.
bool is_large(std::string_view text) {
  const std::size_t exponent_index = std::min(text.find_first_of("eE"), text.size());
  const std::string_view digits = text.substr(0, exponent_index);
  const auto point_index = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
  const auto first_digit_index = static_cast<std::int64_t>(std::min(digits.find_first_not_of("0."), digits.size()));
  const std::int64_t exponent = exponent_index < text.size() ? exponent_value(text.substr(exponent_index + 1)) : 0;
  return exponent + point_index - first_digit_index > 0;
}

double decimal_value(std::string_view digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  return is_large(digits) ? std::numeric_limits<double>::infinity() : 0.0;
}

unsigned digit_value(char digit) {
  if (digit <= '9') return static_cast<unsigned>(digit - '0');
  return static_cast<unsigned>((digit | 0x20) - 'a') + 10;
}

// The first 64 significant bits, the last of them set if any bit after them is: enough to round to 53 as if all were there.
double value_of_bits(std::string_view digits, int bits_per_digit) {
  std::uint64_t leading = 0;
  int dropped_bit_count = 0;
  for (const char digit : digits) {
    for (int bit_index = bits_per_digit - 1; bit_index >= 0; --bit_index) {
      const std::uint64_t bit = (digit_value(digit) >> bit_index) & 1u;
      const bool is_full = (leading >> 63) != 0;
      leading = is_full ? leading | bit : (leading << 1) | bit;
      if (is_full) ++dropped_bit_count;
    }
  }
  return std::ldexp(static_cast<double>(leading), dropped_bit_count);
}

}  // namespace

IntegerValue integer_value(std::string_view text) {
  const std::string clean = without_underscores(text);
  std::string_view digits = clean;
  int bits_per_digit = 0;
  if (digits.size() > 2 && digits[0] == '0' && digits[1] > '9') {
    bits_per_digit = (digits[1] | 0x20) == 'x' ? 4 : (digits[1] | 0x20) == 'o' ? 3 : 1;
    digits.remove_prefix(2);
  }
  const int base = bits_per_digit == 0 ? 10 : 1 << bits_per_digit;
  IntegerValue value;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value.integer, base);
  if (error == std::errc::result_out_of_range) {
    value.integer = 0;
    value.exceeds_64_bits = true;
    value.real = bits_per_digit == 0 ? decimal_value(digits) : value_of_bits(digits, bits_per_digit);
  }
  return value;
}

double real_value(std::string_view text) { return decimal_value(without_underscores(text)); }

}  // namespace lanewise::inline v0
