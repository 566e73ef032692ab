#pragma once
// How far an evaluation is, on the terminal's last line.

namespace lanewise::inline v0::program {

/// Writes to standard error, if that is a terminal, and wipes the line when it is destroyed.
class ProgressLine {
 public:
  ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  /// Shows the fraction of the work that is done, 0 to 1. Not by two threads at once.
  void show(double fraction);

 private:
  const bool is_terminal_;
  int shown_percent_ = -1;  ///< none yet
};

}  // namespace lanewise::inline v0::program
