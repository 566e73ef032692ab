#pragma once
// Evaluates expressions of one text against the names of a session.
//
// Only the names that an expression mentions are given to the library, so that arrays of other lengths may be about. Errors have places in the text,
// and quote it.

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include <lanewise/calculator.hpp>

#include "calculator/formula.hpp"
#include "calculator/makers.hpp"
#include "calculator/names.hpp"
#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {

/// What a run may do and when it ends.
struct RunContext {
  const CalculatorOptions& options;
  const FunctionSet& functions;  ///< of the host and of makers
  const RunOptions& run;
  std::stop_token stop;

  /// Throws Cancelled E501 if a stop was asked for.
  void check_stop() const;
};

/// How long an evaluation took, and over what.
struct Effort {
  double seconds = 0;
  std::size_t element_count = 0;
  std::size_t moved_bytes = 0;
};

struct Evaluated {
  std::vector<SharedValue> values;
  bool is_tuple = false;
  Effort effort = {};
};

/// An expression of the text; or `name operation expression`, as `x += 1` means.
struct Source {
  Source(WordRange words) : expression(words) {}
  Source(std::size_t name_word, std::string_view infix, WordRange words) : expression(words), name(name_word), operation(infix) {}
  WordRange expression;
  std::size_t name = 0;
  std::string_view operation = {};
};

class Evaluation : public MakerHost {
 public:
  Evaluation(const ScannedText& text, Names& names, const RunContext& context) : text_(text), names_(names), context_(context), prefix_(unused_prefix(text.text())) {}

  /// Returns what an expression or an assignment evaluates. Throws SyntaxError E108 for other statements.
  Source source_of(const Statement& statement) const;
  [[noreturn]] void refuse_kind(const Statement& statement, std::string_view expected) const;

  /// Returns the values of an expression. One that is a name alone gives the value itself.
  Evaluated evaluate(const Source& source);
  /// Writes the value of an expression of one result to memory that is asked for when its type and shape are known.
  Effort evaluate_into(WordRange expression, const OutputMaker& make_output);
  /// Writes to an array that the expression may mention.
  Effort assign_elements(const Source& source, const MutableArrayView& output);
  /// Evaluates `repeat_count` times into one memory.
  Effort measure(const Source& source, std::size_t repeat_count);
  /// Whether all elements of the expression's value are true.
  bool holds(WordRange expression, Effort& effort);
  std::string explain(const Source& source, Stage stage);
  std::string explain_plan(const Source& source);

  std::vector<SharedValue> values_of(WordRange expression) override { return evaluate(expression).values; }
  SharedValue reshaped(WordRange expression, const std::function<std::vector<std::size_t>(std::size_t)>& shape_of) override;
  Outline outline_of(WordRange expression) override;
  SharedValue load_npy(const std::string& path, SourceSpan place) override;
  SharedValue load_csv(const std::string& path, std::string_view column, SourceSpan place) override;

 private:
  struct Prepared {
    Formula formula;
    std::vector<Input> inputs;
    std::vector<NamedValue> held;  ///< what the inputs view, as results may be dropped meanwhile
    Expression expression;
  };
  Formula formula_of(const Source& source);
  void append(Formula& formula, WordRange expression);
  void append_between(Formula& formula, std::string_view before, WordRange expression, std::string_view after);
  std::size_t append_call(Formula& formula, std::size_t name, std::size_t end);
  std::string add_whole(Formula& formula, const Maker& maker, std::size_t name);
  SharedValue joined(const std::vector<SharedValue>& extents) const;
  const Maker* maker_at(std::size_t word, std::size_t end) const;
  std::vector<Input> inputs_of(const Formula& formula, const Source& source, std::vector<NamedValue>& held) const;
  Prepared prepare(const Source& source) { return prepare(formula_of(source), source); }
  Prepared prepare(Formula formula, const Source& source);
  void add_names(WordRange words, std::vector<Input>& inputs, std::vector<NamedValue>& held) const;
  Expression compile(const Formula& formula, const std::vector<Input>& inputs) const;
  SharedValue value_of_name(const Source& source) const;
  Evaluated evaluate(Formula formula, const Source& source);
  Evaluated run(const Prepared& prepared);
  Effort assign_number(const Prepared& prepared, const MutableArrayView& output, TextRange place);
  static void require_elements_of(const MutableArrayView& output, DType dtype, const std::vector<std::size_t>& shape, TextRange place);
  std::vector<Array> make_outputs(const Prepared& prepared);
  static std::size_t largest_size(const Prepared& prepared);
  EvaluateOptions evaluate_options(const Prepared& prepared) const;
  template <class Work>
  auto with_room(const Prepared& prepared, Work work);
  /// Runs `work`, whose errors are about the formula.
  template <class Work>
  static auto in_source(const Formula& formula, Work work) {
    try {
      return work();
    } catch (const Error& error) {
      throw formula.in_source(error);
    }
  }
  template <class Load>
  SharedValue load(SourceSpan place, Load load_file);

  const ScannedText& text_;
  Names& names_;
  const RunContext& context_;
  const std::string prefix_;  ///< of the names of made inputs
  std::size_t depth_ = 0;  ///< of makers within makers' arguments
};

}  // namespace lanewise::inline v0::calculator
