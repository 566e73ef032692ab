#pragma once
// NativeCode: a program's `each` part as one loop of machine code.
//
// An instruction of the machine fetches its addresses and constants for each tile, and what it loads then waits for the address: of a product in the first
// cache a third of the time. In a loop of its own they stay in registers. The steps are those of the program, in its order, each rounded by itself, so every bit
// is the same, but for the sign and payload of nan, which compilers leave open.

#include <cstddef>
#include <memory>

#include "bytecode/program.hpp"
#include "kernels/registry.hpp"
#include "native/code_memory.hpp"

namespace lanewise::inline v0 {

class NativeCode {
 public:
  /// Whether there is machine code for every step: plain arithmetic, comparisons and choices on one dtype, float64 or float32, at most 256 of them, for x86-64-v3 or v4;
  /// truth values as a result for v4 alone. Cost: linear in the steps.
  static bool can_translate(const Program& program, const Target& target) noexcept;

  /// Precondition: can_translate. Returns null for more values at a time than there are registers, or more than ten arrays, and where the system gives no memory that may be
  /// executed. No turn of the loop is longer than `tile_length`, that of the program as it is loaded. Takes 7 µs and 0.2 a step.
  static std::unique_ptr<const NativeCode> translate(const Program& program, const Target& target, std::size_t tile_length) noexcept;

  /// Runs the elements [first, last), at least a tile; those that fill no whole turn of the loop together with some that come before, which are computed
  /// twice. `instructions` are those of the `each` part, bound to arrays without gaps.
  void run(const BoundInstruction* instructions, std::size_t first, std::size_t last) const noexcept { function_(instructions, first, last); }

 private:
  using Function = void (*)(const BoundInstruction* instructions, std::size_t first, std::size_t last);

  explicit NativeCode(std::size_t code_bytes) noexcept : memory_(code_bytes) {}

  CodeMemory memory_;
  Function function_ = nullptr;
};

}  // namespace lanewise::inline v0
