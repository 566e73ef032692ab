#pragma once
// The text in an .npy header: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }
//
// Of what Python would accept in its place no more is read than NumPy has ever written: these three keys in any order, each once.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

struct NpyDictionary {
  DType dtype;
  bool is_fortran_order;
  PerDimension<std::size_t> shape;
};

/// Reads the dictionary that stands from `begin` to the end of `file`. Throws FileError E702, E703.
NpyDictionary parse_npy_dictionary(std::string_view file, std::size_t begin, std::string_view path);

/// Returns the dictionary of an array in C order.
std::string npy_dictionary_text(DType dtype, std::span<const std::size_t> shape);

}  // namespace lanewise::inline v0
