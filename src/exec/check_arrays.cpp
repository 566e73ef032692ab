// Whether the arrays of a call fit the schema and each other's memory. All checks come before the first write.

#include "exec/check_arrays.hpp"

#include <algorithm>

#include <lanewise/error.hpp>

#include "exec/overlap.hpp"
#include "exec/shape.hpp"

namespace lanewise::inline v0 {
namespace {

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

std::string bytes_text(std::size_t size_bytes) {
  constexpr std::size_t million = 1'000'000;
  if (size_bytes < 10 * million) return std::to_string(size_bytes) + " bytes";
  if (size_bytes < 10'000 * million) return std::to_string(size_bytes / million) + " MB";
  return std::to_string(size_bytes / (1'000 * million)) + " GB";
}

bool fits_output(const ArrayView& input, const MutableArrayView& output) {
  if (input.size() == 1) return input.rank() <= output.rank();
  return input.is_contiguous() && std::ranges::equal(input.shape(), output.shape());
}

}  // namespace

void NeededMemory::add(std::span<const std::size_t> shape, DType dtype) {
  std::size_t size_bytes = 0;
  const bool overflows = __builtin_mul_overflow(element_count_of(shape), dtype.size_bytes(), &size_bytes) ||
                         __builtin_add_overflow(size_bytes, needed_bytes_, &needed_bytes_);
  if (!overflows && needed_bytes_ <= limit_bytes_) return;
  throw LimitError(ErrorCode::memory_limit, "this needs " + (overflows ? "more memory than there can be" : bytes_text(needed_bytes_) + " of memory") +
                                                "; it may use " + bytes_text(limit_bytes_));
}

void check_inputs(std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) check_dtype(schema[i], *inputs[i]);
}

std::string output_name(std::size_t output_index, std::size_t output_count) {
  return output_count == 1 ? "the output" : "output " + std::to_string(output_index);
}

void check_output(const MutableArrayView& output, DType wanted, std::size_t output_index, std::size_t output_count) {
  if (output.dtype() != wanted) {
    const std::string given(output.dtype().name());
    const std::string result = output_count == 1 ? "the result" : "result " + std::to_string(output_index);
    throw DTypeError(ErrorCode::wrong_output_dtype, result + " is " + std::string(wanted.name()) + ", but the output array is " + given +
                                                        "; write " + given + "(...) around the expression, or pass a " +
                                                        std::string(wanted.name()) + " array");
  }
  if (!output.is_contiguous() && may_overlap_itself(layout_of(output))) {
    refuse_overlap("elements of " + output_name(output_index, output_count) + " share memory");
  }
}

bool lie_in_order(const CallArrays& arrays, const Program& program) noexcept {
  const MutableArrayView& first = arrays.outputs[0];
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) {
    const MutableArrayView& output = arrays.outputs[o];
    if (output.dtype() != program.output_dtypes[o] || !output.is_contiguous() || !std::ranges::equal(output.shape(), first.shape())) return false;
  }
  bool has_array = false;
  for (std::size_t i = 0; i < program.input_is_used.size(); ++i) {
    if (!program.input_is_used[i]) continue;
    if (!fits_output(*arrays.inputs[i], first)) return false;
    has_array |= arrays.inputs[i]->size() == first.size();
  }
  return has_array || arrays.outputs.size() == 1;  // one element fills a single output, of any size
}

void check_overlap_in_order(const CallArrays& arrays, const Program& program) {
  for (std::size_t o = 0; o < arrays.outputs.size(); ++o) {
    for (std::size_t i = 0; i < program.input_is_used.size(); ++i) {
      if (arrays.inputs[i]->size() == 1 || !program.input_is_used[i]) continue;
      const Layout output = layout_of(arrays.outputs[o]);
      const Layout input = layout_of(*arrays.inputs[i]);
      if (!may_overlap(input, output)) continue;
      const bool is_in_place = is_same_array(input, output);
      if (is_in_place && reads_before_writing(program, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(o))) continue;
      refuse_overlap(output_name(o, arrays.outputs.size()) + " overlaps input " + quoted(arrays.schema[i].name) +
                     (is_in_place ? ", which is read again after it is written" : " without being exactly that array"));
    }
    for (std::size_t other = 0; other < o; ++other) {
      if (may_overlap(layout_of(arrays.outputs[other]), layout_of(arrays.outputs[o]))) {
        refuse_overlap(output_name(o, arrays.outputs.size()) + " overlaps " + output_name(other, arrays.outputs.size()));
      }
    }
  }
}

void refuse_overlap(const std::string& what) {
  throw AliasError(ErrorCode::partial_overlap, what + "; write to other memory, or copy the input first");
}

}  // namespace lanewise::inline v0
