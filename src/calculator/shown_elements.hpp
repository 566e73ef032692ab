#pragma once
// Which elements of an array are shown, and in which order: those of every row of every axis, unless the array is long; then the first and
// the last few of each long axis.

#include <cstddef>
#include <cstring>

#include <lanewise/array.hpp>

namespace lanewise::inline v0::calculator {

inline constexpr std::size_t shortened_above = 1'000;  ///< elements
inline constexpr std::size_t edge_length = 3;          ///< rows shown at either end of a shortened axis

inline bool is_shortened(std::size_t element_count, bool full) { return !full && element_count > shortened_above; }

template <class T>
T element_at(const std::byte* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}

/// Walks over an array in C order and tells a visitor of
///   open(axis), close(axis)   a row along `axis` begins, ends
///   next(axis)                another of its members follows
///   omit(axis)                stands for the members that are left out
///   element(address)          the element there; it need not be aligned
template <class Visitor>
class ShownElements {
 public:
  ShownElements(const ArrayView& array, bool shortened, Visitor& visitor) : array_(array), shortened_(shortened), visitor_(visitor) {}

  void walk() { walk(0, static_cast<const std::byte*>(array_.data())); }

 private:
  void walk(std::size_t axis, const std::byte* address) {
    if (axis == array_.rank()) return visitor_.element(address);
    const std::size_t extent = array_.shape()[axis];
    const bool has_gap = shortened_ && extent > 2 * edge_length;
    visitor_.open(axis);
    for (std::size_t i = 0; i < extent; ++i) {
      if (i > 0) visitor_.next(axis);
      if (has_gap && i == edge_length) {
        visitor_.omit(axis);
        visitor_.next(axis);
        i = extent - edge_length;
      }
      walk(axis + 1, address + static_cast<std::ptrdiff_t>(i) * array_.strides_bytes()[axis]);
    }
    visitor_.close(axis);
  }

  const ArrayView& array_;
  bool shortened_;
  Visitor& visitor_;
};

}  // namespace lanewise::inline v0::calculator
