#pragma once
// Integer division by a divisor that all lanes share: by multiplication with a reciprocal that is worked out once a tile.
//
// Method: Granlund and Montgomery, "Division by invariant integers using multiplication" (1994), figure 4.1, which is exact for every
// unsigned dividend and divisor. Signed quotients are brought to it by one's complement, which turns rounding toward minus infinity into
// truncation: floor(n / d) = ~floor(~n / d) for negative n.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Rounds a quotient of two numbers toward zero or toward minus infinity.
enum class Toward { zero, minus_infinity };

/// The upper halves of the products of unsigned lanes.
template <class D>
LANEWISE_INLINE hn::Vec<D> multiply_high(D d, hn::Vec<D> x, hn::Vec<D> y) {
  if constexpr (sizeof(hn::TFromD<D>) == 4) {
    const hn::RepartitionToWide<D> wide;
    const auto odd = [wide, d](hn::Vec<D> v) { return hn::BitCast(d, hn::ShiftRight<32>(hn::BitCast(wide, v))); };
    const auto even_products = hn::BitCast(d, hn::ShiftRight<32>(hn::MulEven(x, y)));
    return hn::OddEven(hn::BitCast(d, hn::MulEven(odd(x), odd(y))), even_products);
  } else {
    const hn::RepartitionToNarrow<D> halves;
    const auto multiply_low_halves = [halves](hn::Vec<D> a, hn::Vec<D> b) { return hn::MulEven(hn::BitCast(halves, a), hn::BitCast(halves, b)); };
    const auto low_half = hn::Set(d, 0xFFFFFFFF);
    const auto x_high = hn::ShiftRight<32>(x);
    const auto y_high = hn::ShiftRight<32>(y);
    const auto carry = hn::ShiftRight<32>(multiply_low_halves(x, y));
    const auto upper = hn::Add(multiply_low_halves(x_high, y), carry);
    const auto lower = hn::Add(multiply_low_halves(x, y_high), hn::And(upper, low_half));
    return hn::Add(multiply_low_halves(x_high, y_high), hn::Add(hn::ShiftRight<32>(upper), hn::ShiftRight<32>(lower)));
  }
}

template <class T>
struct ConstantDivisor {
  using Unsigned = hwy::MakeUnsigned<T>;
  static constexpr int bits = 8 * sizeof(T);

  __extension__ using Wide = unsigned __int128;

  T value;
  Unsigned reciprocal;  ///< floor(2**bits * (2**exponent - |value|) / |value|) + 1; exponent = ceil(log2(|value|))
  int first_shift;      ///< min(exponent, 1)
  int second_shift;     ///< max(exponent - 1, 0)

  LANEWISE_INLINE explicit ConstantDivisor(T divisor) : value(divisor) {
    const uint64_t magnitude = divisor < T{0} ? Unsigned{0} - static_cast<Unsigned>(divisor) : static_cast<Unsigned>(divisor);
    const int exponent = magnitude <= 1 ? 0 : 64 - __builtin_clzll(magnitude - 1);
    const uint64_t missing = (exponent == 64 ? 0 : uint64_t{1} << exponent) - magnitude;
    reciprocal = magnitude == 0 ? 0 : static_cast<Unsigned>(divide(static_cast<Wide>(missing) << bits, magnitude) + 1);
    first_shift = exponent < 1 ? exponent : 1;
    second_shift = exponent < 1 ? 0 : exponent - 1;
  }

  /// The quotients of unsigned lanes by |value|, truncated.
  template <class D>
  LANEWISE_INLINE hn::Vec<D> divide_magnitudes(D d, hn::Vec<D> x) const {
    const auto high = multiply_high(d, hn::Set(d, reciprocal), x);
    const auto rest = hn::ShiftRightSame(hn::Sub(x, high), first_shift);
    return hn::ShiftRightSame(hn::Add(high, rest), second_shift);
  }

  template <Toward toward, class D>
  LANEWISE_INLINE hn::Vec<D> quotient(D d, hn::Vec<D> x) const {
    if (value == T{0}) return hn::Zero(d);
    if constexpr (!hwy::IsSigned<T>()) {
      return divide_magnitudes(d, x);
    } else {
      const hn::RebindToUnsigned<D> magnitudes;
      const auto zero = hn::Zero(d);
      const auto of_positive = value < 0 ? hn::Neg(x) : x;  // the lowest value stays what it is: its magnitude, unsigned
      const auto is_negative = hn::VecFromMask(d, value < 0 ? hn::Gt(x, zero) : hn::Lt(x, zero));
      const auto complement = [&](hn::Vec<D> v) { return hn::Xor(v, is_negative); };
      const auto negate = [&](hn::Vec<D> v) { return hn::Sub(hn::Xor(v, is_negative), is_negative); };
      const auto divided = [&](hn::Vec<D> v) { return hn::BitCast(d, divide_magnitudes(magnitudes, hn::BitCast(magnitudes, v))); };
      if constexpr (toward == Toward::zero) {
        return negate(divided(negate(of_positive)));
      } else {
        return complement(divided(complement(of_positive)));
      }
    }
  }

  template <Toward toward, class D>
  LANEWISE_INLINE hn::Vec<D> remainder(D d, hn::Vec<D> x) const {
    if (value == T{0}) return hn::Zero(d);
    return hn::Sub(x, hn::Mul(quotient<toward>(d, x), hn::Set(d, value)));
  }

 private:
  /// The quotient is known to fit 64 bits.
  static LANEWISE_INLINE uint64_t divide(Wide dividend, uint64_t divisor) {
#if defined(__x86_64__)
    uint64_t quotient, remainder;  // one instruction, where the compiler would call a general division of 128 bits
    __asm__("divq %[divisor]"
            : "=a"(quotient), "=d"(remainder)
            : "a"(static_cast<uint64_t>(dividend)), "d"(static_cast<uint64_t>(dividend >> 64)), [divisor] "r"(divisor)
            : "cc");
    return quotient;
#else
    return static_cast<uint64_t>(dividend / divisor);
#endif
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
