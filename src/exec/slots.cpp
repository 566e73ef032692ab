#include "exec/slots.hpp"

#include "exec/floating_point_environment.hpp"
#include "exec/scalar_input.hpp"
#include "exec/workspace.hpp"

namespace lanewise::inline v0 {

void read_input_slots(const Program& program, const CallArrays& arrays, Scalar* slots) {
  for (std::size_t s = 0; s < program.slots.size(); ++s) {
    const Slot& slot = program.slots[s];
    slots[s] = Scalar{slot.dtype};
    if (!slot.is_input || slot.input_index >= arrays.inputs.size()) continue;
    const ArrayView& input = *arrays.inputs[slot.input_index];
    read_scalar(input.data(), input.dtype(), arrays.schema[slot.input_index].name, slots[s]);
  }
}

void compute_once_slots(const LoadedProgram& program, Scalar* slots) {
  if (program.once.instructions.empty()) return;
  const std::size_t count = program.program.slots.size();
  const std::size_t element_bytes = count * largest_element_bytes;
  Workspace workspace(element_bytes + count * sizeof(std::byte*));
  auto** addresses = reinterpret_cast<std::byte**>(workspace.data() + element_bytes);
  for (std::size_t s = 0; s < count; ++s) addresses[s] = workspace.data() + s * largest_element_bytes;
  {
    const FloatingPointEnvironment environment;
    Workspace task(program.once.workspace_bytes());
    const CallArguments arguments{nullptr, addresses, slots, false, nullptr, 0};
    const BoundPart part(program, program.once, arguments, task.data());
    part.run_partial_tile(0, 1);
    part.rethrow();
  }
  for (std::size_t s = 0; s < count; ++s) {
    if (!program.program.slots[s].is_input) slots[s].read(addresses[s]);
  }
}

}  // namespace lanewise::inline v0
