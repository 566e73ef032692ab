#include "exec/slots.hpp"

#include "exec/floating_point_environment.hpp"
#include "exec/scalar_input.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

std::size_t workspace_bytes(const LoadedProgram& program) { return (program.once.workspace_bytes() + 63) / 64 * 64; }

/// Some stores write a whole tile.
std::size_t tile_room_bytes(const LoadedProgram& program) { return program.once.tile_length * largest_element_bytes; }

/// The memory of a part, in this order: the workspace of the bound program, a tile for each slot, their addresses.
std::byte** list_addresses(const LoadedProgram& program, std::byte* memory) {
  const std::size_t count = program.program.slots.size();
  std::byte* const tiles = memory + workspace_bytes(program);
  auto** const addresses = reinterpret_cast<std::byte**>(tiles + count * tile_room_bytes(program));
  for (std::size_t s = 0; s < count; ++s) addresses[s] = tiles + s * tile_room_bytes(program);
  return addresses;
}

}  // namespace

void read_input_slots(const Program& program, const CallArrays& arrays, Scalar* slots) {
  for (std::size_t s = 0; s < program.slots.size(); ++s) {
    const Slot& slot = program.slots[s];
    slots[s] = Scalar{slot.dtype};
    if (!slot.is_input || slot.input_index >= arrays.inputs.size()) continue;
    const ArrayView& input = *arrays.inputs[slot.input_index];
    read_scalar(input.data(), input.dtype(), arrays.schema[slot.input_index].name, slots[s]);
  }
}

std::size_t OncePart::memory_bytes(const LoadedProgram& program) {
  return workspace_bytes(program) + program.program.slots.size() * (tile_room_bytes(program) + sizeof(std::byte*));
}

OncePart::OncePart(const LoadedProgram& program, Scalar* slots, std::byte* memory)
    : program_(program),
      slots_(slots),
      addresses_(list_addresses(program, memory)),
      arguments_{nullptr, addresses_, slots, false, nullptr, 0},
      part_(program, program.once, arguments_, memory) {}

void OncePart::recompute() {
  part_.rebind_slots();
  compute();
}

void OncePart::compute() {
  part_.run_one_tile(1);
  part_.rethrow();
  for (std::size_t s = 0; s < program_.program.slots.size(); ++s) {
    if (!program_.program.slots[s].is_input) slots_[s].read(addresses_[s]);
  }
}

void compute_once_slots(const LoadedProgram& program, Scalar* slots) {
  if (program.once.instructions.empty()) return;
  const FloatingPointEnvironment environment;
  Workspace workspace(OncePart::memory_bytes(program));
  OncePart(program, slots, workspace.data()).compute();
}

}  // namespace lanewise::inline v0
