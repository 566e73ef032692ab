// Every exception of a statement or a command becomes a Diagnostic here; none ends the program.
#include "program/failure.hpp"

#include <new>

namespace lanewise::inline v0::program {

using Kind = Diagnostic::Kind;

ExitStatus status_of(const Diagnostic& diagnostic) noexcept {
  switch (diagnostic.kind) {
    case Kind::expression: return ExitStatus::expression_failed;
    case Kind::file: return ExitStatus::file_failed;
    case Kind::limit: return ExitStatus::limit_hit;
    case Kind::cancelled: break;
  }
  return ExitStatus::interrupted;
}

static Kind kind_of(const Error& error) {
  if (dynamic_cast<const LimitError*>(&error) != nullptr) return Kind::limit;
  if (dynamic_cast<const Cancelled*>(&error) != nullptr) return Kind::cancelled;
  if (dynamic_cast<const FileError*>(&error) != nullptr) return Kind::file;
  return Kind::expression;
}

static std::string without_line_break(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

Diagnostic describe(const std::exception& error) {
  if (const auto* known = dynamic_cast<const Error*>(&error)) {
    return {kind_of(*known), known->code(), known->span(), known->what(), without_line_break(known->report())};
  }
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return {Kind::limit, "memory", {}, "not enough memory", "error: not enough memory"};
  return {Kind::expression, "internal", {}, error.what(), std::string("error: ") + error.what()};
}

}  // namespace lanewise::inline v0::program
