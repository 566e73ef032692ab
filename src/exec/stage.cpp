// Staging: blocks of arrays that cannot be read or written in the order of a pass, copied between memory and a buffer in cache.
//
// A block is cut into rectangles with one stride along the rows and one along the columns; the loops over a rectangle go along the cache lines
// of the array. Elements are blind to type: 1 to 16 bytes.

#include "exec/stage.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

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

/// A cache line of eight-byte elements.
constexpr std::size_t square_side = 8;

template <class Element>
Element read(const std::byte* address) {
  Element element;
  std::memcpy(&element, address, sizeof(Element));
  return element;
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
    for (std::size_t i = 0; i < count; ++i, to += to_step, from += from_step) std::memcpy(to, from, sizeof(Element));
  }
}

template <class Element>
void copy_rows(std::byte* to, Steps to_steps, const std::byte* from, Steps from_steps, Extents extents) {
  for (std::size_t row = 0; row < extents.rows; ++row, to += to_steps.row, from += from_steps.row) {
    copy_row<Element>(to, to_steps.column, from, from_steps.column, extents.columns);
  }
}

/// A square of which columns lie without gaps where it comes from and rows where it goes to: whole cache lines are read and written.
template <class Element>
void transpose_square(std::byte* to, std::ptrdiff_t to_row, const std::byte* from, std::ptrdiff_t from_column) {
  Element columns[square_side][square_side];
  for (std::size_t c = 0; c < square_side; ++c) std::memcpy(columns[c], from + static_cast<std::ptrdiff_t>(c) * from_column, sizeof(columns[c]));
  for (std::size_t r = 0; r < square_side; ++r) {
    Element row[square_side];
    for (std::size_t c = 0; c < square_side; ++c) row[c] = columns[c][r];
    std::memcpy(to + static_cast<std::ptrdiff_t>(r) * to_row, row, sizeof(row));
  }
}

/// Columns lie without gaps in `from`, rows in `to`.
template <class Element>
void transpose(std::byte* to, std::ptrdiff_t to_row, const std::byte* from, std::ptrdiff_t from_column, Extents extents) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(Element));
  for (std::size_t column = 0; column < extents.columns; column += square_side) {
    for (std::size_t row = 0; row < extents.rows; row += square_side) {
      std::byte* const target = to + static_cast<std::ptrdiff_t>(row) * to_row + static_cast<std::ptrdiff_t>(column) * size;
      const std::byte* const source = from + static_cast<std::ptrdiff_t>(row) * size + static_cast<std::ptrdiff_t>(column) * from_column;
      const Extents rest{std::min(square_side, extents.rows - row), std::min(square_side, extents.columns - column)};
      if (rest.rows == square_side && rest.columns == square_side) {
        transpose_square<Element>(target, to_row, source, from_column);
      } else {
        copy_rows<Element>(target, {to_row, size}, source, {size, from_column}, rest);
      }
    }
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

/// Calls `visit(array_offset, array_steps, buffer_offset, extents)` for each rectangle of the block.
template <class Visit>
void for_each_rectangle(const StridedOperand& operand, const BlockRange& block, Visit visit) {
  for_each_piece(operand.rows, block.first_row, block.row_count,
                 [&](std::ptrdiff_t row_offset, std::ptrdiff_t row_stride, std::size_t row, std::size_t rows) {
                   for_each_piece(operand.columns, block.first_column, block.column_count,
                                  [&](std::ptrdiff_t column_offset, std::ptrdiff_t column_stride, std::size_t column, std::size_t columns) {
                                    const std::size_t place = row * block.column_count + column;
                                    visit(row_offset + column_offset, Steps{row_stride, column_stride}, place * operand.element_bytes,
                                          Extents{rows, columns});
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

Steps buffer_steps(const StridedOperand& operand, const BlockRange& block) {
  return {static_cast<std::ptrdiff_t>(block.column_count * operand.element_bytes), static_cast<std::ptrdiff_t>(operand.element_bytes)};
}

}  // namespace

void gather(const StridedOperand& operand, const BlockRange& block, std::byte* buffer) noexcept {
  const Steps steps = buffer_steps(operand, block);
  for_each_rectangle(operand, block, [&](std::ptrdiff_t offset, Steps array_steps, std::size_t place, Extents extents) {
    if (operand.is_index) {
      compute_positions(offset, array_steps, buffer + place, static_cast<std::size_t>(steps.row), extents);
    } else {
      copy_elements(operand.element_bytes, buffer + place, steps, operand.data + offset, array_steps, extents);
    }
  });
}

void scatter(const StridedOperand& operand, const BlockRange& block, const std::byte* buffer) noexcept {
  const Steps steps = buffer_steps(operand, block);
  for_each_rectangle(operand, block, [&](std::ptrdiff_t offset, Steps array_steps, std::size_t place, Extents extents) {
    copy_elements(operand.element_bytes, operand.data + offset, array_steps, buffer + place, steps, extents);
  });
}

}  // namespace lanewise::inline v0
