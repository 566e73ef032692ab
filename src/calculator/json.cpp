// Written piece by piece, as an array in full may be long.
#include "calculator/json.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::size_t piece_bytes = 65'536;  // handed on when this much has gathered

std::string element_text(bool value) { return value ? "true" : "false"; }
std::string element_text(std::int32_t value) { return fmt::format("{}", value); }
std::string element_text(std::int64_t value) { return fmt::format("{}", value); }
template <std::floating_point T>
std::string element_text(T value) {
  if (std::isnan(value)) return "\"nan\"";
  if (std::isinf(value)) return value < 0 ? "\"-inf\"" : "\"inf\"";
  return shortest_text(value);
}

template <class T>
void write_elements(std::span<const T> elements, bool full, std::string& text, const TextSink& sink) {
  const bool shortened = is_shortened(elements.size(), full);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (shortened && i == edge_length) i = elements.size() - edge_length;
    if (i > 0) text += ", ";
    text += element_text(elements[i]);
    if (text.size() < piece_bytes) continue;
    sink(text);
    text.clear();
  }
}

template <class T>
void write_value(const Array& array, bool full, std::string& text, const TextSink& sink) {
  const bool is_scalar = array.shape().empty();
  if (!is_scalar) text += '[';
  write_elements(array.span<T>(), full, text, sink);
  if (!is_scalar) text += ']';
}

void write_value(const Array& array, bool full, std::string& text, const TextSink& sink) {
  switch (array.dtype().code) {
    case DType::Code::bool_: return write_value<bool>(array, full, text, sink);
    case DType::Code::int32: return write_value<std::int32_t>(array, full, text, sink);
    case DType::Code::int64: return write_value<std::int64_t>(array, full, text, sink);
    case DType::Code::float32: return write_value<float>(array, full, text, sink);
    case DType::Code::float64: return write_value<double>(array, full, text, sink);
  }
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

void print_json(const Answer& answer, bool full, const TextSink& sink) {
  const Array& array = answer.value->array;
  std::string text = "{\"value\": ";
  write_value(array, full, text, sink);
  if (is_shortened(array.size(), full)) text += ", \"shortened\": true";
  text += fmt::format(", \"dtype\": \"{}\", \"shape\": [{}], \"seconds\": {}}}", array.dtype().name(), fmt::join(array.shape(), ", "),
                      shortest_text(answer.seconds));
  sink(text);
}

std::string json_of(const Failure& failure, std::string_view quoted) {
  const std::string source = quoted.empty() ? "" : ", \"source\": " + json_string(quoted);
  return fmt::format(R"({{"error": {{"code": "{}", "offset": {}, "length": {}, "message": {}{}}}}})", failure.code,
                     failure.span.offset_bytes, failure.span.length_bytes, json_string(failure.message), source);
}

std::string json_of_stage(std::string_view stage, std::string_view text) {
  return fmt::format(R"({{"stage": "{}", "text": {}}})", stage, json_string(text));
}

}  // namespace lanewise::inline v0::calculator
