#include "kernels/accuracy_search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "kernels/operand_grid.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

// Points are evaluated in batches, which kernels and their setting up are made for.
constexpr std::size_t batch_size = 1024;
constexpr std::size_t climber_count = 8;

double element_value(Scalar x) { return x.dtype == DType::float32 ? static_cast<double>(x.as<float>()) : x.as<double>(); }

// Floats in their order as integers: of both signs, zeros side by side.
template <class T, class Bits>
T step(T value, std::int64_t float_count) {
  if (std::isnan(value)) return value;
  const auto bits = std::bit_cast<Bits>(value);
  const std::int64_t place = bits < 0 ? std::numeric_limits<Bits>::min() - std::int64_t{bits} : bits;
  const auto last = static_cast<std::int64_t>(std::bit_cast<Bits>(std::numeric_limits<T>::infinity()));
  std::int64_t moved = 0;
  if (float_count > 0) {
    moved = place > last - float_count ? last : place + float_count;
  } else {
    moved = place < -last - float_count ? -last : place + float_count;
  }
  return std::bit_cast<T>(static_cast<Bits>(moved < 0 ? std::numeric_limits<Bits>::min() - moved : moved));
}

/// Draws arguments for one operand.
class ArgumentSource {
 public:
  ArgumentSource(const Arguments& arguments, DType dtype) : arguments_(arguments), dtype_(dtype) {
    // Below this a float loses digits.
    const double smallest = dtype == DType::float32 ? 0x1p-125 : 0x1p-1021;
    arguments_.intervals.push_back({-smallest, smallest});
  }

  /// What is always tried.
  std::vector<double> fixed() const {
    std::vector<double> values;
    for (const Scalar value : special_values(dtype_)) values.push_back(element_value(value));
    for (const double value : arguments_.hard_points) values.push_back(rounded_to(dtype_, value));
    for (const Interval interval : arguments_.intervals) {
      values.push_back(rounded_to(dtype_, interval.from));
      values.push_back(rounded_to(dtype_, interval.to));
    }
    return values;
  }

  double draw(std::mt19937_64& random) const {
    const std::uint64_t choice = random() % 8;
    if (choice < 2) return element_value(random_values(dtype_, 1, random())[0]);
    if (choice == 2 && arguments_.near_multiples_of != 0) return near_multiple(random);
    const Interval interval = arguments_.intervals[random() % arguments_.intervals.size()];
    if (choice == 3) return moved_by(dtype_, random() % 2 == 0 ? interval.from : interval.to, random_step(random));
    return rounded_to(dtype_, std::uniform_real_distribution<double>(interval.from, interval.to)(random));
  }

  /// Up to a quarter of all floats away, mostly nearer.
  std::int64_t random_step(std::mt19937_64& random) const {
    const int bit_count = static_cast<int>(8 * dtype_.size_bytes()) - 2;
    const auto distance = static_cast<std::int64_t>(random() >> (64 - 1 - random() % static_cast<unsigned>(bit_count)));
    return random() % 2 == 0 ? distance : -distance;
  }

 private:
  double near_multiple(std::mt19937_64& random) const {
    const auto multiple = static_cast<double>(random() >> (11 + random() % 53));
    return moved_by(dtype_, multiple * arguments_.near_multiples_of, static_cast<std::int64_t>(random() % 5) - 2);
  }

  Arguments arguments_;
  DType dtype_;
};

}  // namespace

double rounded_to(DType dtype, double value) { return dtype == DType::float32 ? static_cast<double>(static_cast<float>(value)) : value; }

double moved_by(DType dtype, double value, std::int64_t float_count) {
  if (dtype == DType::float64) return step<double, std::int64_t>(value, float_count);
  return static_cast<double>(step<float, std::int32_t>(static_cast<float>(value), float_count));
}

struct AccuracySearch::State {
  const OperationOracle& oracle;
  DType dtype;
  bool two_operands;
  std::vector<Candidate> candidates;
  std::mt19937_64 random;
  ArgumentSource left, right;
  std::vector<std::vector<WorstPoint>> worst;  ///< of each candidate, the worst first
  std::size_t evaluated = 0;

  void try_points(const std::vector<Point>& points);
  void remember(std::vector<WorstPoint>& list, const WorstPoint& found) const;
  std::vector<Point> fixed_points() const;
  std::vector<Point> random_points(std::size_t count);
  std::vector<Point> neighbours(std::size_t count);
};

void AccuracySearch::State::remember(std::vector<WorstPoint>& list, const WorstPoint& found) const {
  const auto same =
      std::find_if(list.begin(), list.end(), [&](const WorstPoint& w) { return w.point.x == found.point.x && w.point.y == found.point.y; });
  if (same != list.end()) return;
  list.insert(std::upper_bound(list.begin(), list.end(), found, [](const WorstPoint& a, const WorstPoint& b) { return a.ulp > b.ulp; }),
              found);
  if (list.size() > climber_count) list.pop_back();
}

void AccuracySearch::State::try_points(const std::vector<Point>& points) {
  std::vector<long double> exact(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) exact[i] = oracle.reference(points[i].x, points[i].y);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const std::vector<double> values = candidates[c].evaluate(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const double ulp = ulp_distance(dtype, values[i], exact[i]);
      if (worst[c].size() < climber_count || ulp > worst[c].back().ulp) remember(worst[c], {points[i], values[i], exact[i], ulp});
    }
  }
  evaluated += points.size();
}

std::vector<Point> AccuracySearch::State::fixed_points() const {
  std::vector<Point> points;
  const std::vector<double> ys = two_operands ? right.fixed() : std::vector<double>{0};
  for (const double x : left.fixed()) {
    for (const double y : ys) points.push_back({x, y});
  }
  return points;
}

std::vector<Point> AccuracySearch::State::random_points(std::size_t count) {
  std::vector<Point> points(count);
  for (Point& point : points) point = {left.draw(random), two_operands ? right.draw(random) : 0};
  return points;
}

std::vector<Point> AccuracySearch::State::neighbours(std::size_t count) {
  std::vector<Point> points(count);
  for (Point& point : points) {
    const std::vector<WorstPoint>& list = worst[random() % worst.size()];
    point = list[random() % list.size()].point;
    const std::uint64_t which = two_operands ? random() % 3 : 0;
    if (which != 1) point.x = moved_by(dtype, point.x, left.random_step(random));
    if (two_operands && which != 0) point.y = moved_by(dtype, point.y, right.random_step(random));
  }
  return points;
}

AccuracySearch::AccuracySearch(const OperationOracle& oracle, DType dtype, bool two_operands, std::vector<Candidate> candidates,
                               std::uint64_t seed)
    : state_(new State{
          oracle, dtype, two_operands, std::move(candidates), std::mt19937_64(seed), {oracle.left, dtype}, {oracle.right, dtype}, {}}) {
  state_->worst.resize(state_->candidates.size());
}

AccuracySearch::~AccuracySearch() = default;

std::vector<WorstPoint> AccuracySearch::run(std::size_t point_count) {
  State& state = *state_;
  state.try_points(state.fixed_points());
  while (state.evaluated < point_count * 6 / 10) state.try_points(state.random_points(batch_size));
  while (state.evaluated < point_count) state.try_points(state.neighbours(batch_size));
  std::vector<WorstPoint> found;
  for (const auto& list : state.worst) found.push_back(list.front());
  return found;
}

}  // namespace lanewise::inline v0::kernel_tests
