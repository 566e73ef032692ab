// Rewrites that keep every bit, for NaN, -0, infinities and wrapping integers too (a nan is a nan: its sign and payload do not count), and
// that keep the shape: no rule drops an operand that is not a constant.
//
// Which operations have an identity or undo themselves is a column of the table. What is not here, with its counter-example:
//   x + 0 -> x       floats: -0 + 0 is +0; dropping x + -0.0 is exact
//   x * 0 -> 0       floats: nan, infinities, -0; integers: the shape
//   x - x -> 0       floats: inf - inf is nan; integers: the shape
//   x ** 0 -> 1      the shape
//   x / 3 -> x*(1/3) the reciprocal is rounded; of a power of two it is not
//   where(c, x, x)   c may have more elements than x

#include "ir/rules_exact.hpp"

#include <cmath>

#include "ir/power_form.hpp"

namespace lanewise::inline v0 {

namespace {

/// Returns a small whole number in any dtype.
Scalar scalar_of(int value, DType dtype) {
  if (dtype.is_bool()) return Scalar::of(value != 0);
  if (dtype == DType::float32) return Scalar::of(static_cast<float>(value));
  if (dtype == DType::float64) return Scalar::of(static_cast<double>(value));
  if (dtype == DType::complex64) return Scalar::of(std::complex<float>(static_cast<float>(value)));
  if (dtype == DType::complex128) return Scalar::of(std::complex<double>(value));
  const std::int64_t wide = value;
  Scalar result{dtype};
  result.read(&wide);
  return result;
}

/// x ** n -> x*x, 1/x, sqrt(x): what the language defines these powers to be.
std::optional<NodeIndex> power_of_constant(Rewriter& rewriter, const Candidate& candidate) {
  if (candidate.id != OperationId::power) return {};
  const auto exponent = rewriter.constant_value(candidate.operands[1]);
  if (!exponent) return {};
  const NodeIndex base = candidate.operands[0];
  const DType dtype = candidate.result;
  const PowerForm form = power_form(*exponent);
  switch (form.kind) {
    case PowerForm::Kind::product:
      return product(base, form.factor_count,
                     [&](NodeIndex left, NodeIndex right) { return rewriter.operation(OperationId::multiply, dtype, left, right); });
    case PowerForm::Kind::reciprocal: return rewriter.operation(OperationId::divide, dtype, rewriter.constant(scalar_of(1, dtype)), base);
    case PowerForm::Kind::square_root: return rewriter.operation(OperationId::sqrt, dtype, base);
    case PowerForm::Kind::general: break;
  }
  return {};
}

/// f(constants) -> constant.
std::optional<NodeIndex> constant_folding(Rewriter& rewriter, const Candidate& candidate) {
  std::array<Scalar, 3> values;
  for (std::size_t i = 0; i < candidate.operands.size(); ++i) {
    const auto value = rewriter.constant_value(candidate.operands[i]);
    if (!value) return {};
    values[i] = *value;
  }
  return rewriter.constant(rewriter.evaluate(candidate.id, candidate.result, std::span(values).first(candidate.operands.size())));
}

/// Returns the operand that is left when the other is `identity`, on the right side or, of a commutative operation, on either.
std::optional<NodeIndex> without_identity(const Rewriter& rewriter, const Candidate& candidate, Scalar identity) {
  if (rewriter.constant_value(candidate.operands[1]) == identity) return candidate.operands[0];
  const bool either_side = operation(candidate.id).algebra.commutative;
  if (either_side && rewriter.constant_value(candidate.operands[0]) == identity) return candidate.operands[1];
  return {};
}

/// x*1 -> x, x - 0 -> x, x | 0 -> x: the table's identities. Scalars are equal in all bits: x - -0.0 stays, as -0 - -0 is +0. A complex
/// product with 1 stays: its parts meet the 0 of the other factor, and infinities become nan.
std::optional<NodeIndex> identity_of_table(Rewriter& rewriter, const Candidate& candidate) {
  const auto identity = operation(candidate.id).algebra.right_identity;
  if (!identity || rewriter.node(candidate.operands[0]).dtype.is_complex()) return {};
  return without_identity(rewriter, candidate, scalar_of(*identity, rewriter.node(candidate.operands[0]).dtype));
}

/// x + 0 -> x of integers and bool; x + -0.0 -> x of floats.
std::optional<NodeIndex> addition_of_nothing(Rewriter& rewriter, const Candidate& candidate) {
  if (candidate.id != OperationId::add || candidate.result.is_complex()) return {};
  if (candidate.result == DType::float64) return without_identity(rewriter, candidate, Scalar::of(-0.0));
  if (candidate.result == DType::float32) return without_identity(rewriter, candidate, Scalar::of(-0.0f));
  return without_identity(rewriter, candidate, scalar_of(0, candidate.result));
}

/// +x -> x.
std::optional<NodeIndex> positive_sign(Rewriter&, const Candidate& candidate) {
  if (candidate.id != OperationId::positive) return {};
  return candidate.operands[0];
}

/// f(f(x)) -> x.
std::optional<NodeIndex> involution(Rewriter& rewriter, const Candidate& candidate) {
  if (!operation(candidate.id).algebra.involution) return {};
  const Node& inner = rewriter.node(candidate.operands[0]);
  if (inner.kind != Node::Kind::operation || inner.operation != candidate.id) return {};
  return inner.operands[0];
}

/// Bits of the whole numbers that a real float holds without a gap.
int mantissa_bits(DType dtype) { return dtype == DType::float16 ? 11 : dtype == DType::float32 ? 24 : 53; }

/// Returns whether every value of the integer dtype `from` is a value of `to`.
bool holds_integers(DType to, DType from) {
  const auto bits = static_cast<int>(8 * from.size_bytes()) - (from.is_signed_integer() ? 1 : 0);
  if (to.is_floating()) return bits <= mantissa_bits(to);
  if (to.is_unsigned_integer()) return from.is_unsigned_integer() && to.size_bytes() >= from.size_bytes();
  return to.is_signed_integer() && bits <= static_cast<int>(8 * to.size_bytes()) - 1;
}

/// Returns whether every value of `from` is a value of `to`.
bool holds_all(DType to, DType from) {
  if (from == to || from.is_bool()) return true;
  if (to.is_complex()) return from.is_complex() ? to == DType::complex128 : holds_all(part_of(to), from);
  if (from.is_integer()) return holds_integers(to, from);
  return from.is_floating() && to.is_floating() && to.size_bytes() >= from.size_bytes();
}

/// cast(cast(x)) -> cast(x), or x, where the first cast loses nothing: the second then sees the same number.
std::optional<NodeIndex> cast_of_cast(Rewriter& rewriter, const Candidate& candidate) {
  if (!is_cast(operation(candidate.id).type_rule)) return {};
  const Node& inner = rewriter.node(candidate.operands[0]);
  if (inner.kind != Node::Kind::operation || !is_cast(operation(inner.operation).type_rule)) return {};
  const NodeIndex source = inner.operands[0];
  const DType source_dtype = rewriter.node(source).dtype;
  if (!holds_all(inner.dtype, source_dtype)) return {};
  if (source_dtype == candidate.result) return source;
  return rewriter.operation(candidate.id, candidate.result, source);
}

/// Returns 1/divisor if the division by `divisor` and the multiplication round the same real number: powers of two, both normal.
template <class T>
std::optional<Scalar> exact_reciprocal(T divisor) {
  int exponent = 0;
  const bool is_power_of_two = std::abs(std::frexp(divisor, &exponent)) == T{0.5};
  const T reciprocal = T{1} / divisor;
  if (!is_power_of_two || !std::isnormal(divisor) || !std::isnormal(reciprocal)) return {};
  return Scalar::of(reciprocal);
}

/// x / 4 -> x * 0.25.
std::optional<NodeIndex> division_by_power_of_two(Rewriter& rewriter, const Candidate& candidate) {
  if (candidate.id != OperationId::divide || candidate.result.is_complex()) return {};
  const auto divisor = rewriter.constant_value(candidate.operands[1]);
  if (!divisor) return {};
  const auto reciprocal =
      divisor->dtype == DType::float32 ? exact_reciprocal(divisor->as<float>()) : exact_reciprocal(divisor->as<double>());
  if (!reciprocal) return {};
  return rewriter.operation(OperationId::multiply, candidate.result, candidate.operands[0], rewriter.constant(*reciprocal));
}

// Powers stand before folding: 1.1**3 is computed as x**3 is.
constexpr Rule rules[] = {
    power_of_constant, constant_folding, identity_of_table, addition_of_nothing,
    positive_sign,     involution,       cast_of_cast,      division_by_power_of_two,
};

}  // namespace

std::span<const Rule> exact_rules() { return rules; }

}  // namespace lanewise::inline v0
