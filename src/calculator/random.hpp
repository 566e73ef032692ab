#pragma once
// Uniform numbers of [0, 1) that depend on seed and position alone: the same on every machine, in any order.
//
// The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) with the constants
// of Stafford's variant 13, as in Vigna's splitmix64.c: element i is the (i + 1)-th output for the seed, and its upper 53 bits the number.

#include <cstdint>

namespace lanewise::inline v0::calculator {

constexpr std::uint64_t random_bits_at(std::uint64_t seed, std::uint64_t element_index) {
  std::uint64_t bits = seed + (element_index + 1) * 0x9e3779b97f4a7c15;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

constexpr double random_at(std::uint64_t seed, std::uint64_t element_index) {
  return static_cast<double>(random_bits_at(seed, element_index) >> 11) * 0x1p-53;
}

}  // namespace lanewise::inline v0::calculator
