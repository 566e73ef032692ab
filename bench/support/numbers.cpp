// Maps, aligns, staggers and fills the arrays of a contest.
#include "support/numbers.hpp"

#include <sys/mman.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <new>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;
// 66 cache lines: a multiple of no power of two above the line.
constexpr std::size_t stagger_bytes = 66 * 64;

// The k-th output of the generator SplitMix64 (Steele, Lea, Flood, 2014), which needs no state between calls.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t k) {
  std::uint64_t z = seed + (k + 1) * 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

}  // namespace

Numbers::Numbers(std::size_t count, std::size_t position) : size_(count) {
  const std::size_t offset_bytes = position * stagger_bytes;
  mapping_bytes_ = count * sizeof(double) + offset_bytes + huge_page_bytes;
  mapping_ = mmap(nullptr, mapping_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping_ == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  madvise(mapping_, mapping_bytes_, MADV_HUGEPAGE);
#endif
  const auto address = reinterpret_cast<std::uintptr_t>(mapping_);
  const std::uintptr_t page = (address + huge_page_bytes - 1) / huge_page_bytes * huge_page_bytes;
  data_ = reinterpret_cast<double*>(static_cast<char*>(mapping_) + (page - address) + offset_bytes);
  fill(0.0);
}

Numbers::Numbers(Numbers&& other) noexcept
    : mapping_(std::exchange(other.mapping_, nullptr)), mapping_bytes_(other.mapping_bytes_), data_(other.data_), size_(other.size_) {}

Numbers::~Numbers() {
  if (mapping_ != nullptr) munmap(mapping_, mapping_bytes_);
}

void Numbers::fill(double value) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, size_, 65'536),
                    [&](const tbb::blocked_range<std::size_t>& range) { std::fill(data_ + range.begin(), data_ + range.end(), value); });
}

void Numbers::fill_random(std::uint64_t seed) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, size_, 65'536), [&](const tbb::blocked_range<std::size_t>& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) data_[i] = static_cast<double>(mixed(seed, i) >> 11) * 0x1p-51 - 2.0;
  });
}

}  // namespace bench
