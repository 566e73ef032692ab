// Calls: which row a name means, which argument is which, and what becomes of rows that are no kernel.
//
// A kernel's row becomes an operation. A reduction takes axes, which must be constants. A definition is bound as the expression it stands
// for, in a scope of its own. What needs the ranks of arrays, such as whether an axis exists, is checked by plan.

#include <algorithm>
#include <array>
#include <string>

#include "ir/bind_errors.hpp"
#include "ir/binder.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0 {

namespace {

/// Takes the first word off a blank separated list.
std::string_view next_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

std::string_view name_of(std::string_view parameter) { return parameter.substr(0, parameter.find('=')); }

const BoundValue* find_keyword(std::span<const BoundValue> arguments, std::string_view name) {
  const auto found = std::ranges::find(arguments, name, &BoundValue::keyword);
  return found == arguments.end() ? nullptr : &*found;
}

std::span<const BoundValue> positional(std::span<const BoundValue> arguments) {
  const auto first_keyword = std::ranges::find_if(arguments, [](const BoundValue& value) { return !value.keyword.empty(); });
  return {arguments.begin(), first_keyword};
}

void check_keywords(const SyntaxTree& tree, const BoundCall& call, std::span<const BoundValue> arguments, std::span<const std::string_view> allowed) {
  for (const BoundValue& argument : arguments) {
    if (argument.keyword.empty() || std::ranges::find(allowed, argument.keyword) != allowed.end()) continue;
    throw unknown_keyword(tree, call, argument.keyword, allowed);
  }
}

constexpr std::array<std::string_view, 3> keywords_of_sums = {"axis", "keepdims", "dtype"};
constexpr std::span<const std::string_view> keywords_of_reductions = std::span(keywords_of_sums).first(2);
constexpr std::span<const std::string_view> keywords_of_shapes = std::span(keywords_of_sums).first(1);
constexpr std::array<std::string_view, 1> keywords_of_rounding = {"decimals"};

/// Returns a weak integer constant's value, if the argument is one.
std::optional<std::int64_t> constant_integer(const BoundValue& value) {
  const auto* constant = std::get_if<Scalar>(&value.content);
  if (constant == nullptr || !value.weak || constant->dtype != DType::int64) return {};
  return constant->as<std::int64_t>();
}

/// Returns false if the axes have this one already.
bool add_axis(Axes& axes, std::int64_t axis) {
  std::uint32_t& mask = axis >= 0 ? axes.from_front : axes.from_back;
  const std::uint32_t bit = std::uint32_t{1} << (axis >= 0 ? axis : -1 - axis);
  const bool added = (mask & bit) == 0;
  mask |= bit;
  return added;
}

constexpr std::int64_t most_axes = 32;

/// Whether an argument of a host function keeps its value in the parameter's dtype: weak ones need the kind, typed ones NumPy's safe casts.
bool holds(const BoundValue& argument, DType parameter) {
  const DType met = argument.weak ? numpy_promotion.weak(parameter, argument.dtype) : numpy_promotion.typed(parameter, argument.dtype);
  return met == parameter || (parameter == DType::float16 && argument.dtype == DType::float16);
}

}  // namespace

BoundValue Binder::call(Scope& scope, const SyntaxNode& node, std::uint32_t syntax_index, std::span<const BoundValue> arguments) {
  const std::string_view name = scope.tree.text(node.token);
  if (!scope.caller && functions_ != nullptr) {
    if (auto host_function = functions_->find(name)) return call_host(node, syntax_index, std::move(host_function), arguments);
  }
  const auto function = find_function(name);
  if (!function) throw is_value(scope, name) ? value_as_function(name, node.token) : unknown_function(name, node.token);
  const Operation& row = operation(*function);
  const bool weak = std::ranges::all_of(arguments, &BoundValue::weak);
  const BoundCall call{*function, syntax_index, scope.caller ? scope.caller->token : node.token, weak};
  if (row.is_reduction() && row.implementation == Implementation::reduction) return call_reduction(scope, call, arguments);
  if (row.implementation == Implementation::definition) return call_definition(scope, call, arguments);
  if (row.implementation == Implementation::special) return call_special(scope, call, arguments);
  check_keywords(tree_, call, arguments, {});
  if (arguments.size() != static_cast<std::size_t>(row.form.operand_count)) throw wrong_argument_count(name, node.token, *function, arguments.size());
  for (const BoundValue& argument : arguments) {
    if (argument.is_tuple()) throw tuple_argument(tree_, call, argument);
  }
  return operations_.apply(*function, arguments, syntax_index, call.token);
}

// ---- Reductions

Axes Binder::axes_of(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments, std::size_t position) const {
  const std::span<const BoundValue> by_position = positional(arguments);
  const BoundValue* given = find_keyword(arguments, "axis");
  if (given == nullptr && by_position.size() > position) given = &by_position[position];
  Axes axes;
  if (given == nullptr && scope.caller && scope.caller->axes) axes = *scope.caller->axes;
  if (const BoundValue* keepdims = find_keyword(arguments, "keepdims")) {
    const auto* truth = std::get_if<Scalar>(&keepdims->content);
    if (truth == nullptr || !truth->dtype.is_bool()) throw wrong_keepdims(tree_, *keepdims);
    // A definition keeps dimensions to meet its operand again. Of all axes one value does that too, and is shared with what the text sums.
    const bool is_one_value = scope.caller && given == nullptr && axes.all;
    if (!is_one_value) axes.keepdims = truth->as<bool>();
  }
  if (given == nullptr) return axes;
  axes.all = false;
  const BoundTuple one{{*given}};
  const auto* tuple = std::get_if<BoundTuple>(&given->content);
  for (const BoundValue& value : tuple == nullptr ? one.values : tuple->values) {
    const auto axis = constant_integer(value);
    if (!axis) throw wrong_axis(tree_, call, value, tuple == nullptr && given->keyword.empty());
    if (*axis < -most_axes || *axis >= most_axes) throw axis_out_of_range(tree_, value, *axis);
    if (!add_axis(axes, *axis)) throw repeated_axis(tree_, value, *axis);
  }
  return axes;
}

BoundValue Binder::call_reduction(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments) {
  const bool is_sum = operation(call.id).type_rule == TypeRule::sum;
  check_keywords(tree_, call, arguments, is_sum ? keywords_of_sums : keywords_of_reductions);
  const std::span<const BoundValue> by_position = positional(arguments);
  if (by_position.empty() || by_position.size() > 2) throw wrong_argument_count(tree_.text(call.token), call.token, call.id, by_position.size());
  if (by_position[0].is_tuple()) throw tuple_argument(tree_, call, by_position[0]);
  if (by_position.size() == 2 && find_keyword(arguments, "axis")) throw repeated_argument(tree_, call, find_keyword(arguments, "axis")->keyword);
  const Axes axes = axes_of(scope, call, arguments, 1);
  const BoundValue* dtype = find_keyword(arguments, "dtype");
  if (dtype == nullptr) return operations_.reduce(call, by_position[0], axes);
  const auto* named = std::get_if<DTypeName>(&dtype->content);
  if (named == nullptr) throw wrong_dtype_argument(tree_, *dtype);
  if (type_operands(TypeRule::sum, named->dtype, false).result != named->dtype) throw narrow_dtype_argument(tree_, call, *dtype, named->dtype);
  return operations_.reduce(call, apply(call, cast_to(named->dtype), {by_position[0]}), axes);
}

// ---- Definitions

BoundValue Binder::call_definition(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments) {
  const Operation& row = operation(call.id);
  const std::size_t operand_count = static_cast<std::size_t>(row.form.operand_count);
  const std::vector<BoundValue> in_order = arguments_in_order(call, arguments);
  for (const BoundValue& argument : in_order) {
    if (argument.is_tuple()) throw tuple_argument(tree_, call, argument);
  }
  const auto axes = row.is_reduction() ? std::optional(axes_of(scope, call, arguments, operand_count)) : std::nullopt;
  return bind_definition(call, in_order, axes);
}

/// Returns an argument for each parameter of a definition; for one that is left out a value with the keyword "=", to be bound from its default.
std::vector<BoundValue> Binder::arguments_in_order(const BoundCall& call, std::span<const BoundValue> arguments) const {
  const Operation& row = operation(call.id);
  const std::span<const BoundValue> by_position = positional(arguments);
  std::vector<std::string_view> names;
  for (std::string_view rest = row.parameters; !rest.empty();) names.push_back(name_of(next_word(rest)));
  const std::size_t fewest = static_cast<std::size_t>(row.form.operand_count), parameter_count = names.size();
  // After the operands of a reduction comes its axis, not its options.
  if (row.is_reduction()) names.insert(names.begin() + row.form.operand_count, {"axis", "keepdims"});
  check_keywords(tree_, call, arguments, names);
  const std::size_t most = row.is_reduction() ? fewest + 1 : parameter_count;
  const bool too_few = by_position.size() == arguments.size() && by_position.size() < fewest;
  if (by_position.size() > most || too_few) throw wrong_argument_count(tree_.text(call.token), call.token, call.id, by_position.size());
  std::vector<BoundValue> in_order;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const BoundValue* keyword = find_keyword(arguments, names[i]);
    if (i < by_position.size() && keyword != nullptr) throw repeated_argument(tree_, call, keyword->keyword);
    if (names[i] == "axis" || names[i] == "keepdims") continue;
    if (i < by_position.size()) {
      in_order.push_back(by_position[i]);
    } else if (keyword != nullptr) {
      in_order.push_back(*keyword);
    } else if (i < fewest) {
      throw missing_argument(call, names[i]);
    } else {
      in_order.push_back({WideInteger{}, DType::bool_, true, call.syntax_index, "="});
    }
  }
  return in_order;
}

BoundValue Binder::bind_definition(const BoundCall& call, std::span<const BoundValue> arguments, std::optional<Axes> axes) {
  const Operation& row = operation(call.id);
  const OperationBinder::TypedArguments typed = operations_.type_arguments(call, arguments);
  if (typed.unchanged) return typed.values[0];
  const SyntaxTree tree = parse(row.definition);
  std::vector<SyntaxTree> defaults;
  Scope scope{tree, Caller{call.syntax_index, call.token, axes}};
  std::string_view rest = row.parameters;
  for (std::size_t i = 0; !rest.empty(); ++i) {
    const std::string_view parameter = next_word(rest);
    BoundValue value = typed.values[i];
    if (value.keyword == "=") {
      const SyntaxTree default_tree = parse(parameter.substr(parameter.find('=') + 1));
      Scope default_scope{default_tree, scope.caller, scope.locals};
      value = bind_tree(default_scope);
    }
    scope.locals.emplace(name_of(parameter), Local{value, call.token});
  }
  BoundValue result = bind_tree(scope);
  result.syntax_index = call.syntax_index;
  return typed.result && *typed.result != result.dtype ? operations_.converted(result, *typed.result, reason_of(call.id, arguments)) : result;
}

// ---- Functions of the host

BoundValue Binder::call_host(const SyntaxNode& node, std::uint32_t syntax_index, std::shared_ptr<const detail::HostFunction> function,
                             std::span<const BoundValue> arguments) {
  const BoundCall call{{}, syntax_index, node.token};
  std::vector<NodeIndex> nodes;
  for (const BoundValue& argument : arguments) {
    if (!argument.keyword.empty() || argument.is_tuple()) throw wrong_host_argument(call, function->name);
  }
  if (arguments.size() != function->arguments.size()) throw wrong_host_argument_count(call, *function, arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const DType parameter = function->arguments[i];
    if (!holds(arguments[i], parameter)) throw lossy_host_argument(tree_, arguments[i], *function, parameter);
    nodes.push_back(operations_.node_of(operations_.converted(arguments[i], parameter, {})));
  }
  const DType result = function->result;
  return {graph_.add_call(std::move(function), nodes, tree_.nodes[syntax_index].extent), result, false, syntax_index};
}

// ---- What only bind knows

BoundValue Binder::call_special(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments) {
  for (const BoundValue& argument : arguments) {
    if (argument.is_tuple() && argument.keyword != "axis") throw tuple_argument(tree_, call, argument);
  }
  const auto& form = operation(call.id).form;
  const auto fewest = static_cast<std::size_t>(form.operand_count), most = static_cast<std::size_t>(form.most_operands);
  if (call.id == OperationId::select) return select(call, arguments);
  const std::size_t given = positional(arguments).size() < fewest ? positional(arguments).size() : arguments.size();
  if (given < fewest || given > most) throw wrong_argument_count(tree_.text(call.token), call.token, call.id, given);
  switch (call.id) {
    case OperationId::round_to: return round_to(call, arguments);
    case OperationId::size: return size(scope, call, arguments);
    default: return index(call, arguments);
  }
}

/// select(c1, x1, c2, x2, y): the first value whose condition holds, else the last.
BoundValue Binder::select(const BoundCall& call, std::span<const BoundValue> arguments) {
  check_keywords(tree_, call, arguments, {});
  if (arguments.size() % 2 == 0 || arguments.size() < 3) throw wrong_select_count(call.token, arguments.size());
  std::vector<BoundValue> values{arguments.back()};
  for (std::size_t i = 1; i < arguments.size(); i += 2) values.push_back(arguments[i]);
  const DType met = operations_.meet(values);  // of all at once: two by two, a literal could widen a bool that meets an int8
  const CastReason reason = reason_of(call.id, arguments);
  BoundValue result = call.weak ? arguments.back() : operations_.converted(arguments.back(), met, reason);
  for (std::size_t i = arguments.size() - 1; i > 0; i -= 2) {
    const BoundValue& value = arguments[i - 1];
    result = apply(call, OperationId::where, {arguments[i - 2], call.weak ? value : operations_.converted(value, met, reason), result});
  }
  return result;
}

/// To `decimals` places by scaling, as NumPy does it; before the point with a negative number of them.
BoundValue Binder::round_to(const BoundCall& call, std::span<const BoundValue> arguments) {
  check_keywords(tree_, call, arguments, keywords_of_rounding);
  const BoundValue& value = arguments[0];
  const auto decimals = arguments.size() < 2 ? std::optional<std::int64_t>(0) : constant_integer(arguments[1]);
  if (!decimals) throw wrong_decimals(tree_, arguments[1]);
  if (*decimals == 0 || (!value.dtype.is_floating() && !value.dtype.is_complex() && *decimals > 0)) return apply(call, OperationId::round, {value});
  if (value.dtype.is_complex()) {
    std::vector<BoundValue> of_part(arguments.begin(), arguments.end());
    const auto rounded = [&](OperationId part) {
      of_part[0] = apply(call, part, {value});
      return round_to(call, of_part);
    };
    const BoundValue real = rounded(OperationId::real);
    return apply(call, OperationId::complex, {real, rounded(OperationId::imaginary)});
  }
  const auto weak = [&](Scalar constant) { return BoundValue{constant, constant.dtype, true, call.syntax_index}; };
  const BoundValue factor = apply(call, OperationId::power, {weak(Scalar::of(10.0)), weak(Scalar::of(static_cast<double>(std::abs(*decimals))))});
  const OperationId there = *decimals > 0 ? OperationId::multiply : OperationId::divide;
  const OperationId back = *decimals > 0 ? OperationId::divide : OperationId::multiply;
  const BoundValue scaled = apply(call, OperationId::round, {apply(call, there, {value, factor})});
  const BoundValue result = apply(call, back, {scaled, factor});
  return value.dtype.is_integer() ? operations_.converted(result, value.dtype, reason_of(call.id, arguments)) : result;
}

BoundValue Binder::size(const Scope& scope, const BoundCall& call, std::span<const BoundValue> arguments) {
  check_keywords(tree_, call, arguments, keywords_of_shapes);
  Axes axes = axes_of(scope, call, arguments, 1);
  axes.keepdims = false;
  const NodeIndex operand = operations_.node_of(arguments[0]);
  return {graph_.add_extent(operand, axes, call.token), DType::int64, true, call.syntax_index};
}

BoundValue Binder::index(const BoundCall& call, std::span<const BoundValue> arguments) {
  check_keywords(tree_, call, arguments, keywords_of_shapes);
  Axes axes;
  if (!arguments.empty()) {
    const auto axis = constant_integer(arguments[0]);
    if (!axis) throw wrong_axis(tree_, call, arguments[0]);
    if (*axis < -most_axes || *axis >= most_axes) throw axis_out_of_range(tree_, arguments[0], *axis);
    axes.all = false;
    add_axis(axes, *axis);
  }
  return {graph_.add_index(axes, call.token), DType::int64, false, call.syntax_index};
}

}  // namespace lanewise::inline v0
