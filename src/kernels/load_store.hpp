#pragma once
// Instructions that move a tile between memory and an accumulator. Blind to type: keyed by the width of the elements and of the lanes.
//
// Arrays hold a truth value as one byte; loading makes it a mask of a whole lane, and storing makes that 0 or 1. Scratch tiles keep values
// as they travel, so there `spill` and `reload` of a truth value move integers.

#include "kernels/forms.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Returns lanes of all ones where the byte in memory is not 0.
template <size_t lane_bytes>
LANEWISE_INLINE Register load_truth_bytes(const unsigned char* bytes) {
  const TagOf<bool, lane_bytes> d;
  const hn::RebindToUnsigned<TagOf<bool, lane_bytes>> lanes;
  const hn::Rebind<uint8_t, TagOf<bool, lane_bytes>> narrow;
  const hn::Rebind<uint32_t, TagOf<bool, lane_bytes>> middle;
  const auto widened = hn::PromoteTo(middle, hn::LoadU(narrow, bytes));
  if constexpr (lane_bytes == 8) {
    return to_register(d, hn::VecFromMask(d, hn::Gt(hn::BitCast(d, hn::PromoteTo(lanes, widened)), hn::Zero(d))));
  } else {
    return to_register(d, hn::VecFromMask(d, hn::Gt(hn::BitCast(d, widened), hn::Zero(d))));
  }
}

template <size_t lane_bytes>
LANEWISE_INLINE void store_truth_bytes(unsigned char* bytes, Register lanes) {
  const hn::RebindToUnsigned<TagOf<bool, lane_bytes>> d;
  const hn::Rebind<uint8_t, decltype(d)> narrow;
  hn::StoreU(hn::TruncateTo(narrow, hn::And(from_register(d, lanes), hn::Set(d, 1))), narrow, bytes);
}

/// d := left, an array's memory or a constant
template <class T, size_t lane_bytes, InstructionForm form>
void load_tile(LANEWISE_PARAMETERS) {
  if constexpr (hwy::IsSame<T, bool>() && form.left == OperandKind::memory) {
    constexpr size_t stride = lane_count<TagOf<bool, lane_bytes>>;
    const unsigned char* bytes = operand_address<1>(pc->left, pc->left_mask, element_index);
    const Tile result{load_truth_bytes<lane_bytes>(bytes), load_truth_bytes<lane_bytes>(bytes + stride),
                      load_truth_bytes<lane_bytes>(bytes + 2 * stride), load_truth_bytes<lane_bytes>(bytes + 3 * stride)};
    LANEWISE_CONTINUE(form.destination, result)
  } else {
    const TagOf<T, lane_bytes> d;
    const auto x = read<form.left, T, lane_bytes>(pc->left, pc->left_mask, element_index, LANEWISE_ACCUMULATORS);
    const Tile result{to_register(d, x.v0), to_register(d, x.v1), to_register(d, x.v2), to_register(d, x.v3)};
    LANEWISE_CONTINUE(form.destination, result)
  }
}

template <class D>
LANEWISE_INLINE void stream_vectors(D d, hn::TFromD<D>* memory, const Tile& tile) {
  if constexpr (is_half<D>) {
    const hn::Twice<D> full;
    hn::Stream(hn::Combine(full, from_register(d, tile.v1), from_register(d, tile.v0)), full, memory);
    hn::Stream(hn::Combine(full, from_register(d, tile.v3), from_register(d, tile.v2)), full, memory + lane_count<hn::Twice<D>>);
  } else {
    hn::Stream(from_register(d, tile.v0), d, memory);
    hn::Stream(from_register(d, tile.v1), d, memory + lane_count<D>);
    hn::Stream(from_register(d, tile.v2), d, memory + 2 * lane_count<D>);
    hn::Stream(from_register(d, tile.v3), d, memory + 3 * lane_count<D>);
  }
}

template <class D>
LANEWISE_INLINE void store_vectors(D d, hn::TFromD<D>* memory, const Tile& tile) {
  hn::StoreU(from_register(d, tile.v0), d, memory);
  hn::StoreU(from_register(d, tile.v1), d, memory + lane_count<D>);
  hn::StoreU(from_register(d, tile.v2), d, memory + 2 * lane_count<D>);
  hn::StoreU(from_register(d, tile.v3), d, memory + 3 * lane_count<D>);
}

/// What comes after an instruction that stores.
enum class Ending { go_on, tile_done };
enum class Caches { use, bypass };

/// left := d. Truth bytes fill no whole vector, so they always go through the caches.
template <class T, size_t lane_bytes, Caches caches, Ending ending, InstructionForm form>
void store_tile(LANEWISE_PARAMETERS) {
  const Tile tile = form.destination == OperandKind::a ? Tile{a0, a1, a2, a3} : Tile{b0, b1, b2, b3};
  using D = TagOf<T, lane_bytes>;
  constexpr bool as_bytes = hwy::IsSame<T, bool>();
  constexpr size_t element_bytes = as_bytes ? 1 : sizeof(hn::TFromD<D>);
  auto* memory = const_cast<unsigned char*>(operand_address<element_bytes>(pc->left, pc->left_mask, element_index));
  if constexpr (as_bytes) {
    store_truth_bytes<lane_bytes>(memory, tile.v0);
    store_truth_bytes<lane_bytes>(memory + lane_count<D>, tile.v1);
    store_truth_bytes<lane_bytes>(memory + 2 * lane_count<D>, tile.v2);
    store_truth_bytes<lane_bytes>(memory + 3 * lane_count<D>, tile.v3);
  } else if constexpr (caches == Caches::bypass) {
    stream_vectors(D(), reinterpret_cast<hn::TFromD<D>*>(memory), tile);
  } else {
    store_vectors(D(), reinterpret_cast<hn::TFromD<D>*>(memory), tile);
  }
  if constexpr (ending == Ending::go_on) {
    LANEWISE_TAIL_CALL step_of(pc + 1)(pc + 1, element_index, a0, a1, a2, a3, b0, b1, b2, b3);
  }
}

void end_segment(LANEWISE_PARAMETERS) {}

}  // namespace
}  // namespace lanewise::inline v0::kernels
