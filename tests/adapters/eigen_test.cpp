// Expressions from Eigen's types, and into them.

#include <Eigen/Dense>
#include <complex>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include <lanewise/eigen.hpp>
#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

template <class T>
concept IsViewed = requires(T&& value) {
  lanewise::view(std::forward<T>(value));
};
template <class T>
concept IsWritten = requires(T&& value) {
  lanewise::mutable_view(std::forward<T>(value));
};

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::MatrixXd numbered(Eigen::Index rows, Eigen::Index columns) {
  Eigen::MatrixXd matrix(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i) {
    for (Eigen::Index j = 0; j < columns; ++j) matrix(i, j) = static_cast<double>(10 * i + j);
  }
  return matrix;
}

TEST(Eigen, Example) {
  const Eigen::MatrixXd matrix = numbered(3, 4);
  double s = lanewise::evaluate("sum(m*m)", {{"m", lanewise::view(matrix)}}).item<double>();
  EXPECT_EQ(s, matrix.squaredNorm());
  Eigen::MatrixXd result(3, 4);
  lanewise::evaluate("m + 1", {{"m", lanewise::view(matrix)}}, lanewise::mutable_view(result));
  EXPECT_EQ(result, (matrix.array() + 1).matrix());
}

TEST(Eigen, BothStorageOrdersMeet) {
  const Eigen::MatrixXd by_columns = numbered(5, 7);
  const RowMajor by_rows = by_columns * 2;
  RowMajor out(5, 7);
  evaluate("c + r", {{"c", view(by_columns)}, {"r", view(by_rows)}}, mutable_view(out));
  EXPECT_EQ(out, by_columns * 3);
  EXPECT_EQ(view(by_columns).strides_bytes()[0], 8);
  EXPECT_EQ(view(by_rows).strides_bytes()[1], 8);
}

TEST(Eigen, VectorsHaveOneDimension) {
  const Eigen::Vector3f column(1, 2, 3);
  const Eigen::RowVectorXf row = column.transpose();
  EXPECT_EQ(view(column).rank(), 1U);
  EXPECT_EQ(evaluate("sum(x*y)", {{"x", view(column)}, {"y", view(row)}}).item<float>(), 14);
}

TEST(Eigen, MapsRefsAndBlocksKeepTheirStrides) {
  Eigen::MatrixXd matrix = numbered(6, 8);
  const Eigen::MatrixXd before = matrix;
  evaluate("x + 100", {{"x", view(matrix.block(1, 2, 3, 4))}}, mutable_view(matrix.block(1, 2, 3, 4)));
  EXPECT_EQ(matrix.block(1, 2, 3, 4), (before.block(1, 2, 3, 4).array() + 100).matrix());
  EXPECT_EQ(matrix.col(0), before.col(0));
  EXPECT_EQ(evaluate("sum(x)", {{"x", view(before.row(2))}}).item<double>(), before.row(2).sum());

  const Eigen::Map<const Eigen::MatrixXd, 0, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>> spread(before.data(), 3, 4, {12, 2});
  EXPECT_EQ(evaluate("sum(x)", {{"x", view(spread)}}).item<double>(), spread.sum());
  const Eigen::Ref<const Eigen::ArrayXXd> reference = before.array();
  EXPECT_EQ(evaluate("max(x)", {{"x", view(reference)}}).item<double>(), reference.maxCoeff());
}

TEST(Eigen, OtherScalarsAndNoElements) {
  const Eigen::ArrayXi whole = Eigen::ArrayXi::LinSpaced(10, 0, 9);
  EXPECT_EQ(evaluate("sum(x)", {{"x", view(whole)}}).item<std::int64_t>(), 45);
  Eigen::VectorXcd z(2);
  z << std::complex<double>(1, 2), std::complex<double>(3, -4);
  EXPECT_EQ(evaluate("sum(z)", {{"z", view(z)}}).item<std::complex<double>>(), std::complex<double>(4, -2));
  const Eigen::Array<bool, Eigen::Dynamic, 1> flags = whole > 6;
  EXPECT_EQ(evaluate("sum(b)", {{"b", view(flags)}}).item<std::int64_t>(), 3);
  const Eigen::MatrixXd none(0, 5);
  EXPECT_EQ(evaluate("sum(x)", {{"x", view(none)}}).item<double>(), 0);
}

TEST(Eigen, WhatIsNoMemoryOrSoonGoneIsRefused) {
  using Sum = decltype(std::declval<Eigen::MatrixXd&>() + std::declval<Eigen::MatrixXd&>());
  static_assert(IsViewed<Eigen::MatrixXd&> && IsViewed<const Eigen::MatrixXd&> && IsViewed<Eigen::Map<Eigen::MatrixXd>>);
  static_assert(!IsViewed<Eigen::MatrixXd> && !IsViewed<Eigen::ArrayXf> && !IsViewed<Sum>);
  static_assert(IsWritten<Eigen::MatrixXd&> && IsWritten<Eigen::Map<Eigen::MatrixXd>>);
  static_assert(!IsWritten<Eigen::MatrixXd> && !IsWritten<const Eigen::MatrixXd&> && !IsWritten<Eigen::Map<const Eigen::MatrixXd>>);
}

}  // namespace
}  // namespace lanewise::inline v0
