#include "program/progress_line.hpp"

#include <cstdio>

#include <unistd.h>

namespace lanewise::inline v0::program {

ProgressLine::ProgressLine() : is_terminal_(isatty(STDERR_FILENO) != 0) {}

// To the beginning of the line, and what is right of it erased (ECMA-48).
ProgressLine::~ProgressLine() {
  if (shown_percent_ >= 0) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(double fraction) {
  const int percent = static_cast<int>(fraction * 100);
  if (!is_terminal_ || percent == shown_percent_) return;
  shown_percent_ = percent;
  std::fprintf(stderr, "\r%3d %%", percent);
}

}  // namespace lanewise::inline v0::program
