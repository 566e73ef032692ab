#pragma once
// Slots: what a program needs once a call, before it runs on elements.

#include "exec/plan.hpp"

namespace lanewise::inline v0 {

/// Fills the slots that are inputs of the call; those of other values are left alone.
/// Throws DTypeError E205, E209.
void read_input_slots(const Program& program, const CallArrays& arrays, Scalar* slots);

/// Runs the `once` part, which fills the other slots from those that are given.
void compute_once_slots(const LoadedProgram& program, Scalar* slots);

}  // namespace lanewise::inline v0
