// Mappings are whole multiples of 2 MiB, of which the length of the asked memory tells how many: so nothing is written down beside it.
//
// The pool is a short list under a mutex that nobody waits for: who does not get it at once does without the pool. So a child of fork that
// inherits it locked does not hang. It is plain data that outlives every object with memory to give back.

#include "api/memory_pool.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <mutex>
#include <new>

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t alignment_bytes = 64;  // a cache line, and the longest vector
constexpr std::align_val_t heap_alignment{alignment_bytes};

/// Less than this is taken with room for its alignment, as allocators take several times as long to align.
constexpr std::size_t smallest_aligned_bytes = 1024;

/// Before the memory stands how far it is from the begin of what was taken.
std::byte* take_small(std::size_t size_bytes) {
  auto* const block = static_cast<std::byte*>(::operator new(size_bytes + alignment_bytes));
  const std::size_t offset = alignment_bytes - reinterpret_cast<std::uintptr_t>(block) % alignment_bytes;
  block[offset - 1] = static_cast<std::byte>(offset);
  return block + offset;
}

void give_back_small(std::byte* memory) noexcept { ::operator delete(memory - static_cast<std::size_t>(memory[-1])); }

constexpr std::size_t large_page_bytes = std::size_t{2} << 20;

struct Mapping {
  std::byte* memory;
  std::size_t size_bytes;
};

struct Pool {
  std::mutex mutex;
  std::array<Mapping, 8> mappings;  // the first `count`, oldest first
  std::size_t count;
  std::size_t kept_bytes;

  void remove(std::size_t index) {
    kept_bytes -= mappings[index].size_bytes;
    std::move(mappings.begin() + index + 1, mappings.begin() + count, mappings.begin() + index);
    --count;
  }
};
constinit Pool pool{};

std::size_t rounded_up(std::size_t size_bytes) { return (size_bytes + large_page_bytes - 1) / large_page_bytes * large_page_bytes; }

void unmap(std::byte* memory, std::size_t size_bytes) noexcept {
  if (size_bytes > 0) munmap(memory, size_bytes);
}

/// Maps a page more than asked for, and gives back what stands before and after the aligned part.
std::byte* map(std::size_t size_bytes) {
  if (size_bytes > std::numeric_limits<std::ptrdiff_t>::max() - large_page_bytes) throw std::bad_alloc();
  void* const mapped = mmap(nullptr, size_bytes + large_page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  auto* const memory = static_cast<std::byte*>(mapped);
  const std::size_t before = (large_page_bytes - reinterpret_cast<std::uintptr_t>(memory) % large_page_bytes) % large_page_bytes;
  unmap(memory, before);
  unmap(memory + before + size_bytes, large_page_bytes - before);
#ifdef MADV_HUGEPAGE
  madvise(memory + before, size_bytes, MADV_HUGEPAGE);
#endif
  return memory + before;
}

/// Takes the smallest kept mapping that holds so much and no more than twice of it, less its tail; or null.
std::byte* take_kept(std::size_t size_bytes) {
  const std::unique_lock lock(pool.mutex, std::try_to_lock);
  if (!lock) return nullptr;
  std::size_t best = pool.count;
  for (std::size_t i = 0; i < pool.count; ++i) {
    const std::size_t kept = pool.mappings[i].size_bytes;
    if (kept < size_bytes || kept / 2 > size_bytes) continue;
    if (best == pool.count || kept < pool.mappings[best].size_bytes) best = i;
  }
  if (best == pool.count) return nullptr;
  const Mapping taken = pool.mappings[best];
  pool.remove(best);
  unmap(taken.memory + size_bytes, taken.size_bytes - size_bytes);
  return taken.memory;
}

void keep(Mapping mapping) noexcept {
#ifdef MADV_FREE
  if (mapping.size_bytes <= most_kept_memory_bytes && madvise(mapping.memory, mapping.size_bytes, MADV_FREE) == 0) {
    const std::unique_lock lock(pool.mutex, std::try_to_lock);
    if (lock) {
      while (pool.count == pool.mappings.size() || pool.kept_bytes + mapping.size_bytes > most_kept_memory_bytes) {
        unmap(pool.mappings[0].memory, pool.mappings[0].size_bytes);
        pool.remove(0);
      }
      pool.mappings[pool.count++] = mapping;
      pool.kept_bytes += mapping.size_bytes;
      return;
    }
  }
#endif
  unmap(mapping.memory, mapping.size_bytes);
}

}  // namespace

std::byte* take_memory(std::size_t size_bytes) {
  if (size_bytes < smallest_aligned_bytes) return take_small(size_bytes);
  if (size_bytes < smallest_mapping_bytes) return static_cast<std::byte*>(::operator new(size_bytes, heap_alignment));
  const std::size_t mapped_bytes = rounded_up(size_bytes);
  std::byte* const kept = take_kept(mapped_bytes);
  return kept != nullptr ? kept : map(mapped_bytes);
}

void give_back_memory(std::byte* memory, std::size_t size_bytes) noexcept {
  if (memory == nullptr) return;
  if (size_bytes < smallest_aligned_bytes) {
    give_back_small(memory);
  } else if (size_bytes < smallest_mapping_bytes) {
    ::operator delete(memory, heap_alignment);
  } else {
    keep({memory, rounded_up(size_bytes)});
  }
}

std::size_t kept_memory_bytes() noexcept {
  const std::lock_guard lock(pool.mutex);
  return pool.kept_bytes;
}

}  // namespace lanewise::inline v0
