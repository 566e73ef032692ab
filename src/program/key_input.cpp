// One read takes all that is there. The descriptor to wake is a pipe, polled together with the terminal, as a lock must not be waited for while keys
// are.
#include "program/key_input.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "program/utf8_text.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view paste_begin = "\x1b[200~";
constexpr std::string_view paste_end = "\x1b[201~";
constexpr int within_key_milliseconds = 50;      // between the bytes of one key
constexpr int within_paste_milliseconds = 5'000;  // a paste whose end is lost is taken as it is after that

}  // namespace

KeyInput::KeyInput(int terminal) : terminal_(terminal) {
  if (pipe(wake_descriptors_) != 0) throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
  for (const int descriptor : wake_descriptors_) {
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
  }
}

KeyInput::~KeyInput() {
  for (const int descriptor : wake_descriptors_) close(descriptor);
}

// A full pipe has reasons enough to wake.
void KeyInput::wake(char reason) noexcept { [[maybe_unused]] const auto written = write(wake_descriptors_[1], &reason, 1); }

KeyInput::Woken KeyInput::wait(int timeout_milliseconds) {
  pollfd polled[] = {{terminal_, POLLIN, 0}, {wake_descriptors_[0], POLLIN, 0}};
  int ready = 0;
  while ((ready = poll(polled, 2, timeout_milliseconds)) < 0) {
    if (errno != EINTR) return Woken::end;
  }
  if (ready == 0) return Woken::nothing;
  if (polled[1].revents != 0) {
    char reason = 0;
    if (read(wake_descriptors_[0], &reason, 1) != 1) return Woken::nothing;
    is_ended_ = is_ended_ || reason == 'e';
    if (is_ended_) return Woken::end;
    return reason == 'i' ? Woken::interrupt : reason == 's' ? Woken::suspend : Woken::resize;
  }
  char buffer[4096];
  const ssize_t count = read(terminal_, buffer, sizeof buffer);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Woken::nothing;
  if (count <= 0) return Woken::end;
  bytes_.erase(0, position_);
  position_ = 0;
  bytes_.append(buffer, static_cast<std::size_t>(count));
  return Woken::bytes;
}

bool KeyInput::fill(int timeout_milliseconds) {
  for (;;) {
    const Woken woken = wait(timeout_milliseconds);
    if (woken == Woken::bytes) return true;
    if (woken != Woken::resize && woken != Woken::suspend) return false;
  }
}

KeyInput::Key KeyInput::next() {
  while (position_ == bytes_.size()) {
    if (is_ended_) return {Key::Kind::end};
    switch (wait(-1)) {
      case Woken::interrupt: return {Key::Kind::interrupt};
      case Woken::suspend: return {Key::Kind::suspend};
      case Woken::resize: return {Key::Kind::resize};
      case Woken::end: return {Key::Kind::end};
      case Woken::bytes:
      case Woken::nothing: break;
    }
  }
  if (bytes_[position_] == paste_begin.front() && begins_paste()) return {Key::Kind::paste, 0, cleaned_paste(read_paste())};
  return {Key::Kind::character, take_character()};
}

// An escape alone is a key of its own and must not wait; from `ESC [` on more is to come.
bool KeyInput::begins_paste() {
  for (;;) {
    const std::string_view waiting = std::string_view(bytes_).substr(position_, paste_begin.size());
    if (waiting == paste_begin) return true;
    if (waiting.size() < 2 || !paste_begin.starts_with(waiting) || !fill(within_key_milliseconds)) return false;
  }
}

std::string KeyInput::read_paste() {
  position_ += paste_begin.size();
  std::size_t end = 0;
  while ((end = bytes_.find(paste_end, position_)) == std::string::npos) {
    if (!fill(within_paste_milliseconds)) break;
  }
  const std::size_t length = std::min(end, bytes_.size()) - position_;
  std::string text = bytes_.substr(position_, length);
  position_ += length + (end == std::string::npos ? 0 : paste_end.size());
  return text;
}

wchar_t KeyInput::take_character() {
  for (;;) {
    const DecodedCharacter decoded = decode_utf8(std::string_view(bytes_).substr(position_));
    if (decoded.is_cut_short && fill(within_key_milliseconds)) continue;
    position_ += decoded.length_bytes;
    return decoded.character;
  }
}

std::string cleaned_paste(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') result += '\n';
    } else if (text[i] == '\t') {
      result += "    ";
    } else if (text[i] == '\n' || (byte >= 0x20 && byte != 0x7F)) {
      result += text[i];
    }
  }
  return result;
}

}  // namespace lanewise::inline v0::program
