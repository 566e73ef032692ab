#include "program/help.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <lanewise/operations.hpp>

#include "program/commands.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view first_page =
    "Type an expression, as in Python with NumPy: 2 + 3j, sin(pi/4), u = linspace(0, 1, 5), u**2, sum(u)\n"
    "name = EXPRESSION keeps a value; ans and _ are the last one, _1, _2, ... all of them. Several statements: a; b.\n"
    "An open bracket goes on in the next line. Ctrl-C stops an evaluation or drops the line, Ctrl-R searches what was typed,\n"
    "Tab completes, Ctrl-D leaves. Arrays: ";

std::string first_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

std::vector<std::string> maker_names(const Calculator& calculator) {
  std::vector<std::string> names;
  for (const Completion& candidate : calculator.complete("", 0).candidates) {
    if (candidate.kind == Completion::Kind::maker) names.push_back(candidate.text);
  }
  return names;
}

std::string overview(const Calculator& calculator) {
  std::string text(first_page);
  text += fmt::format("{}.\n\nCommands\n", fmt::join(maker_names(calculator), " "));
  for (const Command& row : command_rows()) text += fmt::format("  {:<42}{}\n", fmt::format("{} {}", row.name, row.argument), row.meaning);
  return text;
}

std::string command_text(std::string_view name) {
  for (const Command& row : command_rows()) {
    if (row.name == name || row.name.substr(1) == name) return fmt::format("  {} {}\n  {}\n", row.name, row.argument, row.meaning);
  }
  return {};
}

// What a session knows besides operations, makers and its own names.
struct WordRow {
  std::string_view words;  // blank separated
  std::string_view meaning;
};
constexpr WordRow word_rows[] = {
    {"pi", "the constant 3.141592653589793"},
    {"e", "the constant 2.718281828459045, the base of the natural logarithm"},
    {"inf", "the constant infinity, float64"},
    {"nan", "the constant that is no number, float64; isnan tells it, as it equals nothing"},
    {"True False", "the constants of bool"},
    {"None", "a new dimension in an index, x[:, None], and no value for an argument, axis=None"},
    {"_ ans", "the last value that was shown; _1, _2, ... are all of them, by number"},
    {"if else", "A if CONDITION else B: the one or the other, element by element"},
};

std::string word_text(std::string_view name) {
  for (const auto& [words, meaning] : word_rows) {
    if (!name.empty() && fmt::format(" {} ", words).find(fmt::format(" {} ", name)) != std::string::npos) {
      return fmt::format("  {}\n  {}\n", words, meaning);
    }
  }
  return {};
}

// A word of one or two letters is near to too many.
std::string unknown_text(const Calculator& calculator, std::string_view name) {
  const std::vector<Completion> candidates = calculator.complete("", 0).candidates;
  std::vector<std::string_view> names;
  for (const Completion& candidate : candidates) {
    if (candidate.text != name) names.push_back(candidate.text);
  }
  for (const Command& row : command_rows()) names.push_back(row.name);
  const auto nearest = name.size() > 2 ? nearest_word(name, names) : std::nullopt;
  return nearest ? fmt::format("nothing is called '{}'; did you mean '{}'?", name, *nearest)
                 : fmt::format("nothing is called '{}'; :list lists operators and functions", name);
}

std::string shape_text(const NameInfo& info) {
  if (info.shape.empty()) return "";
  return fmt::format("({}{})", fmt::join(info.shape, ", "), info.shape.size() == 1 ? "," : "");
}

std::string bytes_text(std::size_t bytes) {
  constexpr std::string_view units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < std::size(units); ++unit) amount /= 1024;
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", amount, units[unit]);
}

std::string_view origin_text(NameInfo::Kind kind) {
  switch (kind) {
    case NameInfo::Kind::value: break;
    case NameInfo::Kind::file: return "in a file";
    case NameInfo::Kind::read_only: return "of the host, read-only";
    case NameInfo::Kind::writable: return "of the host";
  }
  return "";
}

}  // namespace

std::string help_text(const Calculator& calculator, std::string_view name) {
  if (name.empty()) return overview(calculator);
  std::string text = name.starts_with(':') ? "" : calculator.describe(name);
  if (text.empty()) text = word_text(name);
  if (text.empty()) text = command_text(name);
  return text.empty() ? unknown_text(calculator, name) : text;
}

// Chapters in the order in which the table first mentions them.
std::string list_text(const Calculator& calculator) {
  std::vector<std::pair<std::string_view, std::string>> chapters;
  for (const OperationInfo& operation : operations()) {
    auto chapter = std::ranges::find(chapters, operation.chapter, &std::pair<std::string_view, std::string>::first);
    if (chapter == chapters.end()) chapter = chapters.insert(chapter, {operation.chapter, {}});
    chapter->second += fmt::format("  {:<28}{:<36}{}\n", operation.spellings, operation.example, operation.value);
  }
  std::string text = "Every operator and function, with an example and its value\n";
  for (const auto& [title, lines] : chapters) text += fmt::format("\n{}\n{}", title, lines);
  text += "\nArrays\n";
  for (const std::string& name : maker_names(calculator)) text += first_line(calculator.describe(name)) + '\n';
  return text;
}

std::string names_text(std::span<const NameInfo> names) {
  if (names.empty()) return "no names yet";
  std::size_t longest = 0, longest_shape = 0;
  for (const NameInfo& info : names) {
    longest = std::max(longest, info.name.size());
    longest_shape = std::max(longest_shape, shape_text(info).size());
  }
  std::string text;
  for (const NameInfo& info : names) {
    std::string line = fmt::format("{:<{}}  {:<10}  {:<{}}  {:>10}  {}", info.name, longest, info.dtype.name(), shape_text(info), longest_shape,
                                   bytes_text(info.size_bytes), origin_text(info.kind));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace lanewise::inline v0::program
