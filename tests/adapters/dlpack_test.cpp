// Tensors of DLPack, in and out.

#include <dlpack/dlpack.h>

#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <lanewise/dlpack.hpp>
#include <lanewise/lanewise.hpp>

namespace lanewise::inline v0 {
namespace {

/// A tensor of numbers 0, 1, 2, …
struct Numbers {
  std::vector<float> elements = std::vector<float>(24);
  std::array<std::int64_t, 2> shape{4, 6};
  std::array<std::int64_t, 2> strides{6, 1};
  DLTensor tensor{};

  Numbers() {
    std::iota(elements.begin(), elements.end(), 0.0F);
    tensor.data = elements.data();
    tensor.device = {kDLCPU, 0};
    tensor.ndim = 2;
    tensor.dtype = {kDLFloat, 32, 1};
    tensor.shape = shape.data();
    tensor.strides = strides.data();
  }
};

TEST(Dlpack, Example) {
  Numbers numbers;
  DLManagedTensor of_library{numbers.tensor, nullptr, nullptr};
  const DLManagedTensor* managed = &of_library;
  lanewise::Array r = lanewise::evaluate("x + 1", {{"x", lanewise::view_dlpack(managed->dl_tensor)}});
  EXPECT_EQ(r.span<float>()[23], 24);
  evaluate("2*x", {{"x", view_dlpack(managed->dl_tensor)}}, mutable_view_dlpack(managed->dl_tensor));
  EXPECT_EQ(numbers.elements[23], 46);
}

TEST(Dlpack, AnArrayIsGivenAway) {
  const std::vector<double> x{1, 2, 3};
  lanewise::Array array = evaluate("x*x", {{"x", x}});
  const void* const memory = array.data();
  DLManagedTensor* tensor = lanewise::to_dlpack<DLManagedTensor>(std::move(array));
  EXPECT_EQ(tensor->dl_tensor.data, memory) << "without a copy";
  EXPECT_EQ(tensor->dl_tensor.ndim, 1);
  EXPECT_EQ(tensor->dl_tensor.shape[0], 3);
  EXPECT_EQ(tensor->dl_tensor.strides[0], 1);
  EXPECT_EQ(evaluate("sum(x)", {{"x", view_dlpack(tensor->dl_tensor)}}).item<double>(), 14);
  tensor->deleter(tensor);
  EXPECT_EQ(array.size(), 0U);
}

TEST(Dlpack, EveryTypeComesBack) {
  for (std::size_t code = 0; code < DType::count; ++code) {
    const DType dtype{static_cast<DType::Code>(code)};
    const std::size_t shape[] = {2, 3};
    DLManagedTensor* tensor = to_dlpack<DLManagedTensor>(Array(dtype, shape));
    EXPECT_EQ(view_dlpack(tensor->dl_tensor).dtype(), dtype) << dtype.name();
    EXPECT_TRUE(view_dlpack(tensor->dl_tensor).is_contiguous());
    tensor->deleter(tensor);
  }
}

TEST(Dlpack, StridesOffsetsAndNoStrides) {
  Numbers numbers;
  numbers.tensor.strides = nullptr;
  EXPECT_EQ(evaluate("sum(x)", {{"x", view_dlpack(numbers.tensor)}}).item<float>(), 276);
  numbers.shape = {2, 3};
  numbers.strides = {-12, 2};
  numbers.tensor.strides = numbers.strides.data();
  numbers.tensor.byte_offset = 12 * sizeof(float);
  EXPECT_EQ(evaluate("sum(x)", {{"x", view_dlpack(numbers.tensor)}}).item<float>(), 12 + 14 + 16 + 0 + 2 + 4);
  numbers.tensor.ndim = 0;
  EXPECT_EQ(evaluate("x + 0", {{"x", view_dlpack(numbers.tensor)}}).item<float>(), 12);
}

TEST(Dlpack, NoElements) {
  Numbers numbers;
  numbers.shape = {0, 6};
  numbers.tensor.data = nullptr;
  EXPECT_EQ(evaluate("sum(x)", {{"x", view_dlpack(numbers.tensor)}}).item<float>(), 0);
}

TEST(Dlpack, WhatLanewiseHasNotIsRefused) {
  const auto refused = [](auto change) {
    Numbers numbers;
    change(numbers.tensor);
    EXPECT_THROW((void)view_dlpack(numbers.tensor), Error);
  };
  refused([](DLTensor& tensor) { tensor.dtype.lanes = 4; });
  refused([](DLTensor& tensor) { tensor.dtype = {kDLBfloat, 16, 1}; });
  refused([](DLTensor& tensor) { tensor.dtype.bits = 128; });
  refused([](DLTensor& tensor) { tensor.device.device_type = kDLCUDA; });
  refused([](DLTensor& tensor) { tensor.shape[0] = -1; });
  refused([](DLTensor& tensor) { tensor.strides[0] = INT64_MAX; });
  refused([](DLTensor& tensor) { tensor.shape[0] = tensor.shape[1] = INT64_MAX; });
}

}  // namespace
}  // namespace lanewise::inline v0
