#pragma once
// Slots: what a program needs once a call, before it runs on elements.

#include "exec/plan.hpp"
#include "exec/run_block.hpp"

namespace lanewise::inline v0 {

/// Fills the slots that are inputs of the call; those of other values are left alone.
/// Throws DTypeError E205, E209.
void read_input_slots(const Program& program, const CallArrays& arrays, Scalar* slots);

/// The `once` part of a program that has one, bound to fill the other slots from those that are given.
class OncePart {
 public:
  static std::size_t memory_bytes(const LoadedProgram& program);
  /// `memory` has that many bytes and is 64-byte aligned; all that is given outlives the object.
  OncePart(const LoadedProgram& program, Scalar* slots, std::byte* memory);
  OncePart(const OncePart&) = delete;
  OncePart& operator=(const OncePart&) = delete;

  /// Fills them, under the floating-point modes of kernels, which the caller has set. Throws what host functions throw.
  void compute();
  /// The same from what the given slots are now.
  void recompute();

 private:
  const LoadedProgram& program_;
  Scalar* slots_;
  std::byte** addresses_;  ///< by slot, of a tile
  CallArguments arguments_;
  BoundPart part_;
};

/// The same for one call. Sets the modes.
void compute_once_slots(const LoadedProgram& program, Scalar* slots);

}  // namespace lanewise::inline v0
