#pragma once
// Random choices that are the same on every platform for one seed.

#include <cstddef>
#include <cstdint>
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
  template <class T, std::size_t count>
  const T& of(const T (&choices)[count]) {
    return choices[below(count)];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace lanewise::inline v0::property
