#pragma once
// CodeMemory: pages for machine code, which are written first and executed then, never both at a time.

#include <cstddef>
#include <cstdint>

namespace lanewise::inline v0 {

class CodeMemory {
 public:
  /// Takes pages from the system; data() is null where it has none, has refused to let any be executed, or where many blocks are in use: a process may have
  /// some ten thousand mappings only.
  explicit CodeMemory(std::size_t size_bytes) noexcept;
  ~CodeMemory();
  CodeMemory(const CodeMemory&) = delete;
  CodeMemory& operator=(const CodeMemory&) = delete;

  std::uint8_t* data() noexcept { return data_; }
  std::size_t size_bytes() const noexcept { return size_bytes_; }
  /// From now on the memory cannot be written. Returns false if the system does not allow that it is executed.
  bool make_executable() noexcept;

 private:
  std::size_t size_bytes_;
  std::uint8_t* data_;
};

}  // namespace lanewise::inline v0
