#pragma once
// THE table of the program's options: the parser, --help, the manual page and the completions of shells are made of it.

#include <span>
#include <string_view>

namespace lanewise::inline v0::program {

struct Request;

struct OptionRow {
  enum class Value {
    none,
    whole_number,    ///< from 1 to 65536
    seconds,         ///< above 0
    choice,          ///< one of `choices`
    readable_file,
    writable_file,
  };
  std::string_view name;        ///< "--threads"
  std::string_view short_name;  ///< "-f", or nothing
  std::string_view value_name;  ///< "N"; nothing if it takes none
  Value value;
  std::string_view choices;  ///< blank separated
  std::string_view meaning;  ///< begins with a verb, ends without a full stop
  /// Notes the option in a request. The value is one that the row allows. Null: the option is answered by the parser itself.
  void (*apply)(Request& request, std::string_view value);
};

/// Returns all rows, in the order in which they are shown.
std::span<const OptionRow> option_rows() noexcept;

struct ExitRow {
  int status;
  std::string_view meaning;
};
std::span<const ExitRow> exit_rows() noexcept;

}  // namespace lanewise::inline v0::program
