#include "exec/workspace.hpp"

#include <new>
#include <utility>

namespace lanewise::inline v0 {
namespace {

constexpr std::align_val_t alignment{64};

thread_local Workspace::Block kept_block;

}  // namespace

void Workspace::Release::operator()(std::byte* memory) const noexcept { ::operator delete(memory, alignment); }

Workspace::Workspace(std::size_t size_bytes) : data_(inline_) {
  if (size_bytes <= inline_bytes) return;
  if (kept_block.size_bytes >= size_bytes) {
    block_ = std::exchange(kept_block, {});
  } else {
    block_ = {std::unique_ptr<std::byte, Release>(static_cast<std::byte*>(::operator new(size_bytes, alignment))), size_bytes};
  }
  data_ = block_.memory.get();
}

Workspace::~Workspace() {
  if (block_.size_bytes > kept_block.size_bytes) kept_block = std::move(block_);
}

}  // namespace lanewise::inline v0
