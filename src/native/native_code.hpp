#pragma once
// NativeCode: a program's `each` part as one loop of machine code.
//
// An instruction of the machine fetches its addresses and constants for each tile, and what it loads then waits for the address: of a product in the first
// cache two thirds of the time. In a loop of its own they stay in registers. The steps are those of the program, in its order, each rounded by itself, so every bit is
// the same.

#include <cstddef>
#include <memory>

#include "bytecode/program.hpp"
#include "kernels/registry.hpp"

namespace lanewise::inline v0 {

class NativeCode {
 public:
  virtual ~NativeCode() = default;
  NativeCode(const NativeCode&) = delete;
  NativeCode& operator=(const NativeCode&) = delete;

  /// Returns null for a program that has another step than plain arithmetic, values of several dtypes, or more of them than there are registers; for another target than
  /// x86-64-v3 and v4; and where the system lets no memory be executed. Takes 7 to 10 µs.
  static std::unique_ptr<const NativeCode> translate(const Program& program, const Target& target) noexcept;

  /// Runs the elements [first, last), at least a tile of the target; those that fill no whole turn of the loop together with some that come before, which are
  /// computed twice. `instructions` are those of the `each` part, bound to arrays without gaps.
  void run(const BoundInstruction* instructions, std::size_t first, std::size_t last) const noexcept { function_(instructions, first, last); }

 protected:
  using Function = void (*)(const BoundInstruction* instructions, std::size_t first, std::size_t last);
  NativeCode() = default;
  Function function_ = nullptr;
};

}  // namespace lanewise::inline v0
