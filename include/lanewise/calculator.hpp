#pragma once
// Calculator: a session of statements, for programs that let their users type them. It has no terminal, no signals and no globals, and ends
// nothing: what is wrong with a text is a value that it returns.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>
#include <lanewise/export.hpp>
#include <lanewise/expression.hpp>
#include <lanewise/function_set.hpp>
#include <lanewise/io.hpp>
#include <lanewise/options.hpp>

namespace lanewise::inline v0 {

namespace calculator {
class Session;
struct AnswerState;
}  // namespace calculator

/// What a session may do, and how much of it. All of it holds for its whole life.
struct CalculatorOptions {
  bool read_files = false;   ///< whether texts may call `load`
  bool write_files = false;  ///< whether texts may call `save`
  /// Bytes of names and of all values that the session has made and that are alive: those of names and of numbered results, of answers that the caller keeps,
  /// and those that a statement needs on its way. Beyond it a statement is refused with E406 before memory is asked for. Arrays of the host and
  /// in files do not count. 0: three quarters of the machine's memory.
  std::size_t memory_bytes = 0;
  std::size_t name_count = 10'000;  ///< names that texts may bind; one more is E407
  /// Numbered results `_1`, `_2`, … that are kept, the latest ones; fewer, where they would take more than a quarter of `memory_bytes`.
  std::size_t result_count = 100;
  FunctionSet functions = {};  ///< of the host, callable by name
  Limits limits = {};          ///< on texts
};

/// Options of one run.
struct RunOptions {
  std::size_t max_threads = 0;                    ///< that of EvaluateOptions
  std::chrono::nanoseconds time_limit{0};         ///< 0: none; beyond it the statement ends with E502
  /// As that of EvaluateOptions, of each evaluation that is long enough; `element_count` is that of the largest array that it reads or makes, one
  /// made by a call such as `arange(n)` included.
  std::function<void(double fraction, std::size_t element_count)> progress = {};
};

/// Takes text piece by piece: an array written in full may be longer than memory holds twice.
using TextSink = std::function<void(std::string_view)>;

/// What one statement came to. Cheap to copy: copies share the values, which never change and outlive the session.
///
/// Threads     an Answer is a value; reading one from several threads is safe.
class LANEWISE_API Answer {
 public:
  enum class Kind : std::uint8_t {
    value,       ///< of an expression; it is what `ans` and `_` now stand for
    assignment,  ///< of the names in `names()`, to which the values belong in this order
    assertion,   ///< `assert`, which held; no values
    saved,       ///< `save`; no values
    word,        ///< `dtype(x)`, the name of a type, which `text()` is; no values
  };

  Kind kind() const noexcept;
  /// Returns the value; of a tuple, each member. Views of what the answer keeps alive, in any layout. None of an assignment to a writable binding.
  std::span<const ArrayView> values() const noexcept;
  /// Whether the values are those of a tuple, which may have one member, or none.
  bool is_tuple() const noexcept;
  /// Returns the only value's only element. Throws DTypeError E209 for another type, ShapeError E303 if there is not exactly one element.
  template <Element T>
  T item() const {
    return *static_cast<const T*>(only_element(dtype_of<T>));
  }

  /// Returns the names that an assignment bound.
  std::span<const std::string> names() const noexcept;
  /// Returns n where the value is `_n` from now on, 0 of statements that are no expressions.
  std::size_t number() const noexcept;
  /// Returns where in the text of the run the statement stands.
  SourceSpan span() const noexcept;

  /// Returns the seconds for evaluating, without parsing and compiling.
  double seconds() const noexcept;
  /// Returns how many elements the largest array had that was read or made, one made by a call such as `arange(n)` included.
  std::size_t element_count() const noexcept;
  /// Returns the bytes of arrays that were read from memory and written to it.
  std::size_t moved_bytes() const noexcept;

  /// Returns the value as NumPy prints it: more than 1000 elements shortened unless `full`. No line break at its end.
  /// Cost        that of the elements which are shown; nothing is formatted before.
  std::string text(bool full = false) const;
  /// Returns one line: {"value": …, "dtype": "float64", "shape": [3], "seconds": 0.01}; of a tuple lists of these. Where the value is shortened,
  /// "shortened": true follows it. nan and infinities are the strings "nan", "inf", "-inf", complex numbers [re, im].
  std::string json(bool full = false) const;
  /// Write the same piece by piece. What `sink` throws reaches the caller.
  void write_text(const TextSink& sink, bool full = false) const;
  void write_json(const TextSink& sink, bool full = false) const;

  /// Made by sessions.
  explicit Answer(std::shared_ptr<const calculator::AnswerState> state) noexcept : state_(std::move(state)) {}

 private:
  const void* only_element(DType asked) const;

  std::shared_ptr<const calculator::AnswerState> state_;
};

/// Why a statement failed.
struct Diagnostic {
  enum class Kind : std::uint8_t {
    expression,  ///< the text is wrong, its values do not fit, or an assertion does not hold
    file,        ///< a file could not be read or written, or may not be
    limit,       ///< a limit of the session, the time of the run, or memory that is not there
    cancelled,   ///< stopped by the stop token
  };
  Kind kind = Kind::expression;
  std::string code;     ///< "E201"; "memory" where the system has no more; "host" for an exception of a host function that is no lanewise::Error
  SourceSpan span;      ///< in the text of the run; of no length where no part of it is at fault
  std::string message;  ///< one sentence
  std::string report;   ///< the sentence, the line of the text and a caret, without a line break at the end

  /// Returns one line: {"error": {"code": "E201", "offset": 2, "length": 4, "message": "…"}}; with "source": the text in which the offset counts,
  /// if that is given.
  LANEWISE_API std::string json(std::string_view source = {}) const;
};

/// What a text came to.
struct Reply {
  std::vector<Answer> answers;           ///< one for each statement that was done, before the first that failed
  std::optional<Diagnostic> diagnostic;  ///< of that one
  double seconds = 0;                    ///< of the whole run
  explicit operator bool() const noexcept { return !diagnostic; }
};

/// A text about a text, such as a listing, or why there is none.
struct Explanation {
  std::string text;
  std::optional<Diagnostic> diagnostic;

  /// Returns one line: {"stage": "tree", "text": "(+ x 1)"}, or that of the diagnostic. `stage` says what the text is.
  LANEWISE_API std::string json(std::string_view stage) const;
};

enum class Completeness : std::uint8_t {
  complete,
  incomplete,  ///< a bracket is open: another line may follow
  invalid,     ///< no line that follows makes it valid
};

struct Completion {
  enum class Kind : std::uint8_t { name, constant, function, maker, argument, keyword } kind;
  std::string text;
  std::string_view suffix = {};  ///< what is usually written behind it: "(", "=" or nothing
};
struct Completions {
  SourceSpan replaced;                 ///< the beginning of a word before the cursor
  std::vector<Completion> candidates;  ///< sorted by text; each begins with what is replaced
};

struct HighlightSpan {
  enum class Kind : std::uint8_t {
    number, string, comment,
    name, unknown_name,  ///< a name that the session knows, or constants have; one that it does not
    function,            ///< before its bracket, one that can be called; others are unknown names
    argument,            ///< `axis` in `sum(x, axis=0)`
    keyword, operation, bracket,
    error,               ///< a bracket without its partner, a string without its end, a character that is in no statement
  } kind;
  SourceSpan span;
};

/// A name and what it stands for.
struct NameInfo {
  enum class Kind : std::uint8_t { value, file, read_only, writable } kind;  ///< of the session, mapped from a file, bound by the host
  std::string name;
  DType dtype;
  std::vector<std::size_t> shape;
  std::size_t size_bytes;  ///< of all elements, wherever they lie
};

/// Returns memory for a result; asked for once, when its type and shape are known.
using OutputMaker = std::function<MutableArrayView(DType, std::span<const std::size_t>)>;

/// A session: names, and statements that use and bind them.
///
/// A statement is an expression of the language, `name = expression`, `a, b = expressions`, `name += expression` (and the other operators),
/// `assert expression`, or `save("r.npy", expression)`. They are separated by semicolons and line breaks outside brackets. Each is bound against
/// the present values, so `x = x + 1` works; arrays are values, so what `y = x` bound stays when x is bound anew. `ans` and `_` are the value of
/// the last expression, `_n` that of the n-th; of a tuple, the last member.
///
/// Anywhere in an expression may stand arange linspace logspace zeros ones full eye random normal, reshape, load, and shape, dtype, nbytes of a
/// value; `describe` has them all. Those that only depend on the element's position take no memory: `sum(sin(arange(1e9)))` is arithmetic on positions.
///
/// Threads     one thread at a time uses a session; sessions share nothing, so any number of threads may each use one.
/// Memory      what `memory_bytes` says, text and programs apart; at most 512 KiB more for each thread that evaluates.
/// Example     lanewise::Calculator calculator;
///             calculator.bind("u", u);                                   // std::vector<double> u: read where it is
///             const lanewise::Reply reply = calculator.run("mean(u); std(u)");
///             for (const lanewise::Answer& answer : reply.answers) std::puts(answer.text().c_str());
///             if (reply.diagnostic) std::puts(reply.diagnostic->report.c_str());
class LANEWISE_API Calculator {
 public:
  explicit Calculator(CalculatorOptions options = {});
  Calculator(Calculator&&) noexcept;
  Calculator& operator=(Calculator&&) noexcept;
  ~Calculator();

  /// Runs the statements of `text`, up to the first that fails; names are then as they were before that one. (Only the elements of a writable binding
  /// are unspecified when a statement that assigns to it is stopped while it is evaluated.)
  ///
  /// `stop` ends the statement at the next block of work, as does the time limit; which it was, the diagnostic tells.
  /// Throws      std::bad_alloc, if not even the reply finds memory, and nothing else: what functions of the host and `options.progress` throw is a
  ///             diagnostic, too.
  Reply run(std::string_view text, std::stop_token stop = {}, const RunOptions& options = {});

  /// The same, and afterwards all names are as before.
  Reply evaluate(std::string_view text, std::stop_token stop = {}, const RunOptions& options = {});

  /// The same, with the value of the last statement, an expression of one result, written to memory that `make_output` makes. Its answer has no
  /// values. What `make_output` throws is a diagnostic.
  Reply evaluate_into(std::string_view text, const OutputMaker& make_output, std::stop_token stop = {}, const RunOptions& options = {});

  /// The same, with the last statement, an expression or an assignment, evaluated `repeat_count` times into one memory; its answer's `seconds` are those of all together.
  Reply measure(std::string_view text, std::size_t repeat_count, std::stop_token stop = {}, const RunOptions& options = {});

  /// Returns one stage of the last statement's expression, as Expression::explain does; statements before it are run, and names are afterwards as before.
  Explanation explain(std::string_view text, Stage stage, const RunOptions& options = {});
  /// Returns the plan of the last statement's expression. Its result takes memory, but is not evaluated.
  Explanation explain_plan(std::string_view text, const RunOptions& options = {});

  /// Gives a name to a value, to an array in a file, or to memory of the host. Texts may bind anew what `set` has bound.
  ///
  /// `bind` refers to the elements where they are: they must outlive the session or the name, and must not change during a run. A scalar is held. Texts
  /// that assign to such a name are refused with E211. Of what `bind_writable` has bound, they write the elements: `x = x + 1` needs the type that x has,
  /// and its shape or one element.
  /// Throws      NameError E201 for what no text can use as a name, or for one of the session's own, such as `_1`; LimitError E401 for one of more
  ///             than 255 letters.
  void set(std::string_view name, Array value);
  void set(std::string_view name, MappedArray value);
  void bind(std::string_view name, const ArrayView& view);
  void bind_writable(std::string_view name, const MutableArrayView& view);
  /// Forgets a name. Returns false if there was none.
  bool erase(std::string_view name);
  /// Forgets all names and results, and counts from `_1` again.
  void reset();

  /// Returns all names but `ans`, `_` and numbers, sorted.
  std::vector<NameInfo> names() const;

  /// Answers what an editor asks. Nothing is evaluated.
  Completeness is_complete(std::string_view text) const;
  /// `cursor` counts bytes.
  Completions complete(std::string_view text, std::size_t cursor) const;
  /// Returns the words of the text in order; blanks are between them.
  std::vector<HighlightSpan> highlight(std::string_view text) const;
  /// Returns lines about a name: of an operator or a function its signature, types, bound on the error and an example; of a variable its type, shape,
  /// bytes and first elements. Empty if nothing has that name.
  std::string describe(std::string_view name) const;

 private:
  std::unique_ptr<calculator::Session> session_;
};

}  // namespace lanewise::inline v0
