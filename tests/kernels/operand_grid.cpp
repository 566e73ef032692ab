#include "kernels/operand_grid.hpp"

#include <cmath>
#include <limits>
#include <random>

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
  for (const T value : {0, 1, -1, 2, -2, 3, -3, 5, 7, -7, 10, 31, 32, 33, 62, 63, 64, -31, -32, -64, 1000, 65535, 65536, 16777217}) {
    values.push_back(Scalar::of(value));
  }
  for (const T value : {Limits::max(), static_cast<T>(Limits::max() - 1), Limits::min(), static_cast<T>(Limits::min() + 1),
                        static_cast<T>(Limits::max() / 2), static_cast<T>(Limits::min() / 2)}) {
    values.push_back(Scalar::of(value));
  }
  if constexpr (sizeof(T) == 8) {
    for (const std::int64_t power : {31, 32, 52, 53, 54, 62}) {
      for (const std::int64_t offset : {-1, 0, 1}) {
        values.push_back(Scalar::of((std::int64_t{1} << power) + offset));
        values.push_back(Scalar::of(-((std::int64_t{1} << power) + offset)));
      }
    }
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
    case DType::Code::float32: return everyday ? Scalar::of(static_cast<float>(magnitude)) : Scalar{dtype, bits >> 32};
    case DType::Code::float64: break;
  }
  return everyday ? Scalar::of(magnitude) : Scalar{dtype, bits};
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
    case DType::Code::float32: return special_floats<float>();
    case DType::Code::float64: break;
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
