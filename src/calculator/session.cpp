#include "calculator/session.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "calculator/diagnostic.hpp"
#include "calculator/time_limit.hpp"

namespace lanewise::inline v0::calculator {
namespace {

SourceSpan span_of(TextRange range) { return {range.begin, range.end - range.begin}; }

std::size_t default_memory_bytes() {
  const long page_count = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (page_count <= 0 || page_bytes <= 0) return std::size_t{1} << 32;
  return static_cast<std::size_t>(page_count) / 4 * 3 * static_cast<std::size_t>(page_bytes);
}

CalculatorOptions with_defaults(CalculatorOptions options) {
  if (options.memory_bytes == 0) options.memory_bytes = default_memory_bytes();
  return options;
}

constexpr std::size_t longest_name_bytes = 255;

// Keywords cannot be bound. The library knows them: it is asked to compile a program that binds the name.
void require_bindable(std::string_view name, SourceSpan place) {
  if (name.size() > longest_name_bytes) {
    throw LimitError(ErrorCode::text_too_long, fmt::format("a name has at most {} letters, this one has {}", longest_name_bytes, name.size()), place);
  }
  try {
    Expression::compile(fmt::format("{} = 0; 0", name), Schema{});
  } catch (const Error& error) {
    throw Error(error.error_code(), error.what(), place);
  }
}

}  // namespace

// One text, statement by statement.
class Session::Run {
 public:
  Run(Session& session, std::string_view text, const RunContext& context)
      : session_(session), text_(text), context_(context), evaluation_(text_, session.names_, context) {}

  std::vector<WordRange> statements() const { return split_statements(text_); }

  Answer answer(WordRange words) {
    const Statement statement = begin(words);
    switch (statement.kind) {
      case Statement::Kind::expression: run_expression(statement); break;
      case Statement::Kind::assignment: run_assignment(statement); break;
      case Statement::Kind::assertion: run_assertion(statement); break;
      case Statement::Kind::save: run_save(statement); break;
    }
    return Answer(std::move(state_));
  }

  Answer answer_by(const LastStep& step, WordRange words) {
    const Statement statement = begin(words);
    step(evaluation_, statement, *state_);
    return Answer(std::move(state_));
  }

 private:
  Statement begin(WordRange words) {
    context_.check_stop();
    state_ = std::make_shared<AnswerState>();
    state_->span = span_of(text_.range_of(words));
    return read_statement(text_, words);
  }

  bool is_word(WordRange words) const {
    return text_.is(words.begin, "dtype") && text_.is(words.begin + 1, "(") && text_.closing_bracket(words.begin + 1) + 1 == words.end;
  }

  void run_expression(const Statement& statement) {
    if (is_word(statement.value)) {
      state_->kind = Answer::Kind::word;
      state_->word = evaluation_.outline_of({statement.value.begin + 2, statement.value.end - 1}).dtype.name();
      return;
    }
    take(evaluation_.evaluate(statement.value));
    if (!state_->values.empty()) state_->number = session_.names_.add_result(state_->values.back());
  }

  void take(Evaluated evaluated) {
    state_->is_tuple = evaluated.is_tuple;
    state_->effort = evaluated.effort;
    for (const SharedValue& value : evaluated.values) state_->views.push_back(value->elements());
    state_->values = std::move(evaluated.values);
  }

  // Assignment --------------------------------------------------------------------------------------------------------------------------

  void run_assignment(const Statement& statement) {
    state_->kind = Answer::Kind::assignment;
    for (const std::size_t target : statement.targets) {
      context_.check_stop();
      require_target(target);
      state_->names.emplace_back(text_.word_text(target));
    }
    require_one_equals(statement);
    if (!statement.operation.empty()) return run_operation(statement);
    if (const MutableArrayView* const writable = writable_target(statement)) {
      state_->effort = evaluation_.assign_elements(statement.value, *writable);
      return;
    }
    take(evaluation_.evaluate(statement.value));
    const bool unpacks = (statement.targets.size() > 1 && !statement.is_chain) || text_.is(statement.targets.front() + 1, ",");
    if (!unpacks && state_->is_tuple) refuse_tuple(statement);
    if (unpacks && (state_->values.size() != statement.targets.size() || !state_->is_tuple)) refuse_count(statement);
    bind_all(statement);
  }

  void require_target(std::size_t target) const {
    const std::string_view name = text_.word_text(target);
    const SourceSpan place = span_of(text_.word(target).range);
    if (Names::is_numbered(name)) throw NameError(ErrorCode::read_only_name, fmt::format("'{}' is the name of a result and cannot be bound", name), place);
    require_bindable(name, place);
    const NamedValue* const present = session_.names_.find(name);
    if (present == nullptr || Names::is_of_result(name) || !std::holds_alternative<ArrayView>(*present)) return;
    throw NameError(ErrorCode::read_only_name, fmt::format("'{}' belongs to the host and may only be read; bind another name", name), place);
  }

  // The language would bind a name of its own there.
  void require_one_equals(const Statement& statement) const {
    for (std::size_t i = statement.value.begin; i < statement.value.end; ++i) {
      if (text_.word(i).kind != Word::Kind::equals || text_.word(i).depth > 0) continue;
      throw SyntaxError(ErrorCode::unsupported_syntax, "names are bound by one equals sign, or by a = b = value; write two statements",
                        span_of(text_.word(i).range));
    }
  }

  const MutableArrayView* writable_target(const Statement& statement) const {
    if (statement.targets.size() != 1 || text_.is(statement.targets.front() + 1, ",")) return nullptr;
    const NamedValue* const present = session_.names_.find(text_.word_text(statement.targets.front()));
    return present == nullptr ? nullptr : std::get_if<MutableArrayView>(present);
  }

  // All or none: whatever can fail does so before the first is bound.
  void bind_all(const Statement& statement) {
    Names& names = session_.names_;
    std::set<std::string_view> fresh;
    for (const std::size_t target : statement.targets) {
      const std::string_view name = text_.word_text(target);
      const NamedValue* const present = names.find(name);
      if (present != nullptr && std::holds_alternative<MutableArrayView>(*present)) refuse_writable(target);
      if (!Names::is_of_result(name) && !names.bound().contains(name)) fresh.insert(name);
    }
    names.require_room_for(fresh);
    for (std::size_t i = 0; i < statement.targets.size(); ++i) names.bind(text_.word_text(statement.targets[i]), state_->values[statement.is_chain ? 0 : i]);
  }

  [[noreturn]] void refuse_writable(std::size_t target) const {
    const std::string_view name = text_.word_text(target);
    throw NameError(ErrorCode::read_only_name, fmt::format("the elements of '{}' belong to the host; write them by {} = expression alone", name, name),
                    span_of(text_.word(target).range));
  }

  [[noreturn]] void refuse_tuple(const Statement& statement) const {
    throw DTypeError(ErrorCode::unsupported_operand_dtype,
                     fmt::format("a name stands for one value, this is a tuple of {}; write a name for each, as in a, b = 1, 2", state_->values.size()),
                     span_of(text_.range_of(statement.value)));
  }

  [[noreturn]] void refuse_count(const Statement& statement) const {
    throw ShapeError(ErrorCode::wrong_output_count,
                     fmt::format("{} values are expected here, not {}", statement.targets.size(),
                                 state_->is_tuple ? fmt::format("a tuple of {}", state_->values.size()) : std::string("one")),
                     span_of(text_.range_of(statement.value)));
  }

  void run_operation(const Statement& statement) {
    const std::size_t name = statement.targets.front();
    const NamedValue* const present = session_.names_.find(text_.word_text(name));
    if (const auto* const writable = present == nullptr ? nullptr : std::get_if<MutableArrayView>(present)) {
      state_->effort = evaluation_.assign_elements({name, statement.operation, statement.value}, *writable);
      return;
    }
    take(evaluation_.evaluate({name, statement.operation, statement.value}));
    if (state_->is_tuple) refuse_tuple(statement);
    bind_all(statement);
  }

  // Other statements --------------------------------------------------------------------------------------------------------------------

  // As in Python, a text may follow the expression.
  void run_assertion(const Statement& statement) {
    state_->kind = Answer::Kind::assertion;
    std::vector<WordRange> parts = split_list(text_, statement.value);
    const bool has_message = parts.size() == 2 && parts[1].end - parts[1].begin == 1 && text_.word(parts[1].begin).kind == Word::Kind::string;
    const WordRange expression = has_message ? parts[0] : statement.value;
    const std::string message = has_message ? quoted_text(text_, parts[1].begin) : "this does not hold";
    if (evaluation_.holds(expression, state_->effort)) return;
    throw Error(ErrorCode::assertion_failed, "assertion failed: " + message, span_of(text_.range_of(expression)));
  }

  void run_save(const Statement& statement) {
    state_->kind = Answer::Kind::saved;
    const std::vector<WordRange> arguments = split_list(text_, statement.value);
    const bool has_path = arguments.size() == 2 && arguments[0].end - arguments[0].begin == 1 && text_.word(arguments[0].begin).kind == Word::Kind::string;
    if (!has_path) throw NameError(ErrorCode::wrong_argument_count, "write save(\"r.npy\", expression)", span_of(text_.range_of(statement.whole)));
    const SourceSpan place = span_of(text_.word(arguments[0].begin).range);
    const std::string path = quoted_text(text_, arguments[0].begin);
    if (!context_.options.write_files) throw FileError(ErrorCode::file_not_allowed, "this session may not write files", place);
    if (!path.ends_with(".npy")) throw FileError(ErrorCode::unwritable_file, "files are written as .npy, and the name does not end in that", place);
    save(path, place, arguments[1]);
  }

  void save(const std::string& path, SourceSpan place, WordRange expression) {
    std::optional<NpyWriter> file;
    std::optional<FileError> failure;
    const auto attempt = [&](const auto& work) {
      try {
        return work();
      } catch (const FileError& error) {
        failure.emplace(error.error_code(), error.what(), place);
        throw *failure;
      }
    };
    const OutputMaker make_output = [&](DType dtype, std::span<const std::size_t> shape) {
      return attempt([&] { return file.emplace(path, dtype, shape).array(); });
    };
    try {
      state_->effort = evaluation_.evaluate_into(expression, make_output);
    } catch (const Error&) {
      if (failure) throw *failure;  // with its place in the text, not in a formula
      throw;
    }
    attempt([&] { file->commit(); });
  }

  Session& session_;
  ScannedText text_;
  const RunContext& context_;
  Evaluation evaluation_;
  std::shared_ptr<AnswerState> state_;
};

Session::Session(CalculatorOptions options)
    : options_(with_defaults(std::move(options))),
      functions_(functions_with_makers(options_.functions)),
      names_(options_.memory_bytes, options_.name_count, options_.result_count) {}


void Session::define(std::string_view name, NamedValue value) {
  if (!is_name(name) || Names::is_of_result(name)) {
    throw NameError(ErrorCode::unknown_name, fmt::format("'{}' cannot be the name of a value", name));
  }
  require_bindable(name, {});
  names_.bind(name, std::move(value));
}

namespace {

// Runs the statements of a text one by one; what the first throws that fails becomes the diagnostic.
template <class Work>
Reply replying(std::string_view text, std::stop_token stop, const RunOptions& options, Work work) {
  const auto start = std::chrono::steady_clock::now();
  Reply reply;
  bool is_time_over = false;
  try {
    const TimeLimit limit(std::move(stop), options.time_limit);
    try {
      work(limit.stop(), reply);
    } catch (...) {
      is_time_over = limit.is_over();
      throw;
    }
  } catch (...) {
    reply.diagnostic = diagnostic_of(std::current_exception(), text, is_time_over ? options.time_limit : std::chrono::nanoseconds(0));
  }
  reply.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return reply;
}

void check_length(std::string_view text, const Limits& limits) {
  if (text.size() <= limits.text_bytes) return;
  throw LimitError(ErrorCode::text_too_long, fmt::format("the text has {} bytes, more than the limit of {}", text.size(), limits.text_bytes));
}

}  // namespace

Reply Session::run(std::string_view text, std::stop_token stop, const RunOptions& options) {
  return replying(text, std::move(stop), options, [&](std::stop_token token, Reply& reply) {
    check_length(text, options_.limits);
    const RunContext context{options_, functions_, options, std::move(token)};
    Run run(*this, text, context);
    for (const WordRange statement : run.statements()) reply.answers.push_back(run.answer(statement));
  });
}

Reply Session::run_and_restore(std::string_view text, std::stop_token stop, const RunOptions& options) {
  const Names before = names_;
  Reply reply = run(text, std::move(stop), options);
  names_ = before;
  return reply;
}

Reply Session::run_for(std::string_view text, std::stop_token stop, const RunOptions& options, const LastStep& last) {
  std::optional<Names> before;
  Reply reply = replying(text, std::move(stop), options, [&](std::stop_token token, Reply& done) {
    check_length(text, options_.limits);
    const RunContext context{options_, functions_, options, std::move(token)};
    Run run(*this, text, context);
    const std::vector<WordRange> statements = run.statements();
    if (statements.empty()) throw SyntaxError(ErrorCode::unexpected_end, "an expression is expected", {text.size(), 0});
    if (statements.size() > 1) before = names_;
    for (std::size_t i = 0; i + 1 < statements.size(); ++i) done.answers.push_back(run.answer(statements[i]));
    done.answers.push_back(run.answer_by(last, statements.back()));
  });
  if (before) names_ = std::move(*before);
  return reply;
}

}  // namespace lanewise::inline v0::calculator
