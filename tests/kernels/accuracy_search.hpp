#pragma once
// A search for the arguments of which a function is least exact: hard cases, boundaries and random points first, then hill climbing from
// the worst of them.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {

/// Arguments of a function, both elements of the dtype in question; of one operand `y` is 0.
struct Point {
  double x, y;
};

/// Code that is to compute the function: a CPU target and a lane width.
struct Candidate {
  std::string name;
  std::function<std::vector<double>(const std::vector<Point>&)> evaluate;
};

struct WorstPoint {
  Point point{};
  double value = 0;
  long double exact = 0;
  double ulp = 0;
};

/// Reads a point's argument as `dtype` rounds it, or its neighbour some floats away.
double rounded_to(DType dtype, double value);
double moved_by(DType dtype, double value, std::int64_t float_count);

class AccuracySearch {
 public:
  AccuracySearch(const OperationOracle& oracle, DType dtype, bool two_operands, std::vector<Candidate> candidates, std::uint64_t seed);
  ~AccuracySearch();
  AccuracySearch(const AccuracySearch&) = delete;
  AccuracySearch& operator=(const AccuracySearch&) = delete;

  /// Tries about as many points as said, and returns the worst of each candidate.
  std::vector<WorstPoint> run(std::size_t point_count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lanewise::inline v0::kernel_tests
