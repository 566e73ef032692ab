// The public face of a session.
#include <lanewise/calculator.hpp>

#include <memory>
#include <utility>

#include "calculator/inspection.hpp"
#include "calculator/session.hpp"

namespace lanewise::inline v0 {

using calculator::AnswerState;
using calculator::Evaluation;
using calculator::Session;
using calculator::Statement;

namespace {

calculator::Vocabulary vocabulary_of(const Session& session) { return {session.names(), session.options().functions}; }

Explanation explanation_of(Session& session, std::string_view text, const RunOptions& options,
                           const std::function<std::string(Evaluation&, const Statement&)>& explain) {
  Explanation explanation;
  const Session::LastStep last = [&](Evaluation& evaluation, const Statement& statement, AnswerState&) {
    explanation.text = explain(evaluation, statement);
  };
  explanation.diagnostic = session.run_for(text, {}, options, last).diagnostic;
  return explanation;
}

}  // namespace

Calculator::Calculator(CalculatorOptions options) : session_(std::make_unique<Session>(std::move(options))) {}
Calculator::Calculator(Calculator&&) noexcept = default;
Calculator& Calculator::operator=(Calculator&&) noexcept = default;
Calculator::~Calculator() = default;

Reply Calculator::run(std::string_view text, std::stop_token stop, const RunOptions& options) {
  return session_->run(text, std::move(stop), options);
}

Reply Calculator::evaluate(std::string_view text, std::stop_token stop, const RunOptions& options) {
  return session_->run_and_restore(text, std::move(stop), options);
}

Reply Calculator::evaluate_into(std::string_view text, const OutputMaker& make_output, std::stop_token stop, const RunOptions& options) {
  return session_->run_for(text, std::move(stop), options, [&](Evaluation& evaluation, const Statement& statement, AnswerState& answer) {
    if (statement.kind != Statement::Kind::expression) evaluation.refuse_kind(statement, "an expression is");
    answer.effort = evaluation.evaluate_into(statement.value, make_output);
  });
}

Reply Calculator::measure(std::string_view text, std::size_t repeat_count, std::stop_token stop, const RunOptions& options) {
  return session_->run_for(text, std::move(stop), options, [&](Evaluation& evaluation, const Statement& statement, AnswerState& answer) {
    answer.effort = evaluation.measure(evaluation.source_of(statement), repeat_count);
  });
}

Explanation Calculator::explain(std::string_view text, Stage stage, const RunOptions& options) {
  return explanation_of(*session_, text, options,
                        [stage](Evaluation& evaluation, const Statement& statement) { return evaluation.explain(evaluation.source_of(statement), stage); });
}

Explanation Calculator::explain_plan(std::string_view text, const RunOptions& options) {
  return explanation_of(*session_, text, options,
                        [](Evaluation& evaluation, const Statement& statement) { return evaluation.explain_plan(evaluation.source_of(statement)); });
}

void Calculator::set(std::string_view name, Array value) {
  session_->define(name, std::make_shared<const calculator::Value>(std::move(value), session_->names().memory()));
}
void Calculator::set(std::string_view name, MappedArray value) {
  session_->define(name, std::make_shared<const calculator::Value>(std::move(value), session_->names().memory()));
}
void Calculator::bind(std::string_view name, const ArrayView& view) { session_->define(name, view); }
void Calculator::bind_writable(std::string_view name, const MutableArrayView& view) { session_->define(name, view); }

bool Calculator::erase(std::string_view name) { return session_->names().erase(name); }
void Calculator::reset() { session_->names().clear(); }

std::vector<NameInfo> Calculator::names() const { return calculator::list_names(std::as_const(*session_).names()); }
Completeness Calculator::is_complete(std::string_view text) const { return calculator::completeness_of(text, session_->options()); }
Completions Calculator::complete(std::string_view text, std::size_t cursor) const {
  return calculator::complete(text, cursor, vocabulary_of(*session_));
}
std::vector<HighlightSpan> Calculator::highlight(std::string_view text) const { return calculator::highlight(text, vocabulary_of(*session_)); }
std::string Calculator::describe(std::string_view name) const { return calculator::describe(name, vocabulary_of(*session_)); }

}  // namespace lanewise::inline v0
