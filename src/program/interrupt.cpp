// The watching thread sleeps in sigwait; the destructor wakes it with a SIGINT of its own, sent to that thread alone.
#include "program/interrupt.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include "program/failure.hpp"

namespace lanewise::inline v0::program {

static sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGWINCH);
  return signals;
}

// A signal that is ignored by default may be dropped before anybody waits for it; one with a handler is not.
static void keep_resizes() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGWINCH, &action, nullptr);
}

static bool is_ignored_at_start() {
  struct sigaction present {};
  return sigaction(SIGINT, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

// Not before there is something to stop, as a thread is a good part of the time in which the program starts.
void Interrupts::start() {
  if (is_started_) return;
  is_started_ = true;
  if (is_ignored_at_start()) return;
  keep_resizes();
  const sigset_t signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

Interrupts::~Interrupts() {
  if (!watcher_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  pthread_kill(watcher_.native_handle(), SIGINT);
  watcher_.join();
}

void Interrupts::set_prompt(std::function<void()> drop, std::function<void()> resize) {
  start();
  const std::lock_guard lock(mutex_);
  drop_ = std::move(drop);
  resize_ = std::move(resize);
}

void Interrupts::watch() {
  const sigset_t signals = watched_signals();
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
    if (signal == SIGINT) {
      interrupt();
    } else if (resize_) {
      resize_();
    }
  }
}

void Interrupts::interrupt() {
  if (running_ && running_->request_stop()) return;
  if (running_ || !drop_) _exit(static_cast<int>(ExitStatus::interrupted));
  drop_();
}

Interrupts::Evaluation::Evaluation(Interrupts& interrupts) : interrupts_(interrupts) {
  interrupts_.start();
  const std::lock_guard lock(interrupts_.mutex_);
  stop_ = interrupts_.running_.emplace().get_token();
}

Interrupts::Evaluation::~Evaluation() {
  const std::lock_guard lock(interrupts_.mutex_);
  interrupts_.running_.reset();
}

}  // namespace lanewise::inline v0::program
