// The watching thread sleeps in sigwait; the destructor wakes it with a SIGWINCH of its own, sent to that thread alone.
#include "program/interrupt.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include "program/failure.hpp"

namespace lanewise::inline v0::program {

static bool is_ignored(int signal) {
  struct sigaction present {};
  return sigaction(signal, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

static sigset_t signals_to_watch() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGWINCH);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) {
    if (!is_ignored(signal)) sigaddset(&signals, signal);
  }
  return signals;
}

// Sends this thread a signal that is blocked else.
static void raise_unblocked(int signal) {
  sigset_t signals;
  sigset_t present;
  sigemptyset(&signals);
  sigaddset(&signals, signal);
  pthread_sigmask(SIG_UNBLOCK, &signals, &present);
  raise(signal);
  pthread_sigmask(SIG_SETMASK, &present, nullptr);
}

[[noreturn]] static void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  raise_unblocked(signal);
  _exit(128 + signal);
}

void stop_program() { raise_unblocked(SIGTSTP); }

// A signal that is ignored by default may be dropped before anybody waits for it; one with a handler is not.
static void keep_resizes() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGWINCH, &action, nullptr);
}

// Not before there is something to stop, as a thread is a good part of the time in which the program starts.
void Interrupts::start() {
  if (is_started_) return;
  is_started_ = true;
  keep_resizes();
  watched_ = signals_to_watch();
  pthread_sigmask(SIG_BLOCK, &watched_, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

Interrupts::~Interrupts() {
  if (!watcher_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  pthread_kill(watcher_.native_handle(), SIGWINCH);
  watcher_.join();
  if (ending_signal_ != 0) end_by(ending_signal_);
}

void Interrupts::set_prompt(Prompt prompt) {
  start();
  const std::lock_guard lock(mutex_);
  prompt_ = std::move(prompt);
}

bool Interrupts::is_ending() {
  const std::lock_guard lock(mutex_);
  return ending_signal_ != 0;
}

void Interrupts::watch() {
  for (int signal = 0; sigwait(&watched_, &signal) == 0;) {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
    if (signal == SIGINT) {
      interrupt();
    } else if (signal == SIGTSTP) {
      suspend();
    } else if (signal != SIGWINCH) {
      end(signal);
    } else if (prompt_.resize) {
      prompt_.resize();
    }
  }
}

void Interrupts::restore_terminal() {
  if (prompt_.restore) prompt_.restore();
}

void Interrupts::interrupt() {
  if (running_ && running_->request_stop()) return;
  if (!running_ && prompt_.drop) return prompt_.drop();
  restore_terminal();
  _exit(static_cast<int>(ExitStatus::interrupted));
}

void Interrupts::suspend() {
  if (!running_ && prompt_.suspend) return prompt_.suspend();
  restore_terminal();
  stop_program();
}

void Interrupts::end(int signal) {
  if (ending_signal_ != 0 || (!running_ && !prompt_.leave)) {
    restore_terminal();
    end_by(signal);
  }
  ending_signal_ = signal;
  if (running_) running_->request_stop();
  if (prompt_.leave) prompt_.leave();
}

Interrupts::Evaluation::Evaluation(Interrupts& interrupts) : interrupts_(interrupts) {
  interrupts_.start();
  const std::lock_guard lock(interrupts_.mutex_);
  is_outermost_ = !interrupts_.running_;
  if (is_outermost_) interrupts_.running_.emplace();
  if (interrupts_.ending_signal_ != 0) interrupts_.running_->request_stop();
  stop_ = interrupts_.running_->get_token();
}

Interrupts::Evaluation::~Evaluation() {
  const std::lock_guard lock(interrupts_.mutex_);
  if (is_outermost_) interrupts_.running_.reset();
}

}  // namespace lanewise::inline v0::program
