#pragma once

#include <array>
#include <cstddef>
#include <memory>

namespace lanewise::inline v0 {

/// Memory of one task or call, 64-byte aligned, not initialised. Small requests stay on the stack; larger ones take the block that the thread
/// kept from its last one, so that a warm evaluation allocates nothing. Nested evaluations on one thread get blocks of their own.
class Workspace {
 public:
  /// Throws std::bad_alloc.
  explicit Workspace(std::size_t size_bytes);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  std::byte* data() noexcept { return data_; }

  struct Release {
    void operator()(std::byte* memory) const noexcept;
  };
  struct Block {
    std::unique_ptr<std::byte, Release> memory;
    std::size_t size_bytes = 0;
  };

 private:
  static constexpr std::size_t inline_bytes = 8 * 1024;  // ten operations on four arrays take about 3 KiB

  Block block_;
  std::byte* data_;
  alignas(64) std::byte inline_[inline_bytes];
};

}  // namespace lanewise::inline v0
