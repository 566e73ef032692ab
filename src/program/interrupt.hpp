#pragma once
// Ctrl-C, turned into a stop request for the evaluation that runs.
//
// SIGINT is blocked in all threads and taken by one thread of its own, so that no code runs inside a signal handler. During an evaluation
// the first SIGINT requests a stop; a second one, and one when nothing is evaluated, ends the program, except at a prompt, where it
// starts a fresh line. A program started with SIGINT ignored, as shells do for jobs in the background, keeps ignoring it.

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace lanewise::inline v0::program {

class Interrupts {
 public:
  /// Must be made before any other thread is started: later threads inherit the blocked signal.
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Sets what is written to the terminal when SIGINT comes while a line is awaited. Empty: the program ends instead.
  void set_prompt(std::string prompt);

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
  void watch();
  void handle();

  std::mutex mutex_;  // guards all below
  std::optional<std::stop_source> running_;
  std::string prompt_;
  bool closing_ = false;
  std::thread watcher_;
};

}  // namespace lanewise::inline v0::program
