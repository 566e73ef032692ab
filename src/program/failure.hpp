#pragma once
// How the program ends.

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

enum class ExitStatus : int {
  done = 0,
  expression_failed = 1,
  wrong_usage = 2,
  file_failed = 3,    ///< a file could not be read or written
  limit_hit = 4,      ///< a limit of texts, time or memory
  interrupted = 130,  ///< as a shell reports a program that Ctrl-C ended: 128 + SIGINT
};

inline ExitStatus status_of(const Diagnostic& diagnostic) {
  switch (diagnostic.kind) {
    case Diagnostic::Kind::file: return ExitStatus::file_failed;
    case Diagnostic::Kind::limit: return ExitStatus::limit_hit;
    case Diagnostic::Kind::cancelled: return ExitStatus::interrupted;
    default: return ExitStatus::expression_failed;
  }
}

}  // namespace lanewise::inline v0::program
