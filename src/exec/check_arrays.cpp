// Whether the arrays of a call fit together: dtypes, shapes, layouts, memory. All checks come before the first write.

#include "exec/check_arrays.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {
namespace {

std::string shape_text(std::span<const std::size_t> shape) {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::string quoted(const std::string& name) { return "'" + name + "'"; }

void check_dtype(const SchemaEntry& entry, const ArrayView& input) {
  if (input.size() == 1 && input.is_scalar()) return;  // scalars convert: see scalar_input.hpp
  if (entry.weak) {
    throw DTypeError(ErrorCode::wrong_input_dtype,
                     "input " + quoted(entry.name) + " was declared a weak scalar, but an array of shape " + shape_text(input.shape()) + " is given");
  }
  if (input.dtype() != entry.dtype) {
    throw DTypeError(ErrorCode::wrong_input_dtype, "input " + quoted(entry.name) + " is " + std::string(input.dtype().name()) +
                                                       ", but the expression was compiled for " + std::string(entry.dtype.name()));
  }
}

[[noreturn]] void refuse_strided(const std::string& what) {
  throw ShapeError(ErrorCode::unsupported_layout, what + " is strided; arrays must be contiguous in C order: copy it first");
}

/// The product of the extents, or the largest number where it does not fit.
std::size_t saturated_size(std::span<const std::size_t> shape) {
  if (std::ranges::find(shape, 0U) != shape.end()) return 0;
  std::size_t size = 1;
  for (const std::size_t extent : shape) {
    if (__builtin_mul_overflow(size, extent, &size)) return std::numeric_limits<std::size_t>::max();
  }
  return size;
}

void check_output(const CallArrays& arrays, const Program& program, std::size_t index) {
  const MutableArrayView& output = arrays.outputs[index];
  const DType wanted = program.output_dtypes[index];
  if (output.dtype() != wanted) {
    const std::string given(output.dtype().name());
    throw DTypeError(ErrorCode::wrong_output_dtype, "the result is " + std::string(wanted.name()) + ", but the output array is " + given +
                                                        "; write " + given + "(...) around the expression, or pass a " +
                                                        std::string(wanted.name()) + " array");
  }
  if (!output.is_contiguous()) refuse_strided("the output");
  const PerDimension<std::size_t> shape = result_shape(arrays.schema, arrays.inputs, program.input_is_used);
  if (std::ranges::equal(shape.values(), output.shape())) return;
  if (saturated_size(shape.values()) == 1) return;  // scalars fill any output
  throw ShapeError(ErrorCode::shape_mismatch,
                   "the result has shape " + shape_text(shape.values()) + ", but the output array has " + shape_text(output.shape()));
}

void check_overlap(const SchemaEntry& entry, const ArrayView& input, const MutableArrayView& output) {
  if (input.size() == 1 || input.size() == 0 || is_in_place(input, output)) return;
  const auto* in = static_cast<const std::byte*>(input.data());
  const auto* out = static_cast<const std::byte*>(output.data());
  const std::less<> before;
  const bool apart = !before(out, in + input.size() * input.dtype().size_bytes()) || !before(in, out + output.size() * output.dtype().size_bytes());
  if (apart) return;
  throw AliasError(ErrorCode::partial_overlap, "the output overlaps input " + quoted(entry.name) +
                                                   " without being exactly that array; write to other memory, or copy the input first");
}

}  // namespace

bool is_in_place(const ArrayView& input, const MutableArrayView& output) noexcept {
  return input.data() == output.data() && input.size() == output.size() && input.dtype().size_bytes() == output.dtype().size_bytes();
}

PerDimension<std::size_t> result_shape(std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs,
                                       const std::vector<bool>& input_is_used) {
  PerDimension<std::size_t> shape;
  std::size_t decided_by = inputs.size();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!input_is_used[i]) continue;
    const std::span<const std::size_t> own = inputs[i]->shape();
    PerDimension<std::size_t> joint;
    joint.resize(std::max(own.size(), shape.values().size()));
    for (std::size_t back = 1; back <= joint.values().size(); ++back) {
      const std::size_t left = back <= shape.values().size() ? shape.values()[shape.values().size() - back] : 1;
      const std::size_t right = back <= own.size() ? own[own.size() - back] : 1;
      if (left != right && left != 1 && right != 1) {
        throw ShapeError(ErrorCode::shape_mismatch, "shapes do not fit: " + quoted(schema[decided_by].name) + " has " +
                                                        shape_text(inputs[decided_by]->shape()) + ", " + quoted(schema[i].name) + " has " +
                                                        shape_text(own) + "; they differ along axis -" + std::to_string(back));
      }
      joint[joint.values().size() - back] = left == 1 ? right : left;
    }
    if (decided_by == inputs.size() || inputs[i]->size() != 1) decided_by = i;
    shape = joint;
  }
  const std::size_t size = saturated_size(shape.values());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!input_is_used[i] || inputs[i]->size() == size || inputs[i]->size() == 1) continue;
    throw ShapeError(ErrorCode::unsupported_layout, "input " + quoted(schema[i].name) + " of shape " + shape_text(inputs[i]->shape()) +
                                                        " would have to be repeated to " + shape_text(shape.values()) +
                                                        "; only scalars and arrays of one element repeat");
  }
  return shape;
}

void check_inputs(std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check_dtype(schema[i], *inputs[i]);
    if (!inputs[i]->is_contiguous()) refuse_strided("input " + quoted(schema[i].name));
  }
}

void check_arrays(const CallArrays& arrays, const Program& program) {
  check_inputs(arrays.schema, arrays.inputs);
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) {
    check_output(arrays, program, o);
    for (std::size_t i = 0; i < arrays.inputs.size(); ++i) {
      if (program.input_is_used[i]) check_overlap(arrays.schema[i], *arrays.inputs[i], arrays.outputs[o]);
    }
  }
}

}  // namespace lanewise::inline v0
