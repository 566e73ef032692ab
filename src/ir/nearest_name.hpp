#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lanewise::inline v0 {

/// Returns the candidate that was most likely meant, if any is near; of equally near ones the first.
std::optional<std::string_view> nearest_name(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace lanewise::inline v0
