#include "io/csv_value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

#include "syntax/literal.hpp"

namespace lanewise::inline v0 {
namespace {

using Kind = CsvValue::Kind;

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::optional<CsvValue> truth_value(std::string_view text) {
  for (const std::string_view spelling : {"true", "True", "TRUE"}) {
    if (text == spelling) return CsvValue{Kind::truth, 1, 0};
  }
  for (const std::string_view spelling : {"false", "False", "FALSE"}) {
    if (text == spelling) return CsvValue{Kind::truth, 0, 0};
  }
  return {};
}

// std::from_chars takes no plus sign, and leaves its target untouched where the number is out of range.
std::optional<double> real_number(std::string_view text) {
  const bool has_sign = text[0] == '-' || text[0] == '+';
  const std::string_view digits = text.substr(has_sign ? 1 : 0);
  if (digits.starts_with('-')) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end != digits.data() + digits.size() || error == std::errc::invalid_argument) return {};
  if (error == std::errc::result_out_of_range) value = real_value(digits);
  return text[0] == '-' ? -value : value;
}

}  // namespace

std::optional<CsvValue> csv_value(std::string_view text) {
  text = without_blanks(text);
  if (text.empty()) return CsvValue{Kind::empty, 0, std::numeric_limits<double>::quiet_NaN()};
  const std::optional<double> real = real_number(text);
  if (!real) return truth_value(text);
  const std::string_view digits = text.substr(text[0] == '+' ? 1 : 0);
  std::int64_t integer = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), integer);
  if (end != digits.data() + digits.size() || error == std::errc::invalid_argument) return CsvValue{Kind::real, 0, *real};
  return CsvValue{error == std::errc{} ? Kind::integer : Kind::huge_integer, integer, *real};
}

}  // namespace lanewise::inline v0
