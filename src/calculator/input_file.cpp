#include "calculator/input_file.hpp"

#include <lanewise/io.hpp>

#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {

std::optional<InputFile> find_input_file(std::string_view definition) {
  const auto assignment = find_assignment(definition, {0, definition.size()});
  if (!assignment || part(definition, assignment->right_side).substr(0, 1) != "@") return {};
  return InputFile{assignment->name, std::string(definition.substr(assignment->right_side.begin + 1))};
}

NamedValue load(const InputFile& file) { return load_npy(file.path); }

}  // namespace lanewise::inline v0::calculator
