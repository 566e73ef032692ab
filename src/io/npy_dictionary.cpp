// A reader that knows its place in the file for every complaint.
#include "io/npy_dictionary.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <optional>

#include "exec/shape.hpp"
#include "io/file_error.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr auto largest_extent = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());

struct ElementCode {
  std::string_view text;
  DType dtype;
};
constexpr ElementCode element_codes[] = {
    {"b1", DType::bool_},   {"i1", DType::int8},    {"i2", DType::int16},     {"i4", DType::int32},      {"i8", DType::int64},
    {"u1", DType::uint8},   {"u2", DType::uint16},  {"u4", DType::uint32},    {"u8", DType::uint64},     {"f2", DType::float16},
    {"f4", DType::float32}, {"f8", DType::float64}, {"c8", DType::complex64}, {"c16", DType::complex128}};

// Reads the dictionary. `file` ends where the text ends; positions count from the file's beginning.
class DictionaryReader {
 public:
  DictionaryReader(std::string_view file, std::size_t begin, std::string_view path) : file_(file), place_(begin), path_(path) {}

  NpyDictionary read() {
    expect('{', "a dictionary that begins with '{'");
    while (!accept('}')) {
      read_entry();
      if (accept(',')) continue;
      expect('}', "',' or '}'");
      break;
    }
    skip_blanks();
    if (place_ != file_.size()) fail("nothing after the dictionary");
    return finished();
  }

 private:
  void read_entry() {
    const std::size_t key_place = place_;
    const std::string_view key = read_string("a key in quotation marks");
    expect(':', "':' after the key");
    bool is_repeated = false;
    if (key == "descr") {
      is_repeated = dtype_.has_value();
      dtype_ = read_dtype();
    } else if (key == "fortran_order") {
      is_repeated = is_fortran_order_.has_value();
      is_fortran_order_ = read_bool();
    } else if (key == "shape") {
      is_repeated = shape_.has_value();
      shape_ = read_shape();
    } else {
      place_ = key_place;
      fail("one of the keys 'descr', 'fortran_order' and 'shape'");
    }
    if (is_repeated) refuse_damaged(path_, "its header has the key '" + std::string(key) + "' twice");
  }

  NpyDictionary finished() const {
    const char* const missing = !dtype_ ? "descr" : !is_fortran_order_ ? "fortran_order" : !shape_ ? "shape" : nullptr;
    if (missing != nullptr) refuse_damaged(path_, "its header lacks the key '" + std::string(missing) + "'");
    return {*dtype_, *is_fortran_order_, *shape_};
  }

  DType read_dtype() {
    skip_blanks();
    if (next() == '[') refuse_unsupported(path_, "its elements are records; save each field as a file of its own");
    const std::string_view text = read_string("the type of the elements in quotation marks");
    const std::string_view code = text.substr(std::min<std::size_t>(1, text.size()));
    const auto* const row =
        std::find_if(std::begin(element_codes), std::end(element_codes), [&](const ElementCode& r) { return r.text == code; });
    const bool has_order = row != std::end(element_codes) && row->dtype.size_bytes() > 1;
    if (row == std::end(element_codes) || (text[0] != '<' && text[0] != '>' && (text[0] != '|' || has_order))) {
      refuse_unsupported(path_, "its elements are '" + shown_text(text) +
                                    "'; expected bool, integers of 8 to 64 bits, floats of 16 to 64 or complex of 64 or 128, as in '<f8'");
    }
    if (text[0] == '>' && has_order) {
      refuse_unsupported(
          path_, "its elements are big-endian ('" + std::string(text) + "'); in NumPy, save x.astype('<" + std::string(code) + "')");
    }
    return row->dtype;
  }

  bool read_bool() {
    skip_blanks();
    for (const std::string_view word : {std::string_view("True"), std::string_view("False")}) {
      if (!file_.substr(place_).starts_with(word)) continue;
      place_ += word.size();
      return word == "True";
    }
    fail("True or False");
  }

  PerDimension<std::size_t> read_shape() {
    expect('(', "a shape in brackets");
    PerDimension<std::size_t> shape;
    std::size_t rank = 0;
    while (!accept(')')) {
      if (rank == maximum_rank) {
        refuse_unsupported(path_, "its array has more than " + std::to_string(maximum_rank) + " dimensions");
      }
      shape.resize(rank + 1);
      shape[rank++] = read_extent();
      if (accept(',')) continue;
      if (rank == 1) fail("',' after the only extent");
      expect(')', "',' or ')'");
      break;
    }
    return shape;
  }

  std::size_t read_extent() {
    skip_blanks();
    const char* const begin = file_.data() + place_;
    std::size_t extent = 0;
    const auto [end, error] = std::from_chars(begin, file_.data() + file_.size(), extent);
    if (error == std::errc::invalid_argument) fail("an extent, a number from 0 on");
    if (error == std::errc::result_out_of_range || extent > largest_extent) {
      refuse_damaged(
          path_, "its shape has the extent " + shown_text({begin, static_cast<std::size_t>(end - begin)}) + ", more than memory can have");
    }
    place_ += static_cast<std::size_t>(end - begin);
    if (next() == 'L') ++place_;  // as Python 2 wrote long integers
    return extent;
  }

  // No escapes: no text of a header has any.
  std::string_view read_string(const char* expected) {
    skip_blanks();
    const char mark = next();
    if (mark != '\'' && mark != '"') fail(expected);
    const std::size_t end = file_.find(mark, place_ + 1);
    if (end == std::string_view::npos) {
      place_ = file_.size();
      fail("the closing quotation mark");
    }
    const std::string_view text = file_.substr(place_ + 1, end - place_ - 1);
    place_ = end + 1;
    return text;
  }

  bool accept(char wanted) {
    skip_blanks();
    if (place_ == file_.size() || file_[place_] != wanted) return false;
    ++place_;
    return true;
  }

  void expect(char wanted, const char* expected) {
    if (!accept(wanted)) fail(expected);
  }

  void skip_blanks() { place_ = std::min(file_.find_first_not_of(" \t\r\n", place_), file_.size()); }

  // 0 at the end, which nothing asks for.
  char next() const { return place_ < file_.size() ? file_[place_] : '\0'; }

  [[noreturn]] void fail(const char* expected) const {
    const std::string found = place_ < file_.size() ? "'" + shown_text(file_.substr(place_, 10)) + "'" : "its end";
    refuse_damaged(path_, "its header has " + found + " at byte " + std::to_string(place_) + "; expected " + expected);
  }

  std::string_view file_;
  std::size_t place_;
  std::string_view path_;
  std::optional<DType> dtype_;
  std::optional<bool> is_fortran_order_;
  std::optional<PerDimension<std::size_t>> shape_;
};

}  // namespace

NpyDictionary parse_npy_dictionary(std::string_view file, std::size_t begin, std::string_view path) {
  return DictionaryReader(file, begin, path).read();
}

std::string npy_dictionary_text(DType dtype, std::span<const std::size_t> shape) {
  const auto* const row =
      std::find_if(std::begin(element_codes), std::end(element_codes), [&](const ElementCode& r) { return r.dtype == dtype; });
  return "{'descr': '" + std::string(dtype.size_bytes() == 1 ? "|" : "<") + std::string(row->text) +
         "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
}

}  // namespace lanewise::inline v0
