// Runs a bound part: whole tiles in place; a partial tile as a whole one together with elements that belong to the next or the one before, or,
// where these may not be computed twice, on padded copies.
//
// The memory of a task, in this order: the bound instructions, the addresses of the segments, the scratch tiles, one segment's instructions
// once more (bound to padding for a partial tile), the padding, the calls of host functions. Element indices count from the start of the arrays, so one binding serves
// every block of the call.

#include "exec/run_block.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "exec/padding.hpp"
#include "kernels/fold.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

constexpr std::size_t round_up(std::size_t bytes) { return (bytes + 63) / 64 * 64; }
constexpr std::size_t partial_segment_bytes = maximum_segment_length * sizeof(BoundInstruction);

bool is_array(Operand operand) { return operand.source == Source::input || operand.source == Source::output; }

BoundInstruction::Word& word(BoundInstruction& instruction, bool is_right) { return is_right ? instruction.right : instruction.left; }

}  // namespace

std::size_t LoadedPart::workspace_bytes() const {
  return round_up(instructions.size() * sizeof(BoundInstruction)) + round_up(segment_count() * sizeof(void*)) + scratch_bytes +
         partial_segment_bytes + round_up(padding_bytes) + host_call_count * sizeof(BoundHostCall);
}

BoundPart::BoundPart(const LoadedProgram& program, const LoadedPart& part, const CallArguments& arguments, std::byte* memory) noexcept
    : program_(program), part_(part), arguments_(arguments) {
  instructions_ = reinterpret_cast<BoundInstruction*>(memory);
  memory += round_up(part.instructions.size() * sizeof(BoundInstruction));
  segments_ = reinterpret_cast<const BoundInstruction**>(memory);
  memory += round_up(part.segment_count() * sizeof(void*));
  scratch_ = memory;
  memory += part.scratch_bytes;
  partial_segment_ = reinterpret_cast<BoundInstruction*>(memory);
  padding_ = memory + partial_segment_bytes;
  host_calls_ = reinterpret_cast<BoundHostCall*>(padding_ + round_up(part.padding_bytes));
  for (std::size_t f = 0; f < part.host_call_count; ++f) {
    std::construct_at(host_calls_ + f, *program.program.functions[f], part.tile_bytes, host_task_);
  }
  bind();
}

void BoundPart::bind() noexcept {
  std::memcpy(instructions_, part_.instructions.data(), part_.instructions.size() * sizeof(BoundInstruction));
  for (const Relocation& relocation : part_.relocations) {
    BoundInstruction& instruction = instructions_[relocation.instruction_index];
    if (relocation.operand.source == Source::slot) {
      write_constant(instruction, relocation.is_right, arguments_.slots[relocation.operand.index]);
    } else {
      word(instruction, relocation.is_right).write = address_of(relocation.operand);
    }
    if (is_array(relocation.operand)) (relocation.is_right ? instruction.right_mask : instruction.left_mask) = mask_of(relocation.operand);
  }
  choose_functions();
  for (std::size_t s = 0; s < part_.segment_count(); ++s) segments_[s] = instructions_ + part_.segment_starts[s];
}

void BoundPart::choose_functions() noexcept {
  for (const WalkFunctions& walk : part_.walks) {
    BoundInstruction& instruction = instructions_[walk.instruction_index];
    const bool is_walked = (instruction.left_mask & instruction.right_mask) == -1;
    instruction.function = is_walked ? walk.walking : part_.instructions[walk.instruction_index].function;
  }
  if (arguments_.streaming) {
    for (const StoreFunctions& store : part_.stores) instructions_[store.instruction_index].function = store.streaming;
  }
  if (arguments_.steps != nullptr) bind_strided_loads();
}

void BoundPart::bind_strided_loads() noexcept {
  for (const LoadFunctions& load : part_.loads) {
    const std::ptrdiff_t step = arguments_.steps[load.input];
    const auto element_bytes = static_cast<std::ptrdiff_t>(program_.program.each.instructions[load.instruction_index].dtype.size_bytes());
    if (step == 0 || step == element_bytes) continue;
    instructions_[load.instruction_index].function = load.strided;
    instructions_[load.instruction_index].right.constant = static_cast<std::uint64_t>(step);
  }
}

void BoundPart::rebind_arrays() noexcept {
  for (const Relocation& relocation : part_.relocations) {
    if (!is_array(relocation.operand)) continue;
    word(instructions_[relocation.instruction_index], relocation.is_right).write = address_of(relocation.operand);
  }
}

/// Of an array, where an element is told by its index.
std::int32_t BoundPart::mask_of(Operand operand) const noexcept {
  if (operand.source == Source::output) return arguments_.output_masks == nullptr ? -1 : arguments_.output_masks[operand.index];
  return arguments_.steps != nullptr && arguments_.steps[operand.index] == 0 ? 0 : -1;
}

std::ptrdiff_t BoundPart::step_of(const Relocation& input) const noexcept {
  return arguments_.steps != nullptr ? arguments_.steps[input.operand.index] : static_cast<std::ptrdiff_t>(input.element_bytes);
}

std::byte* BoundPart::address_of(Operand operand) const noexcept {
  switch (operand.source) {
    case Source::scratch: return scratch_ + operand.index * part_.tile_bytes;
    case Source::host: return reinterpret_cast<std::byte*>(host_calls_ + operand.index);
    case Source::output: return arguments_.outputs[operand.index];
    default: return const_cast<std::byte*>(arguments_.inputs[operand.index]);  // no instruction writes through an input's address
  }
}

void BoundPart::sum_parts(std::size_t element_count, const TileParts& parts, unsigned char* leaf) noexcept {
  const StoreFunctions& functions = part_.stores.front();
  BoundInstruction& store = instructions_[functions.instruction_index];
  const BoundInstruction saved = store;
  store.function = functions.summing;
  store.left.write = leaf;
  store.left_mask = fold_column_count - 1;
  run_tiles(0, element_count, &parts);
  store = saved;
}

void BoundPart::run_with_edges(std::size_t first, std::size_t last, std::size_t head_length) const noexcept {
  const std::size_t tile_length = part_.tile_length;  // a power of two
  const std::size_t body = first + std::min(head_length, last - first);
  if (arguments_.may_run_twice && last - first >= tile_length) {
    if (body > first) run_tiles(first, first + tile_length);
    run_tiles(std::min(body, last - tile_length), last);
    return;
  }
  const std::size_t whole = body + ((last - body) & ~(tile_length - 1));
  if (body > first) run_partial_tile(first, body - first);
  if (whole > body) run_tiles(body, whole);
  if (whole < last) run_partial_tile(whole, last - whole);
}

void BoundPart::rebind_slots() noexcept {
  for (const Relocation& relocation : part_.relocations) {
    if (relocation.operand.source != Source::slot) continue;
    write_constant(instructions_[relocation.instruction_index], relocation.is_right, arguments_.slots[relocation.operand.index]);
  }
}

BoundInstruction::Word& BoundPart::bound_word(const Relocation& relocation) noexcept {
  return word(instructions_[relocation.instruction_index], relocation.is_right);
}

void BoundPart::run_partial_tile(std::size_t first, std::size_t element_count) const noexcept {
  host_task_.element_count = element_count;
  for (std::size_t s = 0; s < part_.segment_count(); ++s) {
    const std::size_t length = part_.segment_starts[s + 1] - part_.segment_starts[s];
    std::memcpy(partial_segment_, segments_[s], length * sizeof(BoundInstruction));
    pad_inputs(s, partial_segment_, first, element_count);
    const BoundInstruction* segment = partial_segment_;
    program_.target->run_tile(&segment, 1);
    copy_outputs(s, first, element_count);
  }
}

/// Points the array operands of one segment at padding, and fills that of the inputs.
void BoundPart::pad_inputs(std::size_t segment, BoundInstruction* copy, std::size_t first, std::size_t element_count) const noexcept {
  std::byte* padding = padding_;
  for (std::size_t r = part_.segment_relocations[segment]; r < part_.segment_relocations[segment + 1]; ++r) {
    const Relocation& relocation = part_.relocations[r];
    if (!is_array(relocation.operand)) continue;
    const std::size_t size = relocation.element_bytes;
    BoundInstruction& instruction = copy[relocation.instruction_index - part_.segment_starts[segment]];
    if (relocation.operand.source == Source::input) {
      const std::ptrdiff_t step = step_of(relocation);
      const std::byte* elements = address_of(relocation.operand) + static_cast<std::ptrdiff_t>(first) * step;
      copy_padded(padding, elements, step, size, element_count, part_.tile_length);
      instruction.function = part_.instructions[relocation.instruction_index].function;  // padding has no gaps
    }
    word(instruction, relocation.is_right).write = padding;
    padding += padded_tile_bytes(part_.tile_bytes, part_.tile_length, size);
  }
}

void BoundPart::copy_outputs(std::size_t segment, std::size_t first, std::size_t element_count) const noexcept {
  const std::byte* padding = padding_;
  for (std::size_t r = part_.segment_relocations[segment]; r < part_.segment_relocations[segment + 1]; ++r) {
    const Relocation& relocation = part_.relocations[r];
    if (!is_array(relocation.operand)) continue;
    const std::size_t size = relocation.element_bytes;
    if (relocation.operand.source == Source::output) {
      const std::size_t place = first & static_cast<std::size_t>(std::ptrdiff_t{mask_of(relocation.operand)});
      std::memcpy(address_of(relocation.operand) + place * size, padding, element_count * size);
    }
    padding += padded_tile_bytes(part_.tile_bytes, part_.tile_length, size);
  }
}

}  // namespace lanewise::inline v0
