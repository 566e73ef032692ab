#include "program/json.hpp"

#include <fmt/format.h>

#include "calculator/json.hpp"

namespace lanewise::inline v0::calculator {

std::string json_of(const Failure& failure, std::string_view quoted) {
  const std::string source = quoted.empty() ? "" : ", \"source\": " + json_string(quoted);
  return fmt::format(R"({{"error": {{"code": "{}", "offset": {}, "length": {}, "message": {}{}}}}})", failure.code,
                     failure.span.offset_bytes, failure.span.length_bytes, json_string(failure.message), source);
}

std::string json_of_stage(std::string_view stage, std::string_view text) {
  return fmt::format(R"({{"stage": "{}", "text": {}}})", stage, json_string(text));
}

}  // namespace lanewise::inline v0::calculator
