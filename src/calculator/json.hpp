#pragma once
// Answers as JSON, one object a line.
//
//   {"value": 3.0, "dtype": "float64", "shape": [], "seconds": 2.1e-05}
//   {"value": [3.0, [1, 2]], "dtype": ["float64", "int64"], "shape": [[], [2]], "seconds": 2.1e-05}     of a tuple
//   {"error": {"code": "E201", "offset": 2, "length": 4, "message": "unknown name 'coss'; did you mean 'cos'?"}}
//
// Numbers have all digits that are needed to read them back; nan and infinities are the strings "nan", "inf", "-inf"; a
// complex number is [real part, imaginary part]. Of an array that is shortened, "value" holds the elements that print() shows, and
// "shortened": true follows.

#include <string>
#include <string_view>

#include "calculator/failure.hpp"
#include "calculator/print.hpp"
#include "calculator/session.hpp"

namespace lanewise::inline v0::calculator {

void print_json(const Answer& answer, bool full, const TextSink& sink);

/// `quoted` is the text in which the error's offset counts where that is not the statement itself, but an argument; else empty.
std::string json_of(const Failure& failure, std::string_view quoted);

/// Returns {"stage": "tree", "text": "(+ x 1)"}.
std::string json_of_stage(std::string_view stage, std::string_view text);

/// Returns the text as a JSON string with its quotation marks. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace lanewise::inline v0::calculator
