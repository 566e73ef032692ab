#pragma once
// Functions of the host: C++ callables that expressions may call by name.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <lanewise/element.hpp>
#include <lanewise/export.hpp>

namespace lanewise::inline v0 {

/// The most arguments that a host function may have.
inline constexpr std::size_t maximum_argument_count = 8;

/// Whether a host function gives the same value for the same arguments, and nobody can tell whether it was called.
enum class Purity : std::uint8_t {
  impure,  ///< called for each element of each call that is written; calls are neither folded nor merged
  pure,    ///< equal calls may be one, and calls of constants may be computed when the expression is compiled
};

namespace detail {

/// A host function behind its back.
struct HostFunction {
  std::string name;
  std::vector<DType> arguments;
  DType result;
  Purity purity;
  /// Computes `element_count` results; `arguments[i]` and `result` point to that many elements each.
  std::function<void(const void* const* arguments, void* result, std::size_t element_count)> call;
};

template <class T>
struct SignatureOf : SignatureOf<decltype(&T::operator())> {};
template <class R, class... A>
struct SignatureOf<R (*)(A...)> {
  using Result = R;
  using Arguments = std::tuple<std::remove_cvref_t<A>...>;
};
template <class R, class... A>
struct SignatureOf<R (*)(A...) noexcept> : SignatureOf<R (*)(A...)> {};
template <class T, class R, class... A>
struct SignatureOf<R (T::*)(A...)> : SignatureOf<R (*)(A...)> {};
template <class T, class R, class... A>
struct SignatureOf<R (T::*)(A...) const> : SignatureOf<R (*)(A...)> {};
template <class T, class R, class... A>
struct SignatureOf<R (T::*)(A...) noexcept> : SignatureOf<R (*)(A...)> {};
template <class T, class R, class... A>
struct SignatureOf<R (T::*)(A...) const noexcept> : SignatureOf<R (*)(A...)> {};

template <class T>
struct ElementOfSpan;
template <class T>
struct ElementOfSpan<std::span<T>> {
  using Type = std::remove_const_t<T>;
};

template <class T, std::size_t Index>
const T* argument(const void* const* arguments) {
  return static_cast<const T*>(arguments[Index]);
}

/// Wraps a callable of single elements as one of arrays.
template <class F, class R, class... A, std::size_t... Index>
auto for_each_element(F function, std::tuple<A...>*, std::index_sequence<Index...>) {
  return [function = std::move(function)](const void* const* arguments, void* result, std::size_t element_count) mutable {
    for (std::size_t i = 0; i < element_count; ++i) {
      static_cast<R*>(result)[i] = static_cast<R>(std::invoke(function, argument<A, Index>(arguments)[i]...));
    }
  };
}

template <class F, class R, class... A, std::size_t... Index>
auto for_spans(F function, std::tuple<A...>*, std::index_sequence<Index...>) {
  return [function = std::move(function)](const void* const* arguments, void* result, std::size_t element_count) mutable {
    std::invoke(function, std::span<const A>(argument<A, Index>(arguments), element_count)...,
                std::span<R>(static_cast<R*>(result), element_count));
  };
}

/// The parameters of a block function: the elements of all spans but the last, and of that.
template <class Spans, class = std::make_index_sequence<std::tuple_size_v<Spans> - 1>>
struct BlockSignature;
template <class Spans, std::size_t... Index>
struct BlockSignature<Spans, std::index_sequence<Index...>> {
  using Result = typename ElementOfSpan<std::tuple_element_t<sizeof...(Index), Spans>>::Type;
  using Arguments = std::tuple<typename ElementOfSpan<std::tuple_element_t<Index, Spans>>::Type...>;
};

template <class Tuple>
struct AllElements;
template <class... A>
struct AllElements<std::tuple<A...>> : std::bool_constant<(Element<A> && ...)> {
  static std::vector<DType> dtypes() { return {dtype_of<A>...}; }
};

}  // namespace detail

/// Named C++ functions for the expressions that are compiled with this set (CompileOptions::functions).
///
/// A function is usable wherever a built-in function is. It runs once for each real element of each pass that needs it, never on padding, and
/// may run on several threads at once. Arguments are converted to its parameters as far as no value is lost; else the expression does not
/// compile. What it throws reaches the caller of the evaluation; the content of the output is then unspecified.
///
/// Copies       share their functions; adding to one leaves the others. A compiled expression keeps the functions that it calls.
/// Threads      reading a set from several threads is safe, adding is not.
/// Example      lanewise::FunctionSet mine;
///              mine.add("smooth", [](double x) { return x * x * (3 - 2 * x); });
///              lanewise::evaluate("smooth(u)", {{"u", u}}, {.compile = {.functions = &mine}});
class LANEWISE_API FunctionSet {
 public:
  FunctionSet() = default;

  /// Adds a function of one to eight elements: a lambda, a function or any callable with one signature.
  ///
  /// Throws      NameError E206 for a name that is taken, by a built-in function too, E201 for one that no text can use.
  template <class F>
  void add(std::string_view name, F function, Purity purity = Purity::impure) {
    using Signature = detail::SignatureOf<std::decay_t<F>>;
    using Arguments = typename Signature::Arguments;
    using Result = std::remove_cvref_t<typename Signature::Result>;
    constexpr std::size_t count = std::tuple_size_v<Arguments>;
    static_assert(count >= 1 && count <= maximum_argument_count, "a host function takes 1 to 8 arguments");
    static_assert(detail::AllElements<Arguments>::value && Element<Result>, "arguments and result must be element types");
    add_function({std::string(name), detail::AllElements<Arguments>::dtypes(), dtype_of<Result>, purity,
                  detail::for_each_element<F, Result>(std::move(function), static_cast<Arguments*>(nullptr), std::make_index_sequence<count>())});
  }

  /// Adds a function of whole blocks: it takes a std::span<const T> for each argument and a std::span<R> that it fills, all of one length, which
  /// differs from call to call.
  ///
  /// Throws      as `add`.
  /// Example     mine.add_block("twice", [](std::span<const double> x, std::span<double> y) { std::ranges::transform(x, y.begin(), twice); });
  template <class F>
  void add_block(std::string_view name, F function, Purity purity = Purity::impure) {
    using Signature = detail::BlockSignature<typename detail::SignatureOf<std::decay_t<F>>::Arguments>;
    using Arguments = typename Signature::Arguments;
    using Result = typename Signature::Result;
    constexpr std::size_t count = std::tuple_size_v<Arguments>;
    static_assert(count >= 1 && count <= maximum_argument_count, "a host function takes 1 to 8 arguments");
    add_function({std::string(name), detail::AllElements<Arguments>::dtypes(), dtype_of<Result>, purity,
                  detail::for_spans<F, Result>(std::move(function), static_cast<Arguments*>(nullptr), std::make_index_sequence<count>())});
  }

  /// Returns the function of that name, or null.
  std::shared_ptr<const detail::HostFunction> find(std::string_view name) const noexcept;
  /// Returns every name, in the order of adding.
  std::vector<std::string_view> names() const;
  /// Returns a number that no set with other functions has.
  std::uint64_t identity() const noexcept { return identity_; }

 private:
  void add_function(detail::HostFunction function);

  std::vector<std::shared_ptr<const detail::HostFunction>> functions_;
  std::uint64_t identity_ = 0;
};

}  // namespace lanewise::inline v0
