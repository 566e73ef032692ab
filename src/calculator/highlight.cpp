// Kinds of words are told by the words alone, so that a text may be highlighted while it is typed.
#include <algorithm>
#include <set>

#include "calculator/inspection.hpp"
#include "calculator/makers.hpp"
#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {
namespace {

using Kind = HighlightSpan::Kind;

class Highlighter {
 public:
  Highlighter(std::string_view text, const Vocabulary& vocabulary) : text_(text), vocabulary_(vocabulary) {
    for (const std::string_view name : function_names()) functions_.insert(name);
    for (const WordRange statement : split_statements(text_)) {
      for (const std::size_t target : read_statement(text_, statement).targets) bound_.insert(text_.word_text(target));
    }
  }

  std::vector<HighlightSpan> spans() {
    std::size_t end = 0;
    for (std::size_t i = 0; i < text_.words().size(); ++i) {
      const TextRange range = text_.word(i).range;
      add_comments({end, range.begin});
      end = range.end;
      if (text_.word(i).kind != Word::Kind::line_break) add(kind_of(i), range);
    }
    add_comments({end, text_.text().size()});
    return std::move(spans_);
  }

 private:
  void add(Kind kind, TextRange range) { spans_.push_back({kind, {range.begin, range.end - range.begin}}); }

  // Between words are blanks and comments.
  void add_comments(TextRange gap) {
    const std::string_view between = part(text_.text(), gap);
    for (std::size_t begin = between.find('#'); begin != std::string_view::npos; begin = between.find('#', begin)) {
      const std::size_t end = std::min(between.find('\n', begin), between.size());
      add(Kind::comment, {gap.begin + begin, gap.begin + end});
      begin = end;
    }
  }

  Kind kind_of(std::size_t i) const {
    switch (text_.word(i).kind) {
      case Word::Kind::name: return kind_of_name(i);
      case Word::Kind::number: return Kind::number;
      case Word::Kind::string: return is_closed(text_.word_text(i)) ? Kind::string : Kind::error;
      case Word::Kind::open:
      case Word::Kind::close: return text_.has_partner(i) ? Kind::bracket : Kind::error;
      case Word::Kind::equals: return Kind::operation;
      default: return kind_of_sign(text_.word_text(i));
    }
  }

  static Kind kind_of_sign(std::string_view sign) {
    constexpr std::string_view signs = "+-*/%<>=!&|^~.,:;";
    return signs.find(sign.front()) == std::string_view::npos ? Kind::error : Kind::operation;
  }

  Kind kind_of_name(std::size_t i) const {
    const std::string_view name = text_.word_text(i);
    if (std::ranges::find(keywords(), name) != keywords().end()) return Kind::keyword;
    if (i > 0 && text_.is(i - 1, ".")) return Kind::name;
    if (text_.is(i + 1, "(")) return can_be_called(name) ? Kind::function : Kind::unknown_name;
    const bool is_argument = i + 1 < text_.words().size() && text_.word(i).depth > 0 && text_.word(i + 1).kind == Word::Kind::equals;
    if (is_argument) return Kind::argument;
    const bool is_known = bound_.contains(name) || vocabulary_.names.find(name) != nullptr ||
                          std::ranges::find(constants(), name) != constants().end() || (text_.word(i).depth > 0 && find_dtype(name));
    return is_known ? Kind::name : Kind::unknown_name;
  }

  bool can_be_called(std::string_view name) const {
    return functions_.contains(name) || find_maker(name) != nullptr || name == "save" || vocabulary_.host_functions.find(name) != nullptr;
  }

  ScannedText text_;
  const Vocabulary& vocabulary_;
  std::set<std::string_view> functions_;
  std::set<std::string_view> bound_;  ///< by statements of the text itself
  std::vector<HighlightSpan> spans_;
};

}  // namespace

std::vector<HighlightSpan> highlight(std::string_view text, const Vocabulary& vocabulary) { return Highlighter(text, vocabulary).spans(); }

// Paths of files are no values of the language, which says so when it comes to them.
static bool is_quoted(std::string_view source, SourceSpan span) {
  const std::string_view word = source.substr(std::min(span.offset_bytes, source.size()), span.length_bytes);
  return !word.empty() && (word.front() == '"' || word.front() == '\'') && is_closed(word);
}

// Returns the expression with a name for each call that is sliced, which the language does not have, and adds these calls to the expressions.
static std::string without_sliced_calls(const ScannedText& text, WordRange expression, std::vector<WordRange>& expressions) {
  std::string result;
  std::size_t copied_to = text.range_of(expression).begin;
  for (std::size_t i = expression.begin; i + 1 < expression.end; ++i) {
    const std::size_t last = text.is(i + 1, "(") ? text.closing_bracket(i + 1) : expression.end;
    if (last + 1 >= expression.end || !text.is(last + 1, "[") || find_maker(text.word_text(i)) == nullptr) continue;
    result += part(text.text(), {copied_to, text.word(i).range.end});  // the name of the call
    copied_to = text.word(last).range.end;
    expressions.push_back({i, last + 1});
    i = last;
  }
  return result += part(text.text(), {copied_to, text.range_of(expression).end});
}

static bool is_in_language(std::string_view source, const Limits& limits) {
  try {
    Expression::compile(source, Schema{}, {.limits = limits});
  } catch (const SyntaxError& error) {
    return is_quoted(source, error.span());
  } catch (const Error&) {  // of names and types, which the values decide
  }
  return true;
}

// A statement's words tell what is the calculator's; the rest is compiled without names, and only the errors of its grammar count.
Completeness completeness_of(std::string_view text, const CalculatorOptions& options) {
  if (ends_inside_brackets(text)) return Completeness::incomplete;
  const ScannedText scanned(text);
  for (const WordRange words : split_statements(scanned)) {
    const Statement statement = read_statement(scanned, words);
    std::vector<WordRange> expressions = {statement.value};
    if (statement.kind == Statement::Kind::save || statement.kind == Statement::Kind::assertion) expressions = split_list(scanned, statement.value);
    if (expressions.empty()) return Completeness::invalid;
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!is_in_language(without_sliced_calls(scanned, expressions[i], expressions), options.limits)) return Completeness::invalid;
    }
  }
  return Completeness::complete;
}

}  // namespace lanewise::inline v0::calculator
