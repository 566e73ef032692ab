// The blocks that a thread keeps. A thread's objects are destroyed before those of the process, whose destructors may still evaluate; so
// what is kept lies in plain data that outlives its cleaner, and once the cleaner has run nothing is kept any more.

#include "exec/workspace.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace lanewise::inline v0 {
namespace {

constexpr std::align_val_t alignment{64};

/// What an idle thread holds on to must not matter to anybody: results of reductions that are longer are returned to the system.
constexpr std::size_t longest_kept_bytes = std::size_t{4} << 20;

/// A call holds a few at a time: of its arguments, of its plan, of its task. Arrays of reductions may take more.
struct KeptBlocks {
  std::array<KeptBlock, 12> blocks;
  bool closed;
};
thread_local constinit KeptBlocks kept{};

void release(std::byte* memory) noexcept { ::operator delete(memory, alignment); }

struct Cleaner {
  ~Cleaner() {
    kept.closed = true;
    for (KeptBlock& block : kept.blocks) release(std::exchange(block, {}).memory);
  }
};

/// Takes the smallest kept block that is large enough, or an empty one.
KeptBlock take(std::size_t size_bytes) {
  KeptBlock* best = nullptr;
  for (KeptBlock& block : kept.blocks) {
    if (block.size_bytes >= size_bytes && (best == nullptr || block.size_bytes < best->size_bytes)) best = &block;
  }
  return best == nullptr ? KeptBlock{} : std::exchange(*best, {});
}

}  // namespace

KeptBlock take_block(std::size_t size_bytes) {
  const KeptBlock block = take(size_bytes);
  if (block.memory != nullptr) return block;
  return {static_cast<std::byte*>(::operator new(size_bytes, alignment)), size_bytes};
}

void keep_block(KeptBlock block) noexcept {
  static thread_local const Cleaner cleaner;
  if (!kept.closed && block.size_bytes <= longest_kept_bytes) {
    KeptBlock& smallest = *std::ranges::min_element(kept.blocks, {}, &KeptBlock::size_bytes);
    if (smallest.size_bytes < block.size_bytes) std::swap(smallest, block);
  }
  release(block.memory);
}

Workspace::Workspace(std::size_t size_bytes) : data_(inline_) {
  if (size_bytes <= inline_bytes) return;
  const KeptBlock block = take_block(size_bytes);
  data_ = block.memory;
  block_bytes_ = block.size_bytes;
}

Workspace::~Workspace() {
  if (block_bytes_ > 0) keep_block({data_, block_bytes_});
}

}  // namespace lanewise::inline v0
