#pragma once
// How far an evaluation is, on the terminal's last line: from one second on, with its speed and the time that is left.

#include <chrono>
#include <cstddef>
#include <string>

namespace lanewise::inline v0::program {

/// Writes to standard error, if that is a terminal that knows codes, and wipes the line when it is destroyed.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  /// Shows the fraction of the work that is done, 0 to 1, of so many elements. Not by two threads at once.
  void show(double fraction, std::size_t element_count);

 private:
  using Clock = std::chrono::steady_clock;
  bool is_shown_there_;
  bool is_shown_ = false;
  double last_fraction_ = 0;
  Clock::time_point begin_ = Clock::now();  ///< of the evaluation that is shown; one run may have several
};

/// Returns "42 %  1.2e+09 elements/s  7 s left".
std::string progress_text(double fraction, std::size_t element_count, double seconds);

}  // namespace lanewise::inline v0::program
