// Makers that read a file, give an array another shape, or tell about one.
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "calculator/makers.hpp"

namespace lanewise::inline v0::calculator {
namespace {

// One extent may be -1: as many as there are elements for.
std::vector<std::size_t> shape_for(MakerCall& call, std::size_t element_count) {
  std::vector<std::size_t> shape;
  std::optional<std::size_t> open;
  std::size_t known_count = 1;
  for (const std::int64_t extent : call.extents("shape")) {
    if (extent == -1 && !open) {
      open = shape.size();
    } else if (extent < 0) {
      throw ShapeError(ErrorCode::shape_overflow, fmt::format("an array cannot have {} elements", extent), call.span("shape"));
    }
    shape.push_back(extent < 0 ? 1 : static_cast<std::size_t>(extent));
    if (__builtin_mul_overflow(known_count, shape.back(), &known_count)) known_count = element_count + 1;
  }
  if (open && known_count > 0 && element_count % known_count == 0) shape[*open] = element_count / known_count;
  const std::size_t count = open && known_count > 0 ? known_count * shape[*open] : known_count;
  call.require_element_count(shape);
  if (count == element_count && (!open || known_count > 0)) return shape;
  throw ShapeError(ErrorCode::shape_mismatch, fmt::format("{} elements do not fill this shape", element_count), call.span("shape"));
}

std::string write_reshape(MakerCall& call) {
  return call.input(call.host().reshaped(call.words("x"), [&](std::size_t element_count) { return shape_for(call, element_count); }));
}

std::string write_load(MakerCall& call) {
  const std::string path = call.quoted("path");
  const SharedValue value = call.has("column") ? call.host().load_csv(path, call.quoted("column"), call.span("path"))
                                               : call.host().load_npy(path, call.span("path"));
  return call.input(value);
}

std::string write_shape(MakerCall& call) {
  std::string text = "(";
  for (const std::size_t extent : call.host().outline_of(call.words("x")).shape) text += fmt::format("{}, ", extent);
  return text + ')';
}

std::string write_ndim(MakerCall& call) { return fmt::format("({})", call.host().outline_of(call.words("x")).shape.size()); }

std::string write_nbytes(MakerCall& call) {
  const MakerHost::Outline outline = call.host().outline_of(call.words("x"));
  std::size_t size_bytes = outline.dtype.size_bytes();
  for (const std::size_t extent : outline.shape) {
    if (__builtin_mul_overflow(size_bytes, extent, &size_bytes)) throw ShapeError(ErrorCode::shape_overflow, "more bytes than a number can tell", call.span());
  }
  return fmt::format("({})", size_bytes);
}

std::string write_dtype(MakerCall& call) {
  throw DTypeError(ErrorCode::unsupported_operand_dtype, "a type is no value; dtype(x) stands alone, or behind dtype= in a call", call.span());
}

constexpr std::array<std::string_view, 2> reshape_parameters = {"x", "shape"};
constexpr std::array<std::string_view, 2> load_parameters = {"path", "column"};
constexpr std::array<std::string_view, 1> value_parameters = {"x"};

constexpr Maker rows[] = {
    {"reshape", "reshape(x, shape)", "The elements of x in another shape; one extent may be -1.", "reshape(arange(6), (2, -1))", "[[0 1 2]\n [3 4 5]]",
     reshape_parameters, 2, write_reshape},
    {"load", "load(path [, column])", "The array of an .npy file, or a column of a CSV file.", "", "", load_parameters, 1, write_load},
    {"shape", "shape(x)", "The extents of x, a tuple.", "shape(zeros((2, 3)))", "(2, 3)", value_parameters, 1, write_shape},
    {"ndim", "ndim(x)", "The number of dimensions of x.", "ndim(zeros((2, 3)))", "2", value_parameters, 1, write_ndim},
    {"nbytes", "nbytes(x)", "The bytes of the elements of x.", "nbytes(zeros((2, 3)))", "48", value_parameters, 1, write_nbytes},
    {"dtype", "dtype(x)", "The type of the elements of x.", "dtype(arange(3))", "int64", value_parameters, 1, write_dtype},
};

}  // namespace

std::span<const Maker> makers_of_values() noexcept { return rows; }

}  // namespace lanewise::inline v0::calculator
