// The transposition of each CPU target, element by element.

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "kernels/registry.hpp"

namespace lanewise::inline v0 {
namespace {

template <class Element>
void expect_transposed(const Target& target, Transpose transpose, std::size_t rows, std::size_t columns) {
  constexpr std::size_t gap = 3;  // makes the arrays' rows misaligned
  std::vector<Element> from(columns * (rows + gap)), to(rows * (columns + gap), Element{7});
  for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<Element>(i * 0x9E3779B97F4A7C15ULL);
  transpose(reinterpret_cast<unsigned char*>(to.data()), static_cast<std::ptrdiff_t>((columns + gap) * sizeof(Element)),
            reinterpret_cast<const unsigned char*>(from.data()), static_cast<std::ptrdiff_t>((rows + gap) * sizeof(Element)), rows,
            columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns + gap; ++c) {
      const Element expected = c < columns ? from[c * (rows + gap) + r] : Element{7};
      ASSERT_EQ(to[r * (columns + gap) + c], expected) << target.name << ", row " << r << ", column " << c;
    }
  }
}

TEST(Transpose, OnEveryTarget) {
  for (const Target* target : runnable_targets()) {
    for (const std::size_t rows : {0U, 8U, 16U, 24U, 40U}) {
      for (const std::size_t columns : {0U, 8U, 16U, 56U}) {
        expect_transposed<std::uint32_t>(*target, target->transpose_4_bytes, rows, columns);
        expect_transposed<std::uint64_t>(*target, target->transpose_8_bytes, rows, columns);
      }
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0
