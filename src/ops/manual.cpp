// The words are those of the manual: "real" is everything but complex, "meet" is promotion.
#include "ops/manual.hpp"

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {
namespace {

// Operands have names where the row gives none.
std::string_view parameters_of(const Operation& row) {
  if (!row.parameters.empty()) return row.parameters;
  if (row.type_rule == TypeRule::select) return "condition x y";
  constexpr std::string_view names = "x y z";
  return names.substr(0, static_cast<std::size_t>(2 * row.form.operand_count - 1));
}

std::string call_signature(const Operation& row) {
  std::string text(row.spelling());
  text += '(';
  int count = 0;
  for (std::string_view rest = parameters_of(row); !rest.empty();) {
    const std::string_view parameter = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    if (count > 0) text += ", ";
    text += parameter;
    if (++count == row.form.operand_count && row.is_reduction()) text += ", axis=None, keepdims=False";
  }
  if (row.is_reduction() && row.type_rule == TypeRule::sum) text += ", dtype=None";
  return text + ')';
}

std::string_view sentence(TypeRule rule) {
  switch (rule) {
    case TypeRule::promote: return "Takes all types, gives the one they meet in.";
    case TypeRule::promote_number: return "Takes all types but bool alone, gives the one they meet in.";
    case TypeRule::promote_real: return "Takes real types, gives the one they meet in.";
    case TypeRule::quotient: return "Takes real types, gives the one they meet in; bool counts as int8.";
    case TypeRule::divide: return "Takes all types, gives the one they meet in; integers and bool count as float64.";
    case TypeRule::float_promote:
      return "Takes real types, gives float32 or float64; bool and integers of 8 and 16 bits count as float32, wider ones as float64.";
    case TypeRule::elementary:
      return "Takes all types, gives a float or complex; bool and integers of 8 and 16 bits count as float32, wider ones as float64.";
    case TypeRule::scale: return "Takes a real type, as elementary functions do, and an integer; gives float32 or float64.";
    case TypeRule::power: return "Takes all types, gives the one they meet in; bool counts as int8.";
    case TypeRule::compare: return "Takes real types, gives bool.";
    case TypeRule::equality: return "Takes all types, gives bool.";
    case TypeRule::bits: return "Takes bool and integers, gives the type they meet in.";
    case TypeRule::shift: return "Takes bool and integers, gives the type they meet in; bool counts as int8.";
    case TypeRule::whole: return "Takes integers, gives the type they meet in.";
    case TypeRule::bit_count: return "Takes bool and integers, gives uint8.";
    case TypeRule::logical:
    case TypeRule::truth: return "Takes all types by their truth, where nan is true; gives bool.";
    case TypeRule::select: return "Takes a condition of any type by its truth; gives the type in which the other operands meet.";
    case TypeRule::rounding:
    case TypeRule::extremum: return "Takes real types, gives the same.";
    case TypeRule::rounding_any:
    case TypeRule::conjugate: return "Takes all types, gives the same.";
    case TypeRule::float_test: return "Takes all types, gives bool.";
    case TypeRule::sign_test: return "Takes real types, gives bool.";
    case TypeRule::magnitude:
    case TypeRule::real_part:
    case TypeRule::imaginary_part: return "Takes all types, gives the same, of complex numbers the type of their parts.";
    case TypeRule::complex_of: return "Takes real types, as elementary functions do; gives complex64 or complex128.";
    case TypeRule::sum: return "Takes all types, gives the same; bool and integers give int64, unsigned ones uint64.";
    case TypeRule::position: return "Takes real types, gives int64.";
    case TypeRule::statistic:
      return "Takes all types, gives a float or complex: float32 or complex64 where the operand is one, otherwise the 64-bit one.";
    case TypeRule::spread: return "Takes all types, gives float32 where the operand is float16, float32 or complex64, otherwise float64.";
    default: return "Takes all types.";
  }
}

}  // namespace

std::string_view chapter_title(Family family) noexcept {
  switch (family) {
    case Family::logic: return "Logic and bits";
    case Family::select: return "Choosing";
    case Family::compare: return "Comparisons and tests";
    case Family::arithmetic: return "Arithmetic";
    case Family::power: return "Quotients, powers, roots";
    case Family::rounding: return "Rounding and the representation of floats";
    case Family::exponential: return "Exponentials and logarithms";
    case Family::trigonometric: return "Trigonometric functions";
    case Family::hyperbolic: return "Hyperbolic functions";
    case Family::special: return "Special functions";
    case Family::complex: return "Complex numbers";
    case Family::cast: return "Conversions";
    case Family::reduction: return "Reductions";
    default: return "Shapes and positions";
  }
}

std::string signature(const Operation& row) {
  const std::string spelling(row.spelling());
  switch (row.form.kind) {
    case OperationForm::Kind::call: return call_signature(row);
    case OperationForm::Kind::prefix: return spelling + (spelling.size() > 1 ? " x" : "x");
    default: return "x " + spelling + " y";
  }
}

std::string describe(TypeRule rule) {
  if (!is_cast(rule)) return std::string(sentence(rule));
  const DType target = cast_target(rule);
  const bool takes_complex = target.is_bool() || target.is_complex();
  return (takes_complex ? "Takes all types, gives " : "Takes real types, gives ") + std::string(target.name()) + ".";
}

}  // namespace lanewise::inline v0
