#pragma once
// Runs a program on one element, by the description of its instructions alone: no kernels, no vectors.

#include <span>
#include <stdexcept>
#include <vector>

#include "bytecode/program.hpp"

namespace lanewise::inline v0 {

/// An instruction that reads what is not there, or in another dtype.
struct BrokenProgram : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Returns the outputs for `inputs`, by number, in the dtypes of the schema. What a register holds that is undefined (after the end of a
/// segment; `b` after a complex operation with a real result) is filled with noise. Throws BrokenProgram, and std::logic_error for
/// operations that the scalar machine does not know.
std::vector<Scalar> run_program(const Program& program, std::span<const Scalar> inputs);

}  // namespace lanewise::inline v0
