#pragma once
// LoadedSchedule: a Schedule for one CPU target.

#include <cstdint>
#include <vector>

#include "bytecode/schedule.hpp"
#include "exec/loaded_program.hpp"
#include "kernels/fold.hpp"

namespace lanewise::inline v0 {

struct LoadedPass {
  LoadedProgram program = {};                    ///< without instructions where all reductions fold values as they are
  std::vector<const Folder*> folders = {};       ///< of each reduction
  std::vector<std::uint32_t> array_values = {};  ///< that the program reads or that are folded as they are, each once; indices last

  bool has_program() const { return program.target != nullptr; }
};

struct LoadedSchedule {
  Schedule schedule = {};  ///< without the passes' programs
  std::vector<LoadedPass> passes = {};
  bool may_keep_plans = false;  ///< a plan of a call reads nothing of its arrays but what CallPlan::rebind reads again

  /// The only program; precondition: the schedule is elementwise.
  const LoadedProgram& program() const { return passes[0].program; }
};

LoadedSchedule load(Schedule schedule, const Target& target, Elements elements = Elements::many);

}  // namespace lanewise::inline v0
