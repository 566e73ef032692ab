#include "kernels/operand_grid.hpp"

#include <cmath>
#include <complex>
#include <limits>
#include <random>

#include "ops/type_rules.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class T>
std::vector<Scalar> special_floats() {
  using Limits = std::numeric_limits<T>;
  std::vector<Scalar> values{Scalar::of(Limits::quiet_NaN())};
  const T epsilon = Limits::epsilon();
  for (const T magnitude : {T(0),
                            Limits::denorm_min(),
                            Limits::min() - Limits::denorm_min(),
                            Limits::min(),
                            epsilon,
                            T(0.1),
                            T(0.25),
                            T(0.5),
                            T(1) - epsilon / 2,
                            T(1),
                            T(1) + epsilon,
                            T(1.5),
                            T(2),
                            T(2.5),
                            T(3),
                            T(3.14159265358979323846),
                            T(10),
                            T(31),
                            T(64),
                            T(709.78271289338397),
                            T(1e5),
                            T(2147483647),
                            T(2147483648),
                            T(2147483904),
                            T(127.5),
                            T(128),
                            T(255.5),
                            T(32768),
                            T(65504),
                            T(65519.99),
                            T(65520),
                            T(65536),
                            T(4294967040),
                            T(4294967295),
                            T(4294967296),
                            T(18446742974197923840.0),
                            T(18446744073709551616.0),
                            T(0x1p-24),
                            T(0x1.8p-24),
                            T(0x1p-25),
                            T(0x1.00001p-25),
                            T(0x1.ffcp-15),
                            T(0x1.ffep-15),
                            T(0x1.002p0),
                            T(0x1.006p0),
                            T(0x1.0020000000001p0),
                            T(0x1.001fffffffffffp0),
                            T(1) / epsilon + T(0.5),
                            T(1) / epsilon + 1,
                            T(9223372036854775808.0),
                            std::sqrt(Limits::max()),
                            Limits::max() / 2,
                            Limits::max(),
                            Limits::infinity()}) {
    values.push_back(Scalar::of(magnitude));
    values.push_back(Scalar::of(-magnitude));
  }
  return values;
}

template <class T>
std::vector<Scalar> special_integers() {
  using Limits = std::numeric_limits<T>;
  std::vector<Scalar> values;
  for (const int value : {0,  1,  -1,  2,   -2,  3,    -3,   5,    7,     -7,    10,    31,    32,     33,       62,    63,
                          64, 65, -31, -32, -64, 127,  128,  -128, -129,  255,   256,   1000,  65519,  65520,    65535, 65536,
                          -65519, -65520, 32767, 32768, -32768, -32769, 16777217}) {
    values.push_back(Scalar::of(static_cast<T>(value)));
  }
  for (const T value : {Limits::max(), static_cast<T>(Limits::max() - 1), Limits::min(), static_cast<T>(Limits::min() + 1),
                        static_cast<T>(Limits::max() / 2), static_cast<T>(Limits::min() / 2)}) {
    values.push_back(Scalar::of(value));
  }
  if constexpr (sizeof(T) == 8) {
    for (const std::int64_t power : {31, 32, 52, 53, 54, 62}) {
      for (const std::int64_t offset : {-1, 0, 1}) {
        values.push_back(Scalar::of(static_cast<T>((std::int64_t{1} << power) + offset)));
        values.push_back(Scalar::of(static_cast<T>(-((std::int64_t{1} << power) + offset))));
      }
    }
    // Beside the middle of two float32s, by less than float64 can tell.
    for (const std::int64_t middle : {(std::int64_t{1} << 60) + (std::int64_t{1} << 36), (std::int64_t{1} << 60) + (std::int64_t{3} << 36)}) {
      for (const std::int64_t offset : {-1, 0, 1}) {
        values.push_back(Scalar::of(static_cast<T>(middle + offset)));
        values.push_back(Scalar::of(static_cast<T>(-(middle + offset))));
      }
    }
    // The same in the upper half of uint64: its lowest value, half a step of float32, and one.
    values.push_back(Scalar::of(static_cast<T>((std::uint64_t{1} << 63) + (std::uint64_t{1} << 39) + 1)));
  }
  return values;
}

/// Pairs of a few parts; every pair of them would be too many to try.
template <class T>
std::vector<Scalar> special_complex() {
  using Limits = std::numeric_limits<T>;
  const T parts[] = {T(0), -T(0), T(1), T(-1.5), Limits::denorm_min(), Limits::max(), -Limits::infinity(), Limits::infinity(), Limits::quiet_NaN()};
  std::vector<Scalar> values;
  for (const T re : parts) {
    for (const T im : parts) values.push_back(Scalar::of(std::complex<T>(re, im)));
  }
  return values;
}

Scalar random_value(DType dtype, std::mt19937_64& random) {
  const std::uint64_t bits = random();
  const bool everyday = random() % 2 == 0;
  const double magnitude = std::ldexp(static_cast<double>(bits >> 11), -53) * 20 - 10;
  switch (dtype.code) {
    case DType::Code::bool_: return Scalar::of(bits % 2 == 0);
    case DType::Code::int32:
      return Scalar::of(static_cast<std::int32_t>(static_cast<std::int32_t>(bits) >> (everyday ? random() % 32 : 0)));
    case DType::Code::int64: return Scalar::of(static_cast<std::int64_t>(bits) >> (everyday ? random() % 64 : 0));
    case DType::Code::int8:
    case DType::Code::uint8: return Scalar{dtype, bits & 0xFF};
    case DType::Code::int16:
    case DType::Code::uint16: return Scalar{dtype, bits & 0xFFFF};
    // Infinity instead of nan, whose bits change on their way through float32.
    case DType::Code::float16: return Scalar{dtype, (bits & 0x7C00) == 0x7C00 ? bits & 0xFC00 : bits & 0xFFFF};
    case DType::Code::uint32: return Scalar::of(static_cast<std::uint32_t>(bits) >> (everyday ? random() % 32 : 0));
    case DType::Code::uint64: return Scalar::of(bits >> (everyday ? random() % 64 : 0));
    case DType::Code::float32: return everyday ? Scalar::of(static_cast<float>(magnitude)) : Scalar{dtype, bits >> 32};
    case DType::Code::float64: break;
    case DType::Code::complex64:
    case DType::Code::complex128: {
      const Scalar re = random_value(part_of(dtype), random);
      return {dtype, re.bits, random_value(part_of(dtype), random).bits};
    }
  }
  return everyday ? Scalar::of(magnitude) : Scalar{dtype, bits};
}

/// Zeros, the edges of subnormal and normal numbers, infinities and nan.
std::vector<Scalar> special_halves() {
  std::vector<Scalar> values;
  for (const unsigned bits : {0x0000U, 0x0001U, 0x03FFU, 0x0400U, 0x3BFFU, 0x3C00U, 0x3C01U, 0x7BFFU, 0x7C00U, 0x7E00U}) {
    values.push_back(Scalar::of(Float16{static_cast<std::uint16_t>(bits)}));
    values.push_back(Scalar::of(Float16{static_cast<std::uint16_t>(bits | 0x8000U)}));
  }
  return values;
}

void pad_to_whole_tiles(std::vector<Scalar>& values) {
  while (values.size() % whole_tiles != 0) values.push_back(values.back());
}

}  // namespace

std::vector<Scalar> special_values(DType dtype) {
  switch (dtype.code) {
    case DType::Code::bool_: return {Scalar::of(false), Scalar::of(true)};
    case DType::Code::int32: return special_integers<std::int32_t>();
    case DType::Code::int64: return special_integers<std::int64_t>();
    case DType::Code::int8: return special_integers<std::int8_t>();
    case DType::Code::int16: return special_integers<std::int16_t>();
    case DType::Code::uint8: return special_integers<std::uint8_t>();
    case DType::Code::uint16: return special_integers<std::uint16_t>();
    case DType::Code::uint32: return special_integers<std::uint32_t>();
    case DType::Code::uint64: return special_integers<std::uint64_t>();
    case DType::Code::float16: return special_halves();
    case DType::Code::float32: return special_floats<float>();
    case DType::Code::float64: break;
    case DType::Code::complex64: return special_complex<float>();
    case DType::Code::complex128: return special_complex<double>();
  }
  return special_floats<double>();
}

std::vector<Scalar> random_values(DType dtype, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Scalar> values(count);
  for (Scalar& value : values) value = random_value(dtype, random);
  return values;
}

Elements grid_of_one(DType dtype, std::size_t count) {
  std::vector<Scalar> values = special_values(dtype);
  if (values.size() < count) {
    const std::vector<Scalar> random = random_values(dtype, count - values.size(), 1);
    values.insert(values.end(), random.begin(), random.end());
  }
  pad_to_whole_tiles(values);
  return {dtype, values};
}

PairGrid grid_of_two(DType dtype, std::size_t random_count) {
  const std::vector<Scalar> special = special_values(dtype);
  std::vector<Scalar> left = random_values(dtype, random_count, 2);
  std::vector<Scalar> right = random_values(dtype, random_count, 3);
  for (const Scalar x : special) {
    for (const Scalar y : special) {
      left.push_back(x);
      right.push_back(y);
    }
  }
  pad_to_whole_tiles(left);
  pad_to_whole_tiles(right);
  return {{dtype, left}, {dtype, right}};
}

}  // namespace lanewise::inline v0::kernel_tests
