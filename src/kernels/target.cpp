// The instruction functions of one CPU target, and where to find each.
//
// In: the table of operations, and a body for each row. Out: one function, LANEWISE_TARGET_FUNCTION, that returns the Target.
// Compiled once for each CPU target with that target's flags; nothing else here has a name outside this unit, and no function of the
// standard library is compiled in, as the linker might hand one made for this target to code that runs everywhere.

#include "kernels/arithmetic.hpp"
#include "kernels/cast.hpp"
#include "kernels/compare.hpp"
#include "kernels/exponential.hpp"
#include "kernels/hyperbolic.hpp"
#include "kernels/load_store.hpp"
#include "kernels/logic.hpp"
#include "kernels/lookup.hpp"
#include "kernels/power.hpp"
#include "kernels/rounding.hpp"
#include "kernels/select.hpp"
#include "kernels/trigonometric.hpp"
#include "ops/type_rules.hpp"

namespace lanewise::inline v0::kernels {
namespace {

// ---- The columns of the table that kernels need, by the row's name

namespace operand_counts {
constexpr int infix_left(int) { return 2; }
constexpr int infix_right(int) { return 2; }
constexpr int infix_chain(int) { return 2; }
constexpr int prefix(int) { return 1; }
constexpr int call(int operand_count) { return operand_count; }
#define OPERATION(id, spellings, form, ...) constexpr int of_##id = form;
#include "ops/operations.def"
}  // namespace operand_counts

namespace algebras {
constexpr int none = 0;
constexpr int commutative = 1;
constexpr int involution = 0;
constexpr int right_identity(int) { return 0; }
#define OPERATION(id, spellings, form, types, algebra, ...) constexpr bool of_##id = (algebra) == 1;
#include "ops/operations.def"
}  // namespace algebras

namespace costs {
constexpr bool cheap = true;
constexpr bool heavy = false;
#define OPERATION(id, spellings, form, types, algebra, cost, ...) constexpr bool of_##id = cost;
#include "ops/operations.def"
}  // namespace costs

// ---- From a dtype to the types of its functions

template <class T>
constexpr DType::Code code_of = DType::Code::bool_;
template <>
constexpr DType::Code code_of<int32_t> = DType::Code::int32;
template <>
constexpr DType::Code code_of<int64_t> = DType::Code::int64;
template <>
constexpr DType::Code code_of<float> = DType::Code::float32;
template <>
constexpr DType::Code code_of<double> = DType::Code::float64;

/// An element type in lanes of a width.
template <class T, size_t lane_bytes>
struct Lanes {
  using Element = T;
  static constexpr size_t bytes = lane_bytes;
  static constexpr DType dtype() { return DType{code_of<T>}; }
};

/// Calls `visit` with every Lanes that programs use.
template <class Visit>
LANEWISE_INLINE void for_each_lanes(Visit visit) {
  visit(Lanes<bool, narrow_lane_bytes>());
  visit(Lanes<int32_t, narrow_lane_bytes>());
  visit(Lanes<float, narrow_lane_bytes>());
  visit(Lanes<bool, wide_lane_bytes>());
  visit(Lanes<int32_t, wide_lane_bytes>());
  visit(Lanes<float, wide_lane_bytes>());
  visit(Lanes<int64_t, wide_lane_bytes>());
  visit(Lanes<double, wide_lane_bytes>());
}

// ---- From a row to its functions

/// The type whose functions serve `T` where an instruction only moves bits: that of the bits. Of a truth value it is as wide as the lane.
template <class T, size_t lane_bytes>
using Bits = SignedOf<sizeof(Travelling<T, lane_bytes>)>;

constexpr bool has_constant(InstructionForm form) { return form.left == OperandKind::constant || form.right == OperandKind::constant; }

/// Bodies of truth values work on integers; only a constant needs to be made into one.
template <class T, size_t lane_bytes, InstructionForm form>
using OperandType = std::conditional_t<std::is_same_v<T, bool> && !has_constant(form), Bits<T, lane_bytes>, T>;

template <class Body, class T>
constexpr auto body_for() {
  if constexpr (std::is_same_v<T, bool>) {
    return std::type_identity<typename Body::truth>();
  } else {
    return std::type_identity<Body>();
  }
}
template <class Body, class T>
using BodyFor = typename decltype(body_for<Body, T>())::type;

template <class Body, class T, size_t lane_bytes>
struct OfOneOperand {
  template <InstructionForm form>
  static constexpr Step function = one_operand<BodyFor<Body, T>, OperandType<T, lane_bytes, form>, lane_bytes, form>;
};

template <class Body, bool cheap, class T, size_t lane_bytes>
struct OfTwoOperands {
  template <InstructionForm form>
  static constexpr Step function = two_operands<BodyFor<Body, T>, cheap, OperandType<T, lane_bytes, form>, lane_bytes, form>;
};

template <class Body, class T, size_t lane_bytes>
struct OfChoice {
  template <InstructionForm form>
  static constexpr Step function =
      three_operands<Body, std::conditional_t<std::is_same_v<T, bool> && has_constant(form), bool, Bits<T, lane_bytes>>, lane_bytes, form>;
};

template <class Body, class T, size_t lane_bytes>
struct OfProduct {
  template <InstructionForm form>
  static constexpr Step function = three_operands<Body, T, lane_bytes, form>;
};

template <class T, size_t lane_bytes>
struct OfLoad {
  template <InstructionForm form>
  static constexpr Step function = load_tile<T, lane_bytes, form>;
};

template <class T, size_t lane_bytes, Caches caches, Ending ending>
struct OfStore {
  template <InstructionForm form>
  static constexpr Step function = store_tile<T, lane_bytes, caches, ending, form>;
};

struct OfEnd {
  template <InstructionForm form>
  static constexpr Step function = end_segment;
};

template <class Functions, InstructionForm form>
void enter_form() {
  constexpr InstructionForm copy = form;  // a template argument used as an object would be a weak symbol
  enter(copy, Functions::template function<form>);
}
template <class Functions, InstructionForm... forms>
void enter_all(Forms<forms...>) {
  (enter_form<Functions, forms>(), ...);
}

using IntoA = FormsInto<OperandKind::a, OperandKind::b>;
using IntoB = FormsInto<OperandKind::b, OperandKind::a>;

template <class Into, class Functions, bool cheap>
void enter_one_operand() {
  enter_all<Functions>(typename Into::OneOperand());
  if constexpr (cheap) enter_all<Functions>(typename Into::OneOperandMemory());
}

template <class Into, class Functions, bool cheap, bool commutative>
void enter_two_operands() {
  enter_all<Functions>(typename Into::TwoOperands());
  if constexpr (!commutative) enter_all<Functions>(typename Into::TwoOperandsExchanged());
  if constexpr (cheap) enter_all<Functions>(typename Into::TwoOperandsMemory());
  if constexpr (cheap && commutative) enter_all<Functions>(typename Into::TwoOperandsSame());
  if constexpr (cheap && !commutative) enter_all<Functions>(typename Into::TwoOperandsMemoryExchanged());
}

/// Whether the result of a body is no wider than the lanes.
template <class Body, size_t lane_bytes>
constexpr bool fits_lanes() {
  if constexpr (requires { Body::result_bytes; }) {
    return Body::result_bytes <= lane_bytes;
  } else {
    return true;
  }
}

template <Opcode opcode, class Body, int operand_count, TypeRule rule, bool commutative, bool cheap>
void enter_operation() {
  for_each_lanes([](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t lane_bytes = decltype(lanes)::bytes;
    if constexpr (has_kernel(rule, lanes.dtype()) && fits_lanes<Body, lane_bytes>()) {
      open_range(opcode, lanes.dtype(), lane_bytes);
      if constexpr (operand_count == 1) {
        enter_one_operand<IntoA, OfOneOperand<Body, T, lane_bytes>, cheap>();
        enter_one_operand<IntoB, OfOneOperand<Body, T, lane_bytes>, cheap>();
      } else if constexpr (operand_count == 2) {
        enter_two_operands<IntoA, OfTwoOperands<Body, cheap, T, lane_bytes>, cheap, commutative>();
        enter_two_operands<IntoB, OfTwoOperands<Body, cheap, T, lane_bytes>, cheap, commutative>();
      } else {
        enter_all<OfChoice<Body, T, lane_bytes>>(IntoA::Choice());
        enter_all<OfChoice<Body, T, lane_bytes>>(IntoB::Choice());
      }
      close_range(opcode, lanes.dtype(), lane_bytes);
    }
  });
}

// ---- The machine's own instructions

template <Opcode opcode, class Body>
void enter_product() {
  for_each_lanes([](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t lane_bytes = decltype(lanes)::bytes;
    if constexpr (!std::is_same_v<T, bool>) {
      open_range(opcode, lanes.dtype(), lane_bytes);
      enter_all<OfProduct<Body, T, lane_bytes>>(IntoA::Product());
      enter_all<OfProduct<Body, T, lane_bytes>>(IntoB::Product());
      close_range(opcode, lanes.dtype(), lane_bytes);
    }
  });
}

template <Opcode opcode, class Functions, class Lanes>
void enter_move(Lanes lanes) {
  open_range(opcode, lanes.dtype(), Lanes::bytes);
  enter_all<Functions>(IntoA::OneOperandMemory());
  enter_all<Functions>(IntoB::OneOperandMemory());
  if constexpr (opcode == Opcode::load) {
    enter_all<Functions>(IntoA::OneOperandConstant());
    enter_all<Functions>(IntoB::OneOperandConstant());
  }
  close_range(opcode, lanes.dtype(), Lanes::bytes);
}

void enter_moves() {
  for_each_lanes([](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t lane_bytes = decltype(lanes)::bytes;
    using Travels = Bits<T, lane_bytes>;
    using InArray = std::conditional_t<std::is_same_v<T, bool>, bool, Travels>;
    constexpr Caches streamed = std::is_same_v<T, bool> ? Caches::use : Caches::bypass;
    enter_move<Opcode::load, OfLoad<InArray, lane_bytes>>(lanes);
    enter_move<Opcode::reload, OfLoad<Travels, lane_bytes>>(lanes);
    enter_move<Opcode::spill, OfStore<Travels, lane_bytes, Caches::use, Ending::go_on>>(lanes);
    enter_move<Opcode::store, OfStore<InArray, lane_bytes, Caches::use, Ending::go_on>>(lanes);
    enter_move<Opcode::store_last, OfStore<InArray, lane_bytes, Caches::use, Ending::tile_done>>(lanes);
    enter_move<Opcode::stream, OfStore<InArray, lane_bytes, streamed, Ending::go_on>>(lanes);
    enter_move<Opcode::stream_last, OfStore<InArray, lane_bytes, streamed, Ending::tile_done>>(lanes);
  });
}

// The end of a segment moves nothing, so it is there for every dtype in lanes of any width.
void enter_end() {
  for (const DType::Code code : {DType::Code::bool_, DType::Code::int32, DType::Code::int64, DType::Code::float32, DType::Code::float64}) {
    for (const size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      open_range(Opcode::end, DType{code}, lane_bytes);
      enter_all<OfEnd>(IntoA::NoOperand());
      enter_all<OfEnd>(IntoB::NoOperand());
      close_range(Opcode::end, DType{code}, lane_bytes);
    }
  }
}

void enter_everything() {
#define OPERATION(id, spellings, form, types, ...) \
  enter_operation<Opcode::id, id, operand_counts::of_##id, TypeRule::types, algebras::of_##id, costs::of_##id>();
#include "ops/operations.def"
  enter_product<Opcode::add_product, add_product>();
  enter_product<Opcode::subtract_product, subtract_product>();
  enter_product<Opcode::subtract_from_product, subtract_from_product>();
  enter_moves();
  enter_end();
}

// ---- Running

/// Leaves `r` undefined without the compiler's knowledge, so that it neither zeroes nor warns.
LANEWISE_INLINE void leave_undefined(Register& r) {
#if HWY_ARCH_X86
  asm volatile("" : "=v"(r));
#else
  asm volatile("" : "=w"(r));
#endif
}

/// Starts a segment on one tile. The accumulators hold nothing yet: saying so for each call keeps the compiler from saving and restoring
/// eight vectors around it.
LANEWISE_INLINE void run_segment(const BoundInstruction* segment, size_t element_index) {
  Register a0, a1, a2, a3, b0, b1, b2, b3;
  leave_undefined(a0), leave_undefined(a1), leave_undefined(a2), leave_undefined(a3);
  leave_undefined(b0), leave_undefined(b1), leave_undefined(b2), leave_undefined(b3);
  step_of(segment)(segment, element_index, a0, a1, a2, a3, b0, b1, b2, b3);
}

/// Lets code compiled for SSE run at full speed again: it waits for the upper halves of the registers as long as they are in use.
LANEWISE_INLINE void leave_wide_registers() {
#if defined(__AVX__)
  _mm256_zeroupper();
#endif
}

LANEWISE_INLINE void run_segments(const BoundInstruction* const* segments, size_t segment_count, size_t element_index) {
  for (size_t s = 0; s < segment_count; ++s) run_segment(segments[s], element_index);
}

template <size_t lane_bytes>
constexpr size_t tile_length = vectors_per_tile* vector_bytes / lane_bytes;

template <size_t lane_bytes>
void run_tiles(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last) {
  if (segment_count == 1) {
    const BoundInstruction* const segment = segments[0];
    for (size_t i = first; i < last; i += tile_length<lane_bytes>) run_segment(segment, i);
  } else {
    for (size_t i = first; i < last; i += tile_length<lane_bytes>) run_segments(segments, segment_count, i);
  }
  leave_wide_registers();
}

constexpr size_t cache_line_bytes = 64;

/// How far ahead of the tile in work its inputs are asked for: into the first cache, and further ahead into the second. A tile reads each array
/// in a burst, which the processor's own prefetching serves worse than an even stream; so lines are asked for from one array after the other.
/// bench/README.md has what each part of this is worth. Distances of 512 and 3072 bytes did as well, 256 and 2048 a little worse.
constexpr size_t near_bytes = 1024;
constexpr size_t far_bytes = 4096;

template <size_t lane_bytes>
LANEWISE_INLINE void prefetch_tile(const InputStream* streams, size_t stream_count, size_t element_index) {
  for (size_t line = 0; line < tile_length<lane_bytes> * lane_bytes; line += cache_line_bytes) {
    for (size_t s = 0; s < stream_count; ++s) {
      const size_t element_bytes = streams[s].element_bytes;
      if (line >= tile_length<lane_bytes> * element_bytes) continue;
      const auto* address = reinterpret_cast<const char*>(streams[s].address) + element_index * element_bytes + line;
      __builtin_prefetch(address + near_bytes, 0, 3);
      __builtin_prefetch(address + far_bytes, 0, 2);
    }
  }
}

template <size_t lane_bytes>
void run_tiles_ahead(const BoundInstruction* const* segments, size_t segment_count, size_t first, size_t last, const InputStream* streams,
                     size_t stream_count) {
  for (size_t i = first; i < last; i += tile_length<lane_bytes>) {
    prefetch_tile<lane_bytes>(streams, stream_count, i);
    run_segments(segments, segment_count, i);
  }
  leave_wide_registers();
}

constexpr Target target{LANEWISE_TARGET_NAME,
                        vector_bytes,
                        run_tiles<narrow_lane_bytes>,
                        run_tiles<wide_lane_bytes>,
                        run_tiles_ahead<narrow_lane_bytes>,
                        run_tiles_ahead<wide_lane_bytes>,
                        find_function};

}  // namespace
}  // namespace lanewise::inline v0::kernels

extern "C" __attribute__((visibility("hidden"))) const lanewise::Target* LANEWISE_TARGET_FUNCTION() {
  lanewise::kernels::enter_everything();
  return &lanewise::kernels::target;
}
