#pragma once
// Where to find an instruction function: by opcode, dtype, lane width and form.
//
// Filled by the target's one exported function, which the registry calls once; read-only from then on. So neither loading the library nor running an
// initialiser costs anything. The target owns the table, its units enter what they hold.

#include "kernels/registry.hpp"

namespace lanewise::inline v0::kernels {

struct InstructionEntry {
  InstructionForm form;
  InstructionFunction function;
};

/// The entries of one opcode, dtype and lane width stand together.
struct InstructionRange {
  uint16_t first;
  uint16_t count;
};

struct InstructionTable {
  static constexpr size_t capacity = 16'000;
  InstructionEntry entries[capacity];
  size_t entry_count;
  InstructionRange ranges[opcode_count][DType::count][2];
};
static_assert(InstructionTable::capacity <= UINT16_MAX);

namespace {

inline InstructionRange& range_of(InstructionTable& table, Opcode opcode, DType dtype, size_t lane_bytes) {
  return table.ranges[static_cast<size_t>(opcode)][static_cast<size_t>(dtype.code)][lane_bytes == wide_lane_bytes];
}

/// Takes the entries of one range.
class RangeWriter {
 public:
  __attribute__((noinline)) RangeWriter(InstructionTable& table, Opcode opcode, DType dtype, size_t lane_bytes)
      : table_(table), range_(range_of(table, opcode, dtype, lane_bytes)) {
    range_ = {static_cast<uint16_t>(table.entry_count), 0};
  }

  __attribute__((noinline)) void enter(InstructionForm form, InstructionFunction function) {
    if (table_.entry_count == InstructionTable::capacity) __builtin_trap();
    table_.entries[table_.entry_count++] = {form, function};
    ++range_.count;
  }

 private:
  InstructionTable& table_;
  InstructionRange& range_;
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
