#pragma once
// Elements of arrays that lie in memory in another form than they travel: widened when loaded, narrowed when stored.
//
// A truth value is one byte; loading makes it a mask of a whole lane, and storing makes that 0 or 1. Integers of 8 and 16 bits become int32
// and keep their low bits when stored; float16 becomes float32 and is rounded to nearest, ties to even. A complex value's parts lie side by
// side, and travel in a register each.

#include "kernels/half_float.hpp"
#include "kernels/lanes.hpp"
#include "kernels/narrow.hpp"
#include "kernels/tile.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// The element type `T` as it lies in arrays.
template <class T>
struct InArray {};

enum class Caches { use, bypass };

/// Vectors narrower than the least that can be streamed go through the caches.
template <Caches caches, class D>
LANEWISE_INLINE void store_vector(D d, hn::Vec<D> v, unsigned char* memory) {
  auto* elements = reinterpret_cast<hn::TFromD<D>*>(memory);
  if constexpr (caches == Caches::bypass && lane_count<D> * sizeof(hn::TFromD<D>) >= 16) {
    hn::Stream(v, d, elements);
  } else {
    hn::StoreU(v, d, elements);
  }
}

/// Two vectors of parts that stand side by side in memory.
template <class D>
struct Pairs {
  hn::Vec<D> first, second;
};
template <class D>
LANEWISE_INLINE Pairs<D> interleave(D d, Complex<D> z) {
  constexpr size_t bytes = lane_count<D> * sizeof(hn::TFromD<D>);
  if constexpr (bytes == 16) {
    return {hn::InterleaveLower(d, z.re, z.im), hn::InterleaveUpper(d, z.re, z.im)};
  } else {
    const hn::Half<D> half;
    const auto low = interleave(half, Complex<hn::Half<D>>{hn::LowerHalf(half, z.re), hn::LowerHalf(half, z.im)});
    const auto high = interleave(half, Complex<hn::Half<D>>{hn::UpperHalf(half, z.re), hn::UpperHalf(half, z.im)});
    return {hn::Combine(d, low.second, low.first), hn::Combine(d, high.second, high.first)};
  }
}

/// How elements of type `T` are loaded into and stored from vectors of travelling lanes; `store_tile` stores four at once where that is better.
template <class T, size_t lane_bytes>
struct ArrayElement {
  static constexpr size_t bytes = sizeof(T);
  using Travels = int32_t;
  using D = TagOf<int32_t, lane_bytes>;
  using Narrow = hn::Rebind<T, D>;

  static LANEWISE_INLINE Register load(const unsigned char* memory) {
    return to_register(D(), hn::PromoteTo(D(), hn::LoadU(Narrow(), reinterpret_cast<const T*>(memory))));
  }

  template <Caches caches>
  static LANEWISE_INLINE void store(unsigned char* memory, Register lanes) {
    const hn::RebindToUnsigned<Narrow> low_bits;
    store_vector<caches>(low_bits, hn::TruncateTo(low_bits, from_register(hn::RebindToUnsigned<D>(), lanes)), memory);
  }

#if HWY_ARCH_X86
  template <Caches caches>
  static LANEWISE_INLINE void store_tile(unsigned char* memory, Tile tile)
    requires(lane_bytes == narrow_lane_bytes)
  {
    if constexpr (bytes == 1) {
      store_vector<caches>(ByteTag(), hn::Vec<ByteTag>{low_bytes(tile.v0, tile.v1, tile.v2, tile.v3)}, memory);
    } else {
      store_vector<caches>(ByteTag(), hn::Vec<ByteTag>{low_words(tile.v0, tile.v1)}, memory);
      store_vector<caches>(ByteTag(), hn::Vec<ByteTag>{low_words(tile.v2, tile.v3)}, memory + vector_bytes);
    }
  }
#endif
};

template <size_t lane_bytes>
struct ArrayElement<bool, lane_bytes> {
  static constexpr size_t bytes = 1;
  using Travels = bool;
  using D = TagOf<bool, lane_bytes>;
  using Unsigned = hn::RebindToUnsigned<D>;
  using Narrow = hn::Rebind<uint8_t, D>;

  /// Any byte but 0 is true.
  static LANEWISE_INLINE Register load(const unsigned char* memory) {
    const D d;
    const auto widened = hn::PromoteTo(hn::Rebind<uint32_t, D>(), hn::LoadU(Narrow(), memory));
    if constexpr (lane_bytes == 8) {
      return to_register(d, hn::VecFromMask(d, hn::Gt(hn::BitCast(d, hn::PromoteTo(Unsigned(), widened)), hn::Zero(d))));
    } else {
      return to_register(d, hn::VecFromMask(d, hn::Gt(hn::BitCast(d, widened), hn::Zero(d))));
    }
  }

  template <Caches caches>
  static LANEWISE_INLINE void store(unsigned char* memory, Register lanes) {
    const Unsigned d;
    store_vector<caches>(Narrow(), hn::TruncateTo(Narrow(), hn::And(from_register(d, lanes), hn::Set(d, 1))), memory);
  }

#if HWY_ARCH_X86
  template <Caches caches>
  static LANEWISE_INLINE void store_tile(unsigned char* memory, Tile tile) {
    if constexpr (lane_bytes == narrow_lane_bytes) {
      store_vector<caches>(ByteTag(), hn::Vec<ByteTag>{truth_bytes_of_narrow(tile.v0, tile.v1, tile.v2, tile.v3)}, memory);
    } else {
      store_vector<caches>(hn::Half<ByteTag>(), truth_bytes_of_wide(tile.v0, tile.v1, tile.v2, tile.v3), memory);
    }
  }
#endif
};

template <size_t lane_bytes>
struct ArrayElement<HalfFloat, lane_bytes> {
  static constexpr size_t bytes = 2;
  using Travels = float;
  using D = TagOf<float, lane_bytes>;
  using Narrow = hn::Rebind<uint16_t, D>;

  static LANEWISE_INLINE Register load(const unsigned char* memory) {
    return to_register(D(), float_of_half(D(), hn::LoadU(Narrow(), reinterpret_cast<const uint16_t*>(memory))));
  }

  template <Caches caches>
  static LANEWISE_INLINE void store(unsigned char* memory, Register lanes) {
    store_vector<caches>(Narrow(), half_of_float(D(), from_register(D(), lanes)), memory);
  }
};

template <class Part, size_t lane_bytes>
struct ArrayElement<ComplexOf<Part>, lane_bytes> {
  static constexpr size_t bytes = 2 * sizeof(Part);
  using Travels = ComplexOf<Part>;
  using D = TagOf<Part, lane_bytes>;

  static LANEWISE_INLINE Parts load(const unsigned char* memory) {
    hn::Vec<D> re, im;
    hn::LoadInterleaved2(D(), reinterpret_cast<const Part*>(memory), re, im);
    return {to_register(D(), re), to_register(D(), im)};
  }

  template <Caches caches>
  static LANEWISE_INLINE void store(unsigned char* memory, Parts parts) {
    const Complex<D> z{from_register(D(), parts.re), from_register(D(), parts.im)};
    if constexpr (caches == Caches::bypass && lane_count<D> * sizeof(Part) >= 16) {
      const Pairs<D> pairs = interleave(D(), z);
      store_vector<caches>(D(), pairs.first, memory);
      store_vector<caches>(D(), pairs.second, memory + lane_count<D> * sizeof(Part));
    } else {
      hn::StoreInterleaved2(z.re, z.im, D(), reinterpret_cast<Part*>(memory));
    }
  }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
