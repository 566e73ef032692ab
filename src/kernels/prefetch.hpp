#pragma once
// How far ahead of what is in work elements in memory are asked for. Distances of 512 and 3072 bytes did as well, 256 and 2048 a little worse.

#include <cstddef>

namespace lanewise::inline v0 {

inline constexpr std::size_t near_distance_bytes = 1024;  ///< into the first cache
inline constexpr std::size_t far_distance_bytes = 4096;   ///< into the second
inline constexpr std::size_t cache_line_bytes = 64;

}  // namespace lanewise::inline v0
