#pragma once
// The common layout of the elements of a printed array, by the method of numpy/_core/arrayprint.py: `widen` is told each element that is
// shown, then `finish` settles the layout, and `text` writes each of them as wide as the widest.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

#include <fmt/format.h>

#include "calculator/element_types.hpp"
#include "calculator/half.hpp"
#include "calculator/number_text.hpp"

namespace lanewise::inline v0::calculator {

/// Of bools.
template <class T>
struct Layout {
  void widen(T) {}
  void finish() {}
  std::string text(T value) const { return value ? " True" : "False"; }
};

template <IntegerElement T>
struct Layout<T> {
  std::size_t width = 0;

  void widen(T value) { width = std::max(width, fmt::formatted_size("{}", value)); }
  void finish() {}
  std::string text(T value) const { return fmt::format("{:{}}", value, width); }
};

/// From which magnitude on, below which, and above which quotient of the largest and the smallest an array is written with exponents. NumPy
/// calculates in the type of the array: the smallest is compared with 0.0001 in that type, and the quotient is rounded before it is
/// compared with 1000.
struct ExponentLimits {
  double largest;
  double smallest;
  double quotient;
};
template <class T>
inline constexpr ExponentLimits exponent_limits = {1e8, 0.0001, 1000};
template <>
inline constexpr ExponentLimits exponent_limits<float> = {1e6, 0.0001F, 1000 + 0x1p-15};
template <>
inline constexpr ExponentLimits exponent_limits<Float16> = {1e3, 0x1.A38p-14, 1000.25};

/// What the texts of floats need.
struct FloatColumns {
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

/// Whether an exponent is needed depends on all elements, and the columns depend on that. So both layouts are measured side by side.
template <RealFloatElement T>
struct Layout<T> {
  bool with_plus = false;  // a positive number has a sign as well
  double largest = 0;      // magnitudes of the finite elements other than 0
  double smallest = std::numeric_limits<double>::infinity();
  bool has_finite = false;
  std::size_t word_width = 0;  // of "nan", "inf" and "-inf"
  FloatColumns positional = {};
  FloatColumns scientific = {};
  std::size_t width = 0;
  bool with_exponent = false;

  void widen(T element) {
    const double value = as_double(element);
    if (!std::isfinite(value)) {
      word_width = std::max<std::size_t>(word_width, with_plus || value < 0 ? 4 : 3);
      return;
    }
    has_finite = true;
    if (value != 0) {
      largest = std::max(largest, std::abs(value));
      smallest = std::min(smallest, std::abs(value));
    }
    scientific.widen(signed_text(value, scientific_text(element)));
    if (largest < exponent_limits<T>.largest) positional.widen(signed_text(value, positional_text(element)));
  }

  void finish() {
    constexpr ExponentLimits limits = exponent_limits<T>;
    with_exponent = largest >= limits.largest || (largest > 0 && (smallest < limits.smallest || largest / smallest > limits.quotient));
    const FloatColumns& columns = with_exponent ? scientific : positional;
    width = columns.left + 1 + columns.right + (with_exponent ? columns.exponent + 2 : 0);
    width = has_finite ? std::max(width, word_width) : word_width;
  }

  std::string text(T element) const {
    const double value = as_double(element);
    if (std::isnan(value)) return fmt::format("{:>{}}", with_plus ? "+nan" : "nan", width);
    if (std::isinf(value)) return fmt::format("{:>{}}", signed_text(value, value < 0 ? "-inf" : "inf"), width);
    std::string number;
    if (with_exponent) {
      number = scientific_text(value, static_cast<int>(scientific.right), scientific.exponent);
    } else {
      number = positional_text(element);
      number.append(positional.right - (number.size() - number.find('.') - 1), ' ');
    }
    return fmt::format("{:>{}}", signed_text(value, std::move(number)), width);
  }

 private:
  std::string signed_text(double value, std::string text) const { return with_plus && !std::signbit(value) ? '+' + text : text; }
};

/// The parts have layouts of their own; the j follows the digits of the imaginary part, the blanks that fill its column follow the j.
template <ComplexElement T>
struct Layout<T> {
  Layout<typename T::value_type> real;
  Layout<typename T::value_type> imaginary{.with_plus = true};

  void widen(T value) {
    real.widen(value.real());
    imaginary.widen(value.imag());
  }
  void finish() {
    real.finish();
    imaginary.finish();
  }
  std::string text(T value) const {
    std::string second = imaginary.text(value.imag());
    return real.text(value.real()) + second.insert(second.find_last_not_of(' ') + 1, 1, 'j');
  }
};

}  // namespace lanewise::inline v0::calculator
