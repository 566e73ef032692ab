#pragma once
// The header of an .npy file: what the elements are, how they lie, and where they begin.
//
// An .npy file is the six bytes \x93NUMPY, two bytes of version, the length of the text that follows as a little-endian integer of 2 bytes
// (version 1.0) or 4 (2.0 and 3.0), that text, and the elements. The text is a Python dictionary (io/npy_dictionary.hpp), blanks, and a
// line break that ends at a multiple of 64 bytes. Source: NumPy's numpy.lib.format.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

struct NpyHeader {
  DType dtype;
  bool is_fortran_order = false;
  PerDimension<std::size_t> shape;
  std::size_t size_bytes = 0;      ///< of magic, version, length and text: where the elements begin
  std::size_t elements_bytes = 0;  ///< of all elements; they lie inside the file
};

/// Reads the header at the beginning of `file`, the bytes of a whole file. Looks at no byte behind the header.
///
/// Throws      FileError E702, E703, which name `path` and say what is wrong where.
NpyHeader parse_npy_header(std::string_view file, std::string_view path);

/// Returns the header of version 1.0 for an array in C order.
std::string npy_header_text(DType dtype, std::span<const std::size_t> shape);

}  // namespace lanewise::inline v0
