#pragma once
// The values of number tokens, independent of the locale. The text is what the grammar accepted.

#include <cstdint>
#include <string_view>

namespace lanewise::inline v0 {

struct IntegerValue {
  std::uint64_t integer = 0;
  bool exceeds_64_bits = false;  ///< then only `real` is meaningful
  double real = 0;
};

/// Returns the value of `12`, `1_000`, `0xff`, `0o17` or `0b101`.
IntegerValue integer_value(std::string_view text);

/// Returns the nearest double to `1.5`, `.5`, `1_0e-3` or the number before a `j`: infinity above the largest, 0 below the smallest.
double real_value(std::string_view text);

}  // namespace lanewise::inline v0
