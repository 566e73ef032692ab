#pragma once
// The sentences of bind's errors. Each function returns the error to throw.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <lanewise/error.hpp>

#include "ir/bound_value.hpp"
#include "ops/operation.hpp"
#include "ops/scalar.hpp"
#include "syntax/syntax_tree.hpp"

namespace lanewise::inline v0 {

/// E201 for a name that stands for a value. `names` are all that would do, the inputs first.
NameError unknown_value(std::string_view name, SourceSpan token, std::span<const std::string_view> names, std::size_t input_count);
/// E201 for a local that a later statement binds, or the one it stands in.
NameError used_before_definition(std::string_view name, SourceSpan token, SourceSpan definition);
/// E201 for a name followed by a bracket.
NameError unknown_function(std::string_view name, SourceSpan token);
/// E201 for a function's name without its bracket, and for a bracket after the name of a value.
NameError function_as_value(std::string_view name, SourceSpan token, OperationId function);
NameError value_as_function(std::string_view name, SourceSpan token);
/// E202.
NameError wrong_argument_count(std::string_view name, SourceSpan token, OperationId function, std::size_t given_count);

NameError wrong_select_count(SourceSpan token, std::size_t given_count);

/// E202: an argument by a name that the row does not have, or that is given by position already. The name is a piece of the tree's text.
NameError unknown_keyword(const SyntaxTree& tree, const BoundCall& call, std::string_view keyword,
                          std::span<const std::string_view> allowed);
NameError repeated_argument(const SyntaxTree& tree, const BoundCall& call, std::string_view keyword);
/// E202: arguments by name, and not this one.
NameError missing_argument(const BoundCall& call, std::string_view parameter);
/// E210 for arguments that must be constants of some kind: what stands where an axis, keepdims, dtype or decimals belongs.
/// `stands_alone`: it is given by position and without a list, where a second value may have been meant.
DTypeError wrong_axis(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value, bool stands_alone = false);
DTypeError repeated_axis(const SyntaxTree& tree, const BoundValue& value, std::int64_t axis);
DTypeError axis_out_of_range(const SyntaxTree& tree, const BoundValue& value, std::int64_t axis);
DTypeError wrong_keepdims(const SyntaxTree& tree, const BoundValue& value);
NameError unknown_dtype(std::string_view name, SourceSpan token);
DTypeError wrong_dtype_argument(const SyntaxTree& tree, const BoundValue& value);
DTypeError narrow_dtype_argument(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value, DType dtype);
DTypeError wrong_decimals(const SyntaxTree& tree, const BoundValue& value);
DTypeError tuple_argument(const SyntaxTree& tree, const BoundCall& call, const BoundValue& value);
/// E210 for what stands in a subscript.
DTypeError wrong_subscript_entry(const SyntaxTree& tree, const BoundValue& value);
DTypeError zero_step(const SyntaxTree& tree, const BoundValue& value);
DTypeError second_ellipsis(SourceSpan token);
/// E204: a subscript of a value that has no axes, or that the language cannot take apart.
DTypeError no_axes(const SyntaxTree& tree, const BoundValue& value);
DTypeError subscript_of_positions(const SyntaxTree& tree, const BoundValue& value);
/// E202, E204 for calls of host functions.
NameError wrong_host_argument(const BoundCall& call, std::string_view function);
NameError wrong_host_argument_count(const BoundCall& call, const detail::HostFunction& function, std::size_t given_count);
DTypeError lossy_host_argument(const SyntaxTree& tree, const BoundValue& argument, const detail::HostFunction& function, DType parameter);
/// E201 for z.name.
NameError unknown_attribute(const SyntaxTree& tree, SourceSpan token);

/// E204: the operation at `syntax_index`, written as `token`, has no meaning for `refused`.
DTypeError unsupported_operand(const SyntaxTree& tree, std::uint32_t syntax_index, SourceSpan token, OperationId id, DType refused);
/// E204: int64 and uint64 meet in float64, where the operation has no meaning.
DTypeError no_common_integer(const SyntaxTree& tree, SourceSpan token);
/// E204: a cast of a complex value to a real dtype.
DTypeError complex_to_real(const SyntaxTree& tree, SourceSpan token, std::uint32_t operand_index);
/// E205: the literal or constant at `syntax_index` does not fit; of one beyond int64 the value is a uint64, or none where it exceeds that
/// too.
DTypeError out_of_range(const SyntaxTree& tree, std::uint32_t syntax_index, std::optional<Scalar> value, DType dtype);
/// E207.
DTypeError negative_power(const SyntaxTree& tree, std::uint32_t base_index, std::uint32_t exponent_index, Scalar exponent);

}  // namespace lanewise::inline v0
