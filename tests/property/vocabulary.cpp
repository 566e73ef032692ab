#include "property/vocabulary.hpp"

#include <string_view>

#include "ops/operation.hpp"
#include "oracle/rows.hpp"

namespace lanewise::inline v0::property {
namespace {

// A row that gains a bound of its own is elementary and has its turn; all others are listed.
Words with_elementary_functions(Words names, int operand_count) {
  for (const Operation& row : all_operations()) {
    if (row.is_operator() || row.is_reduction() || row.ulp_float64 < 1 || row.form.operand_count != operand_count) continue;
    for (std::string_view rest = row.spellings; !rest.empty();) names.emplace_back(oracle::take_word(rest));
  }
  return names;
}

}  // namespace

const Words& float_functions(std::size_t operand_count) {
  static const Words of_one = with_elementary_functions({"sqrt", "sqrt", "abs", "fabs", "sign", "floor", "ceil", "trunc", "round", "rint",
                                                         "absolute", "square", "reciprocal", "nan_to_num", "zeros_like", "ones_like"},
                                                        1);
  static const Words of_two = with_elementary_functions(
      {"copysign", "nextafter", "minimum", "maximum", "fmin", "fmax", "fmod", "divide", "pow", "remainder", "floor_divide", "heaviside"},
      2);
  return operand_count == 1 ? of_one : of_two;
}

}  // namespace lanewise::inline v0::property
