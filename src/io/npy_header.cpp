// What stands at fixed places is read here; the dictionary in io/npy_dictionary.cpp.
#include "io/npy_header.hpp"

#include <limits>

#include "exec/shape.hpp"
#include "io/file_error.hpp"
#include "io/npy_dictionary.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t version_end = 8;              // bytes: magic, major, minor
constexpr std::size_t longest_text_bytes = 65'535;  // 32 extents need less than a kilobyte
constexpr std::size_t header_alignment_bytes = 64;
constexpr auto most_bytes = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());

void check_magic(std::string_view file, std::string_view path) {
  if (file.starts_with(magic) && file.size() >= version_end) return;
  const bool is_cut = !file.empty() && file.size() < version_end && (magic.starts_with(file) || file.starts_with(magic));
  refuse_damaged(path, file.empty() ? "it is empty"
                       : is_cut     ? "it ends inside its header"
                                    : "it is no .npy file: it does not begin with \\x93NUMPY");
}

std::size_t little_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

struct TextRange {
  std::size_t begin;
  std::size_t end;
};

TextRange find_text(std::string_view file, std::string_view path) {
  const int major = static_cast<unsigned char>(file[6]);
  const int minor = static_cast<unsigned char>(file[7]);
  if (major < 1 || major > 3 || minor != 0) {
    refuse_unsupported(path, "it has format " + std::to_string(major) + "." + std::to_string(minor) + "; expected 1.0, 2.0 or 3.0");
  }
  const std::size_t begin = version_end + (major == 1 ? 2 : 4);
  if (file.size() < begin) refuse_damaged(path, "it ends inside its header");
  const std::size_t size_bytes = little_endian(file.substr(version_end, begin - version_end));
  if (size_bytes > longest_text_bytes) {
    refuse_damaged(path, "its header is said to be " + std::to_string(size_bytes) + " bytes long; expected at most " +
                             std::to_string(longest_text_bytes));
  }
  if (size_bytes > file.size() - begin) {
    refuse_damaged(
        path, "it ends inside its header: of " + std::to_string(size_bytes) + " bytes there are " + std::to_string(file.size() - begin));
  }
  return {begin, begin + size_bytes};
}

/// The bytes of all elements; a product that overflows is refused even where an extent of 0 makes it nothing.
std::size_t bytes_of(const NpyHeader& header, std::string_view path) {
  std::size_t size_bytes = header.dtype.size_bytes();
  bool is_empty = false;
  bool overflow = false;
  for (const std::size_t extent : header.shape.values()) {
    is_empty |= extent == 0;
    overflow |= extent != 0 && __builtin_mul_overflow(size_bytes, extent, &size_bytes);
  }
  if (overflow || size_bytes > most_bytes) {
    refuse_damaged(path, "its shape " + shape_text(header.shape.values()) + " multiplies to more bytes than memory can have");
  }
  return is_empty ? 0 : size_bytes;
}

}  // namespace

NpyHeader parse_npy_header(std::string_view file, std::string_view path) {
  check_magic(file, path);
  const TextRange text = find_text(file, path);
  const NpyDictionary dictionary = parse_npy_dictionary(file.substr(0, text.end), text.begin, path);
  NpyHeader header{dictionary.dtype, dictionary.is_fortran_order, dictionary.shape, text.end, 0};
  header.elements_bytes = bytes_of(header, path);
  const std::size_t present_bytes = file.size() - header.size_bytes;
  if (header.elements_bytes > present_bytes) {
    refuse_damaged(path, "its shape " + shape_text(header.shape.values()) + " of " + std::string(header.dtype.name()) + " needs " +
                             std::to_string(header.elements_bytes) + " bytes after the header; there are " + std::to_string(present_bytes));
  }
  return header;
}

std::string npy_header_text(DType dtype, std::span<const std::size_t> shape) {
  std::string text = npy_dictionary_text(dtype, shape);
  const std::size_t used_bytes = version_end + 2 + text.size() + 1;
  text.append((header_alignment_bytes - used_bytes % header_alignment_bytes) % header_alignment_bytes, ' ');
  text += '\n';
  std::string header(magic);
  header += {'\1', '\0', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
  return header + text;
}

}  // namespace lanewise::inline v0
