#pragma once
// Arithmetic on places in the text.

#include <cstddef>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

constexpr std::size_t end_of(SourceSpan span) noexcept { return span.offset_bytes + span.length_bytes; }

constexpr SourceSpan span_between(std::size_t begin_bytes, std::size_t end_bytes) noexcept {
  return {begin_bytes, end_bytes - begin_bytes};
}

}  // namespace lanewise::inline v0
