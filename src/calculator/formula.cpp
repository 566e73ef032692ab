#include "calculator/formula.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace lanewise::inline v0::calculator {

std::string unused_prefix(std::string_view text) {
  std::string prefix = "_made_";
  std::size_t mark_count = 0;  // one more than follow it anywhere
  for (std::size_t at = text.find(prefix); at != std::string_view::npos;) {
    const std::size_t begin = at + prefix.size();
    const std::size_t end = std::min(text.find_first_not_of('_', begin), text.size());
    mark_count = std::max(mark_count, end - begin + 1);
    at = text.find(prefix, end - 1);  // the last mark may begin the next
  }
  return prefix.append(mark_count, '_');
}

// Each run of blanks and line breaks becomes one blank.
static std::string on_one_line(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\f\n";
  std::string line;
  for (const char c : text) {
    const bool is_blank = blanks.find(c) != std::string_view::npos;
    if (!is_blank || !line.ends_with(' ')) line += is_blank ? ' ' : c;
  }
  return line;
}

void Formula::copy(TextRange range) {
  segments_.push_back({text_.size(), range, true});
  text_ += part(source_, range);
}

void Formula::replace(TextRange range, std::string_view text) {
  segments_.push_back({text_.size(), range, false});
  text_ += text;
}

// The mark at the end keeps one name from being the beginning of another.
std::string Formula::add_input(std::string_view call, const ArrayView& view, std::shared_ptr<const void> memory, std::string_view role) {
  inputs_.push_back({fmt::format("{}{}_", prefix_, inputs_.size()), on_one_line(call), std::string(role), view, std::move(memory)});
  return inputs_.back().name;
}

std::string Formula::add_input(std::string_view call, const SharedValue& value) {
  std::string name = add_input(call, operand_of(*value), value);
  inputs_.back().value = value;
  return name;
}

const Formula::Segment& Formula::segment_at(std::size_t position) const {
  const auto after = std::ranges::upper_bound(segments_, position, {}, &Segment::begin);
  return after == segments_.begin() ? segments_.front() : *(after - 1);
}

std::size_t Formula::source_begin(std::size_t position) const {
  const Segment& segment = segment_at(position);
  return segment.is_copy ? std::min(segment.source.begin + (position - segment.begin), segment.source.end) : segment.source.begin;
}

std::size_t Formula::source_end(std::size_t position) const {
  const Segment& segment = segment_at(position - 1);  // of the last byte
  return segment.is_copy ? std::min(segment.source.begin + (position - segment.begin), segment.source.end) : segment.source.end;
}

SourceSpan Formula::source_span(SourceSpan span) const {
  if (segments_.empty()) return {};
  const std::size_t begin = source_begin(span.offset_bytes);
  if (span.length_bytes == 0) return {begin, 0};
  return {begin, std::max(source_end(span.offset_bytes + span.length_bytes), begin) - begin};
}

// A message may quote a part of the text: what was put in for a call is shown as the call.
std::string Formula::in_words_of_user(std::string text, bool is_listing) const {
  if (text.find(prefix_) == std::string::npos) return text;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (segments_[i].is_copy) continue;
    const std::size_t end = i + 1 < segments_.size() ? segments_[i + 1].begin : text_.size();
    const std::string_view made = std::string_view(text_).substr(segments_[i].begin, end - segments_[i].begin);
    if (made.find(prefix_) == std::string_view::npos) continue;
    if (const std::size_t at = text.find(made); at != std::string::npos) text.replace(at, made.size(), on_one_line(part(source_, segments_[i].source)));
  }
  for (std::size_t at = text.find(prefix_); at != std::string::npos; at = text.find(prefix_, at)) {
    const std::size_t digits_end = std::min(text.find_first_not_of("0123456789", at + prefix_.size()), text.size());
    const std::string_view name = std::string_view(text).substr(at, digits_end + 1 - at);
    const auto input = std::ranges::find(inputs_, name, &MadeInput::name);
    if (input == inputs_.end()) {
      at += prefix_.size();
      continue;
    }
    const std::string shown = is_listing && !input->role.empty() ? fmt::format("{}.{}", input->label, input->role) : input->label;
    text.replace(at, input->name.size(), shown);
    at += shown.size();
  }
  return text;
}

Error Formula::in_source(const Error& error) const {
  const bool has_place = error.span() != SourceSpan{} || error.error_code() < ErrorCode::shape_mismatch;
  std::optional<Error::Note> note = error.note();
  if (note) note = Error::Note{in_words_of_user(note->message), source_span(note->span)};
  Error mapped(error.error_code(), in_words_of_user(error.what()), has_place ? source_span(error.span()) : SourceSpan{}, note);
  if (has_place) mapped.attach_source(source_);
  return mapped;
}

}  // namespace lanewise::inline v0::calculator
