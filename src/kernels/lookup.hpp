#pragma once
// Where to find an instruction function: by opcode, dtype, lane width and form.
//
// Filled once, by the first call of the target's one exported function (the registry makes sure that it is one thread's); read-only from
// then on. So neither loading the library nor running an initialiser costs anything.

#include "kernels/forms.hpp"

namespace lanewise::inline v0::kernels {
namespace {

struct Entry {
  InstructionForm form;
  InstructionFunction function;
};

/// The entries of one opcode, dtype and lane width stand together.
struct EntryRange {
  uint16_t first;
  uint16_t count;
};

constexpr size_t dtype_count = 5;
constexpr size_t entry_capacity = 4096;

Entry entries[entry_capacity];
size_t entry_count = 0;
EntryRange ranges[opcode_count][dtype_count][2];

LANEWISE_INLINE EntryRange& range_of(Opcode opcode, DType dtype, size_t lane_bytes) {
  return ranges[static_cast<size_t>(opcode)][static_cast<size_t>(dtype.code)][lane_bytes == wide_lane_bytes];
}

LANEWISE_OUTLINE void open_range(Opcode opcode, DType dtype, size_t lane_bytes) {
  range_of(opcode, dtype, lane_bytes) = {static_cast<uint16_t>(entry_count), 0};
}

LANEWISE_OUTLINE void close_range(Opcode opcode, DType dtype, size_t lane_bytes) {
  EntryRange& range = range_of(opcode, dtype, lane_bytes);
  range.count = static_cast<uint16_t>(entry_count - range.first);
}

LANEWISE_OUTLINE void enter(InstructionForm form, Step function) {
  if (entry_count == entry_capacity) __builtin_trap();
  entries[entry_count++] = {form, reinterpret_cast<InstructionFunction>(function)};
}

InstructionFunction find_function(Opcode opcode, DType dtype, size_t lane_bytes, InstructionForm form) {
  const EntryRange range = range_of(opcode, dtype, lane_bytes);
  for (size_t i = range.first; i < size_t{range.first} + range.count; ++i) {
    if (entries[i].form == form) return entries[i].function;
  }
  return nullptr;
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
