#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace lanewise::inline v0 {

/// Sets of numbers, each ascending and kept once, in a list of the owner's. Set 0 is empty.
class SetTable {
 public:
  explicit SetTable(std::vector<std::vector<std::uint32_t>>& sets) : sets_(sets) { intern({}); }

  std::uint32_t intern(std::vector<std::uint32_t> classes) {
    const auto [found, is_fresh] = numbers_.emplace(std::move(classes), static_cast<std::uint32_t>(sets_.size()));
    if (is_fresh) sets_.push_back(found->first);
    return found->second;
  }

  std::uint32_t unite(std::uint32_t left, std::uint32_t right) {
    if (left == right || right == 0) return left;
    if (left == 0) return right;
    std::vector<std::uint32_t> both;
    std::ranges::set_union(sets_[left], sets_[right], std::back_inserter(both));
    return intern(std::move(both));
  }

 private:
  std::vector<std::vector<std::uint32_t>>& sets_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
};

}  // namespace lanewise::inline v0
