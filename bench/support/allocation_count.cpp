// Replaces operator new and delete of the whole program; a shared library's calls come here too.
#include "support/allocation_count.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> live_bytes{0};
std::atomic<std::size_t> most_live_bytes{0};

void* counted(std::size_t size_bytes, std::size_t alignment_bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const std::size_t rounded_bytes = (size_bytes + alignment_bytes - 1) / alignment_bytes * alignment_bytes;
  void* memory = std::aligned_alloc(alignment_bytes, rounded_bytes == 0 ? alignment_bytes : rounded_bytes);
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t taken_bytes = malloc_usable_size(memory);
  const std::size_t now = live_bytes.fetch_add(taken_bytes, std::memory_order_relaxed) + taken_bytes;
  std::size_t most = most_live_bytes.load(std::memory_order_relaxed);
  while (most < now && !most_live_bytes.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return memory;
}

void release(void* memory) {
  live_bytes.fetch_sub(malloc_usable_size(memory), std::memory_order_relaxed);
  std::free(memory);
}
}  // namespace

void* operator new(std::size_t size_bytes) { return counted(size_bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
void* operator new(std::size_t size_bytes, std::align_val_t alignment) { return counted(size_bytes, static_cast<std::size_t>(alignment)); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace bench {

std::size_t allocation_count() { return allocations.load(std::memory_order_relaxed); }

std::size_t peak_allocated_bytes(const std::function<void()>& work) {
  const std::size_t before = live_bytes.load(std::memory_order_relaxed);
  most_live_bytes.store(before, std::memory_order_relaxed);
  work();
  return most_live_bytes.load(std::memory_order_relaxed) - before;
}

}  // namespace bench
