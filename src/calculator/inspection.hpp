#pragma once
// What an editor asks about a text, and a reader about a name. Nothing is evaluated.

#include <string>
#include <string_view>
#include <vector>

#include <lanewise/calculator.hpp>

#include "calculator/names.hpp"

namespace lanewise::inline v0::calculator {

/// What a text may mention.
struct Vocabulary {
  const Names& names;
  const FunctionSet& host_functions;
};

Completeness completeness_of(std::string_view text, const CalculatorOptions& options);
Completions complete(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary);
std::vector<HighlightSpan> highlight(std::string_view text, const Vocabulary& vocabulary);
std::string describe(std::string_view name, const Vocabulary& vocabulary);
std::vector<NameInfo> list_names(const Names& names);

/// Words that are no names.
std::span<const std::string_view> keywords() noexcept;
std::span<const std::string_view> constants() noexcept;
/// Returns the ways to call operations by name, in no order.
std::vector<std::string_view> function_names();

}  // namespace lanewise::inline v0::calculator
