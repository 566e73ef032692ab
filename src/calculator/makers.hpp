#pragma once
// The calls that make values of a few numbers or of files, and those that tell the shape of a value. They belong to the calculator, not to the
// language: a call is replaced by a formula over inputs that it makes up (formula.hpp), so it may stand anywhere in an expression.
//
// Whatever depends on positions alone becomes arithmetic on `index(axis)`, and a view whose strides are 0 carries the shape: no element of it is
// ever in memory. An axis of one element counts as 0, not as an index, as another operand may repeat it.
//
// Shapes, types and values are NumPy's for the same call, with one addition: a length may be written as a float without fraction (6e7).

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>
#include <lanewise/function_set.hpp>

#include "calculator/formula.hpp"
#include "calculator/statement.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// What an argument is evaluated by, and what a session may do.
class MakerHost {
 public:
  virtual ~MakerHost() = default;
  /// Returns the value of an expression, or those of a tuple.
  virtual std::vector<SharedValue> values_of(WordRange expression) = 0;
  /// Returns the one value of an expression, in C order, in another shape, which `shape_of` tells for the number of its elements.
  virtual SharedValue reshaped(WordRange expression, const std::function<std::vector<std::size_t>(std::size_t)>& shape_of) = 0;
  struct Outline {
    DType dtype;
    std::vector<std::size_t> shape;
  };
  /// Returns type and shape of an expression of one value, which is not evaluated.
  virtual Outline outline_of(WordRange expression) = 0;
  virtual SharedValue load_npy(const std::string& path, SourceSpan place) = 0;
  virtual SharedValue load_csv(const std::string& path, std::string_view column, SourceSpan place) = 0;
};

struct Maker;

/// One call in the user's text. Errors point at the argument that is wrong, or at the name of the call.
class MakerCall {
 public:
  /// `name` is the word of the name; a bracket follows it. Throws NameError E202, E201 for arguments that the maker does not have.
  MakerCall(const Maker& maker, const ScannedText& text, std::size_t name, MakerHost& host, Formula& formula);

  bool has(std::string_view parameter) const noexcept { return find(parameter) != nullptr; }
  std::size_t count() const noexcept { return arguments_.size(); }
  /// The words of an argument; precondition: it is there.
  WordRange words(std::string_view parameter) const { return find(parameter)->words; }
  SourceSpan span(std::string_view parameter) const;
  SourceSpan span() const;  ///< of the name
  MakerHost& host() const noexcept { return host_; }
  [[noreturn]] void refuse_missing(std::string_view parameter) const;

  /// Returns the only element of an argument, an array of no dimension.
  ArrayView scalar(std::string_view parameter);
  template <Element T>
  T number(std::string_view parameter);
  template <Element T>
  T number(std::string_view parameter, T otherwise) {
    return has(parameter) ? number<T>(parameter) : otherwise;
  }
  /// Returns the real value of an expression of arguments, in the types that floats have: of float32 and float32 rounded to float32.
  double computed(std::string_view expression);
  /// A float without fraction, or an integer.
  std::int64_t whole_number(std::string_view parameter);
  std::size_t length(std::string_view parameter);
  /// A length, or a tuple of them.
  std::vector<std::size_t> shape(std::string_view parameter);
  /// The same, and negative ones as they are.
  std::vector<std::int64_t> extents(std::string_view parameter);
  /// Throws ShapeError E304 for a shape whose strides, in bytes, need not fit a number; as in NumPy an extent of 0 makes no other right.
  void require_element_count(std::span<const std::size_t> shape) const;
  bool truth(std::string_view parameter, bool otherwise);
  /// The argument `dtype`.
  std::optional<DType> dtype();
  /// A text between quotation marks.
  std::string quoted(std::string_view parameter) const;

  /// Adds an input; `role` tells it from others of the call in listings: arange(3).step
  std::string input(const ArrayView& view, std::shared_ptr<const void> memory, std::string_view role = {});
  std::string input(const SharedValue& value);
  template <Element T>
  std::string number_input(T value, std::string_view role) {
    return input(ArrayView(value), nullptr, role);
  }
  /// Adds an input that has `value` at each place of `shape`, without memory for it.
  template <Element T>
  std::string repeated(T value, std::span<const std::size_t> shape, std::string_view role = {});

 private:
  struct Argument {
    std::string_view parameter;
    WordRange words;
    SharedValue value = {};  ///< once it was asked for
  };
  const Argument* find(std::string_view parameter) const noexcept;
  void add_argument(WordRange argument);
  bool is_string(WordRange words) const;

  TextRange whole() const;
  const Maker& maker_;
  const ScannedText& text_;
  std::size_t name_;
  MakerHost& host_;
  Formula& formula_;
  std::vector<Argument> arguments_;
  std::optional<DType> dtype_;  ///< once it was asked for
};

struct Maker {
  std::string_view name;
  std::string_view usage;
  std::string_view summary;
  std::string_view example;
  std::string_view value;                        ///< what the example prints
  std::span<const std::string_view> parameters;  ///< those by position first; `dtype` and what follows it by name only
  std::size_t required_count;
  std::string (*write)(MakerCall& call);  ///< returns the formula
};

/// The makers: of shapes and numbers (made_arrays.cpp), and of other values (made_values.cpp).
std::span<const Maker> makers_of_arrays() noexcept;
std::span<const Maker> makers_of_values() noexcept;
/// All of them.
std::vector<const Maker*> makers();
const Maker* find_maker(std::string_view name) noexcept;

/// Returns the dtype of that name; Python's bool, int, float and complex have one each.
std::optional<DType> find_dtype(std::string_view name) noexcept;

/// Returns the functions of the host with those that formulas call.
FunctionSet functions_with_makers(FunctionSet functions);

}  // namespace lanewise::inline v0::calculator
