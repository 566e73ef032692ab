#pragma once
// Function: an expression as a C++ function of scalars.

#include <array>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

#include <lanewise/array.hpp>
#include <lanewise/export.hpp>
#include <lanewise/options.hpp>

namespace lanewise::inline v0 {

namespace detail {

/// A compiled expression bound to memory of its own.
class LANEWISE_API ScalarFunction {
 public:
  ScalarFunction(std::string_view source, std::span<const std::string_view> names, std::span<const DType> arguments, DType result,
                 const CompileOptions& options);
  ScalarFunction(const ScalarFunction& other);
  ScalarFunction& operator=(const ScalarFunction& other);
  ScalarFunction(ScalarFunction&&) noexcept;
  ScalarFunction& operator=(ScalarFunction&&) noexcept;
  ~ScalarFunction();

  /// Computes one element; `arguments[i]` points to one of the i-th argument's type.
  void call(const void* const* arguments, void* result);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace detail

template <class Signature>
class Function;

/// An expression of scalars, compiled once and called like a C++ function: no names to look up, no tasks, no allocation.
///
/// Dtypes      arguments are typed as the signature says. The result is converted to R where R's kind can hold it; else the expression does
///             not compile.
/// Threads     an object has memory of its own: one thread at a time may call it. Copies are independent.
/// Throws      what Expression::compile throws, at construction; DTypeError E203 for a result that R cannot hold. A call throws what host functions throw.
/// Cost        some nanoseconds, and the operations' own work on a vector of 2 to 16 elements.
/// Example     lanewise::Function<double(double, double)> f("x**2 + sqrt(y)", {"x", "y"});
///             double z = f(1.5, 4.0);  // 4.25
template <Element R, Element... A>
class Function<R(A...)> {
 public:
  Function(std::string_view source, const std::array<std::string_view, sizeof...(A)>& names, const CompileOptions& options = {})
      : function_(source, names, std::array<DType, sizeof...(A)>{dtype_of<A>...}, dtype_of<R>, options) {}

  R operator()(A... arguments) const {
    const std::array<const void*, sizeof...(A)> addresses = {&arguments...};
    R result;
    function_.call(addresses.data(), &result);
    return result;
  }

 private:
  mutable detail::ScalarFunction function_;
};

}  // namespace lanewise::inline v0
