#pragma once
// Copies of fewer elements than a tile, padded to a whole one.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lanewise::inline v0 {

/// Copies elements of the width of `Bits`, `step_bytes` from one to the next, and repeats the last one up to a whole tile.
template <class Bits>
void copy_padded_bits(std::byte* padding, const std::byte* elements, std::ptrdiff_t step_bytes, std::size_t element_count, std::size_t tile_length) noexcept {
  auto* out = reinterpret_cast<Bits*>(padding);
  for (std::size_t i = 0; i < element_count; ++i) std::memcpy(out + i, elements + static_cast<std::ptrdiff_t>(i) * step_bytes, sizeof(Bits));
  std::fill(out + element_count, out + tile_length, out[element_count - 1]);
}

/// The same of elements of 1, 2, 4, 8 or 16 bytes.
inline void copy_padded(std::byte* padding, const std::byte* elements, std::ptrdiff_t step_bytes, std::size_t element_bytes, std::size_t element_count,
                        std::size_t tile_length) noexcept {
  struct Bits16 {
    std::uint64_t low, high;
  };
  switch (element_bytes) {
    case 1: return copy_padded_bits<std::uint8_t>(padding, elements, step_bytes, element_count, tile_length);
    case 2: return copy_padded_bits<std::uint16_t>(padding, elements, step_bytes, element_count, tile_length);
    case 4: return copy_padded_bits<std::uint32_t>(padding, elements, step_bytes, element_count, tile_length);
    case 8: return copy_padded_bits<std::uint64_t>(padding, elements, step_bytes, element_count, tile_length);
    default: return copy_padded_bits<Bits16>(padding, elements, step_bytes, element_count, tile_length);
  }
}

}  // namespace lanewise::inline v0
