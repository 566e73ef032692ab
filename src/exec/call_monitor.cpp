// One thread at a time reports; the others go on with their blocks.

#include "exec/call_monitor.hpp"

namespace lanewise::inline v0 {

constexpr auto shortest_interval = std::chrono::milliseconds(50);

CallMonitor::CallMonitor(const EvaluateOptions& options, std::size_t element_count) : options_(options), element_count_(element_count) {
  if (options.progress) last_time_ = Clock::now();
}

void CallMonitor::report(std::size_t elements_done) {
  if (is_reporting_.test_and_set(std::memory_order_acquire)) return;
  struct Release {
    std::atomic_flag& flag;
    ~Release() { flag.clear(std::memory_order_release); }
  } const release{is_reporting_};
  const Clock::time_point now = Clock::now();
  const double fraction = static_cast<double>(elements_done) / static_cast<double>(element_count_);
  if (now - last_time_ < shortest_interval || fraction <= last_fraction_ || elements_done >= element_count_ || has_failed_) return;
  last_time_ = now;
  last_fraction_ = fraction;
  has_reported_ = true;
  try {
    options_.progress(fraction);
  } catch (...) {
    fail();
    throw;
  }
}

}  // namespace lanewise::inline v0
