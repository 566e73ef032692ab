// Half of the elements come from a list of special ones, a quarter are small and ordinary, a quarter are random bits.

#include "property/random_values.hpp"

namespace lanewise::inline v0::property {
namespace {

// Rounded to float32 where that is asked for, which makes edges there too (1e300 becomes inf, 1e-310 becomes 0).
constexpr double special_floats[] = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    -1.5,
    2.0,
    -2.0,
    2.5,
    -2.5,
    3.0,
    -3.0,
    4.0,
    10.0,
    0.1,
    -0.1,
    1.0 / 3,
    std::numeric_limits<double>::infinity(),
    -std::numeric_limits<double>::infinity(),
    std::numeric_limits<double>::quiet_NaN(),
    0x1p-1074,
    -0x1p-1074,
    0x1p-1022,
    -0x1p-1022,
    0x1.fffffffffffffp-1023,
    0x1p-149,
    -0x1p-149,
    0x1p-126,
    0x1.fffffep-127,
    0x1.fffffffffffffp+1023,
    -0x1.fffffffffffffp+1023,
    0x1.fffffep+127,
    -0x1.fffffep+127,
    0x1.0000000000001p0,
    0x1.fffffffffffffp-1,
    0x1.000002p0,
    0x1.fffffep-1,
    16777216.0,
    16777217.0,
    -16777219.0,
    2147483647.0,
    2147483648.0,
    -2147483648.0,
    -2147483649.0,
    2147483647.5,
    0x1p52 + 0.5,
    0x1p53,
    0x1p63,
    -0x1p63,
    0x1.fffffffffffffp62,
    0x1p64,
    8388608.5,
    4194304.5,
    1e300,
    -1e300,
    1e-300,
    1e-310,
    1e38,
    1e-38,
    65504.0,
    65519.999,
    65520.0,
    0x1p-24,
    0x1p-25,
    0x1p-14,
    88.7228,
    88.73,
    -87.4,
    -103.98,
    709.782712893384,
    709.79,
    -745.14,
    -708.4,
    1024.0,
    -1075.0,
    128.0,
    -150.0,
    0.7853981633974483,
    1.5707963267948966,
    3.141592653589793,
    -6.283185307179586,
    1e5,
    1e22,
    0.9999999,
    1e-8,
};

constexpr std::int64_t special_integers[] = {
    0,
    1,
    -1,
    2,
    -2,
    3,
    -3,
    5,
    7,
    -7,
    10,
    30,
    31,
    32,
    33,
    62,
    63,
    64,
    65,
    100,
    -31,
    -64,
    127,
    128,
    -128,
    -129,
    255,
    256,
    32767,
    -32768,
    65535,
    65536,
    46340,
    46341,
    -46341,
    16777216,
    16777217,
    -16777219,
    2147483647,
    -2147483647 - 1,
    -2147483647,
    1073741824,
    1431655765,
    2147483648,
    -2147483649,
    4294967296,
    4294967295,
    3037000499,
    3037000500,
    9007199254740992,
    9007199254740993,
    -9007199254740995,
    std::numeric_limits<std::int64_t>::max(),
    std::numeric_limits<std::int64_t>::min(),
    std::numeric_limits<std::int64_t>::max() - 1,
    std::numeric_limits<std::int64_t>::min() + 1,
    4611686018427387904,
    0x5555555555555555,
    9223372036854775296,
    -9223372036854774785,
};

template <class Float>
Float random_float(RandomChoice& random) {
  const std::size_t kind = random.below(8);
  if (kind < 4) return static_cast<Float>(random.of(special_floats));
  if (kind < 6) return static_cast<Float>(static_cast<double>(random.below(200'001)) * 1e-4 - 10);
  const std::uint64_t bits = random.bits();
  Float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class Integer>
Integer random_integer(RandomChoice& random) {
  const std::size_t kind = random.below(8);
  if (kind < 4) return static_cast<Integer>(random.of(special_integers));
  if (kind < 6) return static_cast<Integer>(static_cast<std::int64_t>(random.below(91)) - 20);
  return static_cast<Integer>(random.bits());
}

}  // namespace

oracle::Value random_value(RandomChoice& random, DType dtype) {
  return oracle::with_type(dtype, [&](auto typed) -> oracle::Value {
    using T = decltype(typed);
    if constexpr (std::is_same_v<T, bool>) {
      return {random.percent(50)};
    } else if constexpr (std::is_same_v<T, Float16>) {
      return {random.percent(70) ? oracle::double_to_half(random_float<double>(random))
                                 : Float16{static_cast<std::uint16_t>(random.bits())}};
    } else if constexpr (oracle::is_complex_type<T>) {
      using Part = typename T::value_type;
      const Part real = random_float<Part>(random);
      return {T(real, random_float<Part>(random))};
    } else if constexpr (std::is_floating_point_v<T>) {
      return {random_float<T>(random)};
    } else {
      return {random_integer<T>(random)};
    }
  });
}

oracle::Value tame_value(RandomChoice& random, DType dtype) {
  const double small = static_cast<double>(random.below(401)) * 0.01 - 2;
  if (dtype.is_complex())
    return oracle::cast(oracle::Value{std::complex<double>(small, static_cast<double>(random.below(401)) * 0.01 - 2)}, dtype);
  return oracle::cast(oracle::Value{dtype.is_floating() ? small : static_cast<double>(random.below(13)) - 4}, dtype);
}

}  // namespace lanewise::inline v0::property
