// Calls: functions of one element, reductions with their axes, and definitions, which are read as the text they stand for.

#include <algorithm>
#include <array>
#include <cmath>

#include "oracle/reader.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::oracle {
namespace {

constexpr std::int64_t most_axes = 32;

const Meaning* find_keyword(std::span<const Meaning> arguments, std::string_view name) {
  const auto found = std::ranges::find(arguments, name, &Meaning::keyword);
  return found == arguments.end() ? nullptr : &*found;
}

std::size_t positional_count(std::span<const Meaning> arguments) {
  return static_cast<std::size_t>(std::ranges::count_if(arguments, [](const Meaning& argument) { return argument.keyword.empty(); }));
}

std::string_view name_of(std::string_view parameter) { return parameter.substr(0, parameter.find('=')); }

[[noreturn]] void refuse_count(std::string_view name) {
  throw Refusal(ErrorCode::wrong_argument_count, "arguments of " + std::string(name));
}

void require_keywords(std::span<const Meaning> arguments, std::span<const std::string_view> allowed) {
  for (const Meaning& argument : arguments) {
    if (!argument.keyword.empty() && std::ranges::find(allowed, argument.keyword) == allowed.end()) refuse_count(argument.keyword);
  }
}

}  // namespace

std::size_t Reader::read_call(const Scope& scope, std::string_view name, const Arguments& arguments) {
  if (name == "select") return call_select(arguments);
  if (name == "round" || name == "around") return call_round(arguments);
  if (name == "size") return call_size(scope, arguments);
  if (name == "index") return call_index(arguments);
  if (const FoldRow* row = find_fold(name)) return call_fold(scope, *row, arguments);
  if (const Definition* definition = find_definition(name)) return call_definition(scope, *definition, arguments);
  if (const Row* row = find_row(name)) return call_row(*row, arguments);
  throw Refusal(ErrorCode::unknown_name, "no function " + std::string(name));
}

std::size_t Reader::call_row(const Row& row, const Arguments& arguments) {
  require_keywords(arguments, {});
  if (arguments.size() != row.operand_count) refuse_count(row.name());
  std::vector<std::size_t> operands;
  for (const Meaning& argument : arguments) operands.push_back(argument.node);
  return operation(row, std::move(operands));
}

std::size_t Reader::call_fold(const Scope& scope, const FoldRow& row, const Arguments& arguments) {
  constexpr std::array<std::string_view, 2> allowed = {"axis", "keepdims"};
  require_keywords(arguments, allowed);
  const std::size_t count = positional_count(arguments);
  if (count == 0 || count > 2 || (count == 2 && find_keyword(arguments, "axis") != nullptr)) refuse_count(row.spellings);
  Node node{.kind = Node::Kind::reduction, .fold = row.fold, .axes = axes_of(scope, arguments, 1)};
  const std::size_t operand = arguments[0].node;
  const std::vector<Type> types = types_of(std::span(&operand, 1));
  const Resolution resolution = resolve(row.rule, types);
  const bool is_position = row.fold == Fold::argmin || row.fold == Fold::argmax;
  node.type = {is_position ? DType::int64 : resolution.result};
  node.operands = {conversion(operand, resolution.operands, false)};
  return add(std::move(node));
}

Axes Reader::axes_of(const Scope& scope, const Arguments& arguments, std::size_t position) const {
  const Meaning* given = find_keyword(arguments, "axis");
  if (given == nullptr && positional_count(arguments) > position) given = &arguments[position];
  Axes axes = scope.axes;
  if (const Meaning* keepdims = find_keyword(arguments, "keepdims")) {
    const Type& type = nodes_[keepdims->node].type;
    if (!type.constant || !type.dtype.is_bool()) throw Refusal(ErrorCode::argument_not_constant, "keepdims");
    axes.keepdims = type.constant->as<bool>();
  }
  if (given == nullptr) return axes;
  axes.all = false;
  axes.list.clear();
  for (const Meaning& value : given->is_tuple ? given->tuple : Arguments{*given}) {
    const std::int64_t axis = axis_of(value);
    if (std::ranges::find(axes.list, axis) != axes.list.end()) throw Refusal(ErrorCode::argument_not_constant, "axis repeated");
    axes.list.push_back(axis);
  }
  return axes;
}

std::int64_t Reader::axis_of(const Meaning& value) const {
  const Type& type = nodes_[value.node].type;
  const auto integer = weak_integer(type);
  if (!integer || type.wide || *integer < -most_axes || *integer >= most_axes) throw Refusal(ErrorCode::argument_not_constant, "axis");
  return static_cast<std::int64_t>(*integer);
}

std::size_t Reader::call_definition(const Scope& scope, const Definition& definition, const Arguments& arguments) {
  std::vector<std::string_view> names;
  for (std::string_view rest = definition.parameters; !rest.empty();) names.push_back(name_of(take_word(rest)));
  std::vector<std::string_view> allowed = names;
  if (definition.is_reduction) allowed.insert(allowed.end(), {"axis", "keepdims"});
  require_keywords(arguments, allowed);
  const std::size_t count = positional_count(arguments);
  if (count > (definition.is_reduction ? definition.operand_count + 1 : names.size())) refuse_count(definition.spellings);
  if (definition.is_reduction && count > definition.operand_count && find_keyword(arguments, "axis") != nullptr) refuse_count("axis");
  constexpr std::size_t left_out = static_cast<std::size_t>(-1);
  std::vector<std::size_t> values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Meaning* keyword = find_keyword(arguments, names[i]);
    const bool is_positional = i < count && (!definition.is_reduction || i < definition.operand_count);
    if (is_positional ? keyword != nullptr : keyword == nullptr && i < definition.operand_count) refuse_count(names[i]);
    values.push_back(is_positional ? arguments[i].node : keyword != nullptr ? keyword->node : left_out);
  }
  const Axes axes = definition.is_reduction ? axes_of(scope, arguments, definition.operand_count) : Axes{};
  return read_definition({scope.tree, true, axes, {}}, definition, std::move(values));
}

std::size_t Reader::read_definition(Scope scope, const Definition& definition, std::vector<std::size_t> values) {
  const std::span<std::size_t> ruled = std::span(values).first(definition.operand_count);
  std::optional<Resolution> resolution;
  if (definition.rule != Rule::any) {
    resolution = resolve(definition.rule, types_of(ruled));
    if (resolution->unchanged) return values[0];
    for (std::size_t& value : ruled) value = conversion(value, resolution->operands, nodes_[value].type.weak);
  }
  std::string_view rest = definition.parameters;
  for (const std::size_t value : values) {
    const std::string_view parameter = take_word(rest);
    std::size_t bound = value;
    if (value >= nodes_.size()) {
      const SyntaxTree tree = parse(parameter.substr(parameter.find('=') + 1));
      Scope default_scope{tree, true, Axes(), scope.locals};
      bound = read_tree(default_scope).node;
    }
    scope.locals.emplace_back(name_of(parameter), bound);
  }
  const SyntaxTree tree = parse(definition.text);
  Scope inner{tree, true, scope.axes, scope.locals};
  const std::size_t result = read_tree(inner).node;
  const bool is_weak = nodes_[result].type.weak;
  return resolution ? conversion(result, resolution->result, is_weak) : result;
}

// The first value whose condition holds, else the last. All values meet in one dtype.
std::size_t Reader::call_select(const Arguments& arguments) {
  require_keywords(arguments, {});
  if (arguments.size() < 3 || arguments.size() % 2 == 0) refuse_count("select");
  std::vector<std::size_t> values;
  for (std::size_t i = 1; i < arguments.size(); i += 2) values.push_back(arguments[i].node);
  values.push_back(arguments.back().node);
  const bool all_weak = std::ranges::all_of(arguments, [&](const Meaning& argument) { return nodes_[argument.node].type.weak; });
  const DType met = meet(types_of(values));
  for (std::size_t& value : values) {
    if (!all_weak) value = conversion(value, met, nodes_[value].type.weak);
  }
  std::size_t result = values.back();
  for (std::size_t i = values.size() - 1; i-- > 0;) result = operation("where", {arguments[2 * i].node, values[i], result});
  return result;
}

std::size_t Reader::call_round(const Arguments& arguments) {
  constexpr std::array<std::string_view, 1> allowed = {"decimals"};
  require_keywords(arguments, allowed);
  if (arguments.empty() || arguments.size() > 2 || !arguments[0].keyword.empty()) refuse_count("round");
  std::optional<long double> decimals = 0.0L;
  if (arguments.size() == 2) decimals = weak_integer(nodes_[arguments[1].node].type);
  if (!decimals) throw Refusal(ErrorCode::argument_not_constant, "decimals");
  const std::size_t value = arguments[0].node;
  if (*decimals == 0) return operation("rint", {value});
  if (!nodes_[value].type.dtype.is_complex()) return rounded(value, *decimals);
  return operation("complex", {rounded(operation("real", {value}), *decimals), rounded(operation("imag", {value}), *decimals)});
}

// Scales by a power of ten, rounds, and scales back, as NumPy does.
std::size_t Reader::rounded(std::size_t value, long double decimals) {
  const Type type = nodes_[value].type;
  const bool is_whole = type.dtype.is_bool() || type.dtype.is_integer();
  const bool behind_point = decimals > 0;
  if (is_whole && behind_point) return operation("rint", {value});
  const std::size_t factor = constant(Value{static_cast<double>(std::pow(10.0L, std::fabs(decimals)))}, true);
  const std::size_t scaled = operation(behind_point ? "multiply" : "divide", {value, factor});
  const std::size_t result = operation(behind_point ? "divide" : "multiply", {operation("rint", {scaled}), factor});
  return type.dtype.is_integer() ? conversion(result, type.dtype, type.weak) : result;
}

std::size_t Reader::call_size(const Scope& scope, const Arguments& arguments) {
  constexpr std::array<std::string_view, 1> allowed = {"axis"};
  require_keywords(arguments, allowed);
  if (arguments.empty() || arguments.size() > 2 || !arguments[0].keyword.empty()) refuse_count("size");
  Axes axes = axes_of(scope, arguments, 1);
  const std::size_t operand = arguments[0].node;
  return add({.kind = Node::Kind::extent,
              .type = {DType::int64, true},
              .operands = {nodes_[operand].type.wide ? conversion(operand, DType::int64, true) : operand},
              .axes = std::move(axes)});
}

std::size_t Reader::call_index(const Arguments& arguments) {
  constexpr std::array<std::string_view, 1> allowed = {"axis"};
  require_keywords(arguments, allowed);
  if (arguments.size() > 1) refuse_count("index");
  Node node{.kind = Node::Kind::index, .type = {DType::int64}};
  if (!arguments.empty()) node.axes = {false, {axis_of(arguments[0])}, false};
  return add(std::move(node));
}

}  // namespace lanewise::inline v0::oracle
