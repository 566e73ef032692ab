#pragma once
// What names stand for, and the memory that the session's own values take together.

#include <atomic>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

#include <lanewise/array.hpp>
#include <lanewise/io.hpp>

namespace lanewise::inline v0::calculator {

/// Counts the bytes of all values of one session that are alive. Shared with the values, as answers may outlive the session.
using MemoryCount = std::atomic<std::size_t>;

/// Bytes that a value takes beside its elements, so that many small ones count as well.
inline constexpr std::size_t value_overhead_bytes = 256;

/// Bytes that a name takes beside its letters and its value.
inline constexpr std::size_t name_overhead_bytes = 128;

/// An array that never changes, or a scalar held as an array of no dimension; in memory or in a file.
class Value {
 public:
  Value(Array array, std::shared_ptr<MemoryCount> count)
      : elements_(std::move(array)), count_(std::move(count)), size_bytes_(bytes_of(std::get<Array>(elements_)) + value_overhead_bytes) {
    *count_ += size_bytes_;
  }
  Value(MappedArray file, std::shared_ptr<MemoryCount> count)
      : elements_(std::move(file)), count_(std::move(count)), size_bytes_(value_overhead_bytes) {
    *count_ += size_bytes_;
  }
  /// The elements of another value in another shape.
  Value(std::shared_ptr<const Value> source, const ArrayView& view, std::shared_ptr<MemoryCount> count)
      : elements_(Part{std::move(source), view}), count_(std::move(count)), size_bytes_(value_overhead_bytes) {
    *count_ += size_bytes_;
  }
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  ~Value() { *count_ -= size_bytes_; }

  bool is_file() const noexcept { return std::holds_alternative<MappedArray>(elements_); }
  ArrayView elements() const noexcept {
    if (const auto* const array = std::get_if<Array>(&elements_)) return *array;
    if (const auto* const file = std::get_if<MappedArray>(&elements_)) return *file;
    return std::get<Part>(elements_).view;
  }
  /// Returns what it takes of the session's memory.
  std::size_t size_bytes() const noexcept { return size_bytes_; }
  /// Returns what is free again when this value is gone: with it a value goes whose elements it alone has in another shape.
  std::size_t freed_bytes() const noexcept {
    const auto* const part = std::get_if<Part>(&elements_);
    return size_bytes_ + (part != nullptr && part->source.use_count() == 1 ? part->source->freed_bytes() : 0);
  }

 private:
  struct Part {
    std::shared_ptr<const Value> source;
    ArrayView view;
  };
  static std::size_t bytes_of(const Array& array) noexcept { return array.size() * array.dtype().size_bytes(); }

  std::variant<Array, MappedArray, Part> elements_;
  std::shared_ptr<MemoryCount> count_;
  std::size_t size_bytes_;
};

using SharedValue = std::shared_ptr<const Value>;

/// What a name stands for: a value of the session, or memory of the host, which may be writable.
using NamedValue = std::variant<SharedValue, ArrayView, MutableArrayView>;

/// Returns what an expression is given for a value of the session. A scalar of a type that Python has too (bool, int64, float64, complex128) is
/// weak: like Python's own it takes the type of what it meets.
inline ArrayView operand_of(const Value& value) noexcept {
  const ArrayView view = value.elements();
  if (view.rank() > 0) return view;
  if (view.dtype() == DType::bool_) return *static_cast<const bool*>(view.data());
  if (view.dtype() == DType::int64) return *static_cast<const std::int64_t*>(view.data());
  if (view.dtype() == DType::float64) return *static_cast<const double*>(view.data());
  if (view.dtype() == DType::complex128) return *static_cast<const std::complex<double>*>(view.data());
  return view;
}

/// Returns the elements that a name stands for. The view must not outlive it.
inline ArrayView elements_of(const NamedValue& value) {
  if (const auto* const own = std::get_if<SharedValue>(&value)) return (*own)->elements();
  if (const auto* const writable = std::get_if<MutableArrayView>(&value)) return *writable;
  return std::get<ArrayView>(value);
}

/// Returns what an expression is given for a name; scalars of the host are weak or not, as it gave them.
inline ArrayView operand_of(const NamedValue& value) {
  const auto* const own = std::get_if<SharedValue>(&value);
  return own != nullptr ? operand_of(**own) : elements_of(value);
}

inline std::size_t bytes_of(const ArrayView& view) noexcept { return view.size() * view.dtype().size_bytes(); }

}  // namespace lanewise::inline v0::calculator
