#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {

/// A name of NumPy, C or another calculator that the language does not have, and what to write for it.
struct NameHint {
  std::string_view name;    ///< in lower case
  std::string_view advice;  ///< what follows "unknown function 'ln'; "
};

/// Returns all hints for names with and without a bracket behind them.
std::span<const NameHint> function_hints() noexcept;
std::span<const NameHint> value_hints() noexcept;

/// Each returns the advice for a name, upper and lower case being equal, or nothing.
std::optional<std::string_view> hint_for_function(std::string_view name);
std::optional<std::string_view> hint_for_value(std::string_view name);

/// Returns what was probably meant by a call of a function that exists with another number of arguments, or nothing.
std::string_view hint_for_argument_count(OperationId function, std::size_t given_count) noexcept;

}  // namespace lanewise::inline v0
