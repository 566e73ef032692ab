// Shapes, dtypes and elements of inputs.

#include "property/comparison_case.hpp"

#include <algorithm>

#include "oracle/shapes.hpp"
#include "property/random_values.hpp"

namespace lanewise::inline v0::property {
namespace {

using oracle::Shape;

// Around lanes and tiles of every target, around leaves of sums and blocks, and some of many blocks.
constexpr std::size_t short_lengths[] = {0,  1,  1,  2,  3,  4,  5,   7,   8,   9,   15, 16, 17, 31, 32,
                                         33, 47, 48, 63, 64, 65, 100, 127, 128, 129, 4,  6,  10, 12, 20};
constexpr std::size_t long_lengths[] = {255, 256, 257, 511, 513, 600, 1023, 1025, 2047, 2049, 4095, 4096, 4097, 8193, 20'000};
constexpr std::size_t extents[] = {0, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 33};

constexpr std::size_t most_elements = 30'000;

Shape random_shape(RandomChoice& random) {
  const std::size_t form = random.below(100);
  if (form < 45) return {random.percent(97) ? random.of(short_lengths) : random.of(long_lengths)};
  Shape shape;
  for (std::size_t axis = 0; axis < (form < 75 ? 2U : 3U); ++axis) shape.push_back(random.of(extents));
  if (random.percent(2)) shape[random.below(shape.size())] = random.of(long_lengths);
  if (oracle::count_elements(shape) > most_elements) shape.resize(1);
  return shape;
}

// Most arrays have all of the shape; some lack leading axes, some repeat along an axis, and a few do not fit.
Shape part_of(RandomChoice& random, Shape shape) {
  if (random.percent(65)) return shape;
  if (random.percent(30)) shape.erase(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(random.below(shape.size() + 1)));
  for (std::size_t& extent : shape) {
    if (random.percent(30)) extent = 1;
    if (random.percent(1)) ++extent;
  }
  return shape;
}

void fill(RandomChoice& random, InputCase& input) {
  const Shape& shape = input.values.shape;
  const bool is_tame = random.percent(25);
  std::vector<oracle::Value>& elements = input.values.elements;
  for (std::size_t i = 0; i < oracle::count_elements(shape); ++i) {
    oracle::Position original = oracle::position_of(i, shape);
    for (std::size_t axis = 0; axis < input.layout.repeated.size(); ++axis) {
      if (input.layout.repeated[axis]) original[axis] = 0;
    }
    const std::size_t first = oracle::index_at(original, shape);
    elements.push_back(first < i ? elements[first] : is_tame ? tame_value(random, input.dtype) : random_value(random, input.dtype));
  }
}

// Weak integers are small: one that does not fit where it meets an integer type is an error of the call.
oracle::Value weak_value(RandomChoice& random, DType dtype) {
  if (dtype.is_integer()) return oracle::Value{static_cast<std::int64_t>(random.below(128))};
  return random_value(random, dtype);
}

DType random_dtype(RandomChoice& random, bool all) {
  constexpr DType usual[] = {DType::bool_, DType::int32, DType::int64, DType::float32, DType::float64};
  return all ? random.of(all_dtypes) : random.of(usual);
}

InputCase random_input(RandomChoice& random, std::size_t index, const Shape& shape, bool all_dtypes_take_part) {
  constexpr DType weak_dtypes[] = {DType::bool_, DType::int64, DType::float64, DType::complex128};
  const bool is_scalar = random.percent(15);
  InputCase input{
      std::string("x").append(std::to_string(index)), random_dtype(random, all_dtypes_take_part), is_scalar && random.percent(25), {}, {}};
  if (input.is_weak) {
    input.dtype = random.of(weak_dtypes);
    input.values.elements = {weak_value(random, input.dtype)};
    return input;
  }
  if (!is_scalar) input.values.shape = part_of(random, shape);
  input.layout = random_layout(random, input.values.shape.size(), true);
  fill(random, input);
  return input;
}

NamedKind kind_of(const InputCase& input) {
  const DType dtype = input.dtype;
  return {input.name, dtype.is_bool()      ? NamedKind::Kind::truth
                      : dtype.is_integer() ? NamedKind::Kind::integer
                      : dtype.is_complex() ? NamedKind::Kind::complex
                                           : NamedKind::Kind::floating};
}

// The first half of an axis, or its first element.
InputCase cut(const InputCase& input, std::size_t axis_from_back, bool to_one) {
  InputCase smaller = input;
  Shape& shape = smaller.values.shape;
  if (axis_from_back > shape.size()) return smaller;
  std::size_t& extent = shape[shape.size() - axis_from_back];
  if (extent > 1) extent = to_one ? 1 : (extent + 1) / 2;
  smaller.values.elements.clear();
  for (std::size_t i = 0; i < oracle::count_elements(shape); ++i) {
    // At the same position of the larger array; nothing repeats that did not.
    const oracle::Position position = oracle::position_of(i, shape);
    std::size_t index = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) index = index * input.values.shape[axis] + position[axis];
    smaller.values.elements.push_back(input.values.elements[index]);
  }
  return smaller;
}

}  // namespace

ComparisonCase random_case(std::uint64_t seed) {
  RandomChoice random(seed);
  ComparisonCase comparison;
  const Shape shape = random_shape(random);
  const bool all_dtypes_take_part = random.percent(75);
  std::vector<NamedKind> names;
  const std::size_t input_count = 1 + random.below(random.percent(97) ? 4 : 20);
  for (std::size_t k = 0; k < input_count; ++k) {
    comparison.inputs.push_back(random_input(random, k, shape, all_dtypes_take_part));
    names.push_back(kind_of(comparison.inputs.back()));
  }
  comparison.program = random_program(random, names, shape.size());
  comparison.output_seed = random.bits();
  return comparison;
}

std::vector<ComparisonCase> cases_with_less(const ComparisonCase& comparison) {
  constexpr std::size_t most_axes = 3;
  std::vector<ComparisonCase> results;
  for (std::size_t axis = 1; axis <= most_axes; ++axis) {
    for (const bool to_one : {true, false}) {
      ComparisonCase smaller = comparison;
      for (InputCase& input : smaller.inputs) input = cut(input, axis, to_one);
      results.push_back(std::move(smaller));
    }
  }
  for (std::size_t k = 0; k < comparison.inputs.size(); ++k) {
    results.push_back(comparison);
    results.back().inputs[k].layout = {};
    if (comparison.inputs.size() > 1 && k + 1 == comparison.inputs.size()) {
      results.push_back(comparison);
      results.back().inputs.pop_back();
    }
  }
  return results;
}

std::string to_text(const ComparisonCase& comparison) {
  constexpr std::size_t shown_count = 6;
  std::string text = to_text(comparison.program);
  for (const InputCase& input : comparison.inputs) {
    text.append("\n  ")
        .append(input.name)
        .append(input.is_weak       ? " weak scalar "
                : input.is_scalar() ? " scalar "
                                    : " ")
        .append(input.dtype.name())
        .append(" (");
    for (const std::size_t extent : input.values.shape) text.append(std::to_string(extent)).append(",");
    text.append("):");
    const auto& elements = input.values.elements;
    for (std::size_t i = 0; i < std::min(shown_count, elements.size()); ++i)
      text.append(" ").append(oracle::to_text(elements[i])).append(";");
    if (elements.size() > shown_count) text.append(" ...");
  }
  return text;
}

}  // namespace lanewise::inline v0::property
