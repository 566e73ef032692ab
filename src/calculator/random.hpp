#pragma once
// Random numbers that depend on seed and position alone: the same on every machine, in any order, on any number of threads.
//
// The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) with the constants
// of Stafford's variant 13, as in Vigna's splitmix64.c: element i is the (i + 1)-th output for the seed, and its upper 53 bits the number.

#include <cstdint>
#include <string_view>

namespace lanewise::inline v0::calculator {

inline constexpr std::uint64_t random_increment = 0x9e3779b97f4a7c15;
inline constexpr std::uint64_t random_factors[] = {0xbf58476d1ce4e5b9, 0x94d049bb133111eb};

constexpr std::uint64_t random_bits_at(std::uint64_t seed, std::uint64_t element_index) {
  std::uint64_t bits = seed + (element_index + 1) * random_increment;
  bits = (bits ^ (bits >> 30)) * random_factors[0];
  bits = (bits ^ (bits >> 27)) * random_factors[1];
  return bits ^ (bits >> 31);
}

/// Returns a uniform number of [0, 1).
constexpr double random_at(std::uint64_t seed, std::uint64_t element_index) {
  return static_cast<double>(random_bits_at(seed, element_index) >> 11) * 0x1p-53;
}

/// Returns the number of the standard normal distribution below which lies the part (b + 1/2) / 2**53 of it, where b is the upper 53 bits. Uses only
/// operations that IEEE 754 defines to the last bit.
double normal_of_bits(std::uint64_t bits) noexcept;

/// How formulas call it.
inline constexpr std::string_view normal_function_name = "_standard_normal_of_random_bits_";

}  // namespace lanewise::inline v0::calculator
