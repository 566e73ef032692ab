#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// Tiles of the scratch memory, which are given back after the last use and then taken again.
class ScratchTiles {
 public:
  /// A complex value takes two tiles.
  static std::uint32_t tiles_of(DType dtype) { return dtype.is_complex() ? 2 : 1; }

  /// Returns the first of so many tiles in a row.
  Operand take(std::uint32_t count) {
    std::vector<std::uint32_t>& free = free_[count];
    if (free.empty()) {
      const std::uint32_t tile = count_;
      count_ += count;
      return {Operand::Source::scratch, tile};
    }
    const std::uint32_t tile = free.back();
    free.pop_back();
    return {Operand::Source::scratch, tile};
  }
  Operand take(DType dtype) { return take(tiles_of(dtype)); }

  /// `count` as they were taken.
  void give_back(Operand tile, std::uint32_t count) { free_[count].push_back(tile.index); }
  void give_back(Operand tile, DType dtype) { give_back(tile, tiles_of(dtype)); }

  /// Returns how many there are in all.
  std::uint32_t count() const { return count_; }

 private:
  std::map<std::uint32_t, std::vector<std::uint32_t>> free_;  ///< by how many in a row: the first of each
  std::uint32_t count_ = 0;
};

}  // namespace lanewise::inline v0
