#pragma once
// A part of the user's text as it is given to the library: calls of makers are replaced by what stands for them.
//
// `2*arange(5)` becomes `2*(_made_0_ + _made_1_*index(-1))` with two inputs that the user never wrote. What the library says of the new text is
// brought back here: places become places of the user's text, a place in a replacement becomes the whole call, and the names of inputs become the
// calls that they were made for.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>

#include "calculator/text_range.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// An input that the user has not named.
struct MadeInput {
  std::string name;
  std::string label;  ///< what the user is shown in its place: the call, on one line
  std::string role;   ///< what tells it from others of the call in a listing: arange(3).step
  ArrayView view;
  std::shared_ptr<const void> memory;  ///< what the view is of
  SharedValue value = {};              ///< where the input is a value as a whole
};

/// Returns a beginning of names that the text does not have.
std::string unused_prefix(std::string_view text);

class Formula {
 public:
  /// `prefix` is how names of inputs begin; the source has no such text.
  Formula(std::string_view source, std::string_view prefix) : source_(source), prefix_(prefix) {}

  /// Appends a part of the user's text as it is.
  void copy(TextRange range);
  /// Appends `text` in place of the call at `range`, or, where that is empty, without any counterpart.
  void replace(TextRange range, std::string_view text);
  /// Adds an input and returns its name.
  std::string add_input(std::string_view call, const ArrayView& view, std::shared_ptr<const void> memory, std::string_view role = {});
  std::string add_input(std::string_view call, const SharedValue& value);

  const std::string& text() const noexcept { return text_; }
  const std::vector<MadeInput>& inputs() const noexcept { return inputs_; }

  /// Returns the error with places in the user's text, which its report quotes if it has a place.
  Error in_source(const Error& error) const;
  /// Returns a message or a listing with labels for the names of inputs; in a listing their roles follow.
  std::string in_words_of_user(std::string text, bool is_listing = false) const;

 private:
  struct Segment {
    std::size_t begin;  ///< in text_
    TextRange source;
    bool is_copy;
  };

  std::size_t source_begin(std::size_t position) const;
  std::size_t source_end(std::size_t position) const;
  const Segment& segment_at(std::size_t position) const;
  SourceSpan source_span(SourceSpan span) const;

  std::string_view source_;
  std::string prefix_;
  std::string text_;
  std::vector<Segment> segments_;
  std::vector<MadeInput> inputs_;
};

}  // namespace lanewise::inline v0::calculator
