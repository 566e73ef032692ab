#pragma once
// The hand-written loop that a specialist would write for one expression: fused, vectors as wide as this machine has, and stores that
// either go through the cache or stream past it. Compiled with -march=native, so it has no other caller than this bench.

#include <cstddef>
#include <string_view>

namespace bench {

/// Computes the elements [first, last). `first` is a multiple of 8 and `out` is aligned to 64 bytes; `v` is unread where the formula has
/// one input.
using FusedLoop = void (*)(const double* u, const double* v, double* out, std::size_t first, std::size_t last);

enum class Stores { plain, streaming };

/// Returns the loop for an expression's name.
FusedLoop hand_fused_loop(std::string_view formula, Stores stores);

}  // namespace bench
