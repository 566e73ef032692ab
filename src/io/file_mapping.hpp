#pragma once
// Files and their mappings as values that close themselves.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace lanewise::inline v0 {

/// An open file. Closed when it is destroyed.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor();

  int number() const noexcept { return number_; }

 private:
  int number_;
};

/// Bytes of a file in memory, shared with all who map the same file.
class FileMapping {
 public:
  /// Maps a whole regular file for reading. Throws FileError E701.
  static FileMapping of_file(const std::string& path);
  /// Maps the first bytes of an open file for reading and writing. Precondition: the file has as many, and that is not 0.
  /// Throws std::bad_alloc.
  static FileMapping writable(const FileDescriptor& file, std::size_t size_bytes);

  FileMapping(FileMapping&& other) noexcept
      : memory_(std::exchange(other.memory_, nullptr)), size_bytes_(std::exchange(other.size_bytes_, 0)) {}
  FileMapping& operator=(FileMapping&&) = delete;
  ~FileMapping();

  std::string_view bytes() const noexcept { return {static_cast<const char*>(memory_), size_bytes_}; }
  /// Precondition: the mapping is writable.
  std::byte* memory() noexcept { return static_cast<std::byte*>(memory_); }

 private:
  FileMapping(void* memory, std::size_t size_bytes) noexcept : memory_(memory), size_bytes_(size_bytes) {}

  void* memory_;  ///< null if there are no bytes, which cannot be mapped
  std::size_t size_bytes_;
};

}  // namespace lanewise::inline v0
