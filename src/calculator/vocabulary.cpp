// Which words there are.
#include <algorithm>
#include <array>

#include <lanewise/operations.hpp>

#include "calculator/inspection.hpp"
#include "calculator/manual.hpp"
#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::array<std::string_view, 8> keyword_list = {"False", "True", "and", "assert", "else", "if", "not", "or"};
constexpr std::array<std::string_view, 4> constant_list = {"e", "inf", "nan", "pi"};

NameInfo info_of(const std::string& name, const NamedValue& value) {
  NameInfo::Kind kind = NameInfo::Kind::value;
  if (std::holds_alternative<ArrayView>(value)) kind = NameInfo::Kind::read_only;
  if (std::holds_alternative<MutableArrayView>(value)) kind = NameInfo::Kind::writable;
  if (const auto* const own = std::get_if<SharedValue>(&value); own != nullptr && (*own)->is_file()) kind = NameInfo::Kind::file;
  const ArrayView elements = elements_of(value);
  return {kind, name, elements.dtype(), {elements.shape().begin(), elements.shape().end()}, bytes_of(elements)};
}

}  // namespace

std::span<const std::string_view> keywords() noexcept { return keyword_list; }
std::span<const std::string_view> constants() noexcept { return constant_list; }

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const OperationInfo& operation : operations()) {
    for (const std::string_view spelling : split_words(operation.spellings)) {
      if (is_name(spelling) && std::ranges::find(keyword_list, spelling) == keyword_list.end()) names.push_back(spelling);
    }
  }
  return names;
}

std::vector<NameInfo> list_names(const Names& names) {
  std::vector<NameInfo> list;
  for (const auto& [name, value] : names.bound()) list.push_back(info_of(name, value));
  return list;
}

}  // namespace lanewise::inline v0::calculator
