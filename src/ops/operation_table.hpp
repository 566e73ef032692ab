#pragma once
// operations.def as an array that is known to the compiler.
//
// In: the rows of operations.def. Out: `operation_table`, in the order of OperationId, and views of its spellings.
// How: each column of a row is an expression over the names in `operation_columns`. What every row must satisfy is asserted here,
// so that a faulty row does not compile. Programs ask ops/operation.hpp; only what is generated from the rows includes this file.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "ops/operation.hpp"

namespace lanewise::inline v0 {

namespace operation_columns {

constexpr OperationForm infix_left(int binding_power) { return {OperationForm::Kind::infix_left, binding_power, 2}; }
constexpr OperationForm infix_right(int binding_power) { return {OperationForm::Kind::infix_right, binding_power, 2}; }
constexpr OperationForm infix_chain(int binding_power) { return {OperationForm::Kind::infix_chain, binding_power, 2}; }
constexpr OperationForm prefix(int binding_power) { return {OperationForm::Kind::prefix, binding_power, 1}; }
constexpr OperationForm call(int operand_count) { return {OperationForm::Kind::call, 0, operand_count}; }

inline constexpr Algebra none{};
inline constexpr Algebra commutative{.commutative = true};
inline constexpr Algebra involution{.involution = true};
inline constexpr Algebra wraps{.wraps = true};
inline constexpr Algebra low_bits{.low_bits = true};
constexpr Algebra right_identity(int identity) { return {.right_identity = identity}; }

/// The form of a definition: as many operands as it has parameters, fewer where they have defaults.
constexpr OperationForm call_with(std::string_view parameters) {
  const auto parameter_count = static_cast<int>(std::count(parameters.begin(), parameters.end(), ' ')) + 1;
  const auto default_count = static_cast<int>(std::count(parameters.begin(), parameters.end(), '='));
  const bool is_open = parameters.find("...") != std::string_view::npos;
  return {OperationForm::Kind::call, 0, parameter_count - default_count - is_open, is_open ? 255 : parameter_count};
}

constexpr std::array<Operation, operation_count> rows() {
  return {{
#define OPERATION(id, spellings, family, form, types, algebra, cost, ulp_float32, ulp_float64, summary, example, value)             \
  {OperationId::id, #id,         spellings,   Implementation::kernel, Family::family, form,    TypeRule::types, algebra, Cost::cost, \
   Empty::identity, ulp_float32, ulp_float64, "",                     "",             summary, example,         value},
#include "ops/operations.def"
#define REDUCTION(id, spellings, types, empty, ulp_float32, ulp_float64, summary, example, value)                                        \
  {OperationId::id, #id,         spellings,   Implementation::reduction, Family::reduction, call(1), TypeRule::types, none, Cost::heavy, \
   Empty::empty,    ulp_float32, ulp_float64, "",                        "",                summary, example,         value},
#include "ops/operations.def"
#define DEFINITION(id, spellings, family, parameters, types, ulp_float32, ulp_float64, expression, summary, example, value)             \
  {OperationId::id, #id,         spellings,   Implementation::definition, Family::family, call_with(parameters), TypeRule::types, none, \
   Cost::heavy, Empty::identity, ulp_float32, ulp_float64, parameters, expression, summary, example, value},
#include "ops/operations.def"
#define SPECIAL(id, spellings, family, parameters, summary, example, value)                                                          \
  {OperationId::id, #id,             spellings, Implementation::special, Family::family, call_with(parameters), TypeRule::any, none, \
   Cost::heavy,     Empty::identity, 0,         0,                       parameters,     "",                    summary,       example, value},
#include "ops/operations.def"
  }};
}

}  // namespace operation_columns

inline constexpr std::array<Operation, operation_count> operation_table = operation_columns::rows();

constexpr bool is_infix(const Operation& row) { return row.is_operator() && row.form.kind != OperationForm::Kind::prefix; }
constexpr bool is_prefix(const Operation& row) { return row.form.kind == OperationForm::Kind::prefix; }

/// A way to write a row.
struct Spelling {
  std::string_view text;
  OperationId operation;
};

/// Calls `visit(Spelling)` for each name that a row may be called by: all spellings of a function, all but the first of an operator.
template <class Visitor>
constexpr void for_each_function_name(Visitor visit) {
  for (const Operation& row : operation_table) {
    bool is_operator_spelling = row.is_operator();
    std::string_view rest = row.spellings;
    while (!rest.empty()) {
      const std::size_t length = std::min(rest.find(' '), rest.size());
      if (!is_operator_spelling) visit(Spelling{rest.substr(0, length), row.id});
      is_operator_spelling = false;
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
  }
}

template <std::size_t Count>
constexpr bool has_repeated_text(const std::array<Spelling, Count>& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const Spelling& a, const Spelling& b) { return a.text == b.text; }) !=
         sorted.end();
}

/// Returns the operators that `is_wanted` picks, by their own spelling, sorted by text.
template <auto is_wanted>
constexpr auto sorted_operators() {
  std::array<Spelling, static_cast<std::size_t>(std::count_if(operation_table.begin(), operation_table.end(), is_wanted))> sorted{};
  std::size_t count = 0;
  for (const Operation& row : operation_table) {
    if (is_wanted(row)) sorted[count++] = {row.spelling(), row.id};
  }
  std::sort(sorted.begin(), sorted.end(), [](const Spelling& a, const Spelling& b) { return a.text < b.text; });
  return sorted;
}

/// Returns every function name, sorted.
constexpr auto sorted_functions() {
  constexpr std::size_t function_name_count = [] {
    std::size_t count = 0;
    for_each_function_name([&count](Spelling) { ++count; });
    return count;
  }();
  std::array<Spelling, function_name_count> sorted{};
  std::size_t count = 0;
  for_each_function_name([&](Spelling spelling) { sorted[count++] = spelling; });
  std::sort(sorted.begin(), sorted.end(), [](const Spelling& a, const Spelling& b) { return a.text < b.text; });
  return sorted;
}

inline constexpr auto infix_operators = sorted_operators<is_infix>();
inline constexpr auto prefix_operators = sorted_operators<is_prefix>();
inline constexpr auto function_spellings = sorted_functions();

static_assert(!has_repeated_text(infix_operators), "two infix operators are spelled alike");
static_assert(!has_repeated_text(prefix_operators), "two prefix operators are spelled alike");
static_assert(!has_repeated_text(function_spellings), "two functions are spelled alike");
static_assert(std::all_of(operation_table.begin(), operation_table.end(),
                          [](const Operation& row) { return (row.form.operand_count >= 1 && row.form.operand_count <= 3) || row.implementation >= Implementation::definition; }));
static_assert(std::all_of(operation_table.begin(), operation_table.end(),
                          [](const Operation& row) { return row.is_operator() == (row.form.binding_power > 0); }));
static_assert(std::all_of(operation_table.begin(), operation_table.end(), [](const Operation& row) {
  return !row.spellings.empty() && row.spellings.front() != ' ' && row.spellings.back() != ' ' &&
         row.spellings.find("  ") == std::string_view::npos;
}));

static_assert(std::all_of(operation_table.begin(), operation_table.end(),
                          [](const Operation& row) { return row.summary.size() > 1 && row.summary.back() == '.'; }),
              "a summary is a sentence");

}  // namespace lanewise::inline v0
