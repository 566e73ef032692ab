// Sorts the words into options and others; CLI11 sees the options only.
#include "program/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "program/input_definition.hpp"
#include "program/options.hpp"

namespace lanewise::inline v0::program {

constexpr UsageRow usages[] = {
    {"lanewise", "an interactive calculator; :help says more"},
    {"lanewise 'u**2' u='arange(6e7)' --time", "one expression; arguments name its inputs, each may use those before it"},
    {"lanewise 'x*y' x=@x.npy y=@t.csv:height --out r.npy", "files of any size: they are mapped, not read"},
    {"lanewise -f script.lw", "a script; assert makes it a test"},
    {"... | lanewise", "statements from a pipe; every line is answered"},
    {"lanewise x=@x.npy", "a prompt or a pipe where x has a value"},
};
std::span<const UsageRow> usage_rows() noexcept { return usages; }

const std::string_view usage_notes =
    "An argument NAME=@x.npy names an array in a file, NAME=@t.csv:mass a column of a table, x=@t.csv its column x.\n"
    "An expression may begin with a minus: lanewise '-x**2' x=3. One like --x is written after --: lanewise -- --x x=3\n"
    "load and save work at a terminal and in a script's file; an expression of the command line, a pipe and -f - need --allow-files.\n";

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_option(std::string_view word) {
  if (word == "-f" || word == "-h") return true;
  if (word.size() < 3 || !word.starts_with("--") || !is_letter(word[2])) return false;
  const std::string_view name = word.substr(2, word.find('=') - 2);
  return std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

bool takes_value(std::string_view option) {
  return std::ranges::any_of(option_rows(), [&](const OptionRow& row) { return row.name == option && row.value != OptionRow::Value::none; });
}

// `y = x*2; y + 1` is an expression of two statements, and a stage is shown of a definition as well.
bool begins_definitions(std::string_view word, const Request& request) {
  const auto definition = split_definition(word);
  return definition && !request.explain && (input_file(*definition) || word.find_first_of(";\n") == std::string_view::npos);
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
    if (takes_value(sorted.options.back()) && word + 1 != words.end()) sorted.options.back() += "=" + *++word;
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
  if ((request.expression == "-e" || request.expression == "-c") && !request.definitions.empty() && !split_definition(request.definitions.front())) {
    return fmt::format("an expression needs no {}: lanewise '{}'", *request.expression, request.definitions.front());
  }
  for (const std::string& definition : request.definitions) {
    const auto parts = split_definition(definition);
    if (parts && !parts->right_side.empty()) continue;
    return fmt::format("'{}' is not NAME=EXPRESSION; an expression of several words needs quotes", definition);
  }
  return complaint_about_out(request);
}

// CLI11 would take the next word as the value of `--threads=`.
std::optional<std::string> empty_value(const std::vector<std::string>& options) {
  for (const std::string& word : options) {
    const std::string_view name = std::string_view(word).substr(0, word.find('='));
    if (takes_value(name) && word.size() <= name.size() + 1) return fmt::format("{} needs a value", name);
  }
  return {};
}

Notice wrong_usage(std::string_view message) {
  return {ExitStatus::wrong_usage, fmt::format("lanewise: {}\nTry 'lanewise --help'.", message)};
}

std::vector<std::string> split_choices(std::string_view choices) { return CLI::detail::split(std::string(choices), ' '); }

// A range of CLI11's would let nan pass.
std::string complaint_about_seconds(const std::string& text) {
  constexpr double least = 1e-3, most = 1e9;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size() && seconds >= least && seconds <= most) return {};
  return fmt::format("'{}' is no number of seconds from {} to {:.0e}", text, least, most);
}

void declare(CLI::App& app, Request& request, const OptionRow& row) {
  const std::string names = row.short_name.empty() ? std::string(row.name) : fmt::format("{},{}", row.short_name, row.name);
  if (row.apply == nullptr) {
    app.set_help_flag(names, std::string(row.meaning));
  } else if (row.value == OptionRow::Value::none) {
    app.add_flag_callback(names, [&request, &row] { row.apply(request, {}); }, std::string(row.meaning));
  } else {
    std::string meaning(row.meaning);
    if (row.value == OptionRow::Value::choice) meaning += fmt::format(": {}", fmt::join(split_choices(row.choices), ", "));
    CLI::Option* const option =
        app.add_option_function<std::string>(names, [&request, &row](const std::string& value) { row.apply(request, value); }, meaning)
            ->type_name(std::string(row.value_name));
    const auto check = [option](CLI::Validator validator) { option->check(validator.description("")); };  // the help page says it in the meaning
    if (row.value == OptionRow::Value::whole_number) {
      check(CLI::TypeValidator<unsigned>());
      check(CLI::Range(1, 65'536));
    }
    if (row.value == OptionRow::Value::seconds) option->check(complaint_about_seconds);
    if (row.value == OptionRow::Value::choice) check(CLI::IsMember(split_choices(row.choices)));
  }
}

std::string description() {
  std::string text = "Evaluates expressions over arrays.\n";
  for (const UsageRow& row : usages) text += fmt::format("  {:<54}{}\n", row.line, row.meaning);
  return text + std::string(usage_notes);
}

std::string footer() {
  std::string text = "Exit status:\n";
  for (const ExitRow& row : exit_rows()) text += fmt::format("  {:<26}{}\n", row.status, row.meaning);
  text.pop_back();
  return text;
}

}  // namespace

std::variant<Request, Notice> parse_command_line(const std::vector<std::string>& words) {
  Request request;
  CLI::App app(description(), "lanewise");
  app.footer(footer());
  for (const OptionRow& row : option_rows()) declare(app, request, row);
  // CLI11 never sees expressions, as it would look for lists in them: these two are for the help page.
  std::string expression;
  std::vector<std::string> inputs;
  app.add_option("EXPRESSION", expression, "What to evaluate; with --file there is none")->type_name("");
  app.add_option("INPUTS", inputs, "NAME=EXPRESSION or NAME=@FILE each, evaluated in order")->option_text(" ");
  SortedWords sorted = sort_words(words);
  if (const auto problem = empty_value(sorted.options)) return wrong_usage(*problem);
  std::reverse(sorted.options.begin(), sorted.options.end());  // the order in which CLI11 takes a vector
  try {
    app.parse(sorted.options);
  } catch (const CLI::CallForHelp&) {
    return Notice{ExitStatus::done, app.help()};
  } catch (const CLI::ExtrasError&) {
    return wrong_usage(fmt::format("unknown option {}; an expression that begins like one is written after --", app.remaining().front()));
  } catch (const CLI::ParseError& error) {
    return wrong_usage(error.what());
  }
  auto definitions = sorted.others.begin();
  if (!request.script_path && definitions != sorted.others.end() && !begins_definitions(*definitions, request)) request.expression = *definitions++;
  request.definitions.assign(definitions, sorted.others.end());
  if (const auto problem = complaint(request)) return wrong_usage(*problem);
  return request;
}

}  // namespace lanewise::inline v0::program
