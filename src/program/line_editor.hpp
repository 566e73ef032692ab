#pragma once
// What a person types at a terminal, as whole inputs: edited, completed, remembered, in colours.
//
// Behind this interface stands libedit, as it is small, has no licence that a program under MIT could not take, and is on every BSD, macOS and Linux.
// What it lacks is done here or beside: pasted texts as one (key_input.hpp), colours (a line is written anew in colours when it is accepted;
// while it is typed libedit draws it, and knows none), a history file that sessions share (history_file.hpp), lines that go on until brackets are closed,
// lists of completions, and signals without code in a handler.
//
// Between two reads the terminal hands on keys as they come and shows none, as while a line is typed, but sends signals: what is typed ahead, editing
// keys and Ctrl-D among it, waits for the next line as it is. With the terminal's own line editing these would be lost, and its echo, mixed into an
// answer, may lose a part of that (seen with pseudo terminals of Linux 6).

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "program/completion.hpp"

namespace lanewise::inline v0::program {

/// What the editor asks of the program while a line is typed. Texts are UTF-8.
struct EditorServices {
  std::function<bool(std::string_view text)> is_unfinished;                                    ///< the next line belongs to it
  std::function<Choices(std::string_view text, std::size_t cursor_bytes)> complete;
  std::function<std::string(std::string_view text)> highlight;  ///< the text with codes for colours; as it is where there are none
};

struct EditorOptions {
  std::string history_path;  ///< empty: no history is kept
  bool use_colours;
};

/// Threads     `read` belongs to one thread; the others may be called by any.
class LineEditor {
 public:
  /// Takes over standard input and output, which are terminals. Throws std::system_error, std::bad_alloc.
  LineEditor(EditorServices services, const EditorOptions& options);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  struct Reading {
    enum class Kind { text, dropped, end } kind;
    std::string text = {};  ///< several lines where brackets were open or a block was pasted; no line break at the end
  };
  /// Reads an input. `dropped`: Ctrl-C; `end`: Ctrl-D, or the terminal is gone.
  Reading read();

  /// Drops the line that is being typed, as Ctrl-C does.
  void interrupt() noexcept;
  /// Stops the program with the line that is being typed, as Ctrl-Z does.
  void suspend() noexcept;
  /// Draws the line anew, for a terminal that has another size now.
  void resize() noexcept;
  /// Makes `read` return `end`, now and from then on.
  void leave() noexcept;
  /// Gives the terminal the modes in which it was found, for a program that stops or ends while nothing is read. The next `read` sets its own.
  void restore_terminal() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lanewise::inline v0::program
