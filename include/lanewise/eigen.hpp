#pragma once
// Views of Eigen's matrices, arrays, maps, refs and blocks. Needs none of Eigen's headers: it goes by the members that they have.

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

#include <lanewise/array.hpp>

namespace lanewise::inline v0 {

namespace detail {
/// An expression of Eigen that lies in memory; sums and products do not.
template <class T>
concept EigenDense = requires(const T& dense) {
  requires Element<typename T::Scalar>;
  { dense.data() } -> std::convertible_to<const typename T::Scalar*>;
  { dense.innerStride() } -> std::convertible_to<std::ptrdiff_t>;
  { dense.outerStride() } -> std::convertible_to<std::ptrdiff_t>;
  { T::IsRowMajor } -> std::convertible_to<bool>;
  { T::IsVectorAtCompileTime } -> std::convertible_to<bool>;
};

/// Matrix and Array own their memory, and can give it away; maps, refs and blocks cannot.
template <class T>
concept EigenOwner = EigenDense<T> && requires(T& dense) {
  dense.conservativeResize(dense.rows(), dense.cols());
};

template <class T>
inline constexpr bool is_mutable_eigen = requires(T& dense) {
  { dense.data() } -> std::same_as<typename T::Scalar*>;
};

template <class View, class Data, EigenDense T>
View view_of_eigen(Data* data, const T& dense) {
  constexpr auto size = static_cast<std::ptrdiff_t>(sizeof(typename T::Scalar));
  const std::ptrdiff_t inner = static_cast<std::ptrdiff_t>(dense.innerStride()) * size;
  const std::ptrdiff_t outer = static_cast<std::ptrdiff_t>(dense.outerStride()) * size;
  if constexpr (T::IsVectorAtCompileTime) {
    return View(data, std::array{static_cast<std::size_t>(dense.size())}, std::array{inner});
  } else {
    const std::array shape{static_cast<std::size_t>(dense.rows()), static_cast<std::size_t>(dense.cols())};
    return View(data, shape, T::IsRowMajor ? std::array{outer, inner} : std::array{inner, outer});
  }
}
}  // namespace detail

/// Views a Matrix, Array, Map, Ref or Block of Eigen, which must outlive the view and keep its size. Not for sums and products, which are
/// no memory yet: assign them first, or write them as text.
///
/// Shapes      vectors are one-dimensional, matrices have rows and columns, in either storage order.
/// Dtypes      those of lanewise's Element types.
/// Example     double s = lanewise::evaluate("sum(m*m)", {{"m", lanewise::view(matrix)}}).item<double>();
template <detail::EigenDense T>
ArrayView view(const T& dense) {
  return detail::view_of_eigen<ArrayView>(dense.data(), dense);
}
template <detail::EigenOwner T>
ArrayView view(const T&& temporary) = delete;

/// The same, to be written.
///
/// Example     lanewise::evaluate("m + 1", {{"m", lanewise::view(matrix)}}, lanewise::mutable_view(result));
template <detail::EigenDense T>
requires detail::is_mutable_eigen<T> MutableArrayView mutable_view(T& dense) {
  return detail::view_of_eigen<MutableArrayView>(dense.data(), dense);
}
/// Blocks and maps are often temporaries, and view memory that is none.
template <detail::EigenDense T>
requires(detail::is_mutable_eigen<T> && !detail::EigenOwner<T>) MutableArrayView mutable_view(T&& dense) {
  return detail::view_of_eigen<MutableArrayView>(dense.data(), dense);
}

}  // namespace lanewise::inline v0
