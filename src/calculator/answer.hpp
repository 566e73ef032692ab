#pragma once
// What an Answer holds.

#include <string>
#include <vector>

#include <lanewise/calculator.hpp>

#include "calculator/evaluation.hpp"
#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

struct AnswerState {
  Answer::Kind kind = Answer::Kind::value;
  std::vector<SharedValue> values = {};
  std::vector<ArrayView> views = {};  ///< of the values
  bool is_tuple = false;
  std::vector<std::string> names = {};
  std::string word = {};
  std::size_t number = 0;
  SourceSpan span = {};
  Effort effort = {};
};

}  // namespace lanewise::inline v0::calculator
