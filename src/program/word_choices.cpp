#include "program/word_choices.hpp"

#include <algorithm>
#include <span>

#include "program/commands.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view blanks = " \t";

// Where the word of an argument begins that has the cursor at its end.
std::size_t word_begin(std::string_view text, std::size_t cursor) { return text.substr(0, cursor).find_last_of(blanks) + 1; }

Choices those_beginning(std::span<const std::string_view> words, std::string_view text, std::size_t begin, std::size_t cursor) {
  Choices choices{begin, {}};
  for (const std::string_view word : words) {
    if (word.starts_with(text.substr(begin, cursor - begin))) choices.words.emplace_back(word);
  }
  return choices;
}

Choices command_names(std::string_view text, std::size_t cursor) {
  std::vector<std::string_view> names;
  for (const Command& row : command_rows()) names.push_back(row.name);
  std::ranges::sort(names);
  Choices choices = those_beginning(names, text, text.find_first_not_of(blanks), cursor);
  if (choices.words.size() != 1 || text.substr(cursor).starts_with(' ')) return choices;
  const auto only = std::ranges::find(command_rows(), choices.words.front(), &Command::name);
  if (only->kind != Command::Argument::none) choices.words.front() += ' ';
  return choices;
}

// A name that is the only choice is followed by what usually follows it, where that is not there already.
Choices session_names(const Calculator& calculator, std::string_view text, std::size_t begin, std::size_t cursor) {
  const Completions found = calculator.complete(text.substr(begin), cursor - begin);
  Choices choices{begin + found.replaced.offset_bytes, {}};
  for (const Completion& candidate : found.candidates) choices.words.push_back(candidate.text);
  if (found.candidates.size() == 1 && (found.candidates.front().suffix.empty() || !text.substr(cursor).starts_with(found.candidates.front().suffix))) {
    choices.words.front() += found.candidates.front().suffix;
  }
  return choices;
}

Choices plot_words(const Calculator& calculator, std::string_view text, std::size_t argument, std::size_t cursor) {
  constexpr std::string_view options[] = {"--hist", "--svg"};
  const std::size_t begin = word_begin(text, cursor);
  if (text.substr(begin, cursor - begin).starts_with("--")) return those_beginning(options, text, begin, cursor);
  const std::string_view before = text.substr(0, text.substr(0, begin).find_last_not_of(blanks) + 1);
  return before.ends_with("--svg") ? complete_file(text, begin, cursor) : session_names(calculator, text, argument, cursor);
}

}  // namespace

Choices word_choices(const Calculator& calculator, std::string_view text, std::size_t cursor) {
  if (const std::size_t file = file_name_begin(text, cursor); file != std::string_view::npos) return complete_file(text, file, cursor);
  const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
  if (first < text.size() && text[first] == '?') return session_names(calculator, text, first + 1, std::max(cursor, first + 1));
  if (first == text.size() || text[first] != ':') return session_names(calculator, text, 0, cursor);
  const std::size_t name_end = std::min(text.find_first_of(blanks, first), text.size());
  if (cursor <= name_end) return cursor > first ? command_names(text, cursor) : Choices{cursor, {}};
  const std::size_t argument = std::min({text.find_first_not_of(blanks, name_end), cursor});
  const auto command = std::ranges::find(command_rows(), text.substr(first, name_end - first), &Command::name);
  if (command == command_rows().end()) return {cursor, {}};
  switch (command->kind) {
    case Command::Argument::name:
      if (text.substr(argument, 1) == ":") return those_beginning({}, text, argument, cursor);
      [[fallthrough]];
    case Command::Argument::expression: return session_names(calculator, text, argument, cursor);
    case Command::Argument::file: return complete_file(text, argument, cursor);
    case Command::Argument::plot: return plot_words(calculator, text, argument, cursor);
    case Command::Argument::none:
    case Command::Argument::count: break;
  }
  return {cursor, {}};
}

}  // namespace lanewise::inline v0::program
