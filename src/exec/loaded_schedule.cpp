#include "exec/loaded_schedule.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

namespace lanewise::inline v0 {
namespace {

Reduction reduction_of(OperationId id) { return static_cast<Reduction>(static_cast<std::size_t>(id) - kernel_operation_count); }

void add_once(std::vector<std::uint32_t>& values, std::uint32_t value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

LoadedPass load_pass(Pass& pass, const Target& target, Elements elements) {
  LoadedPass loaded;
  for (const PassReduction& reduction : pass.reductions) {
    loaded.folders.push_back(target.find_folder(reduction_of(reduction.operation), reduction.operand_dtype));
    assert(loaded.folders.back() != nullptr && "bind and the kernels disagree about dtypes of reductions");
    if (reduction.operand_value) add_once(loaded.array_values, *reduction.operand_value);
  }
  if (pass.program.output_dtypes.empty()) return loaded;
  std::vector<bool> seen(pass.program.input_is_used.size());
  for (const Instruction& instruction : pass.program.each.instructions) {
    for (const Operand operand : {instruction.left, instruction.right}) {
      if (operand.source != Operand::Source::input || seen[operand.index]) continue;
      seen[operand.index] = true;
      add_once(loaded.array_values, operand.index);
    }
  }
  loaded.program = load(std::exchange(pass.program, {}), target, elements);
  return loaded;
}

/// Views of reductions' results are formed when a call is planned; functions of the host may be anything.
bool may_keep_plans(const LoadedSchedule& loaded) {
  const auto is_view = [](const ScheduledValue& value) { return value.kind == ScheduledValue::Kind::view; };
  const auto calls_host = [](const LoadedPass& pass) { return pass.program.each.host_call_count + pass.program.once.host_call_count > 0; };
  return std::ranges::none_of(loaded.schedule.values, is_view) && std::ranges::none_of(loaded.passes, calls_host);
}

}  // namespace

LoadedSchedule load(Schedule schedule, const Target& target, Elements elements) {
  LoadedSchedule loaded{.schedule = std::move(schedule)};
  const auto is_index = [&](std::uint32_t value) {
    const std::uint32_t input_count = loaded.schedule.input_count;
    return value >= input_count && loaded.schedule.values[value - input_count].kind == ScheduledValue::Kind::index;
  };
  for (Pass& pass : loaded.schedule.passes) {
    loaded.passes.push_back(load_pass(pass, target, elements));
    std::vector<std::uint32_t>& values = loaded.passes.back().array_values;
    std::stable_partition(values.begin(), values.end(), std::not_fn(is_index));
  }
  loaded.may_keep_plans = may_keep_plans(loaded);
  return loaded;
}

}  // namespace lanewise::inline v0
