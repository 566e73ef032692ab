#include "program/input_file.hpp"

#include <memory>

#include <lanewise/io.hpp>

#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {

static constexpr std::string_view csv_suffix = ".csv";

std::optional<InputFile> find_input_file(std::string_view definition) {
  const auto assignment = find_assignment(definition, {0, definition.size()});
  if (!assignment || part(definition, assignment->right_side).substr(0, 1) != "@") return {};
  const std::string_view file = definition.substr(assignment->right_side.begin + 1);
  if (const std::size_t suffix = file.rfind(".csv:"); suffix != std::string_view::npos) {
    const std::size_t colon = suffix + csv_suffix.size();
    return InputFile{assignment->name, std::string(file.substr(0, colon)), std::string(file.substr(colon + 1))};
  }
  if (!file.ends_with(csv_suffix)) return InputFile{assignment->name, std::string(file), {}};
  return InputFile{assignment->name, std::string(file), std::string(part(definition, assignment->name))};
}

NamedValue load(const InputFile& file) {
  if (!file.column) return load_npy(file.path);
  return std::make_shared<const Value>(load_csv(file.path, *file.column));
}

}  // namespace lanewise::inline v0::calculator
