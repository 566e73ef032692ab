// The names of the element types, as NumPy writes them.

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

std::string_view DType::name() const noexcept {
  constexpr std::string_view names[count] = {"bool",   "int8",   "int16",   "int32",   "int64",   "uint8",     "uint16",
                                             "uint32", "uint64", "float16", "float32", "float64", "complex64", "complex128"};
  return names[static_cast<std::size_t>(code)];
}

}  // namespace lanewise::inline v0
