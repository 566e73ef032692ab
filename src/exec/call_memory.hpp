#pragma once
// Memory for what one call plans: containers grow in blocks that the thread keeps, so that a warm call allocates nothing.

#include <cstddef>
#include <memory_resource>
#include <span>

namespace lanewise::inline v0 {

/// Takes and returns blocks as workspaces do.
class KeptBlockResource : public std::pmr::memory_resource {
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override;
  void do_deallocate(void* memory, std::size_t size_bytes, std::size_t alignment) override;
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }
};

class CallMemory {
 public:
  CallMemory() : resource_(inline_, sizeof(inline_), &blocks_) {}

  std::pmr::memory_resource* resource() noexcept { return &resource_; }
  /// Returns memory, 64-byte aligned, not initialised, that lives as long as this. Throws std::bad_alloc.
  std::byte* allocate(std::size_t size_bytes) { return static_cast<std::byte*>(resource_.allocate(size_bytes, 64)); }

 private:
  alignas(64) std::byte inline_[8 * 1024];
  KeptBlockResource blocks_;
  std::pmr::monotonic_buffer_resource resource_;
};

}  // namespace lanewise::inline v0
