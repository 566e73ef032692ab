// A first pass over the shown elements finds their common layout, a second one writes them and breaks lines, by the method of
// numpy/_core/arrayprint.py.
#include "calculator/print.hpp"

#include <fmt/format.h>

#include "calculator/layout.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::size_t line_length = 75;  // characters

template <class T>
struct Widen {
  Layout<T>& layout;

  void open(std::size_t) {}
  void close(std::size_t) {}
  void next(std::size_t) {}
  void omit(std::size_t) {}
  void element(const std::byte* address) { layout.widen(element_at<T>(address)); }
};

// Collects the words of an innermost row into lines; as NumPy does, blanks at the end of a broken line are dropped, and a word too long
// for any line stays whole. Lines are indented by the brackets that are open; those that open at once take the place of the indent.
template <class T>
class Write {
 public:
  Write(const Layout<T>& layout, std::size_t rank, const TextSink& sink) : layout_(layout), rank_(rank), sink_(sink) {}

  void open(std::size_t) { line_ += '['; }
  void close(std::size_t axis) {
    line_ += ']';
    if (axis == 0) sink_(line_);
  }
  void next(std::size_t axis) {
    if (axis + 1 == rank_) {
      line_ += ' ';
    } else {
      line_.append(rank_ - axis - 1, '\n');
      sink_(line_);
      line_.assign(axis + 1, ' ');
    }
  }
  void omit(std::size_t axis) {
    if (axis + 1 == rank_) {
      add("...");
    } else {
      line_ += "...";
    }
  }
  void element(const std::byte* address) { add(layout_.text(element_at<T>(address))); }

 private:
  void add(std::string_view word) {
    if (line_.size() + word.size() > line_length - rank_ && line_.size() > rank_) {
      line_.erase(line_.find_last_not_of(' ') + 1);
      line_ += '\n';
      sink_(line_);
      line_.assign(rank_, ' ');
    }
    line_ += word;
  }

  const Layout<T>& layout_;
  std::size_t rank_;
  const TextSink& sink_;
  std::string line_;
};

template <class T>
void print_array(const ArrayView& array, bool full, const TextSink& sink) {
  if (array.size() == 0) return sink("[]");
  const bool shortened = is_shortened(array.size(), full);
  Layout<T> layout;
  Widen<T> widen{layout};
  ShownElements(array, shortened, widen).walk();
  layout.finish();
  Write<T> write(layout, array.rank(), sink);
  ShownElements(array, shortened, write).walk();
}

// Hands on what it takes, with a blank before each line but the first and empty ones.
class IndentBy1 {
 public:
  explicit IndentBy1(const TextSink& sink) : sink_(sink) {}

  void operator()(std::string_view text) {
    while (!text.empty()) {
      if (at_line_begin_ && text.front() != '\n') sink_(" ");
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      sink_(text.substr(0, end));
      at_line_begin_ = text[end - 1] == '\n';
      text.remove_prefix(end);
    }
  }

 private:
  const TextSink& sink_;
  bool at_line_begin_ = false;
};

std::string scalar_text(bool value) { return value ? "True" : "False"; }
template <IntegerElement T>
std::string scalar_text(T value) {
  return fmt::format("{}", value);
}
template <class T>
std::string scalar_text(T value) {
  return shortest_text(value);
}

}  // namespace

void print(const ArrayView& array, bool full, const TextSink& sink) {
  with_element_type(array.dtype(), [&]<class T>(std::type_identity<T>) {
    if (array.is_scalar()) return sink(scalar_text(*static_cast<const T*>(array.data())));
    print_array<T>(array, full, sink);
  });
}

std::string printed(const ArrayView& array, bool full) {
  std::string text;
  print(array, full, [&](std::string_view piece) { text += piece; });
  return text;
}

void print_tuple(std::span<const ArrayView> values, bool full, const TextSink& sink) {
  const bool has_array = std::ranges::any_of(values, [](const ArrayView& value) { return !value.is_scalar(); });
  sink("(");
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) sink(has_array ? ",\n " : ", ");
    print(values[i], full, IndentBy1(sink));
  }
  sink(values.size() == 1 ? ",)" : ")");
}

}  // namespace lanewise::inline v0::calculator
