// The public view of the operation table: each row of operations.def without what only the stages need.
#include <lanewise/operations.hpp>

#include <array>
#include <string>

#include "ops/manual.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

/// Texts that are made of a row's columns.
struct Words {
  std::string signature;
  std::string types;
};

struct PublicTable {
  std::array<Words, operation_count> words;
  std::array<OperationInfo, operation_count> views;

  PublicTable() {
    for (const Operation& row : all_operations()) {
      const auto index = static_cast<std::size_t>(row.id);
      words[index] = {lanewise::signature(row), describe(row.type_rule)};
      views[index] = view_of(row, words[index]);
    }
  }

  static OperationInfo view_of(const Operation& row, const Words& words) noexcept {
    return {.name = row.name,
            .spellings = row.spellings,
            .signature = words.signature,
            .chapter = chapter_title(row.family),
            .operand_count = row.form.operand_count,
            .most_operands = row.form.most_operands,
            .is_operator = row.is_operator(),
            .is_reduction = row.is_reduction(),
            .types = words.types,
            .definition = row.definition,
            .ulp_float32 = row.ulp_float32,
            .ulp_float64 = row.ulp_float64,
            .summary = row.summary,
            .example = row.example,
            .value = row.value};
  }
};

}  // namespace

std::span<const OperationInfo> operations() {
  static const PublicTable table;
  return table.views;
}

}  // namespace lanewise::inline v0
