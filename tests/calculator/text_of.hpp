#pragma once
// A calculator that answers with text: what is printed, or the report.

#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0 {

inline std::string text_of(const Reply& reply) {
  std::string text;
  for (const Answer& answer : reply.answers) {
    if (answer.kind() != Answer::Kind::value && answer.kind() != Answer::Kind::word) continue;
    text += (text.empty() ? "" : "\n") + answer.text();
  }
  if (reply.diagnostic) text += (text.empty() ? "" : "\n") + reply.diagnostic->report;
  return text;
}

inline std::string text_of(Calculator& calculator, std::string_view text) { return text_of(calculator.run(text)); }

/// Of a session of its own.
inline std::string text_of(std::string_view text) {
  Calculator calculator;
  return text_of(calculator, text);
}

}  // namespace lanewise::inline v0
