// The method of numpy/_core/arrayprint.py: a first pass over the shown elements finds a common layout, a second one writes them, each
// as wide as the widest, and breaks lines.
#include "calculator/print.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::size_t line_length = 75;  // characters

// Calls `visit` with each element that is shown, and `omit` where the others are left out.
template <class T, class Visit, class Omit>
void for_shown(std::span<const T> elements, bool full, Visit visit, Omit omit) {
  if (!is_shortened(elements.size(), full)) return static_cast<void>(std::for_each(elements.begin(), elements.end(), visit));
  const auto first = elements.first(edge_length);
  const auto last = elements.last(edge_length);
  std::for_each(first.begin(), first.end(), visit);
  omit();
  std::for_each(last.begin(), last.end(), visit);
}

struct BoolLayout {
  void widen(bool) {}
  void finish() {}
  std::string text(bool value) const { return value ? " True" : "False"; }
};

template <class T>
struct IntegerLayout {
  std::size_t width = 0;

  void widen(T value) { width = std::max(width, fmt::formatted_size("{}", value)); }
  void finish() {}
  std::string text(T value) const { return fmt::format("{:{}}", value, width); }
};

// Whether an exponent is needed depends on all elements, and the columns depend on that. So both layouts are measured side by side.
template <class T>
struct FloatLayout {
  struct Columns {
    std::size_t left = 0;      // characters before the point
    std::size_t right = 0;     // characters after it, without exponent
    std::size_t exponent = 0;  // digits of the exponent

    void widen(const std::string& text) {
      const std::size_t point = text.find('.');
      const std::size_t e = std::min(text.find('e'), text.size());
      left = std::max(left, point);
      right = std::max(right, e - point - 1);
      if (e < text.size()) exponent = std::max(exponent, text.size() - e - 2);
    }
  };

  T largest = 0;  // magnitudes of the finite elements other than 0
  T smallest = std::numeric_limits<T>::infinity();
  bool has_finite = false;
  std::size_t word_width = 0;  // of "nan", "inf" and "-inf"
  Columns positional;
  Columns scientific;
  std::size_t width = 0;
  bool with_exponent = false;

  void widen(T value) {
    if (!std::isfinite(value)) {
      word_width = std::max<std::size_t>(word_width, value < 0 ? 4 : 3);
      return;
    }
    has_finite = true;
    if (value != 0) {
      largest = std::max(largest, std::abs(value));
      smallest = std::min(smallest, std::abs(value));
    }
    scientific.widen(scientific_text(value));
    if (largest < exponent_from()) positional.widen(positional_text(value));
  }

  static constexpr T exponent_from() { return std::numeric_limits<T>::digits10 < 8 ? T(1e6) : T(1e8); }

  void finish() {
    with_exponent = largest >= exponent_from() || (largest > 0 && (smallest < T(0.0001) || largest / smallest > T(1000)));
    const Columns& columns = with_exponent ? scientific : positional;
    width = columns.left + 1 + columns.right + (with_exponent ? columns.exponent + 2 : 0);
    width = has_finite ? std::max(width, word_width) : word_width;
  }

  std::string text(T value) const {
    if (!std::isfinite(value)) return fmt::format("{:>{}}", std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf", width);
    if (with_exponent) {
      return fmt::format("{:>{}}", scientific_text(value, static_cast<int>(scientific.right), scientific.exponent), width);
    }
    std::string number = positional_text(value);
    number.append(positional.right - (number.size() - number.find('.') - 1), ' ');
    return fmt::format("{:>{}}", number, width);
  }
};

// Collects words into lines; as NumPy does, blanks at the end of a broken line are dropped, and a word too long for any line stays whole.
class LineWriter {
 public:
  explicit LineWriter(const TextSink& sink) : sink_(sink) {}

  void add(std::string_view word) {
    if (!first_) line_ += ' ';
    first_ = false;
    if (line_.size() + word.size() > line_length - 1 && line_.size() > 1) {
      line_.erase(line_.find_last_not_of(' ') + 1);
      line_ += '\n';
      sink_(line_);
      line_.assign(1, ' ');
    }
    line_ += word;
  }
  void close() {
    line_ += ']';
    sink_(line_);
  }

 private:
  const TextSink& sink_;
  std::string line_ = "[";
  bool first_ = true;
};

template <class T, class Layout>
void print_elements(std::span<const T> elements, bool full, Layout layout, const TextSink& sink) {
  for_shown(
      elements, full, [&](T value) { layout.widen(value); }, [] {});
  layout.finish();
  LineWriter lines(sink);
  for_shown(
      elements, full, [&](T value) { lines.add(layout.text(value)); }, [&] { lines.add("..."); });
  lines.close();
}

std::string scalar_text(const Array& array) {
  switch (array.dtype().code) {
    case DType::Code::bool_: return array.item<bool>() ? "True" : "False";
    case DType::Code::int32: return fmt::format("{}", array.item<std::int32_t>());
    case DType::Code::int64: return fmt::format("{}", array.item<std::int64_t>());
    case DType::Code::float32: return shortest_text(array.item<float>());
    case DType::Code::float64: return shortest_text(array.item<double>());
  }
  return {};
}

}  // namespace

void print(const Array& array, bool full, const TextSink& sink) {
  if (array.shape().empty()) return sink(scalar_text(array));
  switch (array.dtype().code) {
    case DType::Code::bool_: return print_elements(array.span<bool>(), full, BoolLayout{}, sink);
    case DType::Code::int32: return print_elements(array.span<std::int32_t>(), full, IntegerLayout<std::int32_t>{}, sink);
    case DType::Code::int64: return print_elements(array.span<std::int64_t>(), full, IntegerLayout<std::int64_t>{}, sink);
    case DType::Code::float32: return print_elements(array.span<float>(), full, FloatLayout<float>{}, sink);
    case DType::Code::float64: return print_elements(array.span<double>(), full, FloatLayout<double>{}, sink);
  }
}

std::string printed(const Array& array, bool full) {
  std::string text;
  print(array, full, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace lanewise::inline v0::calculator
