// Every exception of a statement becomes a Failure here; none ends the program.
#include "program/failure.hpp"

#include <new>

namespace lanewise::inline v0::calculator {

static ExitStatus status_of(const Error& error) {
  if (dynamic_cast<const LimitError*>(&error) != nullptr) return ExitStatus::limit_hit;
  if (dynamic_cast<const Cancelled*>(&error) != nullptr) return ExitStatus::interrupted;
  if (dynamic_cast<const FileError*>(&error) != nullptr) return ExitStatus::file_failed;
  return ExitStatus::expression_failed;
}

static std::string without_line_break(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

Failure describe(const std::exception& error) {
  if (const auto* known = dynamic_cast<const Error*>(&error)) {
    return {status_of(*known), known->code(), known->span(), known->what(), without_line_break(known->report())};
  }
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
    return {ExitStatus::limit_hit, "memory", {}, "not enough memory", "error: not enough memory"};
  }
  return {ExitStatus::expression_failed, "internal", {}, error.what(), std::string("error: ") + error.what()};
}

}  // namespace lanewise::inline v0::calculator
