// An .npy file that is written through a mapping.
#include <cstring>

#include <lanewise/io.hpp>

#include "io/npy_header.hpp"
#include "io/part_file.hpp"

namespace lanewise::inline v0 {

struct NpyWriter::State {
  State(const std::string& path, const std::string& header, std::size_t file_bytes, DType dtype, std::span<const std::size_t> shape)
      : part(path), mapping(mapped(part, file_bytes)), view(mapping.memory() + header.size(), dtype, shape) {
    std::memcpy(mapping.memory(), header.data(), header.size());
  }

  static FileMapping mapped(PartFile& part, std::size_t file_bytes) {
    part.reserve(file_bytes);
    return FileMapping::writable(part.file(), file_bytes);
  }

  PartFile part;
  FileMapping mapping;
  MutableArrayView view;
};

// The shape is checked, by a view of nothing, before there is a file.
NpyWriter::NpyWriter(const std::string& path, DType dtype, std::span<const std::size_t> shape) {
  const std::size_t elements_bytes = ArrayView(nullptr, dtype, shape).size() * dtype.size_bytes();
  const std::string header = npy_header_text(dtype, shape);
  state_ = std::make_unique<State>(path, header, header.size() + elements_bytes, dtype, shape);
}

NpyWriter::NpyWriter(NpyWriter&& other) noexcept = default;
NpyWriter& NpyWriter::operator=(NpyWriter&& other) noexcept = default;
NpyWriter::~NpyWriter() = default;

MutableArrayView NpyWriter::array() const noexcept { return state_->view; }

void NpyWriter::commit() {
  state_->part.take_name();
  state_.reset();
}

}  // namespace lanewise::inline v0
