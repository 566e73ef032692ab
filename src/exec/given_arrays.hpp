#pragma once

#include <cstddef>
#include <span>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

/// The arrays of a call by number, wherever they lie: one after another, or apart with their addresses in a row.
class GivenArrays {
 public:
  GivenArrays(std::span<const ArrayView> arrays) noexcept : arrays_(arrays.data()), count_(arrays.size()) {}
  GivenArrays(std::span<const ArrayView* const> addresses) noexcept : addresses_(addresses.data()), count_(addresses.size()) {}

  std::size_t size() const noexcept { return count_; }
  const ArrayView& operator[](std::size_t number) const noexcept { return addresses_ == nullptr ? arrays_[number] : *addresses_[number]; }

 private:
  const ArrayView* arrays_ = nullptr;
  const ArrayView* const* addresses_ = nullptr;
  std::size_t count_;
};

}  // namespace lanewise::inline v0
