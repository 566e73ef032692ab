#include "program/options.hpp"

#include <charconv>
#include <string>

#include "program/command_line.hpp"
#include "program/failure.hpp"

namespace lanewise::inline v0::program {
namespace {

using Value = OptionRow::Value;

template <class Number>
Number number_of(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string text_of(std::string_view value) { return std::string(value); }

constexpr OptionRow rows[] = {
    {"--file", "-f", "SCRIPT", Value::readable_file, "", "Run a script, a statement a line, up to the first that fails; - is standard input, which may use files only with --allow-files",
     [](Request& request, std::string_view value) { request.script_path = text_of(value); }},
    {"--out", "", "FILE", Value::writable_file, "", "Write the value of the expression to an .npy file instead of printing it",
     [](Request& request, std::string_view value) { request.out_path = text_of(value); }},
    {"--json", "", "", Value::none, "", "Print one JSON object a statement", [](Request& request, std::string_view) { request.json = true; }},
    {"--full", "", "", Value::none, "", "Print all elements of long arrays", [](Request& request, std::string_view) { request.full = true; }},
    {"--time", "", "", Value::none, "", "Print seconds, elements a second and GB/s on standard error",
     [](Request& request, std::string_view) { request.time = true; }},
    {"--explain", "", "STAGE", Value::choice, "tree graph simplified program plan", "Print a stage of the compilation instead of the value",
     [](Request& request, std::string_view value) { request.explain = text_of(value); }},
    {"--threads", "", "N", Value::whole_number, "", "Use at most N threads",
     [](Request& request, std::string_view value) { request.max_threads = number_of<std::size_t>(value); }},
    {"--timeout", "", "SECONDS", Value::seconds, "", "Stop a statement that takes longer",
     [](Request& request, std::string_view value) { request.timeout_seconds = number_of<double>(value); }},
    {"--allow-files", "", "", Value::none, "", "Let an expression of the command line, or what comes through standard input, read and write files",
     [](Request& request, std::string_view) { request.allow_files = true; }},
    {"--color", "", "WHEN", Value::choice, "auto always never", "Use colours; auto, the default, means on a terminal and without NO_COLOR",
     [](Request& request, std::string_view value) { request.color = text_of(value); }},
    {"--print-completion", "", "SHELL", Value::choice, "bash zsh fish", "Print a completion file for a shell and exit",
     [](Request& request, std::string_view value) { request.printed_completion = text_of(value); }},
    {"--print-man", "", "", Value::none, "", "Print the manual page and exit", [](Request& request, std::string_view) { request.print_manual = true; }},
    {"--version", "", "", Value::none, "", "Print the version and the CPU target and exit",
     [](Request& request, std::string_view) { request.print_version = true; }},
    {"--help", "-h", "", Value::none, "", "Print this and exit", nullptr},
};

constexpr ExitRow exits[] = {
    {static_cast<int>(ExitStatus::done), "all was done"},
    {static_cast<int>(ExitStatus::expression_failed), "an expression failed, or an assertion"},
    {static_cast<int>(ExitStatus::wrong_usage), "the command line is wrong"},
    {static_cast<int>(ExitStatus::file_failed), "a file could not be read or written"},
    {static_cast<int>(ExitStatus::limit_hit), "a limit was hit: of memory, time, or the length of a text"},
    {static_cast<int>(ExitStatus::interrupted), "interrupted by Ctrl-C"},
};

}  // namespace

std::span<const OptionRow> option_rows() noexcept { return rows; }
std::span<const ExitRow> exit_rows() noexcept { return exits; }

}  // namespace lanewise::inline v0::program
