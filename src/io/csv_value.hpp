#pragma once
// What the text of a CSV field means: nothing, a truth value, an integer or a real number.

#include <cstdint>
#include <optional>
#include <string_view>

namespace lanewise::inline v0 {

struct CsvValue {
  enum class Kind { empty, truth, integer, huge_integer, real } kind;
  std::int64_t integer = 0;  ///< of a truth value and of an integer
  double real = 0;           ///< of everything but a truth value; of an empty field nan
};

/// Returns the value of a field; nothing if it has none. Blanks around it do not count. Knows no locale.
///
/// A number is written as in Python, without underscores; true and false also with a capital or in capitals; nan, inf and infinity in any
/// case. Beyond the largest double is infinity, below the smallest 0.
std::optional<CsvValue> csv_value(std::string_view text);

}  // namespace lanewise::inline v0
