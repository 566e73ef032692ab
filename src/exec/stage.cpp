// Staging: blocks of arrays that cannot be read or written in the order of a pass, copied between memory and a buffer in cache.
//
// A block is cut into rectangles with one stride along the rows and one along the columns; the loops over a rectangle go along the cache
// lines of the array. Elements are blind to type: 1 to 16 bytes.

#include "exec/stage.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "exec/run_block.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

struct Element16 {
  std::uint64_t low, high;
};

/// Strides in bytes between rows and between columns.
struct Steps {
  std::ptrdiff_t row, column;
};

struct Extents {
  std::size_t rows, columns;
};

template <class Element>
Element read(const std::byte* address) {
  Element element;
  std::memcpy(&element, address, sizeof(Element));
  return element;
}

/// Elements with gaps between them, in groups of which each asks for the lines of later ones, as the machine does (kernels/run_tiles.hpp).
/// Where an element has a line of its own, so many bytes ahead would be too few elements.
template <class Element>
void copy_spread(std::byte* to, std::ptrdiff_t to_step, const std::byte* from, std::ptrdiff_t from_step, std::size_t count) {
  constexpr std::ptrdiff_t group = 8;
  constexpr std::ptrdiff_t line_bytes = 64;
  constexpr std::ptrdiff_t near_bytes = 1024, far_bytes = 4096;  // into the first cache, and the second
  const std::ptrdiff_t step_bytes = std::max<std::ptrdiff_t>(std::abs(from_step), 1);
  const std::ptrdiff_t elements_in_line = std::clamp<std::ptrdiff_t>(line_bytes / step_bytes, 1, group);
  const auto near_distance = std::max(near_bytes / step_bytes, 2 * group) * from_step;
  const auto far_distance = std::max(far_bytes / step_bytes, 4 * group) * from_step;
  std::size_t i = 0;
  for (; i + group <= count; i += group) {
    for (std::ptrdiff_t k = 0; k < group; k += elements_in_line) {
      __builtin_prefetch(from + near_distance + k * from_step, 0, 3);
      __builtin_prefetch(from + far_distance + k * from_step, 0, 2);
    }
    for (std::ptrdiff_t k = 0; k < group; ++k) std::memcpy(to + k * to_step, from + k * from_step, sizeof(Element));
    to += group * to_step;
    from += group * from_step;
  }
  for (; i < count; ++i, to += to_step, from += from_step) std::memcpy(to, from, sizeof(Element));
}

template <class Element>
void copy_row(std::byte* to, std::ptrdiff_t to_step, const std::byte* from, std::ptrdiff_t from_step, std::size_t count) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(Element));
  if (to_step == size && from_step == size) {
    std::memcpy(to, from, count * sizeof(Element));
  } else if (to_step == size && from_step == 0) {
    const auto element = read<Element>(from);
    for (std::size_t i = 0; i < count; ++i) std::memcpy(to + i * sizeof(Element), &element, sizeof(Element));
  } else {
    copy_spread<Element>(to, to_step, from, from_step, count);
  }
}

template <class Element>
void copy_rows(std::byte* to, Steps to_steps, const std::byte* from, Steps from_steps, Extents extents) {
  for (std::size_t row = 0; row < extents.rows; ++row, to += to_steps.row, from += from_steps.row) {
    copy_row<Element>(to, to_steps.column, from, from_steps.column, extents.columns);
  }
}

template <class Element>
Transpose kernel_for() {
  if constexpr (sizeof(Element) == 4) return machine_target().transpose_4_bytes;
  if constexpr (sizeof(Element) == 8) return machine_target().transpose_8_bytes;
  return nullptr;
}

/// Columns lie without gaps in `from`, rows in `to`. Whole squares are the kernel's; what is left is at the right and at the bottom.
template <class Element>
void transpose(std::byte* to, std::ptrdiff_t to_row, const std::byte* from, std::ptrdiff_t from_column, Extents extents) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(Element));
  Extents done{0, 0};
  if (const Transpose kernel = kernel_for<Element>(); kernel != nullptr) {
    done = {extents.rows / square_side * square_side, extents.columns / square_side * square_side};
    kernel(reinterpret_cast<unsigned char*>(to), to_row, reinterpret_cast<const unsigned char*>(from), from_column, done.rows,
           done.columns);
  }
  const auto right = static_cast<std::ptrdiff_t>(done.columns);
  const auto bottom = static_cast<std::ptrdiff_t>(done.rows);
  if (done.rows > 0 && done.columns < extents.columns) {
    copy_rows<Element>(to + right * size, {size, to_row}, from + right * from_column, {from_column, size},
                       {extents.columns - done.columns, done.rows});
  }
  const Extents rest{extents.rows - done.rows, extents.columns};
  if (rest.rows == 0) return;
  if (rest.rows > 1 && rest.rows < square_side) {  // a few elements of each column
    copy_rows<Element>(to + bottom * to_row, {size, to_row}, from + bottom * size, {from_column, size}, {rest.columns, rest.rows});
  } else {
    copy_rows<Element>(to + bottom * to_row, {to_row, size}, from + bottom * size, {size, from_column}, rest);
  }
}

template <class Element>
void copy_rectangle(std::byte* to, Steps to_steps, const std::byte* from, Steps from_steps, Extents extents) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(Element));
  const bool goes_down = std::abs(from_steps.row) + std::abs(to_steps.row) < std::abs(from_steps.column) + std::abs(to_steps.column);
  if (to_steps.column == size && from_steps.row == size) {
    transpose<Element>(to, to_steps.row, from, from_steps.column, extents);
  } else if (to_steps.row == size && from_steps.column == size) {
    transpose<Element>(to, to_steps.column, from, from_steps.row, {extents.columns, extents.rows});
  } else if (goes_down) {
    copy_rows<Element>(to, {to_steps.column, to_steps.row}, from, {from_steps.column, from_steps.row}, {extents.columns, extents.rows});
  } else {
    copy_rows<Element>(to, to_steps, from, from_steps, extents);
  }
}

void copy_elements(std::size_t element_bytes, std::byte* to, Steps to_steps, const std::byte* from, Steps from_steps, Extents extents) {
  switch (element_bytes) {
    case 1: return copy_rectangle<std::uint8_t>(to, to_steps, from, from_steps, extents);
    case 2: return copy_rectangle<std::uint16_t>(to, to_steps, from, from_steps, extents);
    case 4: return copy_rectangle<std::uint32_t>(to, to_steps, from, from_steps, extents);
    case 8: return copy_rectangle<std::uint64_t>(to, to_steps, from, from_steps, extents);
    default: return copy_rectangle<Element16>(to, to_steps, from, from_steps, extents);
  }
}

/// Calls `visit(offset, stride, place, length)` for each piece of one stride that places [first, first + count) are made of.
template <class Visit>
void for_each_piece(Runs runs, std::size_t first, std::size_t count, Visit visit) {
  if (runs.empty()) return visit(std::ptrdiff_t{0}, std::ptrdiff_t{0}, std::size_t{0}, count);
  const Run inner = runs.back();
  for (std::size_t done = 0; done < count;) {
    const std::size_t length = runs.size() == 1 ? count : std::min(count - done, inner.extent - (first + done) % inner.extent);
    visit(offset_of(runs, first + done), inner.stride, done, length);
    done += length;
  }
}

/// A rectangle of elements: where it begins, and how it goes on along its rows and columns, in the array and in the buffer.
struct Rectangle {
  std::ptrdiff_t array_offset;
  Steps array_steps;
  std::size_t buffer_offset;
  Steps buffer_steps;
  Extents extents;
};

/// Columns of a row that are transposed, `count` from `first` on: wherever they begin, they are two rectangles, the ends of the inner runs and the
/// beginnings of those that follow, and of each what is left over in its last row.
template <class Visit>
void for_each_transposed_rectangle(Runs runs, std::size_t element_bytes, std::size_t first, std::size_t count, Visit visit) {
  const Run outer = runs[0], inner = runs[1];
  const auto element = static_cast<std::ptrdiff_t>(element_bytes);
  const Steps buffer_steps{static_cast<std::ptrdiff_t>(inner.extent) * element, element};
  const auto visit_rows = [&](std::size_t place, Extents extents) {
    if (extents.rows == 0 || extents.columns == 0) return;
    visit(Rectangle{offset_of(runs, first + place), {outer.stride, inner.stride}, place * element_bytes, buffer_steps, extents});
  };
  const auto visit_part = [&](std::size_t place, std::size_t columns) {
    const std::size_t whole_rows = count >= place + columns ? (count - place - columns) / inner.extent + 1 : 0;
    visit_rows(place, {whole_rows, columns});
    const std::size_t rest = place + whole_rows * inner.extent;
    if (rest < count) visit_rows(rest, {1, std::min(count - rest, columns)});
  };
  const std::size_t before = first % inner.extent;
  visit_part(0, inner.extent - before);
  visit_part(inner.extent - before, before);
}

/// Calls `visit(rectangle)` for each rectangle of the block.
template <class Visit>
void for_each_rectangle(const StridedOperand& operand, const BlockRange& block, Visit visit) {
  const auto element = static_cast<std::ptrdiff_t>(operand.element_bytes);
  const Steps buffer_steps{static_cast<std::ptrdiff_t>(block.column_count) * element, element};
  for_each_piece(operand.rows, block.first_row, block.row_count,
                 [&](std::ptrdiff_t row_offset, std::ptrdiff_t row_stride, std::size_t row, std::size_t rows) {
                   const auto visit_columns = [&](Rectangle rectangle, std::size_t place) {
                     rectangle.array_offset += row_offset;
                     rectangle.buffer_offset += place * operand.element_bytes;
                     visit(rectangle);
                   };
                   if (has_transposed_columns(operand)) {
                     for (std::size_t r = 0; r < rows; ++r) {
                       for_each_transposed_rectangle(operand.columns, operand.element_bytes, block.first_column, block.column_count,
                                                     [&](Rectangle rectangle) {
                                                       rectangle.array_offset += static_cast<std::ptrdiff_t>(r) * row_stride;
                                                       visit_columns(rectangle, (row + r) * block.column_count);
                                                     });
                     }
                     return;
                   }
                   for_each_piece(operand.columns, block.first_column, block.column_count,
                                  [&](std::ptrdiff_t offset, std::ptrdiff_t stride, std::size_t column, std::size_t columns) {
                                    visit_columns({offset, {row_stride, stride}, 0, buffer_steps, {rows, columns}},
                                                  row * block.column_count + column);
                                  });
                 });
}

void compute_positions(std::ptrdiff_t first, Steps steps, std::byte* to, std::size_t row_bytes, Extents extents) {
  for (std::size_t row = 0; row < extents.rows; ++row, first += steps.row, to += row_bytes) {
    for (std::size_t column = 0; column < extents.columns; ++column) {
      const std::int64_t position = first + static_cast<std::ptrdiff_t>(column) * steps.column;
      std::memcpy(to + column * sizeof(position), &position, sizeof(position));
    }
  }
}

}  // namespace

void gather(const StridedOperand& operand, const BlockRange& block, std::byte* buffer) noexcept {
  for_each_rectangle(operand, block, [&](const Rectangle& part) {
    std::byte* const to = buffer + part.buffer_offset;
    if (operand.is_index) {
      compute_positions(part.array_offset, part.array_steps, to, static_cast<std::size_t>(part.buffer_steps.row), part.extents);
    } else {
      copy_elements(operand.element_bytes, to, part.buffer_steps, operand.data + part.array_offset, part.array_steps, part.extents);
    }
  });
}

void scatter(const StridedOperand& operand, const BlockRange& block, const std::byte* buffer) noexcept {
  for_each_rectangle(operand, block, [&](const Rectangle& part) {
    copy_elements(operand.element_bytes, operand.data + part.array_offset, part.array_steps, buffer + part.buffer_offset, part.buffer_steps,
                  part.extents);
  });
}

}  // namespace lanewise::inline v0
