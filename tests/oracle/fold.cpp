// Sums and products go through the tree; the others do not depend on the order, so they are one loop.

#include "oracle/fold.hpp"

#include <algorithm>
#include <vector>

#include "oracle/arithmetic.hpp"

namespace lanewise::inline v0::oracle {
namespace {

constexpr std::size_t column_count = 32;
constexpr std::size_t leaf_length = 256;

using Columns = std::vector<Value>;

Value combine(Fold reduction, const Value& left, const Value& right) {
  const Value pair[] = {left, right};
  return *apply(reduction == Fold::sum ? Exact::add : Exact::multiply, pair);
}

// Combines column by column; `right` may have fewer.
void combine_columns(Fold reduction, Columns& left, const Columns& right) {
  for (std::size_t i = 0; i < right.size(); ++i) left[i] = combine(reduction, left[i], right[i]);
}

Columns fold_leaf(Fold reduction, std::span<const Value> elements) {
  Columns columns(elements.begin(), elements.begin() + static_cast<std::ptrdiff_t>(std::min(elements.size(), column_count)));
  for (std::size_t i = column_count; i < elements.size(); ++i) {
    Value& column = columns[i % column_count];
    column = combine(reduction, column, elements[i]);
  }
  return columns;
}

struct Group {
  std::size_t leaf_count;
  Columns columns;
};

Columns fold_leaves(Fold reduction, std::span<const Value> elements) {
  std::vector<Group> groups;
  for (std::size_t first = 0; first < elements.size(); first += leaf_length) {
    const std::size_t length = std::min(leaf_length, elements.size() - first);
    groups.push_back({length == leaf_length ? std::size_t{1} : std::size_t{0}, fold_leaf(reduction, elements.subspan(first, length))});
    while (groups.size() > 1 && groups.back().leaf_count != 0 && groups.back().leaf_count == groups[groups.size() - 2].leaf_count) {
      combine_columns(reduction, groups[groups.size() - 2].columns, groups.back().columns);
      groups.pop_back();
      groups.back().leaf_count *= 2;
    }
  }
  for (; groups.size() > 1; groups.pop_back()) combine_columns(reduction, groups[groups.size() - 2].columns, groups.back().columns);
  return groups.front().columns;
}

Value fold_columns(Fold reduction, Columns columns) {
  for (std::size_t half = column_count / 2; half > 0; half /= 2) {
    for (std::size_t i = half; i < columns.size(); ++i) columns[i - half] = combine(reduction, columns[i - half], columns[i]);
    columns.resize(std::min(columns.size(), half));
  }
  return columns[0];
}

DType accumulator_of(DType dtype) {
  if (dtype.is_complex()) return DType::complex128;
  return dtype.is_floating() ? DType::float64 : dtype;
}

// No sum is -0: it begins with 0.
Value without_negative_zero(const Value& sum) {
  const Value pair[] = {sum, cast(Value{false}, sum.dtype())};
  return *apply(Exact::add, pair);
}

Value total(Fold reduction, DType dtype, std::span<const Value> elements) {
  const Value neutral = cast(Value{reduction == Fold::product}, dtype);
  if (elements.empty()) return neutral;
  std::vector<Value> wide;
  for (const Value& element : elements) wide.push_back(cast(element, accumulator_of(dtype)));
  const Value folded = fold_columns(reduction, fold_leaves(reduction, wide));
  return cast(reduction == Fold::sum ? without_negative_zero(folded) : folded, dtype);
}

Value truth(Fold reduction, std::span<const Value> elements) {
  const auto holds = [](const Value& element) { return element.as<bool>(); };
  return Value{reduction == Fold::any ? std::ranges::any_of(elements, holds) : std::ranges::all_of(elements, holds)};
}

Value extreme(Fold reduction, std::span<const Value> elements) {
  const bool wants_less = reduction == Fold::smallest || reduction == Fold::nanmin;
  const bool nan_wins = reduction == Fold::smallest || reduction == Fold::largest;
  Value found = elements[0];
  for (const Value& element : elements.subspan(1)) {
    const Value pair[] = {found, element};
    found = *apply(nan_wins ? (wants_less ? Exact::minimum : Exact::maximum) : (wants_less ? Exact::fmin : Exact::fmax), pair);
  }
  return found;
}

// The first nan, else the first of the best.
Value position(Fold reduction, std::span<const Value> elements) {
  std::size_t found = 0;
  for (std::size_t i = 1; i < elements.size() && !is_nan(elements[found]); ++i) {
    const Value pair[] = {elements[i], elements[found]};
    const bool is_better = apply(reduction == Fold::argmin ? Exact::less : Exact::greater, pair)->as<bool>();
    if (is_better || is_nan(elements[i])) found = i;
  }
  return Value{static_cast<std::int64_t>(found)};
}

std::optional<Value> folded(Fold reduction, DType dtype, std::span<const Value> elements) {
  switch (reduction) {
    case Fold::sum:
    case Fold::product: return total(reduction, dtype, elements);
    case Fold::any:
    case Fold::all: return truth(reduction, elements);
    default: break;
  }
  if (elements.empty()) return std::nullopt;
  return reduction == Fold::argmin || reduction == Fold::argmax ? position(reduction, elements) : extreme(reduction, elements);
}

}  // namespace

std::optional<Value> fold(Fold reduction, DType dtype, std::span<const Value> elements) {
  auto result = folded(reduction, dtype, elements);
  if (result) result->specified = std::ranges::all_of(elements, &Value::specified);
  return result;
}

}  // namespace lanewise::inline v0::oracle
