#pragma once
// The library against the oracle, bit for bit: what both refuse, dtypes, shapes and every element, evaluated in several ways.

#include <optional>
#include <string>

#include "property/comparison_case.hpp"

namespace lanewise::inline v0::property {

struct Failure {
  std::string message;
};

/// Evaluates serially into memory of any layout, on all threads into fresh memory and, where an input has the result's dtype and shape, in
/// place. Throws UnsupportedMachine.
std::optional<Failure> check(const ComparisonCase& comparison);

/// Returns a smaller case that fails as well.
ComparisonCase shrink(ComparisonCase comparison);

}  // namespace lanewise::inline v0::property
