// Every function with an error bound stays within its row's, on each CPU target that runs here; MPFR says what is exact.
//
// LANEWISE_ACCURACY_POINTS   evaluations of a function and dtype (50,000; the long run takes 10 million)
// LANEWISE_ACCURACY_SEED     of the random points, which are others on every run; it is printed
// LANEWISE_ACCURACY_FLOATS   how many float32 arguments to try of a function of one (65,536, evenly spread; 4294967296 are all)

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "kernels/accuracy_search.hpp"
#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t seed() {
  static const std::uint64_t chosen = setting("LANEWISE_ACCURACY_SEED", std::random_device()());
  return chosen;
}

template <class T>
std::vector<double> evaluate(const InstructionCase& instruction, const std::vector<Point>& points) {
  std::vector<T> left(points.size()), right(points.size());
  std::transform(points.begin(), points.end(), left.begin(), [](Point point) { return static_cast<T>(point.x); });
  std::transform(points.begin(), points.end(), right.begin(), [](Point point) { return static_cast<T>(point.y); });
  left.resize((points.size() + whole_tiles - 1) / whole_tiles * whole_tiles);
  right.resize(left.size());
  Elements left_elements(instruction.operand_dtype, left.size()), right_elements(instruction.operand_dtype, left.size());
  std::memcpy(left_elements.data(), left.data(), left.size() * sizeof(T));
  std::memcpy(right_elements.data(), right.data(), right.size() * sizeof(T));
  const InstructionResult result = run_instruction(instruction, left_elements, right_elements);
  std::memcpy(left.data(), result.values.data(), left.size() * sizeof(T));
  return {left.begin(), left.begin() + static_cast<std::ptrdiff_t>(points.size())};
}

/// The row's instruction on every target and in lanes of every width.
std::vector<Candidate> candidates_for(const Operation& row, DType dtype) {
  std::vector<Candidate> candidates;
  const InstructionForm form{OperandKind::a, OperandKind::a, row.form.operand_count == 2 ? OperandKind::b : OperandKind::none};
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (lane_bytes < dtype.size_bytes()) continue;
      const InstructionCase instruction{target, static_cast<Opcode>(row.id), dtype, dtype, lane_bytes, form};
      candidates.push_back({to_text(instruction), [instruction, dtype](const std::vector<Point>& points) {
                              return dtype == DType::float32 ? evaluate<float>(instruction, points) : evaluate<double>(instruction, points);
                            }});
    }
  }
  return candidates;
}

class Accuracy : public testing::TestWithParam<std::tuple<OperationId, DType>> {};

TEST_P(Accuracy, IsWithinTheBoundOfTheRowOnEveryTarget) {
  const auto [id, dtype] = GetParam();
  const Operation& row = operation(id);
  const std::vector<Candidate> candidates = candidates_for(row, dtype);
  AccuracySearch search(*find_oracle(id), dtype, row.form.operand_count == 2, candidates, seed());
  const std::vector<WorstPoint> worst = search.run(setting("LANEWISE_ACCURACY_POINTS", 50'000));
  const double bound = allowed_ulp(row, dtype);
  double worst_of_all = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const WorstPoint& found = worst[i];
    worst_of_all = std::max(worst_of_all, found.ulp);
    EXPECT_LE(found.ulp, bound) << candidates[i].name << " of (" << std::hexfloat << found.point.x << ", " << found.point.y << ") gives "
                                << found.value << ", exact is " << found.exact << "; the seed is " << std::dec << seed();
  }
  std::printf("%s.%s: at most %.4f ulp, bound %g, seed %llu\n", row.name.data(), std::string(dtype.name()).c_str(), worst_of_all,
              dtype == DType::float32 ? row.ulp_float32 : row.ulp_float64, static_cast<unsigned long long>(seed()));
}

/// Whether a float32 is so near what the C library says in double that MPFR need not be asked.
bool is_clearly_near(float value, double c_library, double bound) {
  if (std::isnan(c_library)) return std::isnan(value);
  if (std::isinf(c_library) || c_library == 0)
    return static_cast<double>(value) == c_library && std::signbit(value) == std::signbit(c_library);
  if (std::fabs(c_library) >= 0x1.fffffep+127) return false;
  const int exponent = std::max(static_cast<int>(std::bit_cast<std::uint64_t>(c_library) >> 52 & 0x7FF) - 1023, -126);
  const double ulp = std::bit_cast<double>(static_cast<std::uint64_t>(exponent - 23 + 1023) << 52);
  return std::fabs(static_cast<double>(value) - c_library) <= (bound - 0.05) * ulp;
}

class EveryFloat : public testing::TestWithParam<OperationId> {};

TEST_P(EveryFloat, IsWithinTheBoundOfTheRow) {
  const Operation& row = operation(GetParam());
  const OperationOracle& oracle = *find_oracle(row.id);
  const double bound = allowed_ulp(row, DType::float32);
  const std::uint64_t float_count = std::min<std::uint64_t>(setting("LANEWISE_ACCURACY_FLOATS", 65'536), std::uint64_t{1} << 32);
  const std::uint64_t stride = (std::uint64_t{1} << 32) / std::max<std::uint64_t>(float_count, 1);
  const std::vector<Candidate> candidates = candidates_for(row, DType::float32);
  std::size_t failure_count = 0;
  for (std::uint64_t first = seed() % stride; first < std::uint64_t{1} << 32; first += 65'536 * stride) {
    std::vector<Point> points;
    for (std::uint64_t bits = first; bits < std::uint64_t{1} << 32 && points.size() < 65'536; bits += stride) {
      points.push_back({static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits))), 0});
    }
    std::vector<double> expected(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) expected[i] = oracle.c_library(points[i].x, 0);
    for (const Candidate& candidate : candidates) {
      const std::vector<double> values = candidate.evaluate(points);
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_clearly_near(static_cast<float>(values[i]), expected[i], bound)) continue;
        if (ulp_distance(DType::float32, values[i], oracle.reference(points[i].x, 0)) <= bound) continue;
        ++failure_count;
        ASSERT_LT(failure_count, 10u) << candidate.name << " of " << std::hexfloat << points[i].x << " gives " << values[i];
      }
    }
  }
  EXPECT_EQ(failure_count, 0u);
}

std::vector<OperationId> bounded_operations(int most_operands) {
  std::vector<OperationId> ids;
  for (const Operation& row : all_operations()) {
    const OperationOracle* oracle = find_oracle(row.id);
    if (oracle != nullptr && oracle->reference && row.form.operand_count <= most_operands) ids.push_back(row.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Bounded, Accuracy,
                         testing::Combine(testing::ValuesIn(bounded_operations(2)), testing::Values(DType::float32, DType::float64)),
                         [](const auto& row) {
                           return std::string(operation(std::get<0>(row.param)).name) + "_" + std::string(std::get<1>(row.param).name());
                         });
INSTANTIATE_TEST_SUITE_P(Bounded, EveryFloat, testing::ValuesIn(bounded_operations(1)),
                         [](const auto& row) { return std::string(operation(row.param).name); });

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
