#pragma once
// Memory for results. What is small comes from the heap; what is large is mapped: in pages of 2 MiB where the system has them, as faults on
// small pages cost several times the evaluation, and untouched, so that each page is first written by the task that fills it.
//
// Mappings given back are kept for the next result, a bounded number of bytes. The system is told that it may take their pages whenever it is
// short of memory (MADV_FREE), so they are not held from other programs.
// The short-lived memory of calls is not here but in exec/workspace.hpp.

#include <cstddef>

namespace lanewise::inline v0 {

/// From here on memory is mapped.
inline constexpr std::size_t smallest_mapping_bytes = std::size_t{4} << 20;

/// Returns memory of unspecified content, aligned to a cache line at least. Thread safe. Throws std::bad_alloc.
std::byte* take_memory(std::size_t size_bytes);
/// Takes back what take_memory returned for that size. Thread safe.
void give_back_memory(std::byte* memory, std::size_t size_bytes) noexcept;

/// Returns the bytes of kept mappings: never more than the bound.
std::size_t kept_memory_bytes() noexcept;
inline constexpr std::size_t most_kept_memory_bytes = std::size_t{1} << 30;

}  // namespace lanewise::inline v0
