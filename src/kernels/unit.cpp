// The instruction functions of one family of rows for one CPU target.
//
// In: the rows of operations.def whose family is LANEWISE_FAMILY, and the bodies of its header. Out: one function, LANEWISE_UNIT_FUNCTION,
// that enters the functions into the target's table. Compiled once for each family and CPU target with that target's flags; nothing else
// here has a name outside this unit, and no function of the standard library is compiled in, as the linker might hand one made for this
// target to code that runs everywhere.

#define LANEWISE_TEXT_OF(text) #text
#define LANEWISE_TEXT(text) LANEWISE_TEXT_OF(text)

#include "kernels/columns.hpp"
#include "kernels/enter.hpp"
#include LANEWISE_TEXT(kernels/LANEWISE_FAMILY.hpp)

namespace lanewise::inline v0::kernels {
namespace {

constexpr bool same_text(const char* left, const char* right) {
  while (*left != '\0' && *left == *right) ++left, ++right;
  return *left == *right;
}

namespace of_this_family {
#define OPERATION(id, spellings, family, ...) constexpr bool id = same_text(#family, LANEWISE_TEXT(LANEWISE_FAMILY));
#include "ops/operations.def"
}  // namespace of_this_family

// The bodies of other families stay without a definition.
#define OPERATION(id, ...) struct id;
#include "ops/operations.def"

template <bool is_here, Opcode opcode, class Body, int operand_count, TypeRule rule, bool commutative, bool cheap>
void enter_if_here(InstructionTable& table) {
  if constexpr (is_here) enter_operation<opcode, Body, operand_count, rule, commutative, cheap>(table);
}

void enter_rows(InstructionTable& table) {
#define OPERATION(id, spellings, family, form, types, ...)                                                                              \
  enter_if_here<of_this_family::id, Opcode::id, id, operand_counts::of_##id, TypeRule::types, algebras::of_##id, costs::of_##id>(table);
#include "ops/operations.def"
}

}  // namespace
}  // namespace lanewise::inline v0::kernels

extern "C" __attribute__((visibility("hidden"))) void LANEWISE_UNIT_FUNCTION(lanewise::kernels::InstructionTable& table) {
  lanewise::kernels::enter_rows(table);
}
