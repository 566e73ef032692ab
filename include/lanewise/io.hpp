#pragma once
// Arrays in files: NumPy's .npy, read and written through mapped memory, and columns of CSV files.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <lanewise/array.hpp>
#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// A read-only array that lies in a file. Its elements are read from the disk when they are touched, and take no memory that the
/// system could not take back. Copies share the mapping, which ends with the last of them.
///
/// The file may be renamed, replaced or removed meanwhile. It must not be shortened: the system ends a program that touches what is gone.
class LANEWISE_API MappedArray {
 public:
  MappedArray(const MappedArray&) = default;  // moving copies: what was moved from stays whole
  MappedArray& operator=(const MappedArray&) = default;
  ~MappedArray() = default;

  DType dtype() const noexcept { return view_.dtype(); }
  std::span<const std::size_t> shape() const noexcept { return view_.shape(); }
  std::size_t size() const noexcept { return view_.size(); }
  /// Bytes between neighbours along each axis: of a file in Fortran order, the least along the first.
  std::span<const std::ptrdiff_t> strides_bytes() const noexcept { return view_.strides_bytes(); }

  /// Views the elements in the file. They need not be aligned to their size. The view must not outlive the last copy.
  operator ArrayView() const noexcept { return view_; }

 private:
  friend LANEWISE_API MappedArray load_npy(const std::string& path);
  MappedArray(std::shared_ptr<const void> mapping, const ArrayView& view) noexcept : mapping_(std::move(mapping)), view_(view) {}

  std::shared_ptr<const void> mapping_;
  ArrayView view_;
};

/// Opens an .npy file of format 1.0, 2.0 or 3.0. What follows the elements in the file is ignored, as NumPy does.
///
/// Shapes      up to 32 dimensions; a file in Fortran order is viewed with the strides of that order.
/// Dtypes      all of lanewise's, little-endian. Big-endian files are refused: in NumPy, save x.astype(x.dtype.newbyteorder('<')).
/// Throws      FileError E701 if the file cannot be opened, E702 if it is no .npy file or is damaged or too short for its shape, E703 for
///             elements, formats or numbers of dimensions that lanewise has not; std::bad_alloc.
/// Cost        that of opening the file: no element is read.
/// Example     double s = lanewise::evaluate("sum(x)", {{"x", lanewise::load_npy("x.npy")}}).item<double>();
LANEWISE_API MappedArray load_npy(const std::string& path);

/// Reads one column of a CSV file whose first line names the columns.
///
/// Fields are separated by commas; one between quotation marks may hold commas and line breaks. Lines end in LF or CRLF; empty ones do not
/// count. Numbers are written with a point, whatever the locale.
///
/// Shapes      one dimension: a number for each line after the first.
/// Dtypes      int64 if all are integers, else float64; an empty field is nan, and so makes the column float64. bool if all are true or
///             false. Of no lines, float64. What stands in other columns does not matter.
/// Throws      FileError E701 if the file cannot be opened, E702 with line and column of what is no number, of an integer beyond int64
///             among integers, of an unpaired quotation mark, or of a line with too few or too many fields, E705 if no column has the
///             name; std::bad_alloc.
/// Cost        memory: the result; time: some 100 ns a field.
/// Example     lanewise::Array mass = lanewise::load_csv("stars.csv", "mass");
LANEWISE_API Array load_csv(const std::string& path, std::string_view column);

/// An .npy file in the making. Results are written straight into it; under its name it appears whole, by `commit`, or not at all.
///
/// Until then the elements are in a file beside it whose name ends in .part, with all of its space reserved. A writer that is destroyed
/// before removes that file; a program that is killed leaves it.
///
/// Threads     the elements may be written by any; the writer itself belongs to one.
/// Example     lanewise::NpyWriter file("r.npy", lanewise::DType::float64, std::array<std::size_t, 1>{1000});
///             lanewise::evaluate("x**2", {{"x", x}}, file.array());
///             file.commit();
class LANEWISE_API NpyWriter {
 public:
  /// Makes a file of format 1.0 in C order whose elements are 0. The file at `path`, if there is one, stays as it is.
  ///
  /// Throws      FileError E704 if the file cannot be made, say, as the disk has no room for it, or if `path` names a folder, a device or
  ///             a file that may not be written; ShapeError E304, LimitError E405, std::bad_alloc.
  NpyWriter(const std::string& path, DType dtype, std::span<const std::size_t> shape);
  NpyWriter(NpyWriter&& other) noexcept;
  NpyWriter& operator=(NpyWriter&& other) noexcept;
  ~NpyWriter();

  /// Views the elements. Precondition: not committed. The view ends with the writer and with `commit`.
  MutableArrayView array() const noexcept;

  /// Waits until all is on the disk, then gives the file its name, in place of any other of that name. A file that is replaced leaves its
  /// permissions, a symbolic link stays and its target is replaced. Precondition: not committed.
  ///
  /// Throws      FileError E704; then there is nothing under the name that was not there before.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lanewise::inline v0
