#include <algorithm>

#include <lanewise/operations.hpp>

#include "calculator/inspection.hpp"
#include "calculator/makers.hpp"
#include "calculator/manual.hpp"
#include "calculator/statement.hpp"

namespace lanewise::inline v0::calculator {
namespace {

using Kind = Completion::Kind;

// The names before an equals sign in a signature: "var(x, axis=None, ddof=0)".
std::vector<std::string> arguments_in(std::string_view signature) {
  std::vector<std::string> names;
  const std::vector<Word> words = words_of(signature, {0, signature.size()});
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].kind == Word::Kind::name && words[i + 1].kind == Word::Kind::equals) names.emplace_back(part(signature, words[i].range));
  }
  return names;
}

std::vector<std::string> arguments_of(std::string_view function) {
  if (const Maker* const maker = find_maker(function)) return {maker->parameters.begin(), maker->parameters.end()};
  for (const OperationInfo& operation : operations()) {
    const std::vector<std::string_view> spellings = split_words(operation.spellings);
    if (std::ranges::find(spellings, function) != spellings.end()) return arguments_in(operation.signature);
  }
  return {};
}

// The function whose brackets are open at the end of the words before `end`, or nothing.
std::string_view open_call(const ScannedText& text) {
  for (std::size_t i = text.words().size(); i-- > 1;) {
    if (text.word(i).kind == Word::Kind::open && !text.has_partner(i)) {
      const bool is_call = text.is(i, "(") && text.word(i - 1).kind == Word::Kind::name;
      return is_call ? text.word_text(i - 1) : std::string_view();
    }
  }
  return {};
}

class Completer {
 public:
  Completer(std::string_view beginning, const Vocabulary& vocabulary) : beginning_(beginning), vocabulary_(vocabulary) {}

  void add(Kind kind, std::string_view text, std::string_view suffix = {}) {
    if (text.starts_with(beginning_)) found_.push_back({kind, std::string(text), suffix});
  }

  void add_words() {
    for (const std::string_view name : {"ans", "_"}) {
      if (vocabulary_.names.find(name) != nullptr) add(Kind::name, name);
    }
    for (const auto& [name, value] : vocabulary_.names.bound()) add(Kind::name, name);
    for (const std::string_view name : constants()) add(Kind::constant, name);
    for (const std::string_view name : keywords()) add(Kind::keyword, name);
    for (const std::string_view name : function_names()) add(Kind::function, name, "(");
    for (const std::string_view name : vocabulary_.host_functions.names()) add(Kind::function, name, "(");
    for (const Maker* const maker : makers()) add(Kind::maker, maker->name, "(");
    add(Kind::maker, "save", "(");
  }

  std::vector<Completion> sorted() {
    std::ranges::sort(found_, {}, [](const Completion& candidate) { return std::pair(std::string_view(candidate.text), candidate.kind); });
    return std::move(found_);
  }

 private:
  std::string_view beginning_;
  const Vocabulary& vocabulary_;
  std::vector<Completion> found_;
};

}  // namespace

Completions complete(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary) {
  const std::string_view before = text.substr(0, cursor);
  const ScannedText scanned(before);
  const bool has_word = !scanned.words().empty() && scanned.words().back().range.end == before.size();
  const std::size_t last = has_word ? scanned.words().size() - 1 : 0;
  const bool is_in_name = has_word && scanned.word(last).kind == Word::Kind::name;
  const bool is_in_literal = has_word && (scanned.word(last).kind == Word::Kind::number || scanned.word(last).kind == Word::Kind::string);
  const std::size_t words_end = scanned.words().empty() ? 0 : scanned.words().back().range.end;
  const std::size_t comment = before.find('#', words_end);
  const bool is_in_comment = comment != std::string_view::npos && before.find('\n', comment) == std::string_view::npos;
  if (is_in_literal || is_in_comment) return {{before.size(), 0}, {}};
  const std::string_view beginning = is_in_name ? scanned.word_text(last) : std::string_view();
  Completer completer(beginning, vocabulary);
  for (const std::string& argument : arguments_of(open_call(scanned))) completer.add(Kind::argument, argument, "=");
  completer.add_words();
  return {{before.size() - beginning.size(), beginning.size()}, completer.sorted()};
}

}  // namespace lanewise::inline v0::calculator
