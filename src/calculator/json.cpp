// Written piece by piece, as an array in full may be long.
#include "calculator/json.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "calculator/element_types.hpp"
#include "calculator/half.hpp"
#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::size_t piece_bytes = 65'536;  // handed on when this much has gathered

std::string element_text(bool value) { return value ? "true" : "false"; }
template <IntegerElement T>
std::string element_text(T value) {
  return fmt::format("{}", value);
}
template <RealFloatElement T>
std::string element_text(T value) {
  const std::string text = shortest_text(value);
  return std::isfinite(as_double(value)) ? text : '"' + text + '"';
}
template <ComplexElement T>
std::string element_text(T value) {
  return fmt::format("[{}, {}]", element_text(value.real()), element_text(value.imag()));
}

template <class T>
struct WriteElements {
  std::string& text;
  const TextSink& sink;

  void open(std::size_t) { text += '['; }
  void close(std::size_t) { text += ']'; }
  void next(std::size_t) { text += ", "; }
  void omit(std::size_t) { text.resize(text.size() - 2); }
  void element(const std::byte* address) {
    text += element_text(element_at<T>(address));
    if (text.size() < piece_bytes) return;
    sink(text);
    text.clear();
  }
};

void write_value(const ArrayView& array, bool full, std::string& text, const TextSink& sink) {
  with_element_type(array.dtype(), [&]<class T>(std::type_identity<T>) {
    WriteElements<T> write{text, sink};
    ShownElements(array, is_shortened(array.size(), full), write).walk();
  });
}

// Calls `write` for the value of an answer, or for each of a tuple's within brackets.
template <class Write>
void write_list(const AnswerState& answer, std::string& text, Write write) {
  if (answer.is_tuple) text += '[';
  for (std::size_t i = 0; i < answer.views.size(); ++i) {
    if (i > 0) text += ", ";
    write(answer.views[i]);
  }
  if (answer.is_tuple) text += ']';
}

// Returns the bytes of the UTF-8 sequence at the start of `text`, or 0 if there is none (RFC 3629).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    return continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    return continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text.substr(i));
    const char c = text[i];
    if (length == 0) {
      result += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (length == 1 && static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return result + '"';
}

void print_json(const AnswerState& answer, bool full, const TextSink& sink) {
  const std::string seconds = fmt::format("\"seconds\": {}}}", shortest_text(answer.effort.seconds));
  if (answer.kind == Answer::Kind::word) return sink(fmt::format("{{\"value\": {}, {}", json_string(answer.word), seconds));
  if (answer.views.empty() && !answer.is_tuple) return sink(fmt::format("{{\"value\": null, {}", seconds));
  std::string text = "{\"value\": ";
  write_list(answer, text, [&](const ArrayView& array) { write_value(array, full, text, sink); });
  const auto is_short = [full](const ArrayView& array) { return is_shortened(array.size(), full); };
  if (std::ranges::any_of(answer.views, is_short)) text += ", \"shortened\": true";
  text += ", \"dtype\": ";
  write_list(answer, text, [&](const ArrayView& array) { text += fmt::format("\"{}\"", array.dtype().name()); });
  text += ", \"shape\": ";
  write_list(answer, text, [&](const ArrayView& array) { text += fmt::format("[{}]", fmt::join(array.shape(), ", ")); });
  sink(text + ", " + seconds);
}

}  // namespace lanewise::inline v0::calculator
