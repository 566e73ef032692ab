#pragma once

#include <cstddef>

namespace lanewise::inline v0 {

/// A block of memory, 64-byte aligned, that a thread keeps from call to call.
struct KeptBlock {
  std::byte* memory;
  std::size_t size_bytes;
};
/// Returns a block of at least so many bytes. Throws std::bad_alloc.
KeptBlock take_block(std::size_t size_bytes);
void keep_block(KeptBlock block) noexcept;

/// Memory of one task or call, 64-byte aligned, not initialised. Small requests stay on the stack; larger ones take a block that the thread
/// kept from an earlier one, so that a warm evaluation allocates nothing, nested workspaces included.
class Workspace {
 public:
  /// Throws std::bad_alloc.
  explicit Workspace(std::size_t size_bytes);
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  std::byte* data() noexcept { return data_; }

 private:
  static constexpr std::size_t inline_bytes = 8 * 1024;  // ten operations on four arrays take about 3 KiB

  std::byte* data_;
  std::size_t block_bytes_ = 0;  ///< of the block at data_; 0 where that is inline_
  alignas(64) std::byte inline_[inline_bytes];
};

}  // namespace lanewise::inline v0
