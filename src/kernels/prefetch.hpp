#pragma once
// What asking for lines ahead of time needs to know. How far ahead elements in order are asked for is machine_read_ahead's (registry.hpp).

#include <cstddef>

namespace lanewise::inline v0 {

inline constexpr std::size_t cache_line_bytes = 64;

}  // namespace lanewise::inline v0
