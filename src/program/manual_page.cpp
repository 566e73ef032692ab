#include "program/manual_page.hpp"

#include <fmt/format.h>

#include "program/command_line.hpp"
#include "program/commands.hpp"
#include "program/options.hpp"

namespace lanewise::inline v0::program {
namespace {

// A minus that may be copied is \-, a line must not begin with a point or an apostrophe, and a circumflex or an accent would become typographic.
std::string roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool is_line_begin = result.empty() || result.back() == '\n';
    if (is_line_begin && (c == '.' || c == '\'')) result += "\\&";
    switch (c) {
      case '\\': result += "\\e"; break;
      case '-': result += "\\-"; break;
      case '\'': result += "\\(aq"; break;
      case '^': result += "\\(ha"; break;
      case '`': result += "\\(ga"; break;
      case '~': result += "\\(ti"; break;
      default: result += c;
    }
  }
  return result;
}

// A line break in the text is one on the page as well.
std::string with_line_breaks(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\n.br\n") : std::string(1, c);
  return result;
}

std::string entry(const std::string& tag, std::string_view text) { return fmt::format(".TP\n{}\n{}.\n", tag, roff(text)); }

std::string option_tag(const OptionRow& row) {
  std::string tag = row.short_name.empty() ? "" : fmt::format("\\fB{}\\fR, ", roff(row.short_name));
  tag += fmt::format("\\fB{}\\fR", roff(row.name));
  return row.value == OptionRow::Value::none ? tag : tag + fmt::format(" \\fI{}\\fR", row.value_name);
}

std::string option_meaning(const OptionRow& row) {
  if (row.value != OptionRow::Value::choice) return std::string(row.meaning);
  std::string choices;
  for (const char c : row.choices) choices += c == ' ' ? std::string(", ") : std::string(1, c);
  return fmt::format("{}: {}", row.meaning, choices);
}

}  // namespace

std::string manual_page(std::string_view version) {
  std::string text = fmt::format(".TH LANEWISE 1 \"\" \"lanewise {}\" \"User Commands\"\n", version);
  text += ".SH NAME\nlanewise \\- evaluate expressions over arrays\n";
  text += ".SH SYNOPSIS\n.B lanewise\n[\\fIOPTION\\fR]... [\\fIEXPRESSION\\fR [\\fINAME\\fR=\\fIEXPRESSION\\fR|\\fINAME\\fR=@\\fIFILE\\fR]...]\n";
  text += ".SH DESCRIPTION\nEvaluates an expression, a script, a pipe, or what is typed. Operators and their precedence are those of Python,\n"
          "functions and types those of NumPy.\n";
  for (const UsageRow& row : usage_rows()) text += entry(fmt::format("\\fB{}\\fR", roff(row.line)), row.meaning);
  text += ".PP\n" + with_line_breaks(roff(usage_notes)) + ".SH OPTIONS\n";
  for (const OptionRow& row : option_rows()) text += entry(option_tag(row), option_meaning(row));
  text += ".SH COMMANDS\nLines that begin with a colon are commands, at a terminal, in scripts and in pipes.\n";
  for (const Command& row : command_rows()) {
    text += entry(fmt::format("\\fB{}\\fR {}", roff(row.name), roff(row.argument)), row.meaning);
  }
  text += ".SH EXIT STATUS\n";
  for (const ExitRow& row : exit_rows()) text += entry(fmt::format("\\fB{}\\fR", row.status), row.meaning);
  text += ".SH ENVIRONMENT\n" + entry("\\fBNO_COLOR\\fR", "If it is set and not empty, no colours are used") +
          entry("\\fBLANEWISE_TARGET\\fR", "The CPU target to use, such as x86-64-v3, instead of the best that the machine has") +
          entry("\\fBLANEWISE_NATIVE_CODE\\fR", "When to translate programs to machine code: auto, when it pays, the default; always; never") +
          entry("\\fBXDG_STATE_HOME\\fR", "Where lanewise/history is kept; ~/.local/state if it is not set");
  text += ".SH FILES\n" + entry("\\fI\\(ti/.local/state/lanewise/history\\fR", "What was typed at the prompt") +
          entry("\\fI\\(ti/.editrc\\fR", "Keys of the line editor, see editrc(5)");
  return text;
}

}  // namespace lanewise::inline v0::program
