// Look-up of rows by id and by spelling: binary searches over arrays that the compiler sorted; nothing is set up at load.

#include "ops/operation.hpp"

#include <algorithm>
#include <array>

#include "ops/operation_table.hpp"

namespace lanewise::inline v0 {

namespace {

std::optional<OperationId> find_spelling(std::span<const Spelling> sorted, std::string_view text) noexcept {
  const auto found = std::ranges::lower_bound(sorted, text, {}, &Spelling::text);
  if (found == sorted.end() || found->text != text) return std::nullopt;
  return found->operation;
}

constexpr auto sorted_function_names = [] {
  std::array<std::string_view, function_spellings.size()> names{};
  std::ranges::transform(function_spellings, names.begin(), &Spelling::text);
  return names;
}();

}  // namespace

std::span<const Operation> all_operations() noexcept { return operation_table; }

const Operation& operation(OperationId id) noexcept { return operation_table[static_cast<std::size_t>(id)]; }

std::optional<OperationId> find_function(std::string_view name) noexcept { return find_spelling(function_spellings, name); }

std::optional<OperationId> find_prefix_operator(std::string_view spelling) noexcept { return find_spelling(prefix_operators, spelling); }

std::optional<OperationId> find_infix_operator(std::string_view spelling) noexcept { return find_spelling(infix_operators, spelling); }

OperationId cast_to(DType dtype) noexcept {
  return static_cast<OperationId>(static_cast<int>(OperationId::cast_bool) + static_cast<int>(dtype.code));
}

std::span<const std::string_view> function_names() { return sorted_function_names; }

}  // namespace lanewise::inline v0
