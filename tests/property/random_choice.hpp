#pragma once
// Random choices that are the same on every platform for one seed.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <span>

namespace lanewise::inline v0::property {

class RandomChoice {
 public:
  explicit RandomChoice(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }
  /// Returns a number from 0 to count - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool percent(std::size_t probability) { return below(100) < probability; }
  /// Returns an element of an array or a vector.
  template <class Choices>
  const auto& of(const Choices& choices) {
    return choices[below(std::size(choices))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace lanewise::inline v0::property
