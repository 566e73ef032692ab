// As can_stream of plan.cpp. Blocks and rows begin anywhere, so each runs a head up to the next cache line, the same for all results.

#include "exec/pass_streaming.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "exec/block_length.hpp"
#include "exec/pass_layout.hpp"
#include "kernels/prefetch.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t most_counted_arrays = 8;  // whose memory is told apart

/// Whether in all rows the elements are aligned and as far from the next cache line as the other's.
bool shares_heads(const PassOutput& output, const PassOutput& other) {
  const auto size = static_cast<std::ptrdiff_t>(output.element_bytes);
  constexpr auto line = static_cast<std::ptrdiff_t>(cache_line_bytes);
  const auto is_aligned = [size](const Run& run) { return run.stride % size == 0; };
  const auto is_alike = [](const Run& l, const Run& r) { return l.extent == r.extent && (l.stride - r.stride) % line == 0; };
  const Runs rows = output.target.rows;
  return output.element_bytes == other.element_bytes && reinterpret_cast<std::uintptr_t>(output.target.data) % output.element_bytes == 0 &&
         (output.target.data - other.target.data) % line == 0 && std::ranges::all_of(rows, is_aligned) &&
         std::ranges::equal(rows, other.target.rows, is_alike);
}

/// Bytes of the cache lines that an element takes a part of.
std::size_t touched_bytes(const StridedOperand& array) {
  std::ptrdiff_t stride = 0;
  if (!has_one_stride(array.columns, 0, stride)) return array.element_bytes;
  return std::max(array.element_bytes, std::min(static_cast<std::size_t>(std::abs(stride)), cache_line_bytes));
}

/// Bytes that are read for an element; arrays that lie over each other, as the slices of a stencil do, count once.
std::size_t read_element_bytes(const PassPlan& plan) {
  std::array<std::intptr_t, most_counted_arrays> counted{};
  std::size_t count = 0, bytes = 0;
  for (const PassOperand& operand : plan.operands) {
    if (plan.row_count > 1 && operand.array.rows.empty()) continue;
    const std::size_t own_bytes = touched_bytes(operand.array);
    const auto half = static_cast<std::intptr_t>(plan.element_count() * own_bytes / 2);
    const auto place = reinterpret_cast<std::intptr_t>(operand.array.data);
    const auto is_near = [&](std::intptr_t other) { return std::abs(place - other) < half; };
    if (std::any_of(counted.begin(), counted.begin() + static_cast<std::ptrdiff_t>(count), is_near)) continue;
    if (count < counted.size()) counted[count++] = place;
    bytes += own_bytes;
  }
  return bytes;
}

}  // namespace

bool can_stream(const PassPlan& plan) noexcept {
  if (!plan.pass->program.can_stream) return false;
  const PassOutput& first = plan.outputs[0];
  // A head is less than a tile; and a line that is not written at once goes to memory in parts, between which others are read.
  if (cache_line_bytes > plan.pass->program.each.tile_length * first.element_bytes) return false;
  for (const PassOutput& output : plan.outputs) {
    const auto same_memory = [&](const PassOperand& operand) { return operand.array.data == output.target.data; };
    if (needs_buffer(plan, output) || !shares_heads(output, first) || std::ranges::any_of(plan.operands, same_memory)) return false;
  }
  return true;
}

bool exceeds_caches(const PassPlan& plan) noexcept {
  std::size_t element_bytes = read_element_bytes(plan);
  for (const PassOutput& output : plan.outputs) element_bytes += output.element_bytes;
  return element_bytes * plan.element_count() >= streaming_threshold_bytes();
}

std::size_t read_bytes(const PassPlan& plan) noexcept { return read_element_bytes(plan) * plan.element_count(); }

}  // namespace lanewise::inline v0
