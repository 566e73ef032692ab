#pragma once
// What was typed, kept from one run to the next.
//
// A line of the file is an entry; a line break within one is written \n, a backslash \\. Each entry is appended when it is typed, so that
// sessions side by side add to one another and nothing is lost in a crash. A file that cannot be read or written is no error: then there is
// no history.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lanewise::inline v0::program {

class HistoryFile {
 public:
  /// An empty path: nothing is kept. A file with more than `most_entries` is shortened to the latest of them when it is read.
  explicit HistoryFile(std::string path, std::size_t most_entries = 10'000) : path_(std::move(path)), most_entries_(most_entries) {}

  /// Returns the entries, the oldest first.
  std::vector<std::string> read() const;

  /// Appends an entry, in a file that only its owner may read; makes the folders that are missing.
  void append(std::string_view entry) const;

 private:
  void write_all(const std::vector<std::string>& entries) const;

  std::string path_;
  std::size_t most_entries_;
};

/// Returns $XDG_STATE_HOME/lanewise/history, or that under ~/.local/state; empty if neither is known.
std::string usual_history_path();

}  // namespace lanewise::inline v0::program
