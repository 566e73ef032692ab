#pragma once
// What a caller may choose: limits for compiling, threads, cancelling and progress of evaluating.

#include <cstddef>
#include <functional>
#include <limits>
#include <stop_token>

namespace lanewise::inline v0 {

/// Bounds on the text of an expression, so that hostile text fails early. Exceeding one is a LimitError.
struct Limits {
  std::size_t text_bytes = std::size_t{1} << 20;
  std::size_t nesting_depth = 1'000;
  std::size_t node_count = 1'000'000;
  std::size_t input_count = 4'096;
  std::size_t result_count = 1'024;
  friend constexpr bool operator==(const Limits&, const Limits&) noexcept = default;
};

class FunctionSet;

/// Options that shape the compiled program.
struct CompileOptions {
  Limits limits = {};
  /// Functions of the host that the text may call; not owned, and not needed once the expression is compiled.
  const FunctionSet* functions = nullptr;
};

/// The order in memory of a result that is made: `keep` that of the inputs, as NumPy's order="K", C order where they disagree; or C order; or
/// that of Fortran.
enum class Order : unsigned char { keep, c, fortran };

/// Options of one evaluation.
struct EvaluateOptions {
  /// At most this many tasks of the caller's TBB arena; 0 means all of them.
  std::size_t max_threads = 0;
  /// A request stops each thread at its next block: Cancelled E501 is thrown, and the content of the output is unspecified.
  std::stop_token stop = {};
  /// Told how much of the work is done, between 0 and 1 and growing, at most 20 times a second, from any of the call's threads but never from two
  /// at once; not at all of calls shorter than that, else 1 at the end. An exception of it ends the evaluation as one of a host function does.
  std::function<void(double fraction)> progress = {};
  /// How results lie that the evaluation makes. Of no meaning where it writes to memory of the caller.
  Order order = Order::keep;
  /// The most bytes that the call may take for results in fresh memory and for what reductions along axes and small operands leave between passes
  /// over the data; a call that needs more throws LimitError E406 before any of it is allocated. Apart from that a call takes what Expression::evaluate
  /// says of each thread.
  std::size_t memory_limit_bytes = std::numeric_limits<std::size_t>::max();
};

/// Options of the one-shot form.
struct Options {
  CompileOptions compile = {};
  EvaluateOptions evaluate = {};
};

}  // namespace lanewise::inline v0
