// The promotion policy against NumPy's, every pair of dtypes and every weak kind; the expectation is written by make_numpy_tables.py.

#include "ops/promotion.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ops/scalar.hpp"

namespace lanewise {
namespace {

constexpr DType weak_dtypes[] = {DType::bool_, DType::int64, DType::float64, DType::complex128};

constexpr const char* typed_rows[] = {
#define TYPED(row) row,
#define WEAK(row)
#include "ops/numpy_promotion.inc"
#undef TYPED
#undef WEAK
};
constexpr const char* weak_rows[] = {
#define TYPED(row)
#define WEAK(row) row,
#include "ops/numpy_promotion.inc"
#undef TYPED
#undef WEAK
};
static_assert(std::size(typed_rows) == DType::count && std::size(weak_rows) == DType::count);

DType dtype_at(std::size_t code) { return DType{static_cast<DType::Code>(code)}; }

void append(std::string& row, DType dtype) { row += (row.empty() ? "" : " ") + std::string(short_name(dtype)); }

TEST(Promotion, TypedOperandsMeetAsInNumpy) {
  for (std::size_t left = 0; left < DType::count; ++left) {
    std::string row;
    for (std::size_t right = 0; right < DType::count; ++right) append(row, numpy_promotion.typed(dtype_at(left), dtype_at(right)));
    EXPECT_EQ(row, typed_rows[left]) << dtype_at(left).name();
  }
}

TEST(Promotion, WeakOperandsTakeTheTypedDtypeOrTheNextKind) {
  for (std::size_t typed = 0; typed < DType::count; ++typed) {
    std::string row;
    for (const DType weak : weak_dtypes) append(row, numpy_promotion.weak(dtype_at(typed), weak));
    EXPECT_EQ(row, weak_rows[typed]) << dtype_at(typed).name();
  }
}

// float16 is storage: not even two of them meet as float16.
TEST(Promotion, Float16MeetsEverythingAsFloat32) {
  for (std::size_t code = 0; code < DType::count; ++code) {
    EXPECT_EQ(numpy_promotion.typed(DType::float16, dtype_at(code)), numpy_promotion.typed(DType::float32, dtype_at(code)));
    EXPECT_EQ(numpy_promotion.typed(dtype_at(code), DType::float16), numpy_promotion.typed(dtype_at(code), DType::float32));
  }
}

// Weak values meet each other before they meet anything typed.
TEST(Promotion, WeakKindsMeetInTheWiderKind) {
  const DType* const end = std::end(weak_dtypes);
  for (const DType* left = weak_dtypes; left != end; ++left) {
    for (const DType* right = weak_dtypes; right != end; ++right) EXPECT_EQ(numpy_promotion.typed(*left, *right), *std::max(left, right));
  }
}

}  // namespace
}  // namespace lanewise
