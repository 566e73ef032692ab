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

/// Rows with a kernel first, then reductions, definitions, and what only bind knows.
enum class OperationId : std::uint16_t {
#define OPERATION(id, ...) id,
#include "ops/operations.def"
#define REDUCTION(id, ...) id,
#include "ops/operations.def"
#define DEFINITION(id, ...) id,
#include "ops/operations.def"
#define SPECIAL(id, ...) id,
#include "ops/operations.def"
};

inline constexpr std::size_t kernel_operation_count = 0
#define OPERATION(...) +1
#include "ops/operations.def"
    ;
inline constexpr std::size_t reduction_count = 0
#define REDUCTION(...) +1
#include "ops/operations.def"
    ;
inline constexpr std::size_t operation_count = kernel_operation_count + reduction_count
#define DEFINITION(...) +1
#include "ops/operations.def"
#define SPECIAL(...) +1
#include "ops/operations.def"
    ;

/// What computes a row.
enum class Implementation : std::uint8_t {
  kernel,      ///< a body, element by element
  reduction,   ///< a folding body
  definition,  ///< an expression of other rows
  special,     ///< bind itself
};

/// Chapters of the manual; of rows with a body, the header under src/kernels.
enum class Family : std::uint8_t {
  logic, select, compare, arithmetic, power, rounding, exponential, trigonometric, hyperbolic, special, complex, cast, reduction, shape
};

/// How an operation is written.
struct OperationForm {
  enum class Kind : std::uint8_t { infix_left, infix_right, infix_chain, prefix, call } kind;
  int binding_power;       ///< of operators: higher binds tighter
  int operand_count;       ///< 1 to 3, of definitions up to 8; the fewest that a call may have
  int most_operands = operand_count;
};

/// What may be rewritten without changing a bit.
struct Algebra {
  bool commutative = false;
  bool involution = false;                ///< f(f(x)) is x
  bool wraps = false;                     ///< integer results may leave the range of the operands
  bool low_bits = false;                  ///< the low bits of the result depend on the same bits of the operands alone
  std::optional<int> right_identity = {};  ///< x op identity is x, for every type of the row

  constexpr Algebra operator|(Algebra other) const {
    return {commutative || other.commutative, involution || other.involution, wraps || other.wraps, low_bits || other.low_bits,
            right_identity ? right_identity : other.right_identity};
  }
};

/// The work of one step, which decides the forms its instructions come in: see InstructionForm.
enum class Cost : std::uint8_t { cheap, heavy };

/// What a reduction of no elements gives.
enum class Empty : std::uint8_t { identity, error };

struct Operation {
  OperationId id;
  std::string_view name;
  std::string_view spellings;
  Implementation implementation;
  Family family;
  OperationForm form;
  TypeRule type_rule;
  Algebra algebra;
  Cost cost;
  Empty empty;                  ///< of reductions
  double ulp_float32;
  double ulp_float64;
  std::string_view parameters;  ///< of definitions and special rows: "x low high", "x ddof=0"; "...": any number more
  std::string_view definition;  ///< of definitions: the expression
  std::string_view summary;     ///< what it gives, in one sentence
  std::string_view example;
  std::string_view value;

  constexpr bool is_operator() const noexcept { return form.kind != OperationForm::Kind::call; }
  constexpr bool is_reduction() const noexcept { return family == Family::reduction; }
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

/// Returns the row that converts to `dtype`.
OperationId cast_to(DType dtype) noexcept;

/// Returns every name a function may be called by, sorted.
std::span<const std::string_view> function_names();

}  // namespace lanewise::inline v0
