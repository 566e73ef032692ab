#pragma once
// The keyboard: bytes from a terminal in, characters and pasted texts out.
//
// A terminal that was asked to (ESC[?2004h) puts a pasted text between ESC[200~ and ESC[201~; it is handed out as one text, so that nothing in it
// acts as a key. Bytes that come faster than they are asked for, as of a paste without those marks, wait here, also from one line to the next.

#include <cstddef>
#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

class KeyInput {
 public:
  /// Reads from the descriptor `terminal`, which stays the caller's.
  explicit KeyInput(int terminal);
  ~KeyInput();
  KeyInput(const KeyInput&) = delete;
  KeyInput& operator=(const KeyInput&) = delete;

  struct Key {
    enum class Kind { character, paste, interrupt, suspend, resize, end } kind;
    wchar_t character = 0;
    std::string paste = {};  ///< UTF-8; lines end in LF, and other control characters are left out
  };

  /// Waits for the next key. What is not UTF-8 is U+FFFD.
  Key next();

  /// Makes `next` return a key of that kind soon. Any thread may call these, at any time.
  void interrupt() noexcept { wake('i'); }
  void suspend() noexcept { wake('s'); }
  void resize() noexcept { wake('r'); }
  /// From then on every key is `end`, once those that have arrived are taken.
  void end() noexcept { wake('e'); }

 private:
  enum class Woken { bytes, interrupt, suspend, resize, end, nothing };
  Woken wait(int timeout_milliseconds);
  bool fill(int timeout_milliseconds);
  bool begins_paste();
  std::string read_paste();
  wchar_t take_character();
  void wake(char reason) noexcept;

  int terminal_;
  int wake_descriptors_[2];
  bool is_ended_ = false;
  std::string bytes_;          ///< read, and from `position_` on not yet handed out
  std::size_t position_ = 0;
};

/// Returns a pasted text as it may go into a line: line breaks as LF, a tab as four blanks, other control characters left out.
std::string cleaned_paste(std::string_view text);

}  // namespace lanewise::inline v0::program
