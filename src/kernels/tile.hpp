#pragma once
// The signature of an instruction function, the tail call to the next, and the operands of a tile.
//
// An instruction function gets the program counter, the index of the tile's first element, the segment it is in, the end of the elements to run
// that on, and the two accumulators `a` and `b` as four vectors each, which the calling conventions of x86-64 System V and AArch64 pass in
// registers. It changes one accumulator and calls the next instruction in tail position, which compilers turn into a jump; the last of a segment
// so goes on to the first, for the next tile. Without that (sanitizers, -O1) the stack grows by one frame an instruction, so segments are short,
// and what they are run on too.

#include "kernels/registry.hpp"
#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

#define LANEWISE_PARAMETERS                                                                                                        \
  [[maybe_unused]] const BoundInstruction *pc, [[maybe_unused]] size_t element_index, [[maybe_unused]] const BoundInstruction *segment, \
      [[maybe_unused]] size_t element_end, [[maybe_unused]] Register a0, [[maybe_unused]] Register a1, [[maybe_unused]] Register a2,  \
      [[maybe_unused]] Register a3, [[maybe_unused]] Register b0, [[maybe_unused]] Register b1, [[maybe_unused]] Register b2,         \
      [[maybe_unused]] Register b3

using Step = void (*)(const BoundInstruction*, size_t, const BoundInstruction*, size_t, Register, Register, Register, Register, Register, Register,
                      Register, Register);

LANEWISE_INLINE Step step_of(const BoundInstruction* pc) { return reinterpret_cast<Step>(pc->function); }

#if defined(__clang__)
#define LANEWISE_TAIL_CALL [[clang::musttail]] return
#else
#define LANEWISE_TAIL_CALL return
#endif

/// The four vectors of an accumulator.
struct Tile {
  Register v0, v1, v2, v3;
};

/// The instruction after `pc`. The compiler is not told that it is one further, as it would keep both in registers.
LANEWISE_INLINE const BoundInstruction* next_of(const BoundInstruction* pc) {
  ++pc;
  asm("" : "+r"(pc));
  return pc;
}

// Ends an instruction function: calls the next with these accumulators.
#define LANEWISE_NEXT(...)      \
  pc = next_of(pc);             \
  LANEWISE_TAIL_CALL step_of(pc)(pc, element_index, segment, element_end, __VA_ARGS__);

// The same: hands `tile` on as the accumulator `destination`, and the other as it came.
#define LANEWISE_CONTINUE(destination, tile)                                                 \
  if constexpr ((destination) == OperandKind::a) {                                           \
    LANEWISE_NEXT((tile).v0, (tile).v1, (tile).v2, (tile).v3, b0, b1, b2, b3)                \
  } else {                                                                                   \
    LANEWISE_NEXT(a0, a1, a2, a3, (tile).v0, (tile).v1, (tile).v2, (tile).v3)                \
  }

/// A complex vector as it travels: one register of each accumulator.
struct Parts {
  Register re, im;
};

template <class D>
LANEWISE_INLINE Register as_registers(D d, hn::Vec<D> v) {
  return to_register(d, v);
}
template <class D>
LANEWISE_INLINE Parts as_registers(D d, Complex<D> z) {
  return {to_register(d, z.re), to_register(d, z.im)};
}

// Ends an instruction function with the results for its four vectors: of a complex result both accumulators are handed on.
#define LANEWISE_FINISH(destination, results)                                                                                      \
  if constexpr (requires { (results).v0.im; }) {                                                                                    \
    LANEWISE_NEXT((results).v0.re, (results).v1.re, (results).v2.re, (results).v3.re, (results).v0.im, (results).v1.im, (results).v2.im, (results).v3.im) \
  } else {                                                                                                                          \
    LANEWISE_CONTINUE(destination, results)                                                                                         \
  }

/// The accumulators of an instruction function as tiles; the arguments of `read`.
#define LANEWISE_ACCUMULATORS \
  Tile{a0, a1, a2, a3}, Tile { b0, b1, b2, b3 }

/// The four vectors of an operand, typed: `V` is Highway's vector, or Complex; of a complex result Parts.
template <class V>
struct Vectors {
  V v0, v1, v2, v3;
};

/// The four results of an instruction function; their type says which accumulators they go to.
LANEWISE_INLINE Tile four(Register r0, Register r1, Register r2, Register r3) { return {r0, r1, r2, r3}; }
LANEWISE_INLINE Vectors<Parts> four(Parts r0, Parts r1, Parts r2, Parts r3) { return {r0, r1, r2, r3}; }

/// The form with `accumulator` for that of `form`: what `both` does is done for the half in each, what `first_of_a` does for the whole of `a`.
constexpr InstructionForm form_on(InstructionForm form, OperandKind accumulator) {
  const auto replaced = [&](OperandKind kind) {
    if (kind == form.destination) return accumulator;
    return kind == OperandKind::first_of_a ? OperandKind::a : kind == OperandKind::first_of_b ? OperandKind::b : kind;
  };
  return {accumulator, replaced(form.left), replaced(form.right)};
}

/// An instruction function. `Work::results<form, first_vector>(pc, element_index, a, b)` computes the four vectors of a tile, or of a tile of
/// twice the length those from `first_vector` on. Of results that are not used compilers leave nothing.
template <class Work, InstructionForm form>
void instruction(LANEWISE_PARAMETERS) {
  if constexpr (form.destination == OperandKind::both) {
    const auto low = Work::template results<form_on(form, OperandKind::a), 0>(pc, element_index, LANEWISE_ACCUMULATORS);
    const auto high = Work::template results<form_on(form, OperandKind::b), vectors_per_tile>(pc, element_index, LANEWISE_ACCUMULATORS);
    LANEWISE_NEXT(low.v0, low.v1, low.v2, low.v3, high.v0, high.v1, high.v2, high.v3)
  } else if constexpr (form.destination == OperandKind::first_of_a) {
    const auto results = Work::template results<form_on(form, OperandKind::a), 0>(pc, element_index, LANEWISE_ACCUMULATORS);
    LANEWISE_NEXT(results.v0, a1, a2, a3, b0, b1, b2, b3)
  } else if constexpr (form.destination == OperandKind::first_of_b) {
    const auto results = Work::template results<form_on(form, OperandKind::b), 0>(pc, element_index, LANEWISE_ACCUMULATORS);
    LANEWISE_NEXT(a0, a1, a2, a3, results.v0, b1, b2, b3)
  } else {
    const auto results = Work::template results<form, 0>(pc, element_index, LANEWISE_ACCUMULATORS);
    LANEWISE_FINISH(form.destination, results)
  }
}

enum class Side { left, right };

template <Side side>
LANEWISE_INLINE BoundInstruction::Word operand_word(const BoundInstruction* pc) {
  return side == Side::left ? pc->left : pc->right;
}

constexpr bool is_in_memory(OperandKind kind) { return kind == OperandKind::memory || kind == OperandKind::array; }

/// Returns where the tile of an operand in memory begins.
template <OperandKind kind, Side side, size_t element_bytes>
LANEWISE_INLINE const unsigned char* operand_address(const BoundInstruction* pc, size_t element_index) {
  static_assert(is_in_memory(kind));
  if constexpr (kind == OperandKind::memory) {
    const int32_t mask = side == Side::left ? pc->left_mask : pc->right_mask;
    element_index &= static_cast<size_t>(static_cast<ptrdiff_t>(mask));
  }
  return static_cast<const unsigned char*>(operand_word<side>(pc).read) + element_index * element_bytes;
}

template <class D>
LANEWISE_INLINE hn::Vec<D> load_vector(D d, const unsigned char* tile, size_t vector_index) {
  return hn::LoadU(d, reinterpret_cast<const hn::TFromD<D>*>(tile) + vector_index * lane_count<D>);
}

template <class T>
LANEWISE_INLINE T constant_value(BoundInstruction::Word word) {
  T value;
  memcpy(&value, &word, sizeof(value));
  return value;
}

template <class T, size_t lane_bytes>
LANEWISE_INLINE auto splat_constant(BoundInstruction::Word word) {
  const TagOf<T, lane_bytes> d;
  const T value = constant_value<T>(word);
  if constexpr (hwy::IsSame<T, bool>()) {
    return hn::Set(d, static_cast<hn::TFromD<decltype(d)>>(value ? -1 : 0));
  } else {
    return hn::Set(d, value);
  }
}

/// The element type whose values are read; of complex ones, how.
template <class T, size_t lane_bytes>
struct Reader {
  using D = TagOf<T, lane_bytes>;
  using Result = Vectors<hn::Vec<D>>;

  static LANEWISE_INLINE Result memory(const unsigned char* tile, size_t first_vector) {
    const D d;
    return {load_vector(d, tile, first_vector), load_vector(d, tile, first_vector + 1), load_vector(d, tile, first_vector + 2),
            load_vector(d, tile, first_vector + 3)};
  }
  static LANEWISE_INLINE Result accumulator(const Tile& tile) {
    const D d;
    return {from_register(d, tile.v0), from_register(d, tile.v1), from_register(d, tile.v2), from_register(d, tile.v3)};
  }
  static LANEWISE_INLINE Result constant(BoundInstruction::Word word) {
    const auto value = splat_constant<T, lane_bytes>(word);
    return {value, value, value, value};
  }
};

/// The tiles of a complex scratch tile lie one behind the other.
inline constexpr size_t tile_bytes = vectors_per_tile * vector_bytes;

template <class Part, size_t lane_bytes>
struct Reader<ComplexOf<Part>, lane_bytes> {
  using OfParts = Reader<Part, lane_bytes>;
  using Result = Vectors<Complex<TagOf<Part, lane_bytes>>>;

  static LANEWISE_INLINE Result join(typename OfParts::Result re, typename OfParts::Result im) {
    return {{re.v0, im.v0}, {re.v1, im.v1}, {re.v2, im.v2}, {re.v3, im.v3}};
  }
  static LANEWISE_INLINE Result memory(const unsigned char* tile, size_t) {
    return join(OfParts::memory(tile, 0), OfParts::memory(tile + tile_bytes, 0));
  }
};

/// Returns four vectors of an operand of element type `T`. One in memory lies there as it travels, so a truth or complex value can only be a
/// scratch tile.
template <OperandKind kind, Side side, class T, size_t lane_bytes, size_t first_vector>
LANEWISE_INLINE auto read(const BoundInstruction* pc, size_t element_index, const Tile& a, const Tile& b) {
  using Of = Reader<T, lane_bytes>;
  constexpr bool is_complex = requires { typename Of::OfParts; };
  if constexpr (is_in_memory(kind)) {
    return Of::memory(operand_address<kind, side, sizeof(hn::TFromD<TagOf<T, lane_bytes>>)>(pc, element_index), first_vector);
  } else if constexpr (is_complex && kind == OperandKind::constant) {
    return Of::join(Of::OfParts::constant(pc->left), Of::OfParts::constant(pc->right));
  } else if constexpr (is_complex) {
    static_assert(kind == OperandKind::a);
    return Of::join(Of::OfParts::accumulator(a), Of::OfParts::accumulator(b));
  } else if constexpr (kind == OperandKind::constant) {
    return Of::constant(operand_word<side>(pc));
  } else {
    static_assert(kind == OperandKind::a || kind == OperandKind::b);
    return Of::accumulator(kind == OperandKind::a ? a : b);
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
