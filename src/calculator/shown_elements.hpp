#pragma once
// Which elements of an array are shown, and in which order: those of every row of every axis, unless the array is long; then the first and
// the last few of each long axis.

#include <cstddef>
#include <span>

namespace lanewise::inline v0::calculator {

inline constexpr std::size_t shortened_above = 1'000;  ///< elements
inline constexpr std::size_t edge_length = 3;          ///< rows shown at either end of a shortened axis

inline bool is_shortened(std::size_t element_count, bool full) { return !full && element_count > shortened_above; }

/// Walks over an array in C order and tells a visitor of
///   open(axis), close(axis)   a row along `axis` begins, ends
///   next(axis)                another of its members follows
///   omit(axis)                stands for the members that are left out
///   element(position)         the element at that position in C order
template <class Visitor>
class ShownElements {
 public:
  ShownElements(std::span<const std::size_t> shape, bool shortened, Visitor& visitor)
      : shape_(shape), shortened_(shortened), visitor_(visitor) {}

  void walk() { walk(0, 0); }

 private:
  void walk(std::size_t axis, std::size_t position) {
    if (axis == shape_.size()) return visitor_.element(position);
    const std::size_t extent = shape_[axis];
    const bool has_gap = shortened_ && extent > 2 * edge_length;
    visitor_.open(axis);
    for (std::size_t i = 0; i < extent; ++i) {
      if (i > 0) visitor_.next(axis);
      if (has_gap && i == edge_length) {
        visitor_.omit(axis);
        visitor_.next(axis);
        i = extent - edge_length;
      }
      walk(axis + 1, position * extent + i);
    }
    visitor_.close(axis);
  }

  std::span<const std::size_t> shape_;
  bool shortened_;
  Visitor& visitor_;
};

}  // namespace lanewise::inline v0::calculator
