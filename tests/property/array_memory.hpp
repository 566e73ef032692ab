#pragma once
// An array as a caller may have it: any order of axes, gaps, negative and zero strides, any address, and bytes around that must keep their
// value.

#include <cstddef>
#include <lanewise/array.hpp>
#include <vector>

#include "oracle/oracle.hpp"
#include "property/random_choice.hpp"

namespace lanewise::inline v0::property {

/// How the elements of an array lie in memory.
struct Layout {
  std::vector<std::size_t> order = {};  ///< axes from the outermost to the innermost; empty: as they are
  std::vector<bool> reversed = {};      ///< by axis; empty: none
  std::vector<bool> repeated = {};      ///< by axis: of stride 0; empty: none
  std::size_t gap_bytes = 0;            ///< after each run of the innermost axis' neighbours
  std::size_t offset_bytes = 0;         ///< of the memory from an aligned address
};

/// Draws a layout: half of them are plain, contiguous and aligned. Only inputs repeat elements.
Layout random_layout(RandomChoice& random, std::size_t rank, bool may_repeat);

class ArrayMemory {
 public:
  ArrayMemory(DType dtype, const std::vector<std::size_t>& shape, const Layout& layout);
  ArrayMemory(DType dtype, const oracle::ArrayValue& array, const Layout& layout);

  ArrayView view() const { return {first_element(), dtype_, shape_, strides_bytes_}; }
  MutableArrayView mutable_view() { return {const_cast<std::byte*>(first_element()), dtype_, shape_, strides_bytes_}; }

  /// Returns an element by its index in C order.
  oracle::Value value(std::size_t index) const { return oracle::read_value(address(index), dtype_); }
  std::size_t size() const;
  /// True if no byte outside of the elements was written since the array was made.
  bool guards_hold() const;

 private:
  const std::byte* first_element() const { return bytes_.data() + first_; }
  const std::byte* address(std::size_t index) const;

  DType dtype_;
  std::vector<std::size_t> shape_;
  std::vector<std::ptrdiff_t> strides_bytes_;
  std::vector<std::byte> bytes_;
  std::size_t first_ = 0;
};

}  // namespace lanewise::inline v0::property
