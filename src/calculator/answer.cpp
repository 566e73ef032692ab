#include "calculator/answer.hpp"

#include "calculator/json.hpp"
#include "calculator/print.hpp"

namespace lanewise::inline v0 {

Answer::Kind Answer::kind() const noexcept { return state_->kind; }
std::span<const ArrayView> Answer::values() const noexcept { return state_->views; }
bool Answer::is_tuple() const noexcept { return state_->is_tuple; }
std::span<const std::string> Answer::names() const noexcept { return state_->names; }
std::size_t Answer::number() const noexcept { return state_->number; }
SourceSpan Answer::span() const noexcept { return state_->span; }
double Answer::seconds() const noexcept { return state_->effort.seconds; }
std::size_t Answer::element_count() const noexcept { return state_->effort.element_count; }
std::size_t Answer::moved_bytes() const noexcept { return state_->effort.moved_bytes; }

const void* Answer::only_element(DType asked) const {
  if (state_->views.size() != 1 || state_->views.front().size() != 1) {
    throw ShapeError(ErrorCode::not_one_element, "the answer is not one element");
  }
  const ArrayView& view = state_->views.front();
  if (view.dtype() == asked) return view.data();
  throw DTypeError(ErrorCode::wrong_input_dtype, "the answer is " + std::string(view.dtype().name()) + ", not " + std::string(asked.name()));
}

void Answer::write_text(const TextSink& sink, bool full) const {
  if (state_->kind == Kind::word) return sink(state_->word);
  if (state_->is_tuple) return calculator::print_tuple(state_->views, full, sink);
  if (!state_->views.empty()) calculator::print(state_->views.front(), full, sink);
}

void Answer::write_json(const TextSink& sink, bool full) const { calculator::print_json(*state_, full, sink); }

std::string Answer::text(bool full) const {
  std::string text;
  write_text([&](std::string_view piece) { text += piece; }, full);
  return text;
}

std::string Answer::json(bool full) const {
  std::string text;
  write_json([&](std::string_view piece) { text += piece; }, full);
  return text;
}

}  // namespace lanewise::inline v0
