#pragma once
// Answers as JSON, one object a line.
//
//   {"value": 3.0, "dtype": "float64", "shape": [], "seconds": 2.1e-05}
//   {"value": [3.0, [1, 2]], "dtype": ["float64", "int64"], "shape": [[], [2]], "seconds": 2.1e-05}     of a tuple
//   {"value": null, "seconds": 2.1e-05}     of a statement without a value, as `assert`
//
// Numbers have all digits that are needed to read them back; nan and infinities are the strings "nan", "inf", "-inf"; a
// complex number is [real part, imaginary part]. Of an array that is shortened, "value" holds the elements that print() shows, and
// "shortened": true follows.

#include <string>
#include <string_view>

#include "calculator/answer.hpp"
#include "calculator/print.hpp"

namespace lanewise::inline v0::calculator {

void print_json(const AnswerState& answer, bool full, const TextSink& sink);

/// Returns the text as a JSON string with its quotation marks. Bytes that are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace lanewise::inline v0::calculator
