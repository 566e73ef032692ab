#include "program/input_file.hpp"

#include <algorithm>

#include <lanewise/io.hpp>

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view csv_suffix = ".csv";

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin);
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_part = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_part);
}

}  // namespace

std::optional<Definition> split_definition(std::string_view definition) {
  const std::size_t equals = definition.find('=');
  if (equals == std::string_view::npos || definition.substr(equals).starts_with("==")) return {};
  const std::string_view name = without_blanks(definition.substr(0, equals));
  if (!is_name(name)) return {};
  return Definition{name, without_blanks(definition.substr(equals + 1))};
}

std::optional<InputFile> find_input_file(std::string_view definition) {
  const auto parts = split_definition(definition);
  if (!parts || !parts->value.starts_with('@')) return {};
  const std::string_view file = definition.substr(static_cast<std::size_t>(parts->value.data() - definition.data()) + 1);
  if (const std::size_t suffix = file.rfind(".csv:"); suffix != std::string_view::npos) {
    const std::size_t colon = suffix + csv_suffix.size();
    return InputFile{parts->name, std::string(file.substr(0, colon)), std::string(file.substr(colon + 1))};
  }
  if (!file.ends_with(csv_suffix)) return InputFile{parts->name, std::string(file), {}};
  return InputFile{parts->name, std::string(file), std::string(parts->name)};
}

void define(Calculator& calculator, const InputFile& file) {
  if (file.column) {
    calculator.set(file.name, load_csv(file.path, *file.column));
  } else {
    calculator.set(file.name, load_npy(file.path));
  }
}

}  // namespace lanewise::inline v0::program
