#include "program/plot_command.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <lanewise/evaluate.hpp>
#include <unistd.h>

#include "program/screen_text.hpp"
#include "program/text_file.hpp"

namespace lanewise::inline v0::program {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t most_rows = 20;
constexpr std::size_t most_columns = 120;

// Takes a word, or what stands in quotation marks, off the front.
std::string_view take_word(std::string_view& text) {
  const char quote = text.starts_with('"') || text.starts_with('\'') ? text.front() : '\0';
  std::size_t end = quote != '\0' ? text.find(quote, 1) : text.find_first_of(blanks);
  if (end != std::string_view::npos && quote != '\0') ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(word.size());
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return word;
}

// A plot beside nothing else fills the width, within what the eye can follow.
PlotSize terminal_size() {
  const ScreenSize screen = screen_size(STDOUT_FILENO);
  return {std::min(screen.column_count, most_columns), std::clamp<std::size_t>(screen.row_count, 6, most_rows + 4) - 4};
}

// The elements as float64: those of the view, or converted ones, which `memory` then holds.
std::span<const double> real_elements(const ArrayView& view, std::optional<Array>& memory) {
  const DType dtype = view.dtype();
  if (dtype == DType::complex64 || dtype == DType::complex128) {
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a plot shows real numbers, this is complex; plot abs(z), z.real or z.imag");
  }
  if (view.is_scalar()) throw ShapeError(ErrorCode::shape_mismatch, "a plot shows an array, this is one number; try :plot sin(linspace(0, 10, 100))");
  if (view.shape().size() != 1) {
    throw ShapeError(ErrorCode::shape_mismatch, fmt::format("a plot shows an array of one dimension, this has {}; take a slice or a reduction",
                                                            view.shape().size()));
  }
  if (dtype == DType::float64 && view.strides_bytes().front() == sizeof(double)) return {static_cast<const double*>(view.data()), view.shape().front()};
  return memory.emplace(evaluate("float64(x)", {{"x", view}})).span<double>();
}

}  // namespace

PlotRequest parse_plot(std::string_view argument) {
  PlotRequest request;
  while (argument.starts_with("--")) {
    const std::string_view before = argument;
    const std::string_view option = take_word(argument);
    if (option == "--hist") {
      request.kind = PlotKind::histogram;
    } else if (option == "--svg") {
      request.svg_path = expanded_path(take_word(argument));
      if (request.svg_path.empty()) throw SyntaxError(ErrorCode::unexpected_end, "--svg needs a file: :plot --svg FILE EXPRESSION");
    } else if (option.size() > 2 && option.find_first_not_of("abcdefghijklmnopqrstuvwxyz", 2) == std::string_view::npos) {
      throw SyntaxError(ErrorCode::unexpected_token, fmt::format(":plot knows --hist and --svg FILE, not {}", option));
    } else {
      argument = before;  // an expression that begins with two minus signs
      break;
    }
  }
  if (argument.empty()) throw SyntaxError(ErrorCode::unexpected_end, ":plot needs an expression: :plot [--hist] [--svg FILE] EXPRESSION");
  for (const std::string_view option : {" --hist", " --svg"}) {
    if ((std::string(argument) + ' ').find(std::string(option) + ' ') == std::string::npos) continue;
    throw SyntaxError(ErrorCode::unexpected_token, "the options of :plot come first: :plot [--hist] [--svg FILE] EXPRESSION");
  }
  request.expression = argument;
  return request;
}

void run_plot(Workspace& workspace, std::string_view argument) {
  const PlotRequest request = parse_plot(argument);
  if (!request.svg_path.empty()) require_files(workspace, ":plot --svg");
  const Reply reply = workspace.with_session([&](Calculator& calculator, const std::stop_token& stop, const RunOptions& options) {
    return calculator.evaluate(request.expression, stop, options);
  });
  if (reply.diagnostic) throw CommandFailed(*reply.diagnostic, request.expression);
  const auto values = reply.answers.empty() ? std::span<const ArrayView>() : reply.answers.back().values();
  if (values.size() != 1) throw ShapeError(ErrorCode::wrong_output_count, fmt::format("a plot shows one array, this is {} values", values.size()));
  std::optional<Array> memory;
  const std::span<const double> numbers = real_elements(values.front(), memory);
  if (request.svg_path.empty()) {
    workspace.show_text("plot", plot_text(numbers, request.kind, terminal_size()));
  } else {
    write_text_file(request.svg_path, plot_svg(numbers, request.kind, request.expression));
  }
}

}  // namespace lanewise::inline v0::program
