#pragma once
// A session: names and what they stand for. One statement in, one value out, or an error whose report quotes the statement's text.
//
// A statement is `name = right side` or an expression. Either side may be a maker call (makers.hpp). Each statement is bound against the
// present values, so `x = x + 1` works. The value of an expression is also kept as `ans` and as `_`; of several values, as in `a, b`, the
// last one. A name stands for one value, so `x = a, b` is refused. After an error all names are as before. No terminal, no files but those
// that the caller hands in (a statement names none, so that whoever writes one reads no file), no globals.

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/lanewise.hpp>

#include "calculator/makers.hpp"
#include "calculator/statement.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// What a statement came to.
struct Answer {
  std::vector<SharedValue> values = {};  ///< one, or those of a tuple of any other number
  bool is_tuple = false;
  bool is_assignment = false;
  double seconds = 0;             ///< making or evaluating, without compiling
  std::size_t element_count = 0;  ///< of the largest array taken in or given out
  std::size_t moved_bytes = 0;    ///< arrays read and written
};

/// Returns the memory for a result; asked for once, when its type and shape are known.
using OutputMaker = std::function<MutableArrayView(DType, std::span<const std::size_t>)>;

enum class ExplainStage { tree, graph, simplified, program, plan };

class Session {
 public:
  /// `max_threads` is that of EvaluateOptions.
  explicit Session(std::size_t max_threads = 0) noexcept : max_threads_(max_threads) {}

  /// Runs one statement of `text`.
  ///
  /// Throws      lanewise::Error with positions in `text`, which the report quotes; std::bad_alloc.
  Answer run(std::string_view text, TextRange statement, const std::stop_token& stop = {});

  /// Evaluates the whole text as one expression, which may have local names of its own. Throws as run.
  Answer evaluate(std::string_view text, const std::stop_token& stop = {});

  /// Evaluates the whole text, which has one result, into memory that the caller makes. The answer has no values. `progress` is that of
  /// EvaluateOptions.
  ///
  /// Throws      as run; ShapeError E308 for several results; whatever `make_output` throws.
  Answer evaluate_into(std::string_view text, const OutputMaker& make_output, const std::stop_token& stop,
                       const std::function<void(double)>& progress);

  /// Gives the name at `name` in `text` to a value from elsewhere. Throws as run, for a name that cannot be bound.
  void define(std::string_view text, TextRange name, NamedValue value);

  /// Returns the text of one stage for an expression, or for an assignment's right side; no name changes. Throws as run.
  std::string explain(std::string_view text, TextRange statement, ExplainStage stage) const;

 private:
  Answer value_of(std::string_view text, TextRange range, const std::stop_token& stop) const;
  Answer expression_value(std::string_view text, TextRange range, const std::stop_token& stop) const;
  Answer made_value(std::string_view text, const Maker& maker, const Call& call, const std::stop_token& stop) const;
  std::vector<Input> inputs_of(std::string_view source) const;
  Expression compile(const std::string& source, const std::vector<Input>& inputs) const;
  void remember(std::string_view name, NamedValue value);

  std::map<std::string, NamedValue, std::less<>> names_;
  std::size_t max_threads_;
};

}  // namespace lanewise::inline v0::calculator
