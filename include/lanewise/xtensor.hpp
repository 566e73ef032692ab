#pragma once
// Views of xtensor's containers, adaptors and strided views. Needs none of xtensor's headers: it goes by the members that they have.

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

namespace detail {
/// An expression of xtensor that lies in memory.
template <class T>
concept XtensorStrided = requires(const T& expression) {
  requires Element<typename T::value_type>;
  { expression.data() } -> std::convertible_to<const typename T::value_type*>;
  { expression.data_offset() } -> std::convertible_to<std::size_t>;
  expression.strides().begin();
  expression.shape().begin();
};

/// Containers, which own their memory, can be given another shape.
template <class T>
concept XtensorOwner = XtensorStrided<T> && requires(T& expression) {
  expression.resize(expression.shape());
};

template <class T>
inline constexpr bool is_mutable_xtensor = requires(T& expression) {
  { expression.data() } -> std::same_as<typename T::value_type*>;
};

template <class View, class Data, XtensorStrided T>
View view_of_xtensor(Data* data, const T& expression) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(typename T::value_type));
  std::vector<std::size_t> shape(expression.dimension());  // of any number, which the view checks
  std::vector<std::ptrdiff_t> strides_bytes(shape.size());
  auto extent = expression.shape().begin();
  auto stride = expression.strides().begin();
  for (std::size_t axis = 0; axis < shape.size(); ++axis, ++extent, ++stride) {
    shape[axis] = static_cast<std::size_t>(*extent);
    strides_bytes[axis] = static_cast<std::ptrdiff_t>(*stride) * size;  // 0 along an axis of one element
  }
  return View(data + expression.data_offset(), std::span<const std::size_t>(shape), std::span<const std::ptrdiff_t>(strides_bytes));
}
}  // namespace detail

/// Views a tensor, an array, an adaptor or a strided view of xtensor, which must outlive the view and keep its shape.
///
/// Shapes      those of the expression, in any layout.
/// Throws      LimitError E405 beyond 32 dimensions, std::bad_alloc.
/// Example     lanewise::Array r = lanewise::evaluate("x + 1", {{"x", lanewise::view(tensor)}});
template <detail::XtensorStrided T>
ArrayView view(const T& expression) {
  return detail::view_of_xtensor<ArrayView>(expression.data(), expression);
}
template <detail::XtensorOwner T>
ArrayView view(const T&& temporary) = delete;

/// The same, to be written.
///
/// Example     lanewise::evaluate("x + 1", {{"x", lanewise::view(tensor)}}, lanewise::mutable_view(result));
template <detail::XtensorStrided T>
requires detail::is_mutable_xtensor<T> MutableArrayView mutable_view(T& expression) {
  return detail::view_of_xtensor<MutableArrayView>(expression.data(), expression);
}

}  // namespace lanewise::inline v0
