#pragma once
// What a caller may choose: limits for compiling, threads and cancelling for evaluating.

#include <cstddef>
#include <stop_token>

namespace lanewise::inline v0 {

/// Bounds on the text of an expression, so that hostile text fails early. Exceeding one is a LimitError.
struct Limits {
  std::size_t text_bytes = std::size_t{1} << 20;
  std::size_t nesting_depth = 1'000;
  std::size_t node_count = 1'000'000;
  std::size_t input_count = 4'096;
  friend constexpr bool operator==(const Limits&, const Limits&) noexcept = default;
};

class FunctionSet;

/// Options that shape the compiled program.
struct CompileOptions {
  Limits limits = {};
  /// Functions of the host that the text may call; not owned, and not needed once the expression is compiled.
  const FunctionSet* functions = nullptr;
};

/// Options of one evaluation.
struct EvaluateOptions {
  /// At most this many tasks of the caller's TBB arena; 0 means all of them.
  std::size_t max_threads = 0;
  /// A request stops each thread at its next block: Cancelled E501 is thrown, and the content of the output is unspecified.
  std::stop_token stop = {};
};

/// Options of the one-shot form.
struct Options {
  CompileOptions compile = {};
  EvaluateOptions evaluate = {};
};

}  // namespace lanewise::inline v0
