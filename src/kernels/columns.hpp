#pragma once
// The columns of operations.def that kernels need, by the row's name. Not the table itself: that needs the standard library, no function
// of which may be compiled for a CPU target.

namespace lanewise::inline v0::kernels {
namespace {

namespace operand_counts {
constexpr int infix_left(int) { return 2; }
constexpr int infix_right(int) { return 2; }
constexpr int infix_chain(int) { return 2; }
constexpr int prefix(int) { return 1; }
constexpr int call(int operand_count) { return operand_count; }
#define OPERATION(id, spellings, family, form, ...) constexpr int of_##id = form;
#include "ops/operations.def"
}  // namespace operand_counts

namespace algebras {
constexpr int none = 0;
constexpr int commutative = 1;
constexpr int involution = 0;
constexpr int wraps = 0;
constexpr int low_bits = 0;
constexpr int right_identity(int) { return 0; }
#define OPERATION(id, spellings, family, form, types, algebra, ...) constexpr bool of_##id = ((algebra) & commutative) != 0;
#include "ops/operations.def"
}  // namespace algebras

namespace costs {
constexpr bool cheap = true;
constexpr bool heavy = false;
#define OPERATION(id, spellings, family, form, types, algebra, cost, ...) constexpr bool of_##id = cost;
#include "ops/operations.def"
}  // namespace costs

}  // namespace
}  // namespace lanewise::inline v0::kernels
