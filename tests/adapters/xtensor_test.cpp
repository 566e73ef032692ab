// Expressions from xtensor's types, and into them.

#include <utility>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>
#pragma GCC diagnostic pop

#include <gtest/gtest.h>

#include <lanewise/lanewise.hpp>
#include <lanewise/xtensor.hpp>

namespace lanewise::inline v0 {
namespace {

template <class T>
concept IsViewed = requires(T&& value) {
  lanewise::view(std::forward<T>(value));
};

TEST(Xtensor, Example) {
  const xt::xtensor<double, 2> tensor{{1, 2, 3}, {4, 5, 6}};
  lanewise::Array r = lanewise::evaluate("x + 1", {{"x", lanewise::view(tensor)}});
  EXPECT_EQ(r.span<double>()[5], 7);
  xt::xtensor<double, 2> result = xt::zeros<double>({2, 3});
  lanewise::evaluate("x + 1", {{"x", lanewise::view(tensor)}}, lanewise::mutable_view(result));
  EXPECT_EQ(result, tensor + 1);
}

TEST(Xtensor, LayoutsAndBroadcasting) {
  const xt::xarray<float, xt::layout_type::column_major> by_columns{{1, 2, 3}, {4, 5, 6}};
  const xt::xarray<float> row{10, 20, 30};
  xt::xarray<float> out = xt::zeros<float>({2, 3});
  evaluate("x + row", {{"x", lanewise::view(by_columns)}, {"row", lanewise::view(row)}}, mutable_view(out));
  EXPECT_EQ(out, (xt::xarray<float>{{11, 22, 33}, {14, 25, 36}}));
  const xt::xtensor<float, 2> column{{1.0F}, {2.0F}};
  EXPECT_EQ(evaluate("sum(x*c)", {{"x", lanewise::view(by_columns)}, {"c", lanewise::view(column)}}).item<float>(), 36);
}

TEST(Xtensor, StridedViewsAndAdaptors) {
  xt::xarray<std::int64_t> whole = xt::arange<std::int64_t>(24).reshape({4, 6});
  auto part = xt::strided_view(whole, {xt::range(1, 4), xt::range(5, xt::placeholders::_, -2)});
  EXPECT_EQ(evaluate("sum(x)", {{"x", lanewise::view(part)}}).item<std::int64_t>(), xt::sum(part)());
  evaluate("-x", {{"x", lanewise::view(part)}}, mutable_view(part));
  EXPECT_EQ(whole(1, 5), -11);
  EXPECT_EQ(whole(1, 4), 10);
  std::vector<double> memory(6, 2.0);
  auto adapted = xt::adapt(memory, std::vector<std::size_t>{2, 3});
  EXPECT_EQ(evaluate("sum(x)", {{"x", lanewise::view(adapted)}}).item<double>(), 12);
}

TEST(Xtensor, WhatIsNoMemoryOrSoonGoneIsRefused) {
  using Sum = decltype(std::declval<xt::xarray<double>&>() + std::declval<xt::xarray<double>&>());
  static_assert(IsViewed<xt::xarray<double>&> && IsViewed<const xt::xtensor<int, 3>&>);
  static_assert(!IsViewed<xt::xarray<double>> && !IsViewed<Sum>);
}

}  // namespace
}  // namespace lanewise::inline v0
