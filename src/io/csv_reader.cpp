#include "io/csv_reader.hpp"

#include <algorithm>

#include "io/file_error.hpp"

namespace lanewise::inline v0 {

void refuse_field(std::string_view path, const CsvField& field, std::string_view reason) {
  refuse_damaged(path, "line " + std::to_string(field.line) + ", column " + std::to_string(field.column) + ": " + std::string(reason));
}

// Spreadsheets begin their files with a byte order mark.
CsvReader::CsvReader(std::string_view text, std::string_view path) : text_(text), path_(path) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
}

bool CsvReader::begin_row() {
  while (skip_line_break()) {
  }
  return place_ < text_.size();
}

CsvField CsvReader::next_field() {
  CsvField field = here();
  if (place_ < text_.size() && text_[place_] == '"') return read_quoted(field);
  const std::size_t begin = place_;
  while (place_ < text_.size() && text_[place_] != ',' && text_[place_] != '\n' && text_[place_] != '\r' && text_[place_] != '"') ++place_;
  field.text = text_.substr(begin, place_ - begin);
  if (place_ < text_.size() && text_[place_] == '"') {
    refuse_field(path_, here(), "a quotation mark inside a field that does not begin with one");
  }
  end_field(field);
  return field;
}

CsvField CsvReader::read_quoted(CsvField field) {
  const std::size_t begin = ++place_;
  for (;; ++place_) {
    if (place_ == text_.size()) refuse_field(path_, field, "the quotation mark is not closed");
    if (text_[place_] == '\n') {
      ++line_;
      line_begin_ = place_ + 1;
    }
    if (text_[place_] != '"') continue;
    if (text_.substr(place_ + 1, 1) != "\"") break;
    ++place_;
  }
  field.text = text_.substr(begin, place_ - begin);
  ++place_;
  end_field(field);
  return field;
}

void CsvReader::end_field(CsvField& field) {
  if (place_ < text_.size() && text_[place_] == ',') {
    ++place_;
    return;
  }
  field.ends_row = place_ == text_.size() || skip_line_break();
  if (!field.ends_row)
    refuse_field(path_, here(), "expected a comma or the end of the line, found '" + shown_text(text_.substr(place_, 1)) + "'");
}

bool CsvReader::skip_line_break() {
  const std::string_view rest = text_.substr(place_, 2);
  const std::size_t length_bytes = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') || rest == "\r" ? 1 : 0;
  if (length_bytes == 0) return false;
  place_ += length_bytes;
  ++line_;
  line_begin_ = place_;
  return true;
}

}  // namespace lanewise::inline v0
