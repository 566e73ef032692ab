// Sorts the words into options and others; CLI11 sees the options only.
#include "program/command_line.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "program/input_file.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::array options_with_value = {"--threads", "--explain", "--file", "--out"};

constexpr auto description =
    "Evaluates expressions over arrays.\n"
    "  lanewise 'u**2' u='arange(6e7)' --time    one expression; arguments name its inputs, each may use those before it\n"
    "  lanewise 'x*y' x=@x.npy y=@y.npy --out r.npy    files of any size: they are mapped, not read\n"
    "  lanewise -f script.lw                     a statement a line; stops at the first that fails\n"
    "  ... | lanewise                            the same from a pipe; answers every line\n"
    "  lanewise                                  reads, evaluates and prints; :help lists operators and functions\n"
    "Arrays are made by arange(n), linspace(a, b, n), zeros(n), ones(n), random(n, seed); n may be (rows, columns).\n"
    "An argument NAME=@x.npy names an array in a file, NAME=@t.csv:mass a column of a table, x=@t.csv its column x.\n"
    "An expression may begin with a minus: lanewise '-x**2' x=3. One like --x is written after --: lanewise -- --x x=3\n";

constexpr auto exit_statuses =
    "Exit status: 0 done, 1 an expression failed, 2 wrong usage, 3 a file could not be read or written, 4 a limit was hit, 130 "
    "interrupted.";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_option(std::string_view word) {
  if (word == "-f" || word == "-h") return true;
  if (word.size() < 3 || !word.starts_with("--") || !is_letter(word[2])) return false;
  const std::string_view name = word.substr(2, word.find('=') - 2);
  return std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

struct SortedWords {
  std::vector<std::string> options;  // `--name` or `--name=value`, so that a value may begin with a minus
  std::vector<std::string> others;
};

SortedWords sort_words(const std::vector<std::string>& words) {
  SortedWords sorted;
  for (auto word = words.begin(); word != words.end(); ++word) {
    if (*word == "--") {
      sorted.others.insert(sorted.others.end(), word + 1, words.end());
      break;
    }
    if (!is_option(*word)) {
      sorted.others.push_back(*word);
      continue;
    }
    sorted.options.push_back(*word == "-f" ? "--file" : *word);
    const bool takes_value = std::count(options_with_value.begin(), options_with_value.end(), sorted.options.back()) != 0;
    if (takes_value && word + 1 != words.end()) sorted.options.back() += "=" + *++word;
  }
  return sorted;
}

std::optional<std::string> complaint_about_out(const Request& request) {
  if (!request.out_path) return {};
  if (!request.out_path->ends_with(".npy")) return fmt::format("--out writes .npy files, and '{}' does not end in .npy", *request.out_path);
  if (!request.expression) return "--out needs an expression on the command line";
  if (request.explain) return "--out and --explain exclude each other";
  return {};
}

std::optional<std::string> complaint(const Request& request) {
  for (const std::string& definition : request.definitions) {
    if (const auto parts = split_definition(definition); parts && !parts->value.empty()) continue;
    return fmt::format("'{}' is not NAME=EXPRESSION; an expression of several words needs quotes", definition);
  }
  return complaint_about_out(request);
}

// CLI11 would take the next word as the value of `--threads=`.
std::optional<std::string> empty_value(const std::vector<std::string>& options) {
  for (const std::string& word : options) {
    for (const std::string_view option : options_with_value) {
      if (word == option || (word.starts_with(option) && word.substr(option.size()) == "=")) return fmt::format("{} needs a value", option);
    }
  }
  return {};
}

Notice wrong_usage(std::string_view message) {
  return {ExitStatus::wrong_usage, fmt::format("lanewise: {}\nTry 'lanewise --help'.", message)};
}

// What CLI11 finds as text. It never sees expressions, as it would look for lists in them: those two are for the help page.
struct Values {
  std::string stage;
  std::string script_path;
  std::string out_path;
  std::string expression;
  std::vector<std::string> inputs;
};

void declare_options(CLI::App& app, Request& request, Values& values) {
  std::vector<std::string> stages;
  for (const ShownStage& row : shown_stages) stages.emplace_back(row.name);
  app.set_help_flag("-h,--help", "Print this and exit");
  app.set_version_flag("--version", "lanewise " LANEWISE_VERSION, "Print the version and exit");
  app.add_flag("--time", request.time, "Print seconds, elements a second and GB/s on standard error");
  app.add_option("--threads", request.max_threads, "Use at most N threads")->type_name("N")->check(CLI::Range(1, 65'536));
  app.add_option("--explain", values.stage, "Print a stage of the compilation instead of the value: " + CLI::detail::join(stages, ", "))
      ->type_name("STAGE")
      ->check(CLI::IsMember(stages));
  app.add_flag("--json", request.json, "Print one JSON object a statement");
  app.add_flag("--full", request.full, "Print all elements of long arrays");
  app.add_option("-f,--file", values.script_path, "Run a script; - is standard input")->type_name("SCRIPT");
  app.add_option("--out", values.out_path, "Write the value to an .npy file instead of printing it")->type_name("FILE");
  app.add_option("EXPRESSION", values.expression, "What to evaluate; with --file there is none")->type_name("");
  app.add_option("INPUTS", values.inputs, "NAME=EXPRESSION or NAME=@FILE each, evaluated in order")->option_text(" ");
}

void complete(Request& request, const Values& values, const std::vector<std::string>& others) {
  if (!values.script_path.empty()) request.script_path = values.script_path;
  if (!values.out_path.empty()) request.out_path = values.out_path;
  for (const ShownStage& row : shown_stages) {
    if (values.stage == row.name) request.explain = row;
  }
  auto definitions = others.begin();
  if (!request.script_path && definitions != others.end()) request.expression = *definitions++;
  request.definitions.assign(definitions, others.end());
}

}  // namespace

std::variant<Request, Notice> parse_command_line(const std::vector<std::string>& words) {
  Request request;
  Values values;
  CLI::App app(description, "lanewise");
  app.footer(exit_statuses);
  declare_options(app, request, values);
  SortedWords sorted = sort_words(words);
  if (const auto problem = empty_value(sorted.options)) return wrong_usage(*problem);
  std::reverse(sorted.options.begin(), sorted.options.end());  // the order in which CLI11 takes a vector
  try {
    app.parse(sorted.options);
  } catch (const CLI::CallForHelp&) {
    return Notice{ExitStatus::done, app.help()};
  } catch (const CLI::CallForVersion& version) {
    return Notice{ExitStatus::done, version.what()};
  } catch (const CLI::ExtrasError&) {
    return wrong_usage(fmt::format("unknown option {}; an expression that begins like one is written after --", app.remaining().front()));
  } catch (const CLI::ParseError& error) {
    return wrong_usage(error.what());
  }
  complete(request, values, sorted.others);
  if (const auto problem = complaint(request)) return wrong_usage(*problem);
  return request;
}

}  // namespace lanewise::inline v0::program
