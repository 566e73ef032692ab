#include "native/code_memory.hpp"

#include <sys/mman.h>

#include <atomic>
#include <cerrno>

namespace lanewise::inline v0 {
namespace {

constexpr int most_blocks = 1000;
std::atomic<int> block_count = 0;
std::atomic<bool> is_refused = false;  ///< by the system, which might write down each attempt

std::uint8_t* map(std::size_t size_bytes) noexcept {
  if (is_refused.load(std::memory_order_relaxed)) return nullptr;
  if (block_count.fetch_add(1, std::memory_order_relaxed) < most_blocks) {
    void* const pages = mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages != MAP_FAILED) return static_cast<std::uint8_t*>(pages);
  }
  block_count.fetch_sub(1, std::memory_order_relaxed);
  return nullptr;
}

}  // namespace

CodeMemory::CodeMemory(std::size_t size_bytes) noexcept : size_bytes_(size_bytes), data_(map(size_bytes)) {}

CodeMemory::~CodeMemory() {
  if (data_ == nullptr) return;
  munmap(data_, size_bytes_);  // where a process has as many mappings as it may, this can fail: then the pages stay
  block_count.fetch_sub(1, std::memory_order_relaxed);
}

bool CodeMemory::make_executable() noexcept {
  if (mprotect(data_, size_bytes_, PROT_READ | PROT_EXEC) == 0) return true;
  if (errno != ENOMEM) is_refused.store(true, std::memory_order_relaxed);
  return false;
}

}  // namespace lanewise::inline v0
