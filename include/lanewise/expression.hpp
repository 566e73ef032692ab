#pragma once
// Expression: text compiled once, evaluated many times, from any thread.

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/export.hpp>
#include <lanewise/options.hpp>
#include <lanewise/schema.hpp>

namespace lanewise::inline v0 {

/// A name and the array or scalar it stands for. Both must outlive the call they are given to.
struct Input {
  std::string_view name;
  ArrayView view;
};

/// The named inputs of one call, written `{{"a", a}, {"k", 3.0}}`; views the list it is made from, so what is to be kept is a std::vector<Input>. (Clang warns of
/// an object that outlives its list.)
class Inputs {
 public:
  Inputs() = default;
  Inputs(std::initializer_list<Input> inputs LANEWISE_LIFETIME_BOUND) noexcept : inputs_(inputs.begin(), inputs.size()) {}
  Inputs(std::span<const Input> inputs) noexcept : inputs_(inputs) {}
  Inputs(const std::vector<Input>& inputs LANEWISE_LIFETIME_BOUND) noexcept : inputs_(inputs) {}

  const Input* begin() const noexcept { return inputs_.data(); }
  const Input* end() const noexcept { return inputs_.data() + inputs_.size(); }
  std::size_t size() const noexcept { return inputs_.size(); }

 private:
  std::span<const Input> inputs_;
};

/// The stages of compilation whose result can be shown.
enum class Stage { tree, graph, simplified, program };

/// A compiled expression: immutable, cheap to copy.
///
/// Threads     all members may be called at once on one object.
class LANEWISE_API Expression {
 public:
  /// Compiles `source` for inputs of the given names and types.
  ///
  /// Throws      SyntaxError E1xx, NameError or DTypeError E2xx, LimitError E4xx, each with the place in the text.
  /// Cost        linear in the length of the text; tens of microseconds for ten operations.
  /// Example     auto e = Expression::compile("2*a + b", {{"a", DType::float32}, {"b", DType::float32}});
  static Expression compile(std::string_view source, const Schema& inputs, const CompileOptions& options = {});

  /// Returns the names and types to pass, in positional order.
  std::span<const SchemaEntry> inputs() const noexcept;
  /// Returns the type of the result; of several results, of the first.
  DType result_dtype() const noexcept;
  /// Returns the type of each result, in the order they are written.
  std::vector<DType> result_dtypes() const;

  /// Evaluates the expression on `inputs` and writes one value per element to `out`.
  ///
  /// Shapes      inputs, or slices of them, broadcast to one another; the result has the shape that comes of it and of reductions. `out` has
  ///             that shape, or any if the result is one element, which then fills it.
  /// Strides     bytes, any sign; 0 repeats an element. Arrays that lie one after another in C order take the fast path; rows without gaps
  ///             are read where they are, others copied block by block. No two elements of `out` may share memory.
  /// Dtypes      each input as in the schema; a scalar converts within its kind. `out.dtype()` equals `result_dtype()`.
  /// Aliasing    `out` may be exactly one of the inputs, or a slice of one that the text has, where each element is read before it is
  ///             written: not, say, the operand of a reduction.
  ///             Any other overlap throws. Inputs of one element are read before anything is written.
  /// Bits        those of a reduction depend on the values and their layout, not on the number of threads or the length of blocks.
  /// Threads     tasks join the caller's TBB arena, at most `options.max_threads`. The floating-point modes of the caller
  ///             are neither used nor changed. A forked child may evaluate; if its parent had evaluated on several threads, it uses one.
  /// Throws      NameError E208, E201, DTypeError E203, E205, E209, ShapeError E301, E304, E306 (an axis the arrays do not have), E307 (say,
  ///             the least of no elements), E308 for a program of several results, E309 (an index the arrays do not have), AliasError E305;
  ///             then `out` is untouched. Cancelled E501, std::bad_alloc; then its content is unspecified.
  /// Cost        time: elements × instructions, once for each pass; what inputs with less than an eighth of the result's elements are alone in is
  ///             computed once for each of theirs. Memory: at most 512 KiB a thread, the results of reductions, and those small values. Of a call of
  ///             at most 16,384 elements the plan, results of reductions included, stays for the thread's next call of this expression.
  /// Example     expression.evaluate({{"a", a}, {"b", b}}, out);
  void evaluate(const Inputs& inputs, const MutableArrayView& out, const EvaluateOptions& options = {}) const;
  /// The same into fresh memory, in the order of axes that the inputs have, unless `options.order` asks for another.
  Array evaluate(const Inputs& inputs, const EvaluateOptions& options = {}) const;

  /// Evaluates a program of any number of results, `a, b`: shared work is done once, and results of equal shapes in one pass over the data.
  ///
  /// Shapes      each output has the shape of its result; a result of one element goes to an output of one element of any rank.
  /// Aliasing    as of `evaluate`, for each output; no two outputs may overlap.
  /// Throws      as `evaluate`; ShapeError E308 if the number of outputs is not that of results.
  /// Example     expression.evaluate_all({{"x", x}, {"y", y}}, {radius, angle});
  void evaluate_all(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options = {}) const;
  void evaluate_all(const Inputs& inputs, std::initializer_list<MutableArrayView> outputs, const EvaluateOptions& options = {}) const {
    evaluate_all(inputs, std::span<const MutableArrayView>(outputs.begin(), outputs.size()), options);
  }
  /// The same into fresh memory, an array for each result.
  std::vector<Array> evaluate_all(const Inputs& inputs, const EvaluateOptions& options = {}) const;

  /// Returns the shape of each result for these inputs, so that memory can be made for it. Nothing is evaluated.
  ///
  /// Throws      as `evaluate`, of what is wrong with the inputs.
  /// Example     lanewise::Array out(expression.result_dtype(), expression.result_shapes({{"a", a}, {"b", b}}).front());
  std::vector<std::vector<std::size_t>> result_shapes(const Inputs& inputs) const;

  /// As `evaluate`, with the inputs in the order of `inputs()`: no look-up of names. A warm call allocates nothing, but for one call, after some 20 µs of
  /// evaluations, that translates the program to machine code, in some 10 µs: see `LANEWISE_NATIVE_CODE` in the README.
  ///
  /// Example     expression.evaluate_positional({a, b}, out);
  void evaluate_positional(std::span<const ArrayView> inputs, const MutableArrayView& out, const EvaluateOptions& options = {}) const;
  void evaluate_positional(std::initializer_list<ArrayView> inputs, const MutableArrayView& out, const EvaluateOptions& options = {}) const {
    evaluate_positional(std::span<const ArrayView>(inputs.begin(), inputs.size()), out, options);
  }

  /// Returns the text of one stage: tree, graph as written, graph simplified, or program (inputs taken as arrays).
  std::string explain(Stage stage) const;
  /// Returns the plan for these arrays on this machine: CPU target, tiles, blocks, threads, stores; of several passes a line each. Nothing is
  /// evaluated.
  std::string explain(const Inputs& inputs, const MutableArrayView& out, const EvaluateOptions& options = {}) const;
  std::string explain(const Inputs& inputs, std::span<const MutableArrayView> outputs, const EvaluateOptions& options = {}) const;

 private:
  struct State;
  void require_outputs(std::size_t given, const char* instead) const;
  template <class Use>
  auto with_arrays(const Inputs& given, std::span<const MutableArrayView> outputs, Use&& use) const;
  void run(const Inputs& given, std::span<const MutableArrayView> outputs, const EvaluateOptions& options) const;
  void evaluate_long(std::span<const ArrayView> inputs, const MutableArrayView& out, const EvaluateOptions& options) const;
  explicit Expression(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace lanewise::inline v0
