#pragma once
// What stands between the brackets of `u[1:-1, 0]`, as numbers. What it does to an array: exec/view_layout.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

struct SubscriptEntry {
  enum class Kind : std::uint8_t { position, slice, ellipsis, new_axis };

  Kind kind;
  std::optional<std::int64_t> start = {};  ///< of a slice; of a position itself
  std::optional<std::int64_t> stop = {};   ///< of a slice
  std::int64_t step = 1;                   ///< of a slice: not 0, nor the lowest int64
  SourceSpan span = {};                    ///< where in the text it came from first; not part of its identity

  friend bool operator==(const SubscriptEntry& left, const SubscriptEntry& right) noexcept {
    return left.kind == right.kind && left.start == right.start && left.stop == right.stop && left.step == right.step;
  }
};

/// At most one entry is an ellipsis.
using Subscript = std::vector<SubscriptEntry>;

/// Returns "[1:-1, 0]".
std::string to_text(const Subscript& subscript);

}  // namespace lanewise::inline v0
