#pragma once
// How the program ends, and what it says of a statement or a command that failed.

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

enum class ExitStatus : int {
  done = 0,
  expression_failed = 1,
  wrong_usage = 2,
  file_failed = 3,    ///< a file could not be read or written
  limit_hit = 4,      ///< a LimitError, or memory that is not there
  interrupted = 130,  ///< as a shell reports a program that Ctrl-C ended: 128 + SIGINT
};

ExitStatus status_of(const Diagnostic& diagnostic) noexcept;

/// Describes what was thrown outside the session, by a command or by an input that could not be had.
Diagnostic describe(const std::exception& error);

/// Thrown by commands for what the session has found in a text, which is `source`.
struct CommandFailed : std::exception {
  CommandFailed(Diagnostic found, std::string_view text) : diagnostic(std::move(found)), source(text) {}
  const char* what() const noexcept override { return diagnostic.message.c_str(); }
  Diagnostic diagnostic;
  std::string source;
};

/// Thrown by a command that has run a script whose failure is shown already.
struct ScriptFailed : std::exception {
  const char* what() const noexcept override { return "the script failed"; }
};

}  // namespace lanewise::inline v0::program
