#pragma once
// Arrays for measuring: mapped memory on 2 MiB pages where the system gives them, aligned to 64 bytes.
//
// Arrays that all begin at a page boundary share their low address bits, so loads meet stores of the same cache set; each array therefore
// begins a different number of bytes into its mapping.

#include <cstddef>
#include <cstdint>
#include <span>

namespace bench {

class Numbers {
 public:
  /// `position` numbers the arrays of one contest; neighbours get different low address bits. Pages are touched here.
  Numbers(std::size_t count, std::size_t position);
  ~Numbers();
  Numbers(Numbers&& other) noexcept;
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  Numbers& operator=(Numbers&&) = delete;

  double* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::span<double> span() const { return {data_, size_}; }

  void fill(double value);
  /// Fills with numbers spread evenly over [-2, 2), the same for the same seed.
  void fill_random(std::uint64_t seed);

 private:
  void* mapping_ = nullptr;
  std::size_t mapping_bytes_ = 0;
  double* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace bench
