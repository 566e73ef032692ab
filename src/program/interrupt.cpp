// The watching thread sleeps in sigwait; the destructor wakes it with a SIGINT of its own, sent to that thread alone.
#include "program/interrupt.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include "program/failure.hpp"

namespace lanewise::inline v0::program {

static sigset_t interrupt_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  return signals;
}

static bool is_ignored_at_start() {
  struct sigaction present {};
  return sigaction(SIGINT, nullptr, &present) == 0 && present.sa_handler == SIG_IGN;
}

Interrupts::Interrupts() {
  if (is_ignored_at_start()) return;
  const sigset_t signals = interrupt_signal();
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

void Interrupts::set_prompt(std::string prompt) {
  const std::lock_guard lock(mutex_);
  prompt_ = std::move(prompt);
}

void Interrupts::watch() {
  const sigset_t signals = interrupt_signal();
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
    handle();
  }
}

void Interrupts::handle() {
  if (running_ && running_->request_stop()) return;
  if (running_ || prompt_.empty()) _exit(static_cast<int>(ExitStatus::interrupted));
  const std::string fresh_line = "\n" + prompt_;  // what had been typed is dropped by the terminal itself
  [[maybe_unused]] const auto written = write(STDOUT_FILENO, fresh_line.data(), fresh_line.size());
}

Interrupts::Evaluation::Evaluation(Interrupts& interrupts) : interrupts_(interrupts) {
  const std::lock_guard lock(interrupts_.mutex_);
  stop_ = interrupts_.running_.emplace().get_token();
}

Interrupts::Evaluation::~Evaluation() {
  const std::lock_guard lock(interrupts_.mutex_);
  interrupts_.running_.reset();
}

}  // namespace lanewise::inline v0::program
