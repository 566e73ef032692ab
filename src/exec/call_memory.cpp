#include "exec/call_memory.hpp"

#include <new>

#include "exec/workspace.hpp"

namespace lanewise::inline v0 {
namespace {

/// Before the memory stands the size of the block that it was taken from, which may be larger than was asked for.
constexpr std::size_t header_bytes = 64;

}  // namespace

void* KeptBlockResource::do_allocate(std::size_t size_bytes, std::size_t) {
  const KeptBlock block = take_block(size_bytes + header_bytes);
  ::new (block.memory) std::size_t(block.size_bytes);
  return block.memory + header_bytes;
}

void KeptBlockResource::do_deallocate(void* memory, std::size_t, std::size_t) {
  std::byte* const block = static_cast<std::byte*>(memory) - header_bytes;
  keep_block({block, *std::launder(reinterpret_cast<std::size_t*>(block))});
}

}  // namespace lanewise::inline v0
