// A mapped file seen as an array.
#include <lanewise/io.hpp>

#include <bit>
#include <memory>

#include "io/file_mapping.hpp"
#include "io/npy_header.hpp"

namespace lanewise::inline v0 {
namespace {

static_assert(std::endian::native == std::endian::little, "files are read in place, and they are little-endian");

ArrayView view_of(const FileMapping& mapping, const NpyHeader& header) {
  const void* const elements = mapping.bytes().data() + header.size_bytes;
  const std::span<const std::size_t> shape = header.shape.values();
  if (!header.is_fortran_order) return {elements, header.dtype, shape};
  PerDimension<std::ptrdiff_t> strides_bytes;
  strides_bytes.resize(shape.size());
  auto stride_bytes = static_cast<std::ptrdiff_t>(header.dtype.size_bytes());
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    strides_bytes[axis] = stride_bytes;
    if (header.elements_bytes != 0) stride_bytes *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
  return {elements, header.dtype, shape, strides_bytes.values()};
}

}  // namespace

MappedArray load_npy(const std::string& path) {
  const auto mapping = std::make_shared<const FileMapping>(FileMapping::of_file(path));
  const NpyHeader header = parse_npy_header(mapping->bytes(), path);
  return {mapping, view_of(*mapping, header)};
}

}  // namespace lanewise::inline v0
