#include "program/colours.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include <unistd.h>

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view plain = "\x1b[0m";
constexpr std::string_view fault = "\x1b[1;31m";

std::string_view code_of(HighlightSpan::Kind kind) {
  using Kind = HighlightSpan::Kind;
  switch (kind) {
    case Kind::number: return "\x1b[36m";
    case Kind::string: return "\x1b[32m";
    case Kind::comment: return "\x1b[90m";
    case Kind::function: return "\x1b[34m";
    case Kind::argument: return "\x1b[33m";
    case Kind::keyword: return "\x1b[35m";
    case Kind::error: return fault;
    case Kind::name:
    case Kind::unknown_name:  // it may be about to be bound
    case Kind::operation:
    case Kind::bracket: break;
  }
  return {};
}

void add_coloured(std::string& text, std::string_view code, std::string_view words) {
  if (code.empty() || words.empty()) {
    text += words;
  } else {
    text.append(code).append(words).append(plain);
  }
}

bool is_caret_line(std::string_view line) { return line.find('^') != std::string_view::npos && line.find_first_not_of(" ^") == std::string_view::npos; }

}  // namespace

bool wants_colours(std::string_view option, int descriptor) {
  if (option != "auto") return option == "always";
  const auto value = [](const char* name) {
    const char* const found = std::getenv(name);
    return std::string_view(found == nullptr ? "" : found);
  };
  return isatty(descriptor) != 0 && value("NO_COLOR").empty() && !value("TERM").empty() && value("TERM") != "dumb";
}

// Words of one colour side by side are coloured as one: they may be bytes of one character.
std::string highlighted(const Calculator& calculator, std::string_view text) {
  std::string result;
  std::string_view code;
  std::size_t begin = 0, end = 0;  // of the words of that code
  const auto finish = [&] { add_coloured(result, code, text.substr(begin, end - begin)); };
  for (const HighlightSpan& word : calculator.highlight(text)) {
    if (word.span.offset_bytes < end) continue;
    if (word.span.offset_bytes > end || code_of(word.kind) != code) {
      finish();
      result += text.substr(end, word.span.offset_bytes - end);
      begin = word.span.offset_bytes;
      code = code_of(word.kind);
    }
    end = word.span.offset_bytes + word.span.length_bytes;
  }
  finish();
  return result + std::string(text.substr(std::min(end, text.size())));
}

std::string coloured_report(std::string_view report) {
  std::string result;
  const std::size_t colon = std::min(report.find(": "), report.size());
  add_coloured(result, fault, report.substr(0, colon));
  report.remove_prefix(colon);
  while (!report.empty()) {
    const std::size_t end = std::min(report.find('\n'), report.size() - 1) + 1;
    const std::string_view line = report.substr(0, end);
    add_coloured(result, is_caret_line(line.substr(0, line.find('\n'))) ? fault : "", line);
    report.remove_prefix(end);
  }
  return result;
}

}  // namespace lanewise::inline v0::program
