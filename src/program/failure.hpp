#pragma once
// How the program ends, and what it says of a statement that failed.

#include <exception>
#include <string>

#include <lanewise/error.hpp>

namespace lanewise::inline v0::calculator {

enum class ExitStatus : int {
  done = 0,
  expression_failed = 1,
  wrong_usage = 2,
  file_failed = 3,    ///< a file could not be read or written
  limit_hit = 4,      ///< a LimitError, or memory that is not there
  interrupted = 130,  ///< as a shell reports a program that Ctrl-C ended: 128 + SIGINT
};

struct Failure {
  ExitStatus status;
  std::string code;  ///< "E201"; of exceptions that are no lanewise::Error: "memory", "internal"
  SourceSpan span;
  std::string message;  ///< one sentence
  std::string report;   ///< for people, without a line break at the end
};

/// Describes what a statement threw.
Failure describe(const std::exception& error);

}  // namespace lanewise::inline v0::calculator
