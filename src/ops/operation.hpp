#pragma once
// A row of operations.def as a value, and its look-up by id and by spelling.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ops/type_rules.hpp"

namespace lanewise::inline v0 {

enum class OperationId : std::uint16_t {
#define OPERATION(id, ...) id,
#include "ops/operations.def"
#undef OPERATION
};

inline constexpr std::size_t operation_count = 0
#define OPERATION(...) +1
#include "ops/operations.def"
#undef OPERATION
    ;

/// How an operation is written.
struct OperationForm {
  enum class Kind : std::uint8_t { infix_left, infix_right, infix_chain, prefix, call } kind;
  int binding_power;  ///< of operators: higher binds tighter
  int operand_count;  ///< 1 to 3
};

/// What may be rewritten without changing a bit.
struct Algebra {
  bool commutative = false;
  bool involution = false;                ///< f(f(x)) is x
  std::optional<int> right_identity = {};  ///< x op identity is x, for every type of the row

  constexpr Algebra operator|(Algebra other) const {
    return {commutative || other.commutative, involution || other.involution, right_identity ? right_identity : other.right_identity};
  }
};

/// The work of one step, which decides the forms its instructions come in: see InstructionForm.
enum class Cost : std::uint8_t { cheap, heavy };

struct Operation {
  OperationId id;
  std::string_view name;
  std::string_view spellings;
  OperationForm form;
  TypeRule type_rule;
  Algebra algebra;
  Cost cost;
  double ulp_float32;
  double ulp_float64;
  std::string_view example;
  std::string_view value;

  constexpr bool is_operator() const noexcept { return form.kind != OperationForm::Kind::call; }
  /// Returns the first spelling: the operator's own, or the function's usual name.
  constexpr std::string_view spelling() const noexcept { return spellings.substr(0, spellings.find(' ')); }
};

/// Returns all rows in the order of the table; the row of `id` stands at its index.
std::span<const Operation> all_operations() noexcept;
const Operation& operation(OperationId id) noexcept;

/// Returns the row that `name(...)` calls.
std::optional<OperationId> find_function(std::string_view name) noexcept;
/// Returns the row of an operator that stands before its operand, or between two.
std::optional<OperationId> find_prefix_operator(std::string_view spelling) noexcept;
std::optional<OperationId> find_infix_operator(std::string_view spelling) noexcept;

/// Returns every name a function may be called by, sorted.
std::span<const std::string_view> function_names();

}  // namespace lanewise::inline v0
