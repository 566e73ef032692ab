// The elementary functions are known by name alone, so the library's own list of them will do: one that it gains needs no row here.

#include "oracle/rows.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "ops/operation.hpp"
#include "oracle/leaf.hpp"

namespace lanewise::inline v0::oracle {
namespace {

constexpr Row rows[] = {
    {"or logical_or", 2, true, Rule::logical, Exact::logical_or},
    {"and logical_and", 2, true, Rule::logical, Exact::logical_and},
    {"not logical_not", 1, true, Rule::logical, Exact::logical_not},
    {"where", 3, false, Rule::select, Exact::select},
    {"< less", 2, true, Rule::compare, Exact::less},
    {"<= less_equal", 2, true, Rule::compare, Exact::less_equal},
    {"> greater", 2, true, Rule::compare, Exact::greater},
    {">= greater_equal", 2, true, Rule::compare, Exact::greater_equal},
    {"== equal", 2, true, Rule::equality, Exact::equal},
    {"!= not_equal", 2, true, Rule::equality, Exact::not_equal},
    {"| bitwise_or", 2, true, Rule::bits, Exact::bitwise_or},
    {"^ bitwise_xor", 2, true, Rule::bits, Exact::bitwise_xor},
    {"& bitwise_and", 2, true, Rule::bits, Exact::bitwise_and},
    {"<< left_shift", 2, true, Rule::shift, Exact::left_shift},
    {">> right_shift", 2, true, Rule::shift, Exact::right_shift},
    {"~ bitwise_not invert", 1, true, Rule::bits, Exact::invert},
    {"+ add", 2, true, Rule::promote, Exact::add},
    {"- subtract", 2, true, Rule::number, Exact::subtract},
    {"* multiply", 2, true, Rule::promote, Exact::multiply},
    {"/ true_divide divide", 2, true, Rule::divide, Exact::divide},
    {"// floor_divide", 2, true, Rule::quotient, Exact::floor_divide},
    {"% mod remainder", 2, true, Rule::quotient, Exact::remainder},
    {"+ positive", 1, true, Rule::number, Exact::positive},
    {"- negative", 1, true, Rule::number, Exact::negative},
    {"** pow power", 2, true, Rule::power, Elementary{}},
    {"absolute abs", 1, false, Rule::magnitude, Exact::absolute},
    {"fabs", 1, false, Rule::floating, Exact::absolute},
    {"sign", 1, false, Rule::number, Exact::sign},
    {"reciprocal", 1, false, Rule::whole_number, Exact::reciprocal},
    {"minimum", 2, false, Rule::ordered, Exact::minimum},
    {"maximum", 2, false, Rule::ordered, Exact::maximum},
    {"fmin", 2, false, Rule::ordered, Exact::fmin},
    {"fmax", 2, false, Rule::ordered, Exact::fmax},
    {"fmod", 2, false, Rule::quotient, Exact::fmod},
    {"fma", 3, false, Rule::floating, Exact::fma},
    {"gcd", 2, false, Rule::whole, Exact::gcd},
    {"bitwise_count popcount", 1, false, Rule::bit_count, Exact::popcount},
    {"floor", 1, false, Rule::rounding, Exact::floor},
    {"ceil", 1, false, Rule::rounding, Exact::ceil},
    {"trunc", 1, false, Rule::rounding, Exact::trunc},
    {"rint", 1, false, Rule::rounding_any, Exact::round},
    {"copysign", 2, false, Rule::floating, Exact::copysign},
    {"nextafter", 2, false, Rule::floating, Exact::nextafter},
    {"ldexp", 2, false, Rule::scale, Exact::ldexp},
    {"isnan", 1, false, Rule::test, Exact::isnan},
    {"isinf", 1, false, Rule::test, Exact::isinf},
    {"isfinite", 1, false, Rule::test, Exact::isfinite},
    {"signbit", 1, false, Rule::sign_test, Exact::signbit},
    {"sqrt", 1, false, Rule::elementary, Exact::sqrt},
    {"real", 1, false, Rule::real_part, Exact::real},
    {"imag", 1, false, Rule::imaginary_part, Exact::imaginary},
    {"conjugate conj", 1, false, Rule::conjugate, Exact::conjugate},
    {"complex", 2, false, Rule::complex_of, Exact::complex},
    {"bool_ bool", 1, false, Rule::cast, DType::bool_},
    {"int8", 1, false, Rule::cast, DType::int8},
    {"int16", 1, false, Rule::cast, DType::int16},
    {"int32", 1, false, Rule::cast, DType::int32},
    {"int64", 1, false, Rule::cast, DType::int64},
    {"uint8", 1, false, Rule::cast, DType::uint8},
    {"uint16", 1, false, Rule::cast, DType::uint16},
    {"uint32", 1, false, Rule::cast, DType::uint32},
    {"uint64", 1, false, Rule::cast, DType::uint64},
    {"float16", 1, false, Rule::cast, DType::float16},
    {"float32", 1, false, Rule::cast, DType::float32},
    {"float64", 1, false, Rule::cast, DType::float64},
    {"complex64", 1, false, Rule::cast, DType::complex64},
    {"complex128", 1, false, Rule::cast, DType::complex128},
};

constexpr FoldRow folds[] = {
    {"sum", Rule::total, Fold::sum},
    {"prod product", Rule::total, Fold::product},
    {"min amin", Rule::ordered, Fold::smallest},
    {"max amax", Rule::ordered, Fold::largest},
    {"any", Rule::logical, Fold::any},
    {"all", Rule::logical, Fold::all},
    {"argmin", Rule::ordered, Fold::argmin},
    {"argmax", Rule::ordered, Fold::argmax},
    {"nanmin", Rule::ordered, Fold::nanmin},
    {"nanmax", Rule::ordered, Fold::nanmax},
};

// What is computed in which order decides the last bit; the sums of squares are those of NumPy's documentation.
constexpr Definition definitions[] = {
    {"mean average", "x", 1, Rule::statistic, true, "total = sum(x); total / size(x)"},
    {"var", "x ddof=0", 1, Rule::spread, true, "d = x - mean(x, keepdims=True); m = abs(d); sum(m*m) / maximum(size(x) - ddof, 0)"},
    {"std", "x ddof=0", 1, Rule::spread, true, "sqrt(var(x, ddof=ddof))"},
    {"count_nonzero", "x", 1, Rule::any, true, "sum(x != False)"},
    {"dot", "x y", 2, Rule::any, true, "sum(x*y)"},
    {"norm", "x", 1, Rule::spread, true, "m = abs(x); sqrt(sum(m*m))"},
    {"nansum", "x", 1, Rule::any, true, "sum(where(isnan(x), zeros_like(x), x))"},
    {"nanprod", "x", 1, Rule::any, true, "prod(where(isnan(x), ones_like(x), x))"},
    {"nanmean", "x", 1, Rule::statistic, true, "nansum(x) / count_nonzero(not isnan(x))"},
    {"nanvar", "x ddof=0", 1, Rule::spread, true,
     "n = count_nonzero(not isnan(x)); m = abs(x - nanmean(x, keepdims=True)); nansum(m*m) / where(n > ddof, n - ddof, nan)"},
    {"nanstd", "x ddof=0", 1, Rule::spread, true, "sqrt(nanvar(x, ddof=ddof))"},
    {"square", "x", 1, Rule::whole_number, false, "x*x"},
    {"clip clamp", "x low high", 3, Rule::ordered, false, "minimum(high, maximum(low, x))"},
    {"heaviside", "x y", 2, Rule::floating, false, "1 if x > 0 else 0 if x < 0 else y if x == 0 else x"},
    {"isclose", "x y rtol=1e-05 atol=1e-08", 2, Rule::test, false, "x == y or isfinite(y) and abs(x - y) <= atol + rtol*abs(y)"},
    {"logical_xor", "x y", 2, Rule::any, false, "bool(x) ^ bool(y)"},
    {"nan_to_num", "x nan=0.0 posinf=nextafter(x,0) neginf=nextafter(x,0)", 1, Rule::rounding, false,
     "select(x == inf, posinf, x == -inf, neginf, isnan(x), nan, x)"},
    {"ones_like", "x", 1, Rule::promote, false, "where(x == x, 1, 1)"},
    {"zeros_like", "x", 1, Rule::promote, false, "where(x == x, 0, 0)"},
    {"angle", "z", 1, Rule::any, false, "arctan2(z.imag, z.real)"},
};

bool is_spelling(std::string_view spellings, std::string_view asked) {
  while (!spellings.empty()) {
    if (take_word(spellings) == asked) return true;
  }
  return false;
}

template <class Rows>
const typename Rows::value_type* find_in(const Rows& table, std::string_view name) {
  const auto found = std::ranges::find_if(table, [&](const auto& row) { return is_spelling(row.spellings, name); });
  return found == table.end() ? nullptr : &*found;
}

bool is_known(std::string_view spellings) {
  while (!spellings.empty()) {
    const std::string_view name = take_word(spellings);
    if (find_fold(name) != nullptr || find_definition(name) != nullptr) return true;
    if (std::ranges::any_of(rows, [&](const Row& row) { return is_spelling(row.spellings, name); })) return true;
  }
  return false;
}

const std::vector<Row>& elementary_rows() {
  static const std::vector<Row> found = [] {
    std::vector<Row> result;
    for (const Operation& row : all_operations()) {
      if (row.ulp_float64 < 1 || row.is_reduction() || is_known(row.spellings)) continue;
      const auto operand_count = static_cast<std::size_t>(row.form.operand_count);
      const std::string_view name = row.spellings.substr(row.spellings.rfind(' ') + 1);
      const bool takes_complex = is_function_of(name, operand_count, DType::complex128);
      result.push_back({row.spellings, operand_count, false, takes_complex ? Rule::elementary : Rule::floating, Elementary{}});
    }
    return result;
  }();
  return found;
}

}  // namespace

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

const Row* find_operator(std::string_view spelling, std::size_t operand_count) {
  const auto* found = std::ranges::find_if(rows, [&](const Row& row) {
    return row.is_operator && row.operand_count == operand_count && row.spellings.substr(0, row.spellings.find(' ')) == spelling;
  });
  return found == std::end(rows) ? nullptr : found;
}

const Row* find_row(std::string_view name) {
  const auto* found = std::ranges::find_if(rows, [&](const Row& row) {
    return is_spelling(row.spellings, name) && !(row.is_operator && row.spellings.substr(0, row.spellings.find(' ')) == name);
  });
  return found != std::end(rows) ? found : find_in(elementary_rows(), name);
}

const FoldRow* find_fold(std::string_view name) { return find_in(std::span(folds), name); }
const Definition* find_definition(std::string_view name) { return find_in(std::span(definitions), name); }

}  // namespace lanewise::inline v0::oracle
