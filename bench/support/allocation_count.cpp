// Replaces operator new and delete of the whole program; a shared library's calls come here too.
#include "support/allocation_count.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size_bytes, std::size_t alignment_bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const std::size_t rounded_bytes = (size_bytes + alignment_bytes - 1) / alignment_bytes * alignment_bytes;
  void* memory = std::aligned_alloc(alignment_bytes, rounded_bytes == 0 ? alignment_bytes : rounded_bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

void* operator new(std::size_t size_bytes) { return counted(size_bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
void* operator new(std::size_t size_bytes, std::align_val_t alignment) { return counted(size_bytes, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace bench {

std::size_t allocation_count() { return allocations.load(std::memory_order_relaxed); }

}  // namespace bench
