#pragma once
// Errors and stages as JSON, one object a line.
//
//   {"error": {"code": "E201", "offset": 2, "length": 4, "message": "unknown name 'coss'; did you mean 'cos'?"}}

#include <string>
#include <string_view>

#include "program/failure.hpp"

namespace lanewise::inline v0::calculator {

/// `quoted` is the text in which the error's offset counts where that is not the statement itself, but an argument; else empty.
std::string json_of(const Failure& failure, std::string_view quoted);

/// Returns {"stage": "tree", "text": "(+ x 1)"}.
std::string json_of_stage(std::string_view stage, std::string_view text);

}  // namespace lanewise::inline v0::calculator
