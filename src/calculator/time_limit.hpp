#pragma once
// The end of a run's time, as a stop request.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace lanewise::inline v0::calculator {

/// Requests a stop when the time is over, or when the caller does. Without a limit there is no thread.
class TimeLimit {
 public:
  TimeLimit(std::stop_token of_caller, std::chrono::nanoseconds limit) : of_caller_(std::move(of_caller)) {
    if (limit.count() <= 0) return;
    forward_.emplace(of_caller_, Request{&stop_});
    const auto end = std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(limit, std::chrono::hours(24 * 365));
    watcher_ = std::jthread([this, end](const std::stop_token& done) { watch(done, end); });
  }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;
  ~TimeLimit() = default;

  std::stop_token stop() const noexcept { return watcher_.joinable() ? stop_.get_token() : of_caller_; }
  bool is_over() const noexcept { return is_over_; }

 private:
  struct Request {
    std::stop_source* stop;
    void operator()() const noexcept { stop->request_stop(); }
  };

  void watch(const std::stop_token& done, std::chrono::steady_clock::time_point end) {
    std::unique_lock lock(mutex_);
    sleep_.wait_until(lock, done, end, [] { return false; });
    if (done.stop_requested() || of_caller_.stop_requested()) return;
    is_over_ = true;
    stop_.request_stop();
  }

  std::stop_token of_caller_;
  std::stop_source stop_;
  std::atomic<bool> is_over_ = false;
  std::mutex mutex_;
  std::condition_variable_any sleep_;
  std::optional<std::stop_callback<Request>> forward_;
  std::jthread watcher_;  // joined before the rest is gone
};

}  // namespace lanewise::inline v0::calculator
