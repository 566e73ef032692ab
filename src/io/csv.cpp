// One column of a CSV file as an array. The text is read twice: for the type and the number of rows, then for the values.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <lanewise/io.hpp>

#include "io/csv_reader.hpp"
#include "io/csv_value.hpp"
#include "io/file_error.hpp"
#include "io/file_mapping.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t most_names_shown = 10;

struct CsvColumn {
  std::string_view text;  ///< of the whole file
  std::string_view path;
  std::string_view name;
  std::size_t index = 0;
  std::size_t column_count = 0;
};

std::string name_of(const CsvField& field) {
  std::string name(field.text);
  for (std::size_t mark = name.find("\"\""); mark != std::string::npos; mark = name.find("\"\"", mark + 1)) name.erase(mark, 1);
  const std::size_t begin = std::min(name.find_first_not_of(" \t"), name.size());
  return name.substr(begin, name.find_last_not_of(" \t") + 1 - begin);
}

std::vector<std::string> read_names(CsvReader& reader) {
  std::vector<std::string> names;
  for (CsvField field; !field.ends_row;) {
    field = reader.next_field();
    names.push_back(name_of(field));
  }
  return names;
}

[[noreturn]] void refuse_name(std::string_view path, std::string_view name, const std::vector<std::string>& names) {
  std::string reason = "it has no column '" + shown_text(name) + "'; its columns are";
  for (std::size_t i = 0; i < std::min(names.size(), most_names_shown); ++i) reason += (i > 0 ? ", '" : " '") + shown_text(names[i]) + "'";
  if (names.size() > most_names_shown) reason += " and " + std::to_string(names.size() - most_names_shown) + " more";
  throw FileError(ErrorCode::unknown_column, "cannot use '" + std::string(path) + "': " + reason);
}

CsvColumn find_column(std::string_view text, std::string_view path, std::string_view name) {
  CsvReader reader(text, path);
  if (!reader.begin_row()) refuse_damaged(path, "it is empty; expected a line with the names of the columns");
  const std::vector<std::string> names = read_names(reader);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) refuse_name(path, name, names);
  if (std::find(found + 1, names.end(), name) != names.end())
    refuse_damaged(path, "two of its columns are named '" + shown_text(name) + "'");
  return {text, path, name, static_cast<std::size_t>(found - names.begin()), names.size()};
}

CsvField read_row(CsvReader& reader, const CsvColumn& column) {
  CsvField wanted;
  CsvField field;
  std::size_t field_count = 0;
  for (; !field.ends_row; ++field_count) {
    field = reader.next_field();
    if (field_count == column.index) wanted = field;
  }
  if (field_count != column.column_count) {
    refuse_damaged(column.path, "line " + std::to_string(field.line) + " has " + std::to_string(field_count) + " fields; expected " +
                                    std::to_string(column.column_count) + ", as in the first line");
  }
  return wanted;
}

/// Hands each field of the column to `use`, with its value.
template <class Use>
void for_each_value(const CsvColumn& column, Use use) {
  CsvReader reader(column.text, column.path);
  reader.begin_row();
  read_names(reader);
  while (reader.begin_row()) {
    const CsvField field = read_row(reader, column);
    const std::optional<CsvValue> value = csv_value(field.text);
    if (!value) {
      refuse_field(column.path, field,
                   "'" + shown_text(field.text) + "' in column '" + shown_text(column.name) + "' is no number, true or false");
    }
    use(field, *value);
  }
}

/// What the fields of a column have been.
class ColumnType {
 public:
  explicit ColumnType(const CsvColumn& column) : column_(column) {}

  void add(const CsvField& field, CsvValue::Kind kind) {
    const bool is_truth = kind == CsvValue::Kind::truth;
    if (row_count_ > 0 && is_truth != has_truth_) refuse_mixture(field, is_truth);
    ++row_count_;
    has_truth_ |= is_truth;
    has_real_ |= kind == CsvValue::Kind::real || kind == CsvValue::Kind::empty;
    if (kind == CsvValue::Kind::huge_integer && !huge_) huge_ = field;
  }

  /// Throws FileError E702 for an integer that is too large, unless the column is one of floats.
  DType dtype() const {
    if (has_truth_) return DType::bool_;
    if (has_real_ || row_count_ == 0) return DType::float64;
    if (huge_) {
      refuse_field(column_.path, *huge_,
                   "'" + shown_text(huge_->text) + "' does not fit int64; one number with a point makes the column float64");
    }
    return DType::int64;
  }
  std::size_t row_count() const { return row_count_; }

 private:
  [[noreturn]] void refuse_mixture(const CsvField& field, bool is_truth) const {
    const char* const kinds = is_truth ? "' is a truth value, and the column '" : "' is no truth value, and the column '";
    refuse_field(
        column_.path, field,
        "'" + shown_text(field.text) + kinds + shown_text(column_.name) + (is_truth ? "' began with a number" : "' began with one"));
  }

  const CsvColumn& column_;
  std::size_t row_count_ = 0;
  bool has_truth_ = false;
  bool has_real_ = false;
  std::optional<CsvField> huge_;
};

[[noreturn]] void refuse_changed(std::string_view path) { refuse_damaged(path, "somebody changed it while it was read"); }

template <class T>
Array filled(const CsvColumn& column, std::size_t row_count) {
  Array array(dtype_of<T>, {&row_count, 1});
  const std::span<T> elements = array.span<T>();
  std::size_t row = 0;
  for_each_value(column, [&](const CsvField&, const CsvValue& value) {
    if (row == row_count) refuse_changed(column.path);
    if constexpr (std::is_same_v<T, double>) {
      elements[row++] = value.real;
    } else {
      elements[row++] = static_cast<T>(value.integer);
    }
  });
  if (row != row_count) refuse_changed(column.path);
  return array;
}

}  // namespace

Array load_csv(const std::string& path, std::string_view column_name) {
  const FileMapping mapping = FileMapping::of_file(path);
  const CsvColumn column = find_column(mapping.bytes(), path, column_name);
  ColumnType type(column);
  for_each_value(column, [&type](const CsvField& field, const CsvValue& value) { type.add(field, value.kind); });
  const DType dtype = type.dtype();
  if (dtype.is_bool()) return filled<bool>(column, type.row_count());
  return dtype.is_integer() ? filled<std::int64_t>(column, type.row_count()) : filled<double>(column, type.row_count());
}

}  // namespace lanewise::inline v0
