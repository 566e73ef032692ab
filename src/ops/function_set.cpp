// The functions of the host by name.

#include <lanewise/function_set.hpp>

#include <algorithm>
#include <atomic>

#include <lanewise/error.hpp>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_tail = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_tail);
}

std::uint64_t next_identity() {
  static std::atomic<std::uint64_t> last = 0;
  return ++last;
}

}  // namespace

void FunctionSet::add_function(detail::HostFunction function) {
  const std::string name = "'" + function.name + "'";
  if (!is_name(function.name)) {
    throw NameError(ErrorCode::unknown_name, name + " cannot be called: a name is letters, digits and _, not beginning with a digit");
  }
  if (find_function(function.name)) throw NameError(ErrorCode::name_defined_twice, name + " is a built-in function; choose another name");
  if (find(function.name) != nullptr) throw NameError(ErrorCode::name_defined_twice, name + " is in the set already");
  functions_.push_back(std::make_shared<const detail::HostFunction>(std::move(function)));
  identity_ = next_identity();
}

std::shared_ptr<const detail::HostFunction> FunctionSet::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(functions_, [&](const auto& function) { return function->name == name; });
  return found == functions_.end() ? nullptr : *found;
}

std::vector<std::string_view> FunctionSet::names() const {
  std::vector<std::string_view> names;
  for (const auto& function : functions_) names.push_back(function->name);
  return names;
}

}  // namespace lanewise::inline v0
