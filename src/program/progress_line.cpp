#include "program/progress_line.hpp"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "program/screen_text.hpp"

namespace lanewise::inline v0::program {

static constexpr double quiet_seconds = 1;

ProgressLine::ProgressLine() : is_shown_there_(isatty(STDERR_FILENO) != 0 && !is_plain_terminal()) {}

// To the beginning of the line, and what is right of it erased (ECMA-48).
ProgressLine::~ProgressLine() {
  if (is_shown_) std::fputs("\r\x1b[K", stderr);
}

// A fraction that is less than the last one is of another evaluation.
void ProgressLine::show(double fraction, std::size_t element_count) {
  if (!is_shown_there_) return;
  const Clock::time_point now = Clock::now();
  if (fraction < last_fraction_) begin_ = now;
  last_fraction_ = fraction;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  if (seconds < quiet_seconds) return;
  std::fputs(("\r\x1b[K" + progress_text(fraction, element_count, seconds)).c_str(), stderr);
  std::fflush(stderr);
  is_shown_ = true;
}

static std::string duration_text(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.0f} h", seconds / 3600);
}

std::string progress_text(double fraction, std::size_t element_count, double seconds) {
  std::string text = fmt::format("{:3.0f} %  {:.2g} elements/s", fraction * 100, fraction * static_cast<double>(element_count) / seconds);
  if (fraction > 0) text += fmt::format("  {} left", duration_text(seconds / fraction * (1 - fraction)));
  return text;
}

}  // namespace lanewise::inline v0::program
