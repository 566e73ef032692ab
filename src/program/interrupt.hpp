#pragma once
// Ctrl-C, turned into a stop request for the evaluation that runs.
//
// SIGINT is blocked in all threads and taken by one thread of its own, so that no code runs inside a signal handler. During an evaluation
// the first SIGINT requests a stop; a second one, and one when nothing is evaluated, ends the program, except at a prompt, where the line that is
// typed is dropped. A program started with SIGINT ignored, as shells do for jobs in the background, keeps ignoring it. The same thread takes
// SIGWINCH, by which a terminal tells that its size has changed.

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace lanewise::inline v0::program {

class Interrupts {
 public:
  /// The first evaluation or prompt must come before any other thread is started: later threads inherit the blocked signals. Until then SIGINT ends the
  /// program as it ends others.
  Interrupts() = default;
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Calls `drop` when SIGINT comes while nothing is evaluated, in place of ending the program, and `resize` on SIGWINCH; from the thread that
  /// takes signals, until `forget_prompt`.
  void set_prompt(std::function<void()> drop, std::function<void()> resize);
  void forget_prompt() { set_prompt({}, {}); }

  /// Marks the time from construction to destruction as an evaluation.
  class Evaluation {
   public:
    explicit Evaluation(Interrupts& interrupts);
    ~Evaluation();
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;
    std::stop_token stop() const noexcept { return stop_; }

   private:
    Interrupts& interrupts_;
    std::stop_token stop_;
  };

 private:
  void start();
  void watch();
  void interrupt();

  std::mutex mutex_;  // guards all below
  std::optional<std::stop_source> running_;
  std::function<void()> drop_;
  std::function<void()> resize_;
  bool closing_ = false;
  bool is_started_ = false;  ///< of the thread that uses the object; not guarded
  std::thread watcher_;
};

}  // namespace lanewise::inline v0::program
