#include "exec/loaded_program.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "bytecode/segment.hpp"
#include "ops/operation.hpp"

namespace lanewise::inline v0 {
namespace {

using Source = Operand::Source;

/// What one step costs on one tile, measured with AVX-512 on float64; only the order of magnitude matters.
constexpr double cheap_step_nanoseconds = 1.5;
constexpr double heavy_step_nanoseconds = 50;
constexpr double host_call_nanoseconds = 200;  // a guess: some nanoseconds an element

bool is_array(Operand operand) { return operand.source == Source::input || operand.source == Source::output; }

/// Whether an operand is at one place for all tiles.
bool stays(Operand operand) { return kind_of(operand) == OperandKind::memory && !is_array(operand); }

double step_nanoseconds(Opcode opcode) {
  if (opcode == Opcode::call_host) return host_call_nanoseconds;
  const auto index = static_cast<std::size_t>(opcode);
  if (opcode == Opcode::power_of_constant || opcode == Opcode::sine_cosine) return heavy_step_nanoseconds;
  const bool heavy = index < kernel_operation_count && operation(static_cast<OperationId>(index)).cost == Cost::heavy;
  return heavy ? heavy_step_nanoseconds : cheap_step_nanoseconds;
}

/// How a part uses the accumulators.
enum class Tiles {
  plain,          ///< as two
  double_length,  ///< as one: `a` alone is used, and tiles are of twice the length
  first_vector,   ///< as two, where there is a form for it computing the first vector only
};

/// A jump from one instruction to the next costs as much as some vectors' work, so what may runs on tiles of double length: a part that walks arrays
/// and uses `a` alone. Heavy operations have no such forms; a tile is little beside them.
bool may_double_tiles(const ProgramPart& part) {
  const auto uses_b = [](const Instruction& instruction) {
    const AccumulatorUse use = accumulator_use(instruction);
    return use.reads_b || use.writes_b;
  };
  const auto reads_array = [](const Instruction& instruction) {
    return instruction.left.source == Source::input || instruction.right.source == Source::input;
  };
  return std::ranges::none_of(part.instructions, uses_b) && std::ranges::any_of(part.instructions, reads_array);
}

class PartLoader {
 public:
  PartLoader(const ProgramPart& part, const Program& program, const Target& target, Tiles tiles)
      : part_(part), program_(program), target_(target), tiles_(tiles) {}

  bool has_all_functions() const {
    return std::ranges::all_of(part_.instructions,
                               [&](const Instruction& instruction) { return find(instruction.opcode, instruction) != nullptr; });
  }

  LoadedPart load() const {
    const std::size_t factor = tiles_ == Tiles::double_length ? 2 : 1;
    LoadedPart loaded;
    loaded.tile_length = factor * target_.tile_length(program_.lane_bytes);
    loaded.tile_bytes = factor * vectors_per_tile * target_.vector_bytes;
    loaded.host_call_count = program_.functions.size();
    loaded.scratch_bytes = part_.scratch_tile_count * loaded.tile_bytes;
    for (std::uint32_t i = 0; i < part_.instructions.size(); ++i) add(loaded, i);
    loaded.segment_starts = part_.segment_starts;
    loaded.segment_starts.push_back(static_cast<std::uint32_t>(part_.instructions.size()));
    add_segment_relocations(loaded);
    return loaded;
  }

 private:
  /// The function with `a` and `b` for the accumulators, and `memory` for the kind of the operands in memory.
  InstructionFunction find_on(OperandKind a, OperandKind b, Opcode opcode, const Instruction& instruction,
                              OperandKind memory = OperandKind::memory) const {
    const auto kind = [&](OperandKind plain) {
      return plain == OperandKind::a ? a : plain == OperandKind::b ? b : plain == OperandKind::memory ? memory : plain;
    };
    return target_.find(opcode, instruction.dtype, program_.lane_bytes,
                        {instruction.destination == Source::a ? a : b, kind(kind_of(instruction.left)), kind(kind_of(instruction.right))});
  }

  InstructionFunction find_first_vector(Opcode opcode, const Instruction& instruction) const {
    return tiles_ == Tiles::first_vector ? find_on(OperandKind::first_of_a, OperandKind::first_of_b, opcode, instruction) : nullptr;
  }

  InstructionFunction find(Opcode opcode, const Instruction& instruction, OperandKind memory = OperandKind::memory) const {
    if (tiles_ == Tiles::double_length) return find_on(OperandKind::both, OperandKind::b, opcode, instruction, memory);
    if (const InstructionFunction function = find_first_vector(opcode, instruction)) return function;
    return find_on(OperandKind::a, OperandKind::b, opcode, instruction, memory);
  }

  /// Lists the function without masks, if the instruction reads or writes arrays and nothing else in memory.
  void add_walk(LoadedPart& loaded, std::uint32_t index) const {
    const Instruction& instruction = part_.instructions[index];
    const bool is_walk = (is_array(instruction.left) || is_array(instruction.right)) && !stays(instruction.left) && !stays(instruction.right);
    if (tiles_ != Tiles::double_length || !is_walk) return;
    if (const InstructionFunction walking = find(instruction.opcode, instruction, OperandKind::array)) loaded.walks.push_back({index, walking});
  }

  /// The function that stores past the caches.
  InstructionFunction find_streaming(const Instruction& store) const {
    const Opcode opcode = store.opcode == Opcode::store ? Opcode::stream : Opcode::stream_last;
    const InstructionFunction walking = find(opcode, store, OperandKind::array);
    return walking != nullptr ? walking : find(opcode, store);
  }

  InstructionFunction find_summing(const Instruction& store) const {
    return store.opcode == Opcode::store_last ? find(Opcode::sum_last, store) : nullptr;
  }

  InstructionFunction find_strided(const Instruction& load) const {
    if (load.dtype != travelling_dtype(load.dtype)) return nullptr;
    Instruction strided = load;
    strided.right = {Source::constant, 0};
    return find(Opcode::load_strided, strided);
  }

  void add(LoadedPart& loaded, std::uint32_t index) const {
    const Instruction& instruction = part_.instructions[index];
    BoundInstruction bound{};
    bound.function = find(instruction.opcode, instruction);
    // Here verify() and the kernels would disagree about forms.
    if (bound.function == nullptr) throw std::logic_error("no kernel for instruction " + std::to_string(index) + " of\n" + to_text(program_));
    bound.left_mask = stays(instruction.left) ? 0 : -1;
    bound.right_mask = stays(instruction.right) ? 0 : -1;
    for (const bool is_right : {false, true}) {
      const Operand operand = is_right ? instruction.right : instruction.left;
      if (operand.source == Source::constant) write_constant(bound, is_right, program_.constants[operand.index]);
    }
    loaded.instructions.push_back(bound);
    relocate(loaded, index, false, instruction.left);
    relocate(loaded, index, true, instruction.right);
    add_walk(loaded, index);
    if (instruction.left.source == Source::output) {
      const bool is_of_one_element = find_first_vector(instruction.opcode, instruction) != nullptr;
      loaded.stores.push_back({index, find_streaming(instruction), find_summing(instruction), is_of_one_element});
    }
    if (instruction.opcode == Opcode::load && instruction.left.source == Source::input) {
      if (const InstructionFunction strided = find_strided(instruction)) loaded.loads.push_back({index, instruction.left.index, strided});
    }
    loaded.tile_nanoseconds += step_nanoseconds(instruction.opcode) * (tiles_ == Tiles::double_length ? 2 : 1);
  }

  void relocate(LoadedPart& loaded, std::uint32_t index, bool is_right, Operand operand) const {
    const bool is_open = operand.source == Source::scratch || operand.source == Source::slot || operand.source == Source::host;
    if (!is_array(operand) && !is_open) return;
    const std::size_t element_bytes = is_array(operand) ? part_.instructions[index].dtype.size_bytes() : 0;
    loaded.relocations.push_back({index, is_right, operand, static_cast<std::uint32_t>(element_bytes)});
  }

  void add_segment_relocations(LoadedPart& loaded) const {
    std::size_t relocation = 0;
    for (const std::uint32_t start : loaded.segment_starts) {
      std::size_t padding_bytes = 0;
      while (relocation < loaded.relocations.size() && loaded.relocations[relocation].instruction_index < start) {
        const Relocation& one = loaded.relocations[relocation++];
        if (is_array(one.operand)) padding_bytes += padded_tile_bytes(loaded.tile_bytes, loaded.tile_length, one.element_bytes);
      }
      loaded.padding_bytes = std::max(loaded.padding_bytes, padding_bytes);
      loaded.segment_relocations.push_back(static_cast<std::uint32_t>(relocation));
    }
  }

  const ProgramPart& part_;
  const Program& program_;
  const Target& target_;
  Tiles tiles_;
};

std::vector<bool> find_strided_inputs(const LoadedProgram& program) {
  std::vector<bool> result(program.program.input_is_used.size());
  for (const LoadFunctions& load : program.each.loads) result[load.input] = true;
  for (const Relocation& relocation : program.each.relocations) {
    if (relocation.operand.source != Source::input) continue;
    const bool is_listed = std::ranges::binary_search(program.each.loads, relocation.instruction_index, {}, &LoadFunctions::instruction_index);
    if (!is_listed) result[relocation.operand.index] = false;
  }
  return result;
}

}  // namespace

void write_constant(BoundInstruction& instruction, bool is_right, const Scalar& value) noexcept {
  if (value.dtype.is_complex()) {
    instruction.left.constant = value.bits;
    instruction.right.constant = value.imaginary_bits;
  } else {
    (is_right ? instruction.right : instruction.left).constant = value.travelling_bits();
  }
}

std::size_t padded_tile_bytes(std::size_t tile_bytes, std::size_t tile_length, std::size_t element_bytes) noexcept {
  return std::max(tile_bytes, tile_length * element_bytes);
}

LoadedProgram load(Program program, const Target& target, Elements elements) {
  LoadedProgram loaded{.target = &target, .program = std::move(program)};
  const ProgramPart& once = loaded.program.once;
  const ProgramPart& each = loaded.program.each;
  if (!once.instructions.empty()) loaded.once = PartLoader(once, loaded.program, target, Tiles::first_vector).load();
  const PartLoader in_double_tiles(each, loaded.program, target, Tiles::double_length);
  const bool is_double = elements == Elements::many && may_double_tiles(each) && in_double_tiles.has_all_functions();
  const Tiles otherwise = elements == Elements::one ? Tiles::first_vector : Tiles::plain;
  loaded.each = is_double ? in_double_tiles.load() : PartLoader(each, loaded.program, target, otherwise).load();
  if (elements == Elements::many && NativeCode::can_translate(loaded.program, target)) {
    loaded.native_code = std::make_unique<LazyNativeCode>(each.instructions.size(), loaded.each.tile_nanoseconds, loaded.each.tile_length);
  }
  loaded.can_stream = std::ranges::all_of(loaded.each.stores, [](const StoreFunctions& store) { return store.streaming != nullptr; });
  loaded.reads_strided = find_strided_inputs(loaded);
  return loaded;
}

}  // namespace lanewise::inline v0
