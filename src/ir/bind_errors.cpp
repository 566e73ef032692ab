// Words bind's errors: what was found, what was expected, and the nearest thing that would do.
//
// Advice is written with the user's own words where the text allows it: brackets around the comparisons of `a > 1 & b > 2`, `x ** 2` for
// `x ^ 2`. The tree has no links to parents, so they are searched for here, in time linear in the tree, once for each error.

#include "ir/bind_errors.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "ir/name_hints.hpp"
#include "ir/nearest_name.hpp"

namespace lanewise::inline v0 {

namespace {

constexpr std::size_t longest_quotation_bytes = 60;
constexpr std::size_t most_listed_inputs = 6;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

bool quotable(std::string_view text) { return text.size() <= longest_quotation_bytes && text.find_first_of("\r\n#") == text.npos; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Returns "clip(x, low, high)", "var(x, ddof=0)", "hypot(x, y)", "size(x, axis)".
std::string signature(std::string_view name, OperationId function) {
  const Operation& row = operation(function);
  std::string parameters(row.parameters);
  if (parameters.empty()) parameters = row.type_rule == TypeRule::select ? "condition x y" : std::string("x y z", 2 * static_cast<std::size_t>(row.form.operand_count) - 1);
  constexpr std::string_view left_out = "=None";  // a default that cannot be written
  if (const std::size_t found = parameters.find(left_out); found != parameters.npos) parameters.erase(found, left_out.size());
  std::string text = std::string(name) + "(";
  for (const char c : parameters) text += c == ' ' ? std::string(", ") : std::string(1, c);
  return text + ")";
}

/// Returns "1 argument", "3 to 5 arguments", "at least 3 arguments".
std::string argument_count_text(const OperationForm& form) {
  const bool is_open = form.most_operands == 255;
  if (is_open) return "at least " + std::to_string(form.operand_count) + " arguments";
  if (form.most_operands > form.operand_count) {
    const std::string joint = form.most_operands == form.operand_count + 1 ? " or " : " to ";
    return std::to_string(form.operand_count) + joint + std::to_string(form.most_operands) + (form.most_operands == 1 ? " argument" : " arguments");
  }
  return std::to_string(form.operand_count) + (form.operand_count == 1 ? " argument" : " arguments");
}

std::string listed_inputs(std::span<const std::string_view> inputs) {
  if (inputs.empty()) return "; there are no inputs";
  if (inputs.size() > most_listed_inputs) return {};
  std::string text = inputs.size() == 1 ? "; the only input is " : "; the inputs are ";
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool last = i + 1 == inputs.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + quoted(inputs[i]);
  }
  return quotable(text) ? text : std::string();
}

/// Returns the first node of the subtree that ends with `root`.
std::size_t first_of_subtree(const SyntaxTree& tree, std::size_t root) {
  std::size_t missing = 1, node = root + 1;
  while (missing != 0) missing += tree.nodes[--node].child_count - std::size_t{1};
  return node;
}

std::vector<std::size_t> children_of(const SyntaxTree& tree, std::size_t parent) {
  std::vector<std::size_t> children(tree.nodes[parent].child_count);
  std::size_t end = parent;
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    *child = end - 1;
    end = first_of_subtree(tree, *child);
  }
  return children;
}

/// Returns the parent's index; of the last node its own.
std::size_t parent_of(const SyntaxTree& tree, std::size_t child) {
  std::size_t waiting = 1;  // finished subtrees since `child`, itself the first
  for (std::size_t node = child + 1; node < tree.nodes.size(); ++node) {
    if (tree.nodes[node].child_count >= waiting) return node;
    waiting = waiting - tree.nodes[node].child_count + 1;
  }
  return child;
}

bool joins_bits(const SyntaxNode& node) {
  return node.kind == SyntaxKind::operation && (node.operation == OperationId::bitwise_and || node.operation == OperationId::bitwise_or);
}

bool compares(const SyntaxNode& node) {
  return node.kind == SyntaxKind::chain || (node.kind == SyntaxKind::operation && operation(node.operation).type_rule == TypeRule::compare);
}

/// Returns the tokens of the unbracketed & and | that tear a chain of comparisons apart, in the order of the text.
std::vector<SourceSpan> joints_in_chain(const SyntaxTree& tree, std::size_t chain) {
  std::vector<std::size_t> open = children_of(tree, chain);
  std::vector<SourceSpan> joints;
  while (!open.empty()) {
    const std::size_t index = open.back();
    open.pop_back();
    const SyntaxNode& node = tree.nodes[index];
    if (!joins_bits(node) || node.parenthesised) continue;
    joints.push_back(node.token);
    for (const std::size_t child : children_of(tree, index)) open.push_back(child);
  }
  std::ranges::sort(joints, {}, &SourceSpan::offset_bytes);
  return joints;
}

std::string bracketed(std::string_view condition) {
  const bool compares = condition.find_first_of("<>=") != condition.npos;
  return compares ? "(" + std::string(trimmed(condition)) + ")" : std::string(trimmed(condition));
}

/// Returns the whole text with each comparison in brackets, or nothing if that would be long.
std::string bracketed_comparisons(const SyntaxTree& tree, std::size_t chain) {
  const SourceSpan whole = tree.nodes[chain].extent;
  if (whole.length_bytes > longest_quotation_bytes) return {};  // also bounds the time to find the joints, which nest
  std::size_t begin = whole.offset_bytes;
  std::string text;
  for (const SourceSpan joint : joints_in_chain(tree, chain)) {
    text += bracketed(tree.text({begin, joint.offset_bytes - begin})) + " " + std::string(tree.text(joint)) + " ";
    begin = joint.offset_bytes + joint.length_bytes;
  }
  text += bracketed(tree.text({begin, whole.offset_bytes + whole.length_bytes - begin}));
  return quotable(text) ? text : std::string();
}

std::string comparison_advice(const SyntaxTree& tree, std::size_t index) {
  const std::size_t parent = parent_of(tree, index);
  if (compares(tree.nodes[parent]) && joins_bits(tree.nodes[index]) && !tree.nodes[index].parenthesised) {
    const std::string written = bracketed_comparisons(tree, parent);
    return "it binds tighter than comparisons: " + (written.empty() ? "put each comparison in brackets" : "write " + written);
  }
  return std::string("to join conditions write ") + (tree.nodes[index].operation == OperationId::bitwise_or ? "'or'" : "'and'");
}

bool is_primary(const SyntaxNode& node) {
  return node.parenthesised || node.kind == SyntaxKind::name || node.kind == SyntaxKind::call || node.kind == SyntaxKind::integer_literal ||
         node.kind == SyntaxKind::float_literal;
}

std::string power_advice(const SyntaxTree& tree, std::size_t index) {
  const std::vector<std::size_t> children = children_of(tree, index);
  const bool primary = std::ranges::all_of(children, [&](std::size_t child) { return is_primary(tree.nodes[child]); });
  const SyntaxNode& node = tree.nodes[index];
  if (node.kind == SyntaxKind::operation && primary) {
    std::string power(tree.text(node.extent));
    power.replace(node.token.offset_bytes - node.extent.offset_bytes, node.token.length_bytes, "**");
    if (quotable(power)) return "for a power write " + power;
  }
  return "a power is written '**'";
}

std::string advice(const SyntaxTree& tree, std::size_t index, OperationId id, DType refused) {
  switch (id) {
    case OperationId::bitwise_xor: return power_advice(tree, index);
    case OperationId::bitwise_and:
    case OperationId::bitwise_or: return comparison_advice(tree, index);
    case OperationId::invert: return "for the opposite sign write '-', for the opposite truth 'not'";
    case OperationId::subtract: return "for the difference of truth values write '^'";
    case OperationId::negative: return "for the opposite truth write '~'";
    default:
      if (refused.is_complex()) return "use real(...), imag(...) or abs(...)";
      return refused.is_floating() ? "convert with int64(...)" : "convert with int32(...)";
  }
}

std::string taken_dtypes(TypeRule rule) {
  switch (rule) {
    case TypeRule::bits: return "bool and integers";
    case TypeRule::shift:
    case TypeRule::whole:
    case TypeRule::bit_count: return "integers";
    case TypeRule::scale: return "a real number and an integer";
    case TypeRule::promote_number: return "numbers";
    default: return "real numbers";
  }
}

std::string limits_of(DType dtype) {
  const auto bits = static_cast<unsigned>(8 * dtype.size_bytes());
  if (dtype.is_unsigned_integer()) return "(0 to " + std::to_string(~std::uint64_t{0} >> (64 - bits)) + ")";
  const std::uint64_t highest = ~std::uint64_t{0} >> (65 - bits);
  return "(-" + std::to_string(highest + 1) + " to " + std::to_string(highest) + ")";
}

}  // namespace

NameError unknown_value(std::string_view name, SourceSpan token, std::span<const std::string_view> names, std::size_t input_count) {
  if (const auto advice = hint_for_value(name)) return {ErrorCode::unknown_name, "unknown name " + quoted(name) + "; " + std::string(*advice), token};
  const auto nearest = nearest_name(name, names);
  const std::string hint = nearest ? "; did you mean " + quoted(*nearest) + "?" : listed_inputs(names.first(input_count));
  return {ErrorCode::unknown_name, "unknown name " + quoted(name) + hint, token};
}

NameError used_before_definition(std::string_view name, SourceSpan token, SourceSpan definition) {
  return {ErrorCode::unknown_name, quoted(name) + " has no value yet; a name is bound before it is used", token,
          Error::Note{"it is first bound here", definition}};
}

NameError unknown_function(std::string_view name, SourceSpan token) {
  if (const auto advice = hint_for_function(name)) return {ErrorCode::unknown_name, "unknown function " + quoted(name) + "; " + std::string(*advice), token};
  const auto nearest = nearest_name(name, function_names());
  if (nearest) return {ErrorCode::unknown_name, "unknown name " + quoted(name) + "; did you mean " + quoted(*nearest) + "?", token};
  return {ErrorCode::unknown_name, "unknown function " + quoted(name), token};
}

NameError function_as_value(std::string_view name, SourceSpan token, OperationId function) {
  return {ErrorCode::unknown_name, quoted(name) + " is a function; write " + signature(name, function), token};
}

NameError value_as_function(std::string_view name, SourceSpan token) {
  return {ErrorCode::unknown_name, quoted(name) + " is not a function; write " + std::string(name) + "*(...) to multiply", token};
}

NameError wrong_argument_count(std::string_view name, SourceSpan token, OperationId function, std::size_t given_count) {
  const Operation& row = operation(function);
  const std::string_view hint = hint_for_argument_count(function, given_count);
  const std::string help = !hint.empty() ? "; " + std::string(hint) : row.is_reduction() ? "; axis and keepdims are given by name" : "";
  return {ErrorCode::wrong_argument_count,
          quoted(name) + " takes " + argument_count_text(row.form) + ", not " + std::to_string(given_count) + ": " + signature(name, function) + help, token};
}

NameError wrong_select_count(SourceSpan token, std::size_t given_count) {
  return {ErrorCode::wrong_argument_count,
          "'select' takes conditions and values in turn and a last value, not " + std::to_string(given_count) +
              (given_count == 1 ? " argument" : " arguments") + ": select(c1, x1, c2, x2, y)",
          token};
}

namespace {

/// The place of an argument's name, which is a piece of the text.
SourceSpan keyword_span(const SyntaxTree& tree, std::string_view keyword) {
  return {static_cast<std::size_t>(keyword.data() - tree.source.data()), keyword.size()};
}

}  // namespace

NameError unknown_keyword(const SyntaxTree& tree, const BoundCall& call, std::string_view keyword, std::span<const std::string_view> allowed) {
  const std::string function = quoted(operation(call.id).spelling());
  const SourceSpan place = keyword_span(tree, keyword);
  if (allowed.empty()) return {ErrorCode::wrong_argument_count, function + " takes no arguments by name, such as " + quoted(keyword), place};
  const auto nearest = nearest_name(keyword, allowed);
  std::string list;
  for (const std::string_view name : allowed) list += (list.empty() ? "" : ", ") + std::string(name);
  const std::string hint = nearest ? "did you mean " + quoted(*nearest) + "?" : "it has " + list;
  return {ErrorCode::wrong_argument_count, function + " has no argument " + quoted(keyword) + "; " + hint, place};
}

NameError repeated_argument(const SyntaxTree& tree, const BoundCall& call, std::string_view keyword) {
  const std::string function = quoted(operation(call.id).spelling());
  return {ErrorCode::wrong_argument_count, function + " is given " + quoted(keyword) + " by position too; leave one of them out", keyword_span(tree, keyword)};
}

NameError missing_argument(const BoundCall& call, std::string_view parameter) {
  const std::string_view function = operation(call.id).spelling();
  return {ErrorCode::wrong_argument_count, quoted(function) + " misses its argument " + quoted(parameter) + ": " + signature(function, call.id), call.token};
}

namespace {

DTypeError wrong_argument(const SyntaxTree& tree, const BoundValue& value, const std::string& message) {
  return {ErrorCode::argument_not_constant, message, tree.nodes[value.syntax_index].extent};
}

}  // namespace

namespace {

/// The operation of two values that a reduction was probably mistaken for.
std::string_view of_two_values(OperationId reduction) {
  switch (reduction) {
    case OperationId::smallest: return "minimum(a, b)";
    case OperationId::largest: return "maximum(a, b)";
    case OperationId::sum: return "a + b";
    case OperationId::product: return "a * b";
    case OperationId::any: return "a or b";
    case OperationId::all: return "a and b";
    default: return "";
  }
}

}  // namespace

DTypeError wrong_axis(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value, bool stands_alone) {
  const std::string pair(of_two_values(call.id));
  const std::string help = pair.empty() || !stands_alone ? "" : "; of two values write " + pair;
  return wrong_argument(tree, value, "an axis is an integer literal, such as 0 or -1" + help);
}

DTypeError repeated_axis(const SyntaxTree& tree, const BoundValue& value, std::int64_t axis) {
  return wrong_argument(tree, value, "axis " + std::to_string(axis) + " is listed twice; leave one of them out");
}

DTypeError axis_out_of_range(const SyntaxTree& tree, const BoundValue& value, std::int64_t axis) {
  return wrong_argument(tree, value, "axis " + std::to_string(axis) + " is beyond the 32 dimensions that an array may have");
}

DTypeError wrong_keepdims(const SyntaxTree& tree, const BoundValue& value) { return wrong_argument(tree, value, "keepdims is True or False"); }

DTypeError wrong_dtype_argument(const SyntaxTree& tree, const BoundValue& value) {
  return wrong_argument(tree, value, "dtype is the name of a type, such as float64");
}

NameError unknown_dtype(std::string_view name, SourceSpan token) {
  std::vector<std::string_view> names;
  for (std::size_t code = 0; code < DType::count; ++code) names.push_back(DType{static_cast<DType::Code>(code)}.name());
  const auto nearest = nearest_name(name, names);
  const std::string help = nearest ? "; did you mean " + quoted(*nearest) + "?" : ", such as float64";
  return {ErrorCode::unknown_name, quoted(name) + " is no name of a type" + help, token};
}

DTypeError narrow_dtype_argument(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value, DType dtype) {
  const std::string name(dtype.name());
  return wrong_argument(tree, value, "a sum in " + name + " would wrap or overflow early; write " + name + "(" +
                                         std::string(operation(call.id).spelling()) + "(...))");
}

DTypeError wrong_decimals(const SyntaxTree& tree, const BoundValue& value) {
  return wrong_argument(tree, value, "the number of decimals is an integer literal, such as 2");
}

DTypeError tuple_argument(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value) {
  const std::string pair(of_two_values(call.id));
  const std::string help = pair.empty() ? "" : "; of two values write " + pair;
  return wrong_argument(tree, value, quoted(operation(call.id).spelling()) + " takes values, not a list of them in brackets" + help);
}

DTypeError wrong_subscript_entry(const SyntaxTree& tree, const BoundValue& value) {
  const bool is_constant = std::holds_alternative<Scalar>(value.content);
  const std::string help = is_constant ? "; this one is " + std::string(value.dtype.name()) : "; this value is known only when arrays are given";
  return wrong_argument(tree, value, "an index is made of integer constants and slices of them, such as 1:-1" + help);
}

DTypeError zero_step(const SyntaxTree& tree, const BoundValue& value) {
  return wrong_argument(tree, value, "the step of a slice is 0; write 1 for every element, -1 to turn them round");
}

DTypeError second_ellipsis(SourceSpan token) {
  return {ErrorCode::argument_not_constant, "an index has one '...' at most; write ':' for a single axis", token};
}

DTypeError no_axes(const SyntaxTree& tree, const BoundValue& value) {
  const SourceSpan extent = tree.nodes[value.syntax_index].extent;
  return {ErrorCode::unsupported_operand_dtype, quoted(tree.text(extent)) + " is one number and has no axes; only arrays have an index", extent};
}

DTypeError subscript_of_positions(const SyntaxTree& tree, const BoundValue& value) {
  const SourceSpan extent = tree.nodes[value.syntax_index].extent;
  return {ErrorCode::unsupported_operand_dtype,
          quoted(tree.text(extent)) + " depends on index(), which counts the positions of the result; index the arrays that it is computed from",
          extent};
}

NameError wrong_host_argument(const BoundCall& call, std::string_view function) {
  return {ErrorCode::wrong_argument_count, quoted(function) + " is a function of the host; it takes its arguments by position, one value each", call.token};
}

NameError wrong_host_argument_count(const BoundCall& call, const detail::HostFunction& function, std::size_t given_count) {
  std::string parameters;
  for (const DType dtype : function.arguments) parameters += (parameters.empty() ? "" : ", ") + std::string(dtype.name());
  const std::size_t count = function.arguments.size();
  return {ErrorCode::wrong_argument_count,
          quoted(function.name) + " takes " + std::to_string(count) + (count == 1 ? " argument, not " : " arguments, not ") +
              std::to_string(given_count) + ": " + function.name + "(" + parameters + ")",
          call.token};
}

DTypeError lossy_host_argument(const SyntaxTree& tree, const BoundValue& argument, const detail::HostFunction& function, DType parameter) {
  const std::string wanted(parameter.name());
  return {ErrorCode::unsupported_operand_dtype,
          quoted(function.name) + " takes " + wanted + " here, which does not hold every " + std::string(argument.dtype.name()) +
              "; write " + wanted + "(...) around the argument",
          tree.nodes[argument.syntax_index].extent};
}

NameError unknown_attribute(const SyntaxTree& tree, SourceSpan token) {
  const std::string name(tree.text(token));
  const bool is_function = find_function(name).has_value();
  const std::string help = is_function ? "write " + name + "(...)" : "values have .real and .imag";
  return {ErrorCode::unknown_name, "unknown attribute '." + name + "'; " + help, token};
}

DTypeError unsupported_operand(const SyntaxTree& tree, std::uint32_t syntax_index, SourceSpan token, OperationId id, DType refused) {
  const std::string found =
      quoted(tree.text(token)) + " takes " + taken_dtypes(operation(id).type_rule) + ", not " + std::string(refused.name());
  return {ErrorCode::unsupported_operand_dtype, found + "; " + advice(tree, syntax_index, id, refused), token};
}

DTypeError no_common_integer(const SyntaxTree& tree, SourceSpan token) {
  return {ErrorCode::unsupported_operand_dtype,
          quoted(tree.text(token)) + " finds no integer type that holds int64 and uint64; convert one of them with int64(...) or uint64(...)", token};
}

DTypeError complex_to_real(const SyntaxTree& tree, SourceSpan token, std::uint32_t operand_index) {
  const std::string_view written = tree.text(tree.nodes[operand_index].extent);
  const std::string value = quotable(written) ? std::string(written) : "...";
  return {ErrorCode::unsupported_operand_dtype,
          quoted(tree.text(token)) + " takes real values, not complex ones; write real(" + value + ") or abs(" + value + ")", token};
}

DTypeError out_of_range(const SyntaxTree& tree, std::uint32_t syntax_index, std::optional<Scalar> value, DType dtype) {
  const SourceSpan extent = tree.nodes[syntax_index].extent;
  const std::string_view written = tree.text(extent);
  const bool is_wide = !value || value->dtype == DType::uint64;
  const std::string found = value ? to_text(*value) : quotable(written) ? std::string(written) : "this integer";
  const std::string float_help = "write a float, such as 1e19";
  const std::string help = !is_wide ? "convert the other operand with int64(...)" : value ? "write uint64(" + found + "), or a float" : float_help;
  return {ErrorCode::literal_out_of_range, found + " does not fit " + std::string(dtype.name()) + " " + limits_of(dtype) + "; " + help,
          extent};
}

DTypeError negative_power(const SyntaxTree& tree, std::uint32_t base_index, std::uint32_t exponent_index, Scalar exponent) {
  const SyntaxNode& base = tree.nodes[base_index];
  const std::string_view written = tree.text(base.extent);
  const bool decimal = base.kind == SyntaxKind::integer_literal && written.find_first_not_of("0123456789_") == written.npos;
  const std::string number = "**" + to_text(exponent);
  std::string instead = decimal ? std::string(written) + ".0" + number : "float64(" + std::string(written) + ")" + number;
  if (!quotable(instead)) instead = "float64(...)" + number;
  const SourceSpan place = tree.nodes[exponent_index].extent;
  return {ErrorCode::negative_integer_power, "an integer to a negative power is not an integer; write " + instead, place};
}

}  // namespace lanewise::inline v0
