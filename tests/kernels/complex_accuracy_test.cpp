// Every complex function stays within its bound, in units in the last place of the result's modulus, on each CPU target, and gives the same
// bits on all that fuse multiply-add.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

#include "kernels/complex_reference.hpp"
#include "kernels/operation_oracle.hpp"
#include "kernels/run_instruction.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Point = std::complex<double>;

constexpr std::size_t point_count = 20'096;
static_assert(point_count % whole_tiles == 0);

// float32 parts are computed in float64 and rounded once: half a unit in each part.
double bound_of(DType dtype) { return dtype == DType::complex64 ? 0.75 : 4; }

/// Draws points where complex functions are hard: of all magnitudes, near axes, unit circle, branch points, poles and edges of the range.
class PointSource {
 public:
  explicit PointSource(DType dtype) : single_(dtype == DType::complex64), random_(single_ ? 32 : 64) {}

  Point draw() {
    const Point point = draw_any();
    return single_ ? Point(static_cast<float>(point.real()), static_cast<float>(point.imag())) : point;
  }
  double draw_whole(int limit) { return static_cast<double>(random_() % static_cast<unsigned>(2 * limit + 1)) - limit; }
  bool one_in(unsigned count) { return random_() % count == 0; }

 private:
  double uniform(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
  double sign() { return one_in(2) ? -1 : 1; }
  double magnitude(double low_exponent, double high_exponent) { return sign() * std::exp2(uniform(low_exponent, high_exponent)); }
  Point either_way(double x, double y) { return one_in(2) ? Point(x, y) : Point(y, x); }

  Point draw_any() {
    const double least = single_ ? -149 : -1074;
    const double greatest = single_ ? 128 : 1024;
    const double log_of_greatest = greatest * std::log(2.0);
    switch (random_() % 11) {
      case 0: return {magnitude(least, greatest), magnitude(least, greatest)};
      case 1: return {magnitude(-30, 30), magnitude(-30, 30)};
      case 2: return {magnitude(-5, 5), magnitude(-5, 5)};
      case 3: return std::polar(1 + std::abs(magnitude(-53, -1)), uniform(-4, 4));
      case 4: return either_way(magnitude(-5, 5), magnitude(least, 0));
      case 5: return either_way(sign() + magnitude(-54, -2), magnitude(-60, -2));
      case 6: return either_way(draw_whole(100) * std::acos(0.0) + magnitude(-50, -2), magnitude(-50, 3));
      case 7: return either_way(sign() * uniform(log_of_greatest - 3, log_of_greatest + 2), magnitude(-10, 4));
      case 8: return {magnitude(least, least + 60), magnitude(least, least + 60)};
      case 9: return {draw_whole(4), one_in(3) ? magnitude(-4, 6) : draw_whole(4)};
      default: return either_way(magnitude(-1, 9.5), magnitude(-3, 20));
    }
  }

  bool single_;
  std::mt19937_64 random_;
};

struct Case {
  Point left, right;
  ExactComplex exact;
};

std::vector<Case> draw_cases(OperationId id, DType dtype) {
  const ComplexReference& reference = *find_complex_reference(id);
  PointSource source(dtype);
  std::vector<Case> cases;
  while (cases.size() < point_count) {
    const Point left = source.draw();
    const Point right = source.one_in(3) ? Point(source.draw_whole(20)) : source.draw();
    if (reference.is_in_domain != nullptr && !reference.is_in_domain(left, right)) continue;
    if (const auto exact = exact_value(reference, left, right)) cases.push_back({left, right, *exact});
  }
  return cases;
}

template <class Operand>
Elements elements_of(DType dtype, const std::vector<Case>& cases, Operand operand) {
  std::vector<Scalar> values;
  for (const Case& one : cases) {
    const Point z = one.*operand;
    values.push_back(dtype == DType::complex64 ? Scalar::of(std::complex<float>(z)) : Scalar::of(z));
  }
  return {dtype, values};
}

Point point_of(Scalar value) {
  switch (value.dtype.code) {
    case DType::Code::float32: return value.as<float>();
    case DType::Code::float64: return value.as<double>();
    case DType::Code::complex64: return value.as<std::complex<float>>();
    default: return value.as<std::complex<double>>();
  }
}

void expect_within_bound(const InstructionCase& instruction, const std::vector<Case>& cases, const Elements& values) {
  const DType part = part_of(instruction.operand_dtype);
  const double bound = bound_of(instruction.operand_dtype);
  double worst = 0;
  std::size_t worst_index = 0, failure_count = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double distance = modulus_distance(point_of(values[i]), cases[i].exact, part);
    failure_count += !(distance <= bound);
    if (distance > worst) worst = distance, worst_index = i;
  }
  std::printf("%-60s at most %.4f ulp of the modulus\n", to_text(instruction).c_str(), worst);
  const Case& at = cases[worst_index];
  EXPECT_EQ(failure_count, 0u) << to_text(instruction) << ": worst " << worst << " ulp at " << at.left << " and " << at.right << ", got "
                               << point_of(values[worst_index]) << ", exact " << at.exact.high;
}

bool fuses_multiply_add(const Target& target) { return std::string_view(target.name) != "x86-64-v2"; }

class ComplexAccuracy : public testing::TestWithParam<std::tuple<OperationId, DType>> {};

TEST_P(ComplexAccuracy, IsWithinTheBoundOnEveryTarget) {
  const auto [id, dtype] = GetParam();
  const std::vector<Case> cases = draw_cases(id, dtype);
  const Elements left = elements_of(dtype, cases, &Case::left);
  const Elements right = elements_of(dtype, cases, &Case::right);
  const InstructionForm form{OperandKind::a, OperandKind::a,
                             operation(id).form.operand_count == 2 ? OperandKind::memory : OperandKind::none};
  const DType result_dtype = type_operands(operation(id).type_rule, dtype, false).result;
  std::optional<Elements> fused;
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      if (lane_bytes < part_of(dtype).size_bytes()) continue;
      const InstructionCase instruction{target, static_cast<Opcode>(id), dtype, result_dtype, lane_bytes, form};
      const Elements values = run_instruction(instruction, left, right).values;
      expect_within_bound(instruction, cases, values);
      if (!fuses_multiply_add(*target)) continue;
      if (!fused) fused = values;
      for (std::size_t i = 0; i < cases.size(); ++i)
        ASSERT_TRUE(same_value(values[i], (*fused)[i])) << to_text(instruction) << " at " << cases[i].left;
    }
  }
}

TEST(ComplexReferences, AreThereForAllThatIsNotExact) {
  for (const Operation& row : all_operations()) {
    const bool is_of_complex = row.implementation == Implementation::kernel && has_kernel(row.type_rule, DType::complex128);
    const OperationOracle* oracle = is_of_complex ? find_oracle(row.id) : nullptr;
    if (oracle == nullptr || oracle->exact[static_cast<std::size_t>(DType::complex128.code)]) continue;
    EXPECT_NE(find_complex_reference(row.id), nullptr) << "register a function of MPC for " << row.name << " in the test file of its family";
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, ComplexAccuracy,
                         testing::Combine(testing::ValuesIn(complex_functions()), testing::Values(DType::complex64, DType::complex128)),
                         [](const auto& row) {
                           return std::string(operation(std::get<0>(row.param)).name) + "_" + std::string(std::get<1>(row.param).name());
                         });

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
