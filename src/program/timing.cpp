// Short evaluations are repeated within one sample, so that the clock's step does not matter; the first sample, which meets cold caches and fresh
// memory, only says how often.
#include "program/timing.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "program/stages.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr double total_seconds = 1;
constexpr double sample_seconds = 0.01;
constexpr std::size_t most_repeats = 100'000'000;
constexpr std::size_t fewest_samples = 3;

std::string seconds_text(double seconds) {
  if (seconds < 1e-6) return fmt::format("{:.3g} ns", seconds * 1e9);
  if (seconds < 1e-3) return fmt::format("{:.3g} µs", seconds * 1e6);
  if (seconds < 1) return fmt::format("{:.3g} ms", seconds * 1e3);
  return fmt::format("{:.3g} s", seconds);
}

// Of a single element, which moves nothing, there is no rate.
std::string rates_text(const Answer& answer, double seconds) {
  if (answer.moved_bytes() == 0 && answer.element_count() <= 1) return "a scalar";
  const std::string elements = fmt::format("{:.3g} elements/s", static_cast<double>(answer.element_count()) / seconds);
  if (answer.moved_bytes() == 0) return elements;
  return fmt::format("{}, {:.3g} GB/s", elements, static_cast<double>(answer.moved_bytes()) / seconds / 1e9);
}

Answer measure(Workspace& workspace, std::string_view text, std::size_t repeat_count) {
  const Reply reply = workspace.with_session([&](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) {
    return calculator.measure(text, repeat_count, stop, options);
  });
  if (reply.diagnostic) throw CommandFailed(*reply.diagnostic, text);
  if (reply.answers.empty()) throw SyntaxError(ErrorCode::unexpected_end, ":timeit needs an expression");
  return reply.answers.back();
}

}  // namespace

std::string time_text(const Reply& reply) {
  const Answer& answer = reply.answers.back();
  return fmt::format("{} in all, {} of them evaluating; {}", seconds_text(reply.seconds), seconds_text(answer.seconds()),
                     rates_text(answer, std::max(answer.seconds(), 1e-9)));
}

Timings timings_of(std::span<const double> seconds) {
  std::vector<double> sorted(seconds.begin(), seconds.end());
  std::ranges::sort(sorted);
  const auto at = [&](double part) {
    const double position = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const double above = sorted[std::min(below + 1, sorted.size() - 1)];
    return sorted[below] + (position - static_cast<double>(below)) * (above - sorted[below]);
  };
  return {sorted.front(), at(0.5), at(0.25), at(0.75)};
}

std::string measured_text(Workspace& workspace, std::string_view text) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  const double first = std::max(measure(workspace, text, 1).seconds(), 1e-9);
  const auto repeats = static_cast<std::size_t>(std::clamp(std::ceil(sample_seconds / first), 1.0, static_cast<double>(most_repeats)));
  std::vector<double> samples;
  Answer answer = measure(workspace, text, repeats);
  for (;;) {
    samples.push_back(std::max(answer.seconds(), 1e-9) / static_cast<double>(repeats));
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    if (seconds > total_seconds && samples.size() >= fewest_samples) break;
    answer = measure(workspace, text, repeats);
  }
  const Timings timings = timings_of(samples);
  const Explanation plan = workspace.calculator().explain_plan(text, workspace.run_options());
  return fmt::format("least {}, median {}, half of them {} to {}; {} x {} evaluations\n{}\n{}", seconds_text(timings.least),
                     seconds_text(timings.median), seconds_text(timings.quarter), seconds_text(timings.three_quarters), samples.size(), repeats,
                     rates_text(answer, timings.least), plan.diagnostic ? cpu_target() : plan.text);
}

}  // namespace lanewise::inline v0::program
