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

struct Block {
  std::byte* memory;
  std::size_t size_bytes;
};

/// A call holds at most three workspaces at a time: of its arguments, of its plan, of its task.
struct KeptBlocks {
  std::array<Block, 3> blocks;
  bool closed;
};
thread_local constinit KeptBlocks kept{};

void release(std::byte* memory) noexcept { ::operator delete(memory, alignment); }

struct Cleaner {
  ~Cleaner() {
    kept.closed = true;
    for (Block& block : kept.blocks) release(std::exchange(block, {}).memory);
  }
};

/// Takes the smallest kept block that is large enough, or an empty one.
Block take(std::size_t size_bytes) {
  Block* best = nullptr;
  for (Block& block : kept.blocks) {
    if (block.size_bytes >= size_bytes && (best == nullptr || block.size_bytes < best->size_bytes)) best = &block;
  }
  return best == nullptr ? Block{} : std::exchange(*best, {});
}

/// Keeps the block in place of the smallest, if that is smaller.
void keep(Block block) noexcept {
  static thread_local const Cleaner cleaner;
  if (!kept.closed) {
    Block& smallest = *std::ranges::min_element(kept.blocks, {}, &Block::size_bytes);
    if (smallest.size_bytes < block.size_bytes) std::swap(smallest, block);
  }
  release(block.memory);
}

}  // namespace

Workspace::Workspace(std::size_t size_bytes) : data_(inline_) {
  if (size_bytes <= inline_bytes) return;
  Block block = take(size_bytes);
  if (block.memory == nullptr) block = {static_cast<std::byte*>(::operator new(size_bytes, alignment)), size_bytes};
  data_ = block.memory;
  block_bytes_ = block.size_bytes;
}

Workspace::~Workspace() {
  if (block_bytes_ > 0) keep({data_, block_bytes_});
}

}  // namespace lanewise::inline v0
