#pragma once
// Views of memory that somebody else owns (ArrayView, MutableArrayView) and an array that owns its memory (Array).

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

#include <lanewise/element.hpp>
#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// The most dimensions an array may have.
inline constexpr std::size_t maximum_rank = 32;

/// A list of one number for each dimension, held in place; copying costs what is used of it.
template <class T>
class PerDimension {
 public:
  PerDimension() noexcept {}  // leaves values_ unset: only the first rank_ are ever read
  PerDimension(const PerDimension& other) noexcept { assign(other.values()); }
  PerDimension& operator=(const PerDimension& other) noexcept {
    if (this != &other) assign(other.values());
    return *this;
  }
  ~PerDimension() = default;

  std::span<const T> values() const noexcept { return {values_.data(), rank_}; }
  T& operator[](std::size_t axis) noexcept { return values_[axis]; }
  /// Precondition: rank ≤ maximum_rank.
  void resize(std::size_t rank) noexcept { rank_ = rank; }
  void assign(std::span<const T> values) noexcept {
    rank_ = values.size();
    std::copy(values.begin(), values.end(), values_.begin());
  }

 private:
  std::size_t rank_ = 0;
  std::array<T, maximum_rank> values_;
};

/// What the two views share: pointer, dtype, extents, and the bytes from one element to the next along each axis.
class LANEWISE_API ArrayLayout {
 public:
  DType dtype() const noexcept { return dtype_; }
  /// Elements along each axis; empty for a scalar.
  std::span<const std::size_t> shape() const noexcept { return shape_.values(); }
  /// Bytes between neighbours along each axis; any sign.
  std::span<const std::ptrdiff_t> strides_bytes() const noexcept { return strides_bytes_.values(); }
  std::size_t rank() const noexcept { return shape_.values().size(); }
  /// Number of elements: the product of the extents.
  std::size_t size() const noexcept { return size_; }
  /// True if the elements lie one after another in C order.
  bool is_contiguous() const noexcept { return contiguous_; }

 protected:
  ArrayLayout(DType dtype, std::span<const std::size_t> shape);
  ArrayLayout(DType dtype, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes);
  ArrayLayout(DType dtype, std::size_t length) noexcept : dtype_(dtype), size_(length) {
    shape_.resize(1);
    shape_[0] = length;
    strides_bytes_.resize(1);
    strides_bytes_[0] = static_cast<std::ptrdiff_t>(dtype.size_bytes());
  }
  explicit ArrayLayout(DType dtype) noexcept : dtype_(dtype), size_(1) {}

 private:
  DType dtype_;
  bool contiguous_ = true;
  std::size_t size_ = 0;
  PerDimension<std::size_t> shape_;
  PerDimension<std::ptrdiff_t> strides_bytes_;
};

namespace detail {
template <class Range>
concept ElementRange = std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
    Element<std::remove_cvref_t<std::ranges::range_reference_t<Range>>>;
template <class Range>
concept MutableElementRange = ElementRange<Range> && !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<Range>>>;
/// Anything shaped like std::mdspan with strides.
template <class View>
concept MultiDimensionalSpan = requires(const View& view) {
  requires Element<std::remove_cv_t<typename View::element_type>>;
  { view.data_handle() } -> std::convertible_to<const typename View::element_type*>;
  { View::rank() } -> std::convertible_to<std::size_t>;
  requires View::rank() == 0 || requires {
    { view.extent(0) } -> std::convertible_to<std::size_t>;
    { view.stride(0) } -> std::convertible_to<std::ptrdiff_t>;
  };
};
template <class View>
concept MutableMultiDimensionalSpan = MultiDimensionalSpan<View> && !std::is_const_v<typename View::element_type>;
template <class View>
struct LayoutOfSpan {
  explicit LayoutOfSpan(const View& view) {
    for (std::size_t axis = 0; axis < View::rank(); ++axis) {
      shape[axis] = static_cast<std::size_t>(view.extent(axis));
      strides_bytes[axis] = static_cast<std::ptrdiff_t>(view.stride(axis)) * static_cast<std::ptrdiff_t>(sizeof(typename View::element_type));
    }
  }
  std::array<std::size_t, View::rank()> shape;
  std::array<std::ptrdiff_t, View::rank()> strides_bytes;
};
/// The C++ types that stand for Python's bool, int, float and complex.
template <class T>
inline constexpr bool is_python_like_scalar = std::is_same_v<T, bool> || std::is_same_v<T, int> || std::is_same_v<T, long> ||
                                              std::is_same_v<T, long long> || std::is_same_v<T, double> ||
                                              std::is_same_v<T, std::complex<double>>;
}  // namespace detail

class MutableArrayView;

/// A read-only view: pointer, dtype, shape and byte strides. Never owns, except that a scalar is held inside the view.
///
/// Shapes      a contiguous range is one-dimensional; a scalar has no dimension.
/// Throws      ShapeError E304 if the extents' product overflows, LimitError E405 beyond 32 dimensions.
/// Example     lanewise::ArrayView grid(pointer, std::array<std::size_t, 2>{480, 640});
class LANEWISE_API ArrayView : public ArrayLayout {
 public:
  /// Views no element.
  ArrayView() noexcept : ArrayLayout(DType::float64, std::size_t{0}) {}

  /// Holds a scalar. bool, int, long, long long, double and std::complex<double> are *weak*: like Python's scalars they take the type of what
  /// they meet.
  template <Element T>
  ArrayView(T value) noexcept : ArrayLayout(dtype_of<T>), weak_(detail::is_python_like_scalar<T>), holds_scalar_(true) {
    std::memcpy(scalar_, &value, sizeof(T));
  }
  /// Views a std::vector, std::span, std::array or any contiguous range.
  template <detail::ElementRange Range>
  ArrayView(const Range& range) noexcept
      : ArrayLayout(dtype_of<std::remove_cvref_t<std::ranges::range_reference_t<Range>>>, std::ranges::size(range)),
        data_(std::ranges::data(range)) {}
  /// Views what a std::mdspan views, or anything with its members.
  template <detail::MultiDimensionalSpan View>
  ArrayView(const View& view) : ArrayView(view, detail::LayoutOfSpan<View>(view)) {}
  /// Views `shape` elements in C order; an empty shape is one element.
  template <Element T>
  ArrayView(const T* data, std::span<const std::size_t> shape) : ArrayLayout(dtype_of<T>, shape), data_(data) {}
  template <Element T>
  ArrayView(const T* data, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
      : ArrayLayout(dtype_of<T>, shape, strides_bytes), data_(data) {}
  /// Views memory whose type is known only at run time.
  ArrayView(const void* data, DType dtype, std::span<const std::size_t> shape) : ArrayLayout(dtype, shape), data_(data) {}
  ArrayView(const void* data, DType dtype, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
      : ArrayLayout(dtype, shape, strides_bytes), data_(data) {}
  ArrayView(const MutableArrayView& view) noexcept;

  /// Returns the address of the first element.
  const void* data() const noexcept { return holds_scalar_ ? static_cast<const void*>(scalar_) : data_; }
  /// True for a bare C++ scalar that takes the type of what it meets.
  bool is_weak() const noexcept { return weak_; }
  bool is_scalar() const noexcept { return rank() == 0; }

 private:
  template <detail::MultiDimensionalSpan View>
  ArrayView(const View& view, const detail::LayoutOfSpan<View>& layout) : ArrayView(view.data_handle(), layout.shape, layout.strides_bytes) {}

  const void* data_ = nullptr;
  bool weak_ = false;
  bool holds_scalar_ = false;
  alignas(16) std::byte scalar_[16] = {};
};

/// A view that may be written through. Never owns.
class LANEWISE_API MutableArrayView : public ArrayLayout {
 public:
  template <detail::MutableElementRange Range>
  MutableArrayView(Range& range) noexcept
      : ArrayLayout(dtype_of<std::ranges::range_value_t<Range>>, std::ranges::size(range)), data_(std::ranges::data(range)) {}
  template <Element T>
  MutableArrayView(std::span<T> range) noexcept : ArrayLayout(dtype_of<T>, range.size()), data_(range.data()) {}
  template <detail::MutableMultiDimensionalSpan View>
  MutableArrayView(const View& view) : MutableArrayView(view, detail::LayoutOfSpan<View>(view)) {}
  template <Element T>
  MutableArrayView(T* data, std::span<const std::size_t> shape) : ArrayLayout(dtype_of<T>, shape), data_(data) {}
  template <Element T>
  MutableArrayView(T* data, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
      : ArrayLayout(dtype_of<T>, shape, strides_bytes), data_(data) {}
  MutableArrayView(void* data, DType dtype, std::span<const std::size_t> shape) : ArrayLayout(dtype, shape), data_(data) {}
  MutableArrayView(void* data, DType dtype, std::span<const std::size_t> shape, std::span<const std::ptrdiff_t> strides_bytes)
      : ArrayLayout(dtype, shape, strides_bytes), data_(data) {}

  void* data() const noexcept { return data_; }

 private:
  template <detail::MutableMultiDimensionalSpan View>
  MutableArrayView(const View& view, const detail::LayoutOfSpan<View>& layout)
      : MutableArrayView(view.data_handle(), layout.shape, layout.strides_bytes) {}
  friend class Array;
  explicit MutableArrayView(DType dtype) noexcept : ArrayLayout(dtype, std::size_t{0}) {}

  void* data_ = nullptr;
};

inline ArrayView::ArrayView(const MutableArrayView& view) noexcept : ArrayLayout(view), data_(view.data()) {}

/// An array that owns its memory: 64-byte aligned, without gaps. Movable, not copyable.
///
/// Shapes      in C order, unless another order of axes was asked for or an evaluation kept that of its inputs: strides_bytes() tells.
/// Cost        memory of 4 MiB and more is mapped in pages of 2 MiB where the system has them, and up to 1 GiB of it is kept for the next
///             array when it is given back; the system may take kept pages whenever it is short of memory.
/// Example     double s = lanewise::evaluate("x*2", {{"x", 21.0}}).item<double>();
class LANEWISE_API Array {
 public:
  /// Allocates without initialising. Throws std::bad_alloc, ShapeError E304, LimitError E405.
  Array(DType dtype, std::span<const std::size_t> shape);
  /// The same in another order: `axes` has each axis once, that along which elements are farthest apart first. Throws ShapeError E306 too.
  Array(DType dtype, std::span<const std::size_t> shape, std::span<const std::size_t> axes);
  /// Leaves `other` without elements.
  Array(Array&& other) noexcept : memory_(std::move(other.memory_)), view_(std::exchange(other.view_, MutableArrayView(other.dtype()))) {}
  Array& operator=(Array&& other) noexcept {
    memory_ = std::move(other.memory_);
    view_ = std::exchange(other.view_, MutableArrayView(other.dtype()));
    return *this;
  }
  ~Array() = default;

  DType dtype() const noexcept { return view_.dtype(); }
  std::span<const std::size_t> shape() const noexcept { return view_.shape(); }
  std::size_t size() const noexcept { return view_.size(); }
  /// Bytes between neighbours along each axis.
  std::span<const std::ptrdiff_t> strides_bytes() const noexcept { return view_.strides_bytes(); }
  void* data() noexcept { return view_.data(); }
  const void* data() const noexcept { return view_.data(); }

  /// Returns all elements as they lie in memory. Throws DTypeError E209 unless T is the array's element type.
  template <Element T>
  std::span<const T> span() const {
    require_dtype(dtype_of<T>);
    return {static_cast<const T*>(data()), size()};
  }
  template <Element T>
  std::span<T> span() {
    require_dtype(dtype_of<T>);
    return {static_cast<T*>(data()), size()};
  }
  /// Returns the only element. Throws DTypeError E209 for another type, ShapeError E303 if there is not exactly one element.
  template <Element T>
  T item() const {
    require_dtype(dtype_of<T>);
    require_one_element();
    return *static_cast<const T*>(data());
  }

  operator ArrayView() const noexcept { return view_; }
  operator MutableArrayView() noexcept { return view_; }

 private:
  struct Release {
    std::size_t size_bytes;
    void operator()(std::byte* memory) const noexcept;
  };
  void require_dtype(DType asked) const;
  void require_one_element() const;

  std::unique_ptr<std::byte, Release> memory_;
  MutableArrayView view_;
};

}  // namespace lanewise::inline v0
