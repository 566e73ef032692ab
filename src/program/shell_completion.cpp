#include "program/shell_completion.hpp"

#include <fmt/format.h>

#include "program/options.hpp"

namespace lanewise::inline v0::program {
namespace {

using Value = OptionRow::Value;

bool takes_file(const OptionRow& row) { return row.value == Value::readable_file || row.value == Value::writable_file; }

// For a word between single quotation marks.
std::string quoted(std::string_view text, std::string_view escaped = "") {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      if (escaped.find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
  }
  return result;
}

std::string names_of(const OptionRow& row, std::string_view between) {
  return row.short_name.empty() ? std::string(row.name) : fmt::format("{}{}{}", row.short_name, between, row.name);
}

// bash splits words at =, so that x=@file and --option=value are several; of x=@file it replaces @file, whose choices must begin alike. As those are
// names of no files, the slash of folders and the quoting are made here.
std::string bash() {
  std::string text =
      "# Completes lanewise in bash; printed by lanewise --print-completion bash.\n"
      "_lanewise() {\n"
      "  local current=$2 previous=$3 file\n"
      "  [[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD-2]}\n"
      "  COMPREPLY=()\n"
      "  if [[ $current == @* ]]; then\n"
      "    compopt -o nospace\n"
      "    while IFS= read -r file; do\n"
      "      if [[ -d ${file/#\\~/$HOME} ]]; then file=$(printf %q \"$file/\"); else file=\"$(printf %q \"$file\") \"; fi\n"
      "      COMPREPLY+=(\"@$file\")\n"
      "    done < <(compgen -f -- \"${current#@}\")\n"
      "    return\n"
      "  fi\n"
      "  case $previous in\n";
  std::string all;
  for (const OptionRow& row : option_rows()) {
    all += (all.empty() ? "" : " ") + names_of(row, " ");
    if (row.value == Value::none) continue;
    text += fmt::format("    {}) ", names_of(row, "|"));
    if (row.value == Value::choice) text += fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\"); ", row.choices);
    if (takes_file(row)) text += "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); ";
    text += "return ;;\n";
  }
  return text +
         fmt::format("  esac\n"
                     "  [[ $current == -* ]] && mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$current\")\n"
                     "}}\n"
                     "complete -F _lanewise lanewise\n",
                     all);
}

std::string zsh() {
  std::string text =
      "#compdef lanewise\n"
      "# Completes lanewise in zsh; printed by lanewise --print-completion zsh.\n"
      "_lanewise_input() {\n"
      "  if compset -P '*=@'; then _files; else _message 'expression, NAME=EXPRESSION or NAME=@FILE'; fi\n"
      "}\n"
      "_arguments -s -S \\\n";
  for (const OptionRow& row : option_rows()) {
    const std::string meaning = quoted(row.meaning, "[]:\\");
    const std::string sign = row.value == Value::none ? "" : "=";
    std::string value;
    if (row.value == Value::choice) value = fmt::format(":{}:({})", row.value_name, row.choices);
    if (takes_file(row)) value = fmt::format(":{}:_files", row.value_name);
    if (row.value == Value::whole_number || row.value == Value::seconds) value = fmt::format(":{}: ", row.value_name);
    if (row.short_name.empty()) {
      text += fmt::format("  '{}{}[{}]{}' \\\n", row.name, sign, meaning, value);
    } else {
      text += fmt::format("  '({0} {1})'{{{0},{1}{2}}}'[{3}]{4}' \\\n", row.short_name, row.name, sign, meaning, value);
    }
  }
  return text + "  '*:input:_lanewise_input'\n";
}

std::string fish() {
  std::string text = "# Completes lanewise in fish; printed by lanewise --print-completion fish.\ncomplete -c lanewise -f\n";
  for (const OptionRow& row : option_rows()) {
    text += fmt::format("complete -c lanewise -l {}", row.name.substr(2));
    if (!row.short_name.empty()) text += fmt::format(" -s {}", row.short_name.substr(1));
    if (takes_file(row)) text += " -r -F";
    if (row.value == Value::choice) text += fmt::format(" -x -a '{}'", row.choices);
    if (row.value == Value::whole_number || row.value == Value::seconds) text += " -x";
    text += fmt::format(" -d '{}'\n", row.meaning);
  }
  return text + "complete -c lanewise -n 'string match -q -- \"*=@*\" (commandline -ct)' -F\n";
}

}  // namespace

std::string shell_completion(std::string_view shell) { return shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish(); }

}  // namespace lanewise::inline v0::program
