#include "kernels/run_instruction.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "ops/operation.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Kind = OperandKind;

Kind other(Kind accumulator) { return accumulator == Kind::a ? Kind::b : Kind::a; }

bool is_first_vector(Kind kind) { return kind == Kind::first_of_a || kind == Kind::first_of_b; }

/// The accumulator as loads and stores know it.
Kind whole(Kind accumulator) {
  switch (accumulator) {
    case Kind::first_of_a: return Kind::a;
    case Kind::first_of_b: return Kind::b;
    default: return accumulator;
  }
}

/// Whether a form leaves no accumulator alone.
bool is_of_one_accumulator(Kind destination) { return destination == Kind::both || is_first_vector(destination); }

/// Nothing is kept beside a complex value, or one for which there is one accumulator.
bool keeps_nothing(const InstructionCase& instruction) {
  return instruction.operand_dtype.is_complex() || instruction.result_dtype.is_complex() || is_of_one_accumulator(instruction.form.destination);
}

/// Scratch tiles for each memory operand of type bool or complex, as such an operand lies there in the form it travels in.
struct ScratchTiles {
  struct alignas(64) Operand {
    std::byte bytes[512];
  };
  std::array<Operand, 2> operands;
};

/// Builds the program of one case.
class ProgramBuilder {
 public:
  explicit ProgramBuilder(const InstructionCase& instruction) : case_(instruction), scratch_(std::make_unique<ScratchTiles>()) {}

  void load(Kind accumulator, const Elements& values) {
    add(Opcode::load, values.dtype(), {accumulator, Kind::memory, Kind::none}, array(values), {});
  }

  void store(Kind accumulator, Elements& values, bool last) {
    add(last ? Opcode::store_last : Opcode::store, values.dtype(), {accumulator, Kind::memory, Kind::none}, array(values), {});
  }

  /// Prepares an operand from memory; returns where the instruction finds it.
  struct Place {
    BoundInstruction::Word word{};
    BoundInstruction::Word imaginary{};  ///< of a constant
    std::int32_t mask = 0;
  };
  Place memory_operand(const Elements& values, std::size_t index) {
    if (!values.dtype().is_bool() && !values.dtype().is_complex()) return array(values);
    const Kind accumulator = whole(case_.form.destination) == Kind::both ? Kind::both : Kind::a;
    load(accumulator, values);
    Place tile;
    tile.word.read = scratch_->operands[index].bytes;
    add(Opcode::spill, values.dtype(), {accumulator, Kind::memory, Kind::none}, tile, {});
    return tile;
  }

  Place operand(Kind kind, const Elements& values, std::size_t index) {
    if (kind == Kind::memory) return memory_operand(values, index);
    Place place;
    if (kind == Kind::array) place.word.read = values.data();
    if (kind == Kind::constant) {
      place.word.constant = values[0].travelling_bits();
      place.imaginary.constant = values[0].imaginary_bits;
    }
    return place;
  }

  void add(Opcode opcode, DType dtype, InstructionForm form, Place left, Place right) {
    BoundInstruction bound{};
    bound.function = case_.target->find(opcode, dtype, case_.lane_bytes, form);
    bound.left = left.word;
    bound.right = right.word;
    if (dtype.is_complex() && form.left == Kind::constant) bound.right = left.imaginary;
    if (dtype.is_complex() && form.right == Kind::constant) bound.left = right.word, bound.right = right.imaginary;
    bound.left_mask = left.mask;
    bound.right_mask = right.mask;
    complete_ = complete_ && bound.function != nullptr;
    program_.push_back(bound);
  }

  void run(std::size_t element_count) const {
    if (!complete_) throw std::logic_error("a form is missing for " + to_text(case_));
    const BoundInstruction* segment = program_.data();
    case_.target->run_tiles(&segment, 1, 0, element_count, tile_length(*case_.target, case_.lane_bytes, whole(case_.form.destination)));
  }

 private:
  static Place array(const Elements& values) {
    Place place;
    place.word.read = values.data();
    place.mask = -1;
    return place;
  }

  InstructionCase case_;
  std::unique_ptr<ScratchTiles> scratch_;
  std::vector<BoundInstruction> program_;
  bool complete_ = true;
};

/// Numbers that show when an accumulator is overwritten.
Elements marked_elements(DType dtype, std::size_t count) {
  std::vector<Scalar> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = dtype == DType::int64 ? Scalar::of(std::int64_t(i * 0x9E3779B97F4A7C15u))
                                      : Scalar::of(std::int32_t(std::uint32_t(i) * 0x9E3779B9u));
  }
  return {dtype, values};
}

bool same_bytes(const Elements& x, const Elements& y) { return std::memcmp(x.data(), y.data(), x.size() * x.dtype().size_bytes()) == 0; }

std::string name_of(Kind kind) {
  constexpr const char* names[] = {"-", "a", "b", "memory", "array", "constant", "same", "both", "first of a", "first of b"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace

Elements::Elements(DType dtype, std::size_t count) : dtype_(dtype), count_(count), bytes_((count + 1) * dtype.size_bytes()) {}

Elements::Elements(DType dtype, const std::vector<Scalar>& values) : Elements(dtype, values.size()) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i].write(data() + i * dtype.size_bytes());
}

Scalar Elements::operator[](std::size_t index) const {
  Scalar scalar{dtype_};
  scalar.read(data() + index * dtype_.size_bytes());
  return scalar;
}

bool has_form(const InstructionCase& instruction) {
  return instruction.target->find(instruction.opcode, instruction.operand_dtype, instruction.lane_bytes, instruction.form) != nullptr;
}

namespace {

InstructionResult run_with_both_accumulators(const InstructionCase& instruction, const Elements& left, const Elements& right,
                                             const Elements* state) {
  const InstructionForm form = instruction.form;
  ProgramBuilder program(instruction);
  const auto left_place = program.operand(form.left, left, 0);
  const bool has_right = form.right != Kind::none && form.right != Kind::same;
  const auto right_place = has_right ? program.operand(form.right, right, 1) : ProgramBuilder::Place{};
  if (state != nullptr) program.load(whole(form.destination), *state);
  for (const Kind accumulator : {Kind::a, Kind::b, Kind::both, Kind::first_of_a, Kind::first_of_b}) {
    if (form.left == accumulator) program.load(whole(accumulator), left);
    if (form.right == accumulator) program.load(whole(accumulator), right);
  }
  program.add(instruction.opcode, instruction.operand_dtype, form, left_place, right_place);
  InstructionResult result{Elements(instruction.result_dtype, left.size()), true};
  program.store(whole(form.destination), result.values, true);
  program.run(left.size());
  return result;
}

}  // namespace

InstructionResult run_instruction(const InstructionCase& instruction, const Elements& left, const Elements& right, const Elements* state) {
  if (keeps_nothing(instruction)) {
    return run_with_both_accumulators(instruction, left, right, state);
  }
  const InstructionForm form = instruction.form;
  const Kind other_accumulator = other(form.destination);
  const DType lane_dtype = instruction.lane_bytes == 8 ? DType::int64 : DType::int32;
  const Elements* kept = nullptr;
  if (form.left == other_accumulator) kept = &left;
  if (form.right == other_accumulator) kept = &right;
  const Elements marks = marked_elements(lane_dtype, left.size());
  if (kept == nullptr) kept = &marks;

  ProgramBuilder program(instruction);
  const auto left_place = program.operand(form.left, left, 0);
  const auto right_place =
      form.right == Kind::none || form.right == Kind::same ? ProgramBuilder::Place{} : program.operand(form.right, right, 1);
  program.load(other_accumulator, *kept);
  if (state != nullptr) program.load(form.destination, *state);
  if (form.left == form.destination) program.load(form.destination, left);
  if (form.right == form.destination) program.load(form.destination, right);
  program.add(instruction.opcode, instruction.operand_dtype, form, left_place, right_place);

  InstructionResult result{Elements(instruction.result_dtype, left.size()), false};
  Elements kept_after(kept->dtype(), left.size());
  program.store(form.destination, result.values, false);
  program.store(other_accumulator, kept_after, true);
  program.run(left.size());
  result.other_accumulator_kept = same_bytes(*kept, kept_after);
  return result;
}

std::size_t tile_length(const Target& target, std::size_t lane_bytes, Kind accumulator) {
  return (accumulator == Kind::both ? 2 : 1) * target.tile_length(lane_bytes);
}

bool counts(const InstructionCase& instruction, std::size_t element_index) {
  const std::size_t length = instruction.target->tile_length(instruction.lane_bytes);
  return !is_first_vector(instruction.form.destination) || element_index % length < length / vectors_per_tile;
}

std::string to_text(const InstructionCase& instruction) {
  const auto index = static_cast<std::size_t>(instruction.opcode);
  const std::string name =
      index < kernel_operation_count ? std::string(operation(static_cast<OperationId>(index)).name) : "opcode " + std::to_string(index);
  return std::string(instruction.target->name) + " " + name + "." + std::string(instruction.operand_dtype.name()) + ", lanes of " +
         std::to_string(instruction.lane_bytes) + " bytes: " + name_of(instruction.form.destination) + " <- " +
         name_of(instruction.form.left) + " " + name_of(instruction.form.right);
}

namespace {

/// The forms of an operation on complex values, or that makes one of real values.
std::vector<InstructionForm> promised_complex_forms(const Operation& row, DType dtype) {
  const Kind a = Kind::a, b = Kind::b, memory = Kind::memory, constant = Kind::constant;
  if (row.form.operand_count == 1) return {{a, a, Kind::none}};
  if (row.form.operand_count == 3) return {{a, memory, memory}};
  if (!dtype.is_complex()) {
    return {{a, a, b}, {a, b, a}, {a, a, memory}, {a, a, constant}, {a, memory, a}, {a, constant, a}};
  }
  if (row.algebra.commutative) return {{a, a, memory}, {a, a, constant}};
  return {{a, a, memory}, {a, a, constant}, {a, memory, a}, {a, constant, a}};
}

}  // namespace

std::vector<InstructionForm> promised_forms(Opcode opcode, DType dtype) {
  if (const auto index = static_cast<std::size_t>(opcode); index < kernel_operation_count) {
    const Operation& row = operation(static_cast<OperationId>(index));
    const bool makes_complex = type_operands(row.type_rule, dtype, false).result.is_complex();
    if (dtype.is_complex() || makes_complex) return promised_complex_forms(row, dtype);
  }
  std::vector<InstructionForm> forms;
  for (const auto& [d, o] : {std::pair{Kind::a, Kind::b}, std::pair{Kind::b, Kind::a}, std::pair{Kind::both, Kind::both},
                             std::pair{Kind::first_of_a, Kind::first_of_b}, std::pair{Kind::first_of_b, Kind::first_of_a}}) {
    const bool has_other = d != o;
    const auto promise = [&forms, dtype, d = d](std::initializer_list<std::pair<Kind, Kind>> operands) {
      for (const auto& [left, right] : operands) {
        forms.push_back({d, left, right});
        const auto walked = [](Kind kind) { return kind == Kind::memory ? Kind::array : kind; };
        const bool reads_memory = left == Kind::memory || right == Kind::memory;
        if (d == Kind::both && reads_memory && !dtype.is_bool()) forms.push_back({d, walked(left), walked(right)});
      }
    };
    const auto index = static_cast<std::size_t>(opcode);
    if (index >= kernel_operation_count) {
      if (!is_first_vector(d)) promise({{Kind::memory, Kind::memory}, {Kind::memory, Kind::constant}, {Kind::memory, Kind::same}});
      continue;
    }
    const Operation& row = operation(static_cast<OperationId>(index));
    if (row.cost == Cost::heavy && d == Kind::both) continue;
    const bool may_need_no_accumulator = row.cost == Cost::cheap && !is_first_vector(d);
    if (row.form.operand_count == 1) {
      promise({{d, Kind::none}});
      if (may_need_no_accumulator) promise({{Kind::memory, Kind::none}});
    } else if (row.form.operand_count == 2) {
      if (has_other) promise({{d, o}});
      if (has_other && !row.algebra.commutative) promise({{o, d}});
      promise({{d, Kind::memory}, {d, Kind::constant}});
      if (!row.algebra.commutative) promise({{Kind::memory, d}, {Kind::constant, d}});
      if (may_need_no_accumulator) promise({{Kind::memory, Kind::memory}, {Kind::memory, Kind::constant}});
      if (may_need_no_accumulator && !row.algebra.commutative) promise({{Kind::constant, Kind::memory}});
      if (may_need_no_accumulator && row.algebra.commutative) promise({{d, Kind::same}, {Kind::memory, Kind::same}});
    } else if (!is_first_vector(d)) {
      for (const Kind left : {o, Kind::memory, Kind::constant}) {
        for (const Kind right : {o, Kind::memory, Kind::constant}) {
          if (has_other ? left != o || right != o : left != o && right != o) promise({{left, right}});
        }
      }
    }
  }
  return forms;
}

Scalar as_it_travels(Scalar value) { return {travelling_dtype(value.dtype), value.travelling_bits(), value.imaginary_bits}; }

bool same_value(Scalar x, Scalar y) {
  if (x.dtype.is_complex() && x.dtype == y.dtype) {
    const DType part = part_of(x.dtype);
    return same_value({part, x.bits}, {part, y.bits}) && same_value({part, x.imaginary_bits}, {part, y.imaginary_bits});
  }
  if (x.dtype == DType::float32 && y.dtype == DType::float32 && std::isnan(x.as<float>())) return std::isnan(y.as<float>());
  if (x.dtype == DType::float64 && y.dtype == DType::float64 && std::isnan(x.as<double>())) return std::isnan(y.as<double>());
  return x == y;
}

}  // namespace lanewise::inline v0::kernel_tests
