#pragma once
// The fields of a CSV text, one after another.
//
// Fields are separated by commas, rows by line feeds, with or without a carriage return before. A field that begins with a quotation mark
// ends at the next one that is not doubled; commas and line breaks between are part of it. Source: RFC 4180. Lines without any
// character are passed over, also where a table has one column: an empty field is written "" there.

#include <cstddef>
#include <string>
#include <string_view>

namespace lanewise::inline v0 {

struct CsvField {
  std::string_view text;   ///< without the quotation marks around it; doubled ones inside stand as in the file
  std::size_t line = 1;    ///< from 1, as editors count
  std::size_t column = 1;  ///< bytes from the beginning of the line, from 1
  bool ends_row = false;
};

class CsvReader {
 public:
  /// Refers to both; `path` is for errors.
  CsvReader(std::string_view text, std::string_view path);

  /// Goes to the next row. Returns false if there is none.
  bool begin_row();
  /// Reads a field. Precondition: the row has begun and not ended. Throws FileError E702 where quotation marks do not pair.
  CsvField next_field();

 private:
  CsvField read_quoted(CsvField field);
  void end_field(CsvField& field);
  bool skip_line_break();
  CsvField here() const { return {text_.substr(place_, 0), line_, place_ - line_begin_ + 1}; }

  std::string_view text_;
  std::string_view path_;
  std::size_t place_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

/// Throws FileError E702 with the place of the field.
[[noreturn]] void refuse_field(std::string_view path, const CsvField& field, std::string_view reason);

}  // namespace lanewise::inline v0
