#pragma once

#include <memory_resource>
#include <string>
#include <vector>

#include "exec/plan.hpp"
#include "exec/shape.hpp"
#include "bytecode/schedule.hpp"

namespace lanewise::inline v0 {

/// The shapes that the inputs of a call give to the sets of a schedule, each found when it is first asked for.
class CallShapes {
 public:
  CallShapes(const Schedule& schedule, const CallArrays& arrays, std::pmr::memory_resource* memory)
      : schedule_(schedule), arrays_(arrays), shapes_(schedule.sets.size(), memory), known_(schedule.sets.size(), 0, memory) {}

  /// Throws ShapeError E301 if shapes of the set disagree, E306 if a reduction names an axis that its operand has not.
  const Shape& of_set(std::uint32_t set);

 private:
  Shape of_class(std::uint32_t shape_class);
  std::string class_name(std::uint32_t shape_class);
  std::string class_text(std::uint32_t shape_class);
  [[noreturn]] void refuse(std::span<const std::uint32_t> before, std::uint32_t shape_class, std::size_t back);

  const Schedule& schedule_;
  const CallArrays& arrays_;
  std::pmr::vector<Shape> shapes_;
  std::pmr::vector<char> known_;
};

}  // namespace lanewise::inline v0
