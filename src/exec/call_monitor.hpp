#pragma once
// What a running call asks of its caller and tells it, block by block: whether to stop, and how far it is.

#include <atomic>
#include <chrono>
#include <cstddef>

#include <lanewise/options.hpp>

namespace lanewise::inline v0 {

/// Used by all workers of a call at once.
class CallMonitor {
 public:
  /// Refers to the options. `element_count` is the sum over all passes.
  CallMonitor(const EvaluateOptions& options, std::size_t element_count);
  CallMonitor(const CallMonitor&) = delete;
  CallMonitor& operator=(const CallMonitor&) = delete;

  bool stop_requested() const noexcept { return has_failed_.load(std::memory_order_relaxed) || options_.stop.stop_requested(); }
  /// Stops the other workers; for one that leaves by an exception.
  void fail() noexcept { has_failed_.store(true, std::memory_order_relaxed); }
  /// Throws what the caller's function throws.
  void add_done(std::size_t element_count) {
    if (options_.progress) report(elements_done_.fetch_add(element_count, std::memory_order_relaxed) + element_count);
  }
  /// Tells the end, if the caller has been told of a beginning.
  void finish() {
    if (has_reported_) options_.progress(1);
  }

 private:
  using Clock = std::chrono::steady_clock;
  void report(std::size_t elements_done);

  const EvaluateOptions& options_;
  std::size_t element_count_;
  std::atomic<std::size_t> elements_done_ = 0;
  std::atomic<bool> has_failed_ = false;
  std::atomic_flag is_reporting_;
  bool has_reported_ = false;         // this and the following belong to who holds the flag
  double last_fraction_ = 0;
  Clock::time_point last_time_;
};

}  // namespace lanewise::inline v0
