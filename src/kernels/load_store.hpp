#pragma once
// Instructions that move a tile between memory and an accumulator. Where elements lie in memory as they travel, blind to type: keyed by the
// width of the elements and of the lanes. Scratch tiles keep values as they travel, so there `spill` and `reload` of a truth value move integers.

#include "kernels/array_elements.hpp"
#include "kernels/fold.hpp"
#include "kernels/forms.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// How elements of type `T` are moved that lie in memory as they travel.
template <class T, size_t lane_bytes>
struct PlainElement {
  static constexpr size_t bytes = sizeof(Travelling<T, lane_bytes>);
  using Travels = T;
  using D = TagOf<T, lane_bytes>;

  static LANEWISE_INLINE Register load(const unsigned char* memory) { return to_register(D(), load_vector(D(), memory, 0)); }

  template <Caches caches>
  static LANEWISE_INLINE void store(unsigned char* memory, Register lanes) {
    store_vector<caches>(D(), from_register(D(), lanes), memory);
  }
};

template <class T, size_t lane_bytes>
struct ElementOf {
  using Type = PlainElement<T, lane_bytes>;
};
template <class T, size_t lane_bytes>
struct ElementOf<InArray<T>, lane_bytes> {
  using Type = ArrayElement<T, lane_bytes>;
};

/// d := left, memory or a constant
template <class T, size_t lane_bytes>
struct LoadTile {
  using Element = typename ElementOf<T, lane_bytes>::Type;
  using D = typename Element::D;

  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE auto results(const BoundInstruction* pc, size_t element_index, Tile a, Tile b) {
    if constexpr (form.left == OperandKind::constant || is_complex_type<T>) {
      const auto x = read<form.left, Side::left, typename Element::Travels, lane_bytes, first_vector>(pc, element_index, a, b);
      return four(as_registers(D(), x.v0), as_registers(D(), x.v1), as_registers(D(), x.v2), as_registers(D(), x.v3));
    } else {
      constexpr size_t stride = lane_count<D> * Element::bytes;
      const unsigned char* memory = operand_address<form.left, Side::left, Element::bytes>(pc, element_index) + first_vector * stride;
      return four(Element::load(memory), Element::load(memory + stride), Element::load(memory + 2 * stride), Element::load(memory + 3 * stride));
    }
  }
};

#if HWY_TARGET == HWY_AVX2
/// Returns elements `step` bytes apart. One by one: what gathers is slower on AMD's processors, and on Intel's that are guarded against leaks by it.
template <class D>
LANEWISE_INLINE hn::Vec<D> load_spread(D d, const unsigned char* memory, ptrdiff_t step) {
  using T = hn::TFromD<D>;
  const auto element = [&](ptrdiff_t index) __attribute__((always_inline)) {
    std::conditional_t<sizeof(T) == 8, double, int32_t> value;
    memcpy(&value, memory + index * step, sizeof(value));
    return value;
  };
  if constexpr (sizeof(T) == 8) {
    return hn::BitCast(d, hn::Vec256<double>{_mm256_setr_pd(element(0), element(1), element(2), element(3))});
  } else if constexpr (lane_count<D> == 4) {
    return hn::BitCast(d, hn::Vec128<int32_t>{_mm_setr_epi32(element(0), element(1), element(2), element(3))});
  } else {
    return hn::BitCast(d, hn::Vec256<int32_t>{_mm256_setr_epi32(element(0), element(1), element(2), element(3), element(4), element(5), element(6),
                                                                 element(7))});
  }
}
#else
/// Lane i of the result is i * step; `step` fits into 32 bits.
template <class D>
LANEWISE_INLINE hn::Vec<D> offsets_of_lanes(D d, ptrdiff_t step) {
  const auto lanes = hn::Iota(d, 0);
  const auto steps = hn::Set(d, static_cast<hn::TFromD<D>>(step));
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    const hn::Repartition<int32_t, D> halves;
    return hn::MulEven(hn::BitCast(halves, lanes), hn::BitCast(halves, steps));
  } else {
    return hn::Mul(lanes, steps);
  }
}

/// Returns elements `step` bytes apart.
template <class D>
LANEWISE_INLINE hn::Vec<D> load_spread(D d, const unsigned char* memory, ptrdiff_t step) {
  return hn::GatherOffset(d, reinterpret_cast<const hn::TFromD<D>*>(memory), offsets_of_lanes(hn::RebindToSigned<D>(), step));
}
#endif

/// d := left, memory with as many bytes from an element to the next as the right word says
template <class T, size_t lane_bytes>
struct LoadStrided {
  template <InstructionForm form, size_t first_vector>
  static LANEWISE_INLINE Tile results(const BoundInstruction* pc, size_t element_index, Tile, Tile) {
    using D = TagOf<T, lane_bytes>;
    const D d;
    const auto step = static_cast<ptrdiff_t>(pc->right.constant);
    const auto* memory = static_cast<const unsigned char*>(pc->left.read) + static_cast<ptrdiff_t>(element_index) * step;
    const auto vector = [&](size_t index) {
      return to_register(d, load_spread(d, memory + static_cast<ptrdiff_t>((first_vector + index) * lane_count<D>) * step, step));
    };
    return {vector(0), vector(1), vector(2), vector(3)};
  }
};

/// What comes after an instruction that stores.
enum class Ending { go_on, tile_done };

template <class Element, Caches caches, class R>
LANEWISE_INLINE void store_four(unsigned char* memory, R r0, R r1, R r2, R r3) {
  if constexpr (requires { Element::template store_tile<caches>(memory, Tile{r0, r1, r2, r3}); }) {
    Element::template store_tile<caches>(memory, Tile{r0, r1, r2, r3});
  } else {
    constexpr size_t stride = lane_count<typename Element::D> * Element::bytes;
    Element::template store<caches>(memory, r0);
    Element::template store<caches>(memory + stride, r1);
    Element::template store<caches>(memory + 2 * stride, r2);
    Element::template store<caches>(memory + 3 * stride, r3);
  }
}

template <class D>
LANEWISE_INLINE void store_first_element(unsigned char* memory, Register lanes) {
  const hn::TFromD<D> element = hn::GetLane(from_register(D(), lanes));
  memcpy(memory, &element, sizeof(element));
}

// Ends the last instruction function of a segment: runs the segment on the next tile, if there is one.
#define LANEWISE_NEXT_TILE(destination, lane_bytes)                                                                    \
  element_index += ((destination) == OperandKind::both ? 2 : 1) * vectors_per_tile * (vector_bytes / (lane_bytes));    \
  if (element_index >= element_end) return;                                                                            \
  LANEWISE_TAIL_CALL step_of(segment)(segment, element_index, segment, element_end, a0, a1, a2, a3, b0, b1, b2, b3);

/// left := d; of a tile whose first vector counts, the first element alone.
template <class T, size_t lane_bytes, Caches caches, Ending ending, InstructionForm form>
void store_tile(LANEWISE_PARAMETERS) {
  using Element = typename ElementOf<T, lane_bytes>::Type;
  auto* memory = const_cast<unsigned char*>(operand_address<form.left, Side::left, Element::bytes>(pc, element_index));
  if constexpr (form.destination == OperandKind::first_of_a || form.destination == OperandKind::first_of_b) {
    store_first_element<typename Element::D>(memory, form.destination == OperandKind::first_of_a ? a0 : b0);
  } else if constexpr (is_complex_type<T>) {
    store_four<Element, caches>(memory, a0, a1, a2, a3);
    store_four<Element, caches>(memory + tile_bytes, b0, b1, b2, b3);
  } else if constexpr (is_complex_type<typename Element::Travels>) {
    store_four<Element, caches>(memory, Parts{a0, b0}, Parts{a1, b1}, Parts{a2, b2}, Parts{a3, b3});
  } else if constexpr (form.destination == OperandKind::a) {
    store_four<Element, caches>(memory, a0, a1, a2, a3);
  } else if constexpr (form.destination == OperandKind::both) {
    store_four<Element, caches>(memory, a0, a1, a2, a3);
    store_four<Element, caches>(memory + vectors_per_tile * lane_count<typename Element::D> * Element::bytes, b0, b1, b2, b3);
  } else {
    store_four<Element, caches>(memory, b0, b1, b2, b3);
  }
  if constexpr (ending == Ending::go_on) {
    LANEWISE_NEXT(a0, a1, a2, a3, b0, b1, b2, b3)
  } else {
    LANEWISE_NEXT_TILE(form.destination, lane_bytes)
  }
}

/// Adds vectors to `columns`, from the column of lane 0 on.
LANEWISE_INLINE void add_to_columns(unsigned char* columns, Tile tile) {
  using D = TagOf<double, wide_lane_bytes>;
  const auto add = [](unsigned char* memory, Register lanes) __attribute__((always_inline)) {
    store_vector<Caches::use>(D(), hn::Add(load_vector(D(), memory, 0), from_register(D(), lanes)), memory);
  };
  add(columns, tile.v0);
  add(columns + vector_bytes, tile.v1);
  add(columns + 2 * vector_bytes, tile.v2);
  add(columns + 3 * vector_bytes, tile.v3);
}

/// column of left := itself + d. A tile has as many elements as there are columns, or half or a quarter; of double length twice as many at most, and then a
/// column gets two, in their order.
template <InstructionForm form>
void sum_tile(LANEWISE_PARAMETERS) {
  constexpr size_t columns_bytes = fold_column_count * sizeof(double);
  static_assert(columns_bytes % tile_bytes == 0);
  auto* columns = const_cast<unsigned char*>(operand_address<form.left, Side::left, sizeof(double)>(pc, element_index));
  add_to_columns(columns, form.destination == OperandKind::b ? Tile{b0, b1, b2, b3} : Tile{a0, a1, a2, a3});
  if constexpr (form.destination == OperandKind::both) add_to_columns(columns + tile_bytes % columns_bytes, Tile{b0, b1, b2, b3});
  LANEWISE_NEXT_TILE(form.destination, wide_lane_bytes)
}

template <size_t lane_bytes, InstructionForm form>
void end_segment(LANEWISE_PARAMETERS) {
  LANEWISE_NEXT_TILE(form.destination, lane_bytes)
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
