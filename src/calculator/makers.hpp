#pragma once
// The calls that make an array from a few numbers: arange, linspace, zeros, ones, random. They belong to the calculator, not to the
// language: a right side that is one such call as a whole is made here, everything else is an expression.
//
// Shapes, types and values are NumPy's for the same call, with one addition: a length may be written as a float without fraction (6e7).

#include <cstddef>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>

#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

struct MakerArgument {
  std::vector<SharedValue> values;  ///< one, or those of a tuple
  SourceSpan span;                  ///< where it is written
};

/// What a maker is given; errors point at the argument that is wrong, or at the name of the call.
struct MakerCall {
  std::string_view name;
  SourceSpan span;  ///< of the name
  std::span<const MakerArgument> arguments;
  std::stop_token stop;
};

struct Maker {
  std::string_view name;
  std::string_view usage;
  std::size_t minimum_argument_count;
  std::size_t maximum_argument_count;
  Array (*make)(const MakerCall& call);
};

std::span<const Maker> makers() noexcept;
const Maker* find_maker(std::string_view name) noexcept;

/// Throws      NameError E202 for a wrong number of arguments, DTypeError E205 or ShapeError E303, E304 for a wrong one, Cancelled E501,
///             std::bad_alloc.
Array make_array(const Maker& maker, const MakerCall& call);

}  // namespace lanewise::inline v0::calculator
