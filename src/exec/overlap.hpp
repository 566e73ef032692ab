#pragma once
// Whether two arrays share memory.

#include <lanewise/array.hpp>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// Where an array lies.
struct Layout {
  const std::byte* data;
  std::size_t element_bytes;
  std::span<const std::size_t> shape;
  std::span<const std::ptrdiff_t> strides_bytes;
};
template <class View>
Layout layout_of(const View& view) noexcept {
  return {static_cast<const std::byte*>(view.data()), view.dtype().size_bytes(), view.shape(), view.strides_bytes()};
}

/// True if both have their elements in the same places, in the same order.
bool is_same_array(const Layout& left, const Layout& right) noexcept;

/// False if no byte belongs to both. Arrays that interleave without meeting are told from others where their strides have a common divisor
/// that keeps them apart.
bool may_overlap(const Layout& left, const Layout& right) noexcept;

/// True if two elements of the array may share a byte.
bool may_overlap_itself(const Layout& array) noexcept;

/// True if the program, tile by tile, reads every element of the input before it writes that of the output.
bool reads_before_writing(const Program& program, std::uint32_t input, std::uint32_t output) noexcept;

}  // namespace lanewise::inline v0
