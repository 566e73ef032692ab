#pragma once
// Ctrl-C, turned into a stop request for the evaluation that runs, and the signals that end the program, so that it ends in good order.
//
// SIGINT is blocked in all threads and taken by one thread of its own, so that no code runs inside a signal handler. During an evaluation
// the first SIGINT requests a stop; a second one, and one when nothing is evaluated, ends the program, except at a prompt, where the line that is
// typed is dropped. SIGTERM, SIGHUP and SIGQUIT stop the evaluation or close the prompt, and end the program once it has cleaned up: its files are
// whole or gone, the terminal is as it was. A second one ends it at once. A signal that was ignored when the program started, as shells do for jobs in the
// background and nohup does, is still ignored. SIGTSTP stops the program as always, but leaves the terminal as it was. The same thread takes SIGWINCH,
// by which a terminal tells that its size has changed.

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include <signal.h>

namespace lanewise::inline v0::program {

/// Stops the program, as SIGTSTP does by default, until it is continued. Any thread.
void stop_program();

class Interrupts {
 public:
  /// The first evaluation or prompt must come before any other thread is started: later threads inherit the blocked signals. Until then signals end the
  /// program as they end others.
  Interrupts() = default;
  /// Ends the program by the signal that asked for its end, if one did.
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// What is called at a prompt, that is while nothing is evaluated, in place of ending or stopping the program, from the thread that takes signals.
  struct Prompt {
    std::function<void()> drop;     ///< SIGINT
    std::function<void()> suspend;  ///< SIGTSTP
    std::function<void()> resize;   ///< SIGWINCH, also during an evaluation
    std::function<void()> leave;    ///< the program is to end; also during an evaluation
    std::function<void()> restore;  ///< before an evaluation is stopped or ended together with the program: the terminal is to be as it was
  };
  void set_prompt(Prompt prompt);
  void forget_prompt() { set_prompt({}); }

  /// True once a signal has asked for the end of the program: nothing more is to be read.
  bool is_ending();

  /// Marks the time from construction to destruction as an evaluation; one within another is a part of it. Stopped from the start if the program
  /// is ending.
  class Evaluation {
   public:
    explicit Evaluation(Interrupts& interrupts);
    ~Evaluation();
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;
    std::stop_token stop() const noexcept { return stop_; }

   private:
    Interrupts& interrupts_;
    bool is_outermost_ = false;
    std::stop_token stop_;
  };

 private:
  void start();
  void watch();
  void restore_terminal();
  void interrupt();
  void suspend();
  void end(int signal);

  sigset_t watched_{};  // written before the watcher starts
  std::mutex mutex_;    // guards all below
  std::optional<std::stop_source> running_;
  Prompt prompt_;
  int ending_signal_ = 0;
  bool closing_ = false;
  bool is_started_ = false;  ///< of the thread that uses the object; not guarded
  std::thread watcher_;
};

}  // namespace lanewise::inline v0::program
