#pragma once
// A session: runs the statements of texts against its names. After an error all names are as they were before the statement that failed.

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

#include "calculator/answer.hpp"
#include "calculator/evaluation.hpp"
#include "calculator/names.hpp"
#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {

class Session {
 public:
  explicit Session(CalculatorOptions options);

  const CalculatorOptions& options() const noexcept { return options_; }
  const FunctionSet& functions() const noexcept { return functions_; }
  Names& names() noexcept { return names_; }
  const Names& names() const noexcept { return names_; }

  /// Binds a name for the host. Throws NameError E201.
  void define(std::string_view name, NamedValue value);

  Reply run(std::string_view text, std::stop_token stop, const RunOptions& options);

  /// The same, and afterwards all names are as before.
  Reply run_and_restore(std::string_view text, std::stop_token stop, const RunOptions& options);

  /// What becomes of a text's last statement where it is not simply run.
  using LastStep = std::function<void(Evaluation&, const Statement&, AnswerState&)>;
  /// Runs the text with `last` for its last statement; afterwards all names are as before.
  Reply run_for(std::string_view text, std::stop_token stop, const RunOptions& options, const LastStep& last);

 private:
  class Run;

  CalculatorOptions options_;
  FunctionSet functions_;
  Names names_;
};

}  // namespace lanewise::inline v0::calculator
