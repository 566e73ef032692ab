#pragma once
// Columns of Apache Arrow, through the C structs of its C Data Interface. The structs are the caller's, as that interface means it.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

/// A column of numbers or truth values: a view of Arrow's memory, or a copy where Arrow's elements are no array of lanewise.
class ArrowColumn {
 public:
  explicit ArrowColumn(const ArrayView& view) noexcept : view_(view) {}
  explicit ArrowColumn(Array&& copy) noexcept : copy_(std::move(copy)), view_(*copy_) {}

  DType dtype() const noexcept { return view_.dtype(); }
  std::size_t size() const noexcept { return view_.size(); }
  /// False if the elements are those of Arrow, which must then not be released before.
  bool is_copy() const noexcept { return copy_.has_value(); }
  operator ArrayView() const noexcept { return view_; }

 private:
  std::optional<Array> copy_;
  ArrayView view_;
};

namespace detail {

/// What there is to know of an ArrowSchema and an ArrowArray.
struct ArrowParts {
  std::string_view format;
  std::size_t length;
  std::size_t offset;
  bool may_have_nulls;           ///< the count of nulls is not known to be 0
  const std::uint8_t* validity;  ///< a bit for each element from the first of the buffer on; null if all are there
  const std::byte* elements;

  static bool bit(const void* bits, std::size_t index) noexcept {
    return (static_cast<const std::uint8_t*>(bits)[index / 8] >> (index % 8) & 1) != 0;
  }
  bool is_valid(std::size_t i) const noexcept { return validity == nullptr || bit(validity, offset + i); }
  bool has_nulls() const noexcept {
    if (!may_have_nulls || validity == nullptr) return false;
    for (std::size_t i = 0; i < length; ++i) {
      if (!is_valid(i)) return true;
    }
    return false;
  }
};

[[noreturn]] inline void refuse_arrow_format(std::string_view format) {
  throw DTypeError(ErrorCode::wrong_input_dtype, "the Arrow column has format '" + std::string(format) +
                                                     "'; expected a column of booleans, integers or floats without a dictionary");
}

inline DType dtype_of_arrow(std::string_view format) {
  constexpr std::string_view formats = "bcsilCSILefg";  // in the order of DType::Code
  const std::size_t place = format.size() == 1 ? formats.find(format[0]) : formats.npos;
  if (place == formats.npos) refuse_arrow_format(format);
  return DType{static_cast<DType::Code>(place)};
}

/// A copy in which nulls are nan.
template <class Stored, class Wide>
Array arrow_copy(const ArrowParts& parts) {
  Array copy(dtype_of<Wide>, {&parts.length, 1});
  const std::span<Wide> elements = copy.span<Wide>();
  for (std::size_t i = 0; i < parts.length; ++i) {
    Stored stored;
    std::memcpy(&stored, parts.elements + (parts.offset + i) * sizeof(Stored), sizeof(Stored));
    elements[i] = parts.is_valid(i) ? static_cast<Wide>(stored) : std::numeric_limits<Wide>::quiet_NaN();
  }
  return copy;
}

/// Truth values are bits.
inline Array unpacked_arrow(const ArrowParts& parts, bool has_nulls) {
  Array copy(has_nulls ? DType::float64 : DType::bool_, {&parts.length, 1});
  for (std::size_t i = 0; i < parts.length; ++i) {
    const bool value = ArrowParts::bit(parts.elements, parts.offset + i);
    if (has_nulls) {
      copy.span<double>()[i] = parts.is_valid(i) ? value : std::numeric_limits<double>::quiet_NaN();
    } else {
      copy.span<bool>()[i] = value;
    }
  }
  return copy;
}

inline Array half_arrow(const ArrowParts& parts) {
  constexpr Float16 not_a_number{0x7E00};
  Array copy(DType::float16, {&parts.length, 1});
  for (std::size_t i = 0; i < parts.length; ++i) {
    Float16& element = copy.span<Float16>()[i];
    std::memcpy(&element, parts.elements + (parts.offset + i) * sizeof(element), sizeof(element));
    if (!parts.is_valid(i)) element = not_a_number;
  }
  return copy;
}

inline Array arrow_with_nan(const ArrowParts& parts, DType dtype) {
  switch (dtype.code) {
    case DType::Code::int8: return arrow_copy<std::int8_t, double>(parts);
    case DType::Code::int16: return arrow_copy<std::int16_t, double>(parts);
    case DType::Code::int32: return arrow_copy<std::int32_t, double>(parts);
    case DType::Code::int64: return arrow_copy<std::int64_t, double>(parts);
    case DType::Code::uint8: return arrow_copy<std::uint8_t, double>(parts);
    case DType::Code::uint16: return arrow_copy<std::uint16_t, double>(parts);
    case DType::Code::uint32: return arrow_copy<std::uint32_t, double>(parts);
    case DType::Code::uint64: return arrow_copy<std::uint64_t, double>(parts);
    case DType::Code::float16: return half_arrow(parts);
    case DType::Code::float32: return arrow_copy<float, float>(parts);
    default: return arrow_copy<double, double>(parts);
  }
}

inline ArrowColumn column_of_arrow(const ArrowParts& parts) {
  const DType dtype = dtype_of_arrow(parts.format);
  const bool has_nulls = parts.has_nulls();
  if (dtype.is_bool()) return ArrowColumn(unpacked_arrow(parts, has_nulls));
  if (has_nulls) return ArrowColumn(arrow_with_nan(parts, dtype));
  const std::byte* first = parts.elements == nullptr ? nullptr : parts.elements + parts.offset * dtype.size_bytes();
  return ArrowColumn(ArrayView(first, dtype, {&parts.length, 1}));
}

}  // namespace detail

/// Views a column given by an ArrowSchema and an ArrowArray of Arrow's C Data Interface. Neither is released.
///
/// Shapes      one dimension of the array's length, from its offset on.
/// Dtypes      integers and floats as they are, without a copy. Truth values, which Arrow packs into bits, are copied. With nulls: a copy
/// in
///             which they are nan, of floats in the same type, of integers and truth values in float64, which rounds integers beyond 2**53.
/// Throws      DTypeError E209 for other columns and for those with a dictionary, ShapeError E304 for a negative length, std::bad_alloc.
/// Cost        copies: 1 to 9 bytes an element, and its time on one thread.
/// Example     double s = lanewise::evaluate("nansum(x)", {{"x", lanewise::arrow_column(schema, array)}}).item<double>();
template <class Schema, class ArrowArray>
ArrowColumn arrow_column(const Schema& schema, const ArrowArray& array) {
  if (array.length < 0 || array.offset < 0) throw ShapeError(ErrorCode::shape_overflow, "the Arrow array has a negative length or offset");
  if (array.n_buffers != 2 || array.n_children != 0 || schema.dictionary != nullptr) detail::refuse_arrow_format(schema.format);
  return detail::column_of_arrow({schema.format, static_cast<std::size_t>(array.length), static_cast<std::size_t>(array.offset),
                                  array.null_count != 0, static_cast<const std::uint8_t*>(array.buffers[0]),
                                  static_cast<const std::byte*>(array.buffers[1])});
}

}  // namespace lanewise::inline v0
