#pragma once

#include "exec/pass_plan.hpp"

namespace lanewise::inline v0 {

/// Returns whether all that an elementwise pass reads and writes is too much to stay in a cache.
bool exceeds_caches(const PassPlan& plan) noexcept;

/// Returns whether the results of an elementwise pass can be stored past the caches: if they are as aligned as that takes, and nothing that is
/// read. Precondition: the blocks of the plan are chosen.
bool can_stream(const PassPlan& plan) noexcept;

/// Returns how many bytes a pass reads.
std::size_t read_bytes(const PassPlan& plan) noexcept;

}  // namespace lanewise::inline v0
