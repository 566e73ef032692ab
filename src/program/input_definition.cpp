#include "program/input_definition.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "program/completion.hpp"

namespace lanewise::inline v0::program {

constexpr std::string_view blanks = " \t\r\n";

static std::string_view from_first_word(std::string_view text) { return text.substr(std::min(text.find_first_not_of(blanks), text.size())); }

static bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::optional<Definition> split_definition(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos || text.substr(sign + 1, 1) == "=") return {};
  const std::string_view name = from_first_word(text.substr(0, sign));
  const Definition definition{name.substr(0, name.find_last_not_of(blanks) + 1), from_first_word(text.substr(sign + 1))};
  return is_name(definition.name) ? std::optional(definition) : std::nullopt;
}

std::optional<InputFile> input_file(const Definition& definition) {
  if (!definition.right_side.starts_with('@')) return {};
  const std::string file = with_home(definition.right_side.substr(1));
  constexpr std::string_view csv_suffix = ".csv";
  if (const std::size_t suffix = file.rfind(".csv:"); suffix != std::string::npos) {
    const std::size_t colon = suffix + csv_suffix.size();
    return InputFile{file.substr(0, colon), file.substr(colon + 1)};
  }
  if (!file.ends_with(csv_suffix)) return InputFile{file, {}};
  return InputFile{file, std::string(definition.name)};
}

static std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string load_statement(std::string_view name, const InputFile& file) {
  return fmt::format("{} = load({}{})", name, quoted(file.path), file.column ? ", " + quoted(*file.column) : "");
}

void set_from_file(Calculator& calculator, std::string_view name, const InputFile& file) {
  if (file.column) {
    calculator.set(name, load_csv(file.path, *file.column));
  } else {
    calculator.set(name, load_npy(file.path));
  }
}

}  // namespace lanewise::inline v0::program
