// Draws an Error: the sentence, the line of source that it is about, and carets under the exact characters.
//
// Carets are placed by columns of a terminal, not by bytes. So that a line is as wide as it is counted, tabs are shown as one blank,
// and what has no width, moves the cursor or is no UTF-8 as one U+FFFD. Of a long line only the part around the carets is shown.

#include <lanewise/error.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "syntax/utf8.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr std::size_t widest_columns = 100;  // of a line that is shown whole, or of the part that is shown of it
constexpr std::size_t context_columns = 40;  // shown before the carets where a line is cut
constexpr std::string_view cut_mark = "...";
constexpr std::string_view replacement = "\uFFFD";

struct Range {
  char32_t first;
  char32_t last;
};

// Two columns wide: Unicode's East Asian Width W and F, by blocks.
constexpr auto wide_ranges = std::to_array<Range>({{0x1100, 0x115F},
                                                   {0x2E80, 0x303E},
                                                   {0x3041, 0x4DBF},
                                                   {0x4E00, 0xA4CF},
                                                   {0xAC00, 0xD7A3},
                                                   {0xF900, 0xFAFF},
                                                   {0xFE30, 0xFE6F},
                                                   {0xFF01, 0xFF60},
                                                   {0xFFE0, 0xFFE6},
                                                   {0x1F300, 0x1F64F},
                                                   {0x1F680, 0x1F6FF},
                                                   {0x1F900, 0x1F9FF},
                                                   {0x20000, 0x3FFFD}});
// Drawn over the character before: Unicode's combining blocks and variation selectors.
constexpr auto combining_ranges =
    std::to_array<Range>({{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}});

template <std::size_t Count>
bool is_in(const std::array<Range, Count>& ranges, char32_t value) {
  return std::ranges::any_of(ranges, [value](Range range) { return value >= range.first && value <= range.last; });
}

// A line of source as it is shown.
struct Drawing {
  std::string text;
  std::size_t column_count = 0;

  void append(std::string_view source, const Utf8Character& character) {
    const bool is_tab = character.value == U'\t';
    if (!is_tab && character.is_valid && is_in(combining_ranges, character.value)) {
      text += source.substr(0, character.length_bytes);
      return;
    }
    const bool is_shown = character.is_valid && !is_invisible(character.value);
    text += is_tab ? " " : is_shown ? source.substr(0, character.length_bytes) : replacement;
    column_count += is_shown && is_in(wide_ranges, character.value) ? 2 : 1;
  }
};

Drawing draw(std::string_view source) {
  Drawing drawing;
  while (!source.empty()) {
    const Utf8Character character = decode_utf8(source);
    drawing.append(source, character);
    source.remove_prefix(character.length_bytes);
  }
  return drawing;
}

// The line that a span begins in, without its line break, and the part of the span that lies in it.
struct Line {
  std::string_view text;
  std::size_t begin;
  std::size_t end;
};

Line line_of(std::string_view source, SourceSpan span) {
  const std::size_t offset = std::min(span.offset_bytes, source.size());
  const std::size_t break_before = offset == 0 ? std::string_view::npos : source.find_last_of("\r\n", offset - 1);
  const std::size_t line_begin = break_before == std::string_view::npos ? 0 : break_before + 1;
  const std::size_t line_end = std::min(source.find_first_of("\r\n", offset), source.size());
  const std::size_t span_end = std::min(span.length_bytes > line_end - offset ? line_end : offset + span.length_bytes, line_end);
  return {source.substr(line_begin, line_end - line_begin), offset - line_begin, span_end - line_begin};
}

// Moves an index back to the beginning of the character that it is in.
std::size_t character_begin(std::string_view text, std::size_t index) {
  for (int step = 0; step < 3 && index > 0 && index < text.size() && is_utf8_continuation(text[index]); ++step) --index;
  return index;
}

// Leaves out what is far from the carets. Widths are taken as one column a byte, which cuts a little more than is needed.
void shorten(Line& line, std::string& before, std::string& after) {
  if (line.text.size() <= widest_columns) return;
  const std::size_t first = character_begin(line.text, line.begin > context_columns ? line.begin - context_columns : 0);
  const std::size_t last = character_begin(line.text, std::min(first + widest_columns, line.text.size()));
  if (first > 0) before = cut_mark;
  if (last < line.text.size()) after = cut_mark;
  line = {line.text.substr(first, last - first), line.begin - first, std::min(line.end, last) - first};
}

// Returns the two lines under a sentence, each after a line break; nothing where the error has no place in the text.
std::string quote(std::string_view source, SourceSpan span) {
  const bool has_place = span != SourceSpan{};
  if (source.empty() || !has_place) return {};
  Line line = line_of(source, span);
  std::string cut_before;
  std::string cut_after;
  shorten(line, cut_before, cut_after);
  const Drawing before = draw(line.text.substr(0, line.begin));
  const Drawing marked = draw(line.text.substr(line.begin, line.end - line.begin));
  const Drawing after = draw(line.text.substr(line.end));
  const std::size_t blank_count = cut_before.size() + before.column_count;
  const std::size_t caret_count = std::max<std::size_t>(marked.column_count, 1);
  return "\n  " + cut_before + before.text + marked.text + after.text + cut_after + "\n  " + std::string(blank_count, ' ') +
         std::string(caret_count, '^');
}

}  // namespace

Error::Error(ErrorCode code, const std::string& message, SourceSpan span, std::optional<Note> note)
    : std::runtime_error(message), code_(code), span_(span), note_(std::move(note)) {}

Error::~Error() = default;

std::string Error::code() const { return "E" + std::to_string(static_cast<unsigned>(code_)); }

std::string Error::report() const {
  std::string text = "error " + code() + ": " + what() + quote(source_, span_);
  if (note_) text += "\nnote: " + note_->message + quote(source_, note_->span);
  return text;
}

void Error::attach_source(std::string_view source) { source_ = source; }

SyntaxError::~SyntaxError() = default;
NameError::~NameError() = default;
DTypeError::~DTypeError() = default;
ShapeError::~ShapeError() = default;
AliasError::~AliasError() = default;
LimitError::~LimitError() = default;
Cancelled::~Cancelled() = default;
UnsupportedMachine::~UnsupportedMachine() = default;
FileError::~FileError() = default;

}  // namespace lanewise::inline v0
