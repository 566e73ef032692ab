#pragma once
// A part of a program bound to the arrays of one call, in the memory of one task.

#include <cstddef>
#include <cstdint>

#include "exec/host_call.hpp"
#include "exec/loaded_program.hpp"
#include "native/native_code.hpp"

namespace lanewise::inline v0 {

/// Of any dtype.
inline constexpr std::size_t largest_element_bytes = 16;

/// What a call writes into the open places of a program.
struct CallArguments {
  const std::byte* const* inputs;  ///< addresses by number in the call; those that nothing reads are of no meaning
  std::byte* const* outputs;
  const Scalar* slots;
  bool streaming;                  ///< results go past the caches: they are aligned to a vector from the first whole tile on
  const InputStream* streams;      ///< where the data is in no cache: the arrays to ask for ahead of time
  std::size_t stream_count;
  /// By number in the call, of inputs that are arrays: bytes from an element to the next, or 0 where the address is that of a tile of equal
  /// elements. Null: all lie without gaps.
  const std::ptrdiff_t* steps = nullptr;
  /// By number, of outputs: what a place in the output is counted by, as BoundInstruction's masks. Null: all are whole.
  const std::int32_t* output_masks = nullptr;
  /// No output is an input or streamed, and no function of the host is called: the elements of a tile may be computed a second time.
  bool may_run_twice = false;
  /// What runs whole tiles, but for those in parts, in place of the target's functions, or null; only where arrays lie without gaps and neither streams nor
  /// `streaming` are asked for.
  const NativeCode* native_code = nullptr;
};

/// Invariant: nothing here allocates, throws, locks or looks up a name, but for functions of the host, whose exceptions `rethrow` throws.
class BoundPart {
 public:
  /// `memory` has `part.workspace_bytes()` bytes and is 64-byte aligned.
  BoundPart(const LoadedProgram& program, const LoadedPart& part, const CallArguments& arguments, std::byte* memory) noexcept;

  BoundPart(const BoundPart&) = delete;
  BoundPart& operator=(const BoundPart&) = delete;

  /// Reads the addresses of inputs and outputs again, after these were changed; all else that the arguments say of arrays is read once.
  void rebind_arrays() noexcept;
  /// Reads the slots again.
  void rebind_slots() noexcept;
  /// Returns where an operand is bound. Whoever writes there does without rebind_arrays or rebind_slots.
  BoundInstruction::Word& bound_word(const Relocation& relocation) noexcept;
  /// Runs the elements of [first, last), the first `head_length` of them, fewer than a tile, apart from the others. In the header, as a call
  /// on few elements takes some nanoseconds less so.
  void run(std::size_t first, std::size_t last, std::size_t head_length) const noexcept {
    if (head_length == 0 && arguments_.may_run_twice && last - first >= part_.tile_length) {
      run_tiles(first, last);
    } else {
      run_with_edges(first, last, head_length);
    }
  }
  /// Runs the elements of [first, last), whole parts.
  void run_parts(std::size_t first, std::size_t last, const TileParts& parts) const noexcept { run_tiles(first, last, &parts); }
  /// Runs the first elements, whole parts; adds to the columns of a leaf (kernels/fold.hpp) what the program would store. Precondition: that is one
  /// output, and there is a function that adds.
  void sum_parts(std::size_t element_count, const TileParts& parts, unsigned char* leaf) noexcept;
  /// Runs fewer elements than a tile by the same instructions, on copies of the operands padded with their last element. Pads nothing that is
  /// summed or stored: only the elements asked for are copied out.
  void run_partial_tile(std::size_t first, std::size_t element_count) const noexcept;
  /// Runs one tile, of which the first elements matter; inputs and outputs have room for the whole tile, but for what is written by a store of one element.
  void run_one_tile(std::size_t element_count) const noexcept {
    host_task_.element_count = element_count;
    program_.target->run_tile(segments_, part_.segment_count());
  }

  /// Throws what a host function threw in the runs so far.
  void rethrow() const { host_task_.rethrow(); }

 private:
  void run_tiles(std::size_t first, std::size_t last, const TileParts* parts = nullptr) const noexcept {
    if (arguments_.native_code != nullptr && parts == nullptr) return arguments_.native_code->run(instructions_, first, last);
    host_task_.element_count = part_.tile_length;
    const Target& target = *program_.target;
    if (arguments_.stream_count > 0 || parts != nullptr) {
      target.run_tiles_ahead(segments_, part_.segment_count(), first, last, part_.tile_length, arguments_.streams, arguments_.stream_count, parts);
    } else {
      target.run_tiles(segments_, part_.segment_count(), first, last, part_.tile_length);
    }
  }
  void run_with_edges(std::size_t first, std::size_t last, std::size_t head_length) const noexcept;
  void bind() noexcept;
  std::byte* address_of(Operand operand) const noexcept;
  std::int32_t mask_of(Operand operand) const noexcept;
  std::ptrdiff_t step_of(const Relocation& input) const noexcept;
  void choose_functions() noexcept;
  void bind_strided_loads() noexcept;
  void pad_inputs(std::size_t segment, BoundInstruction* copy, std::size_t first, std::size_t element_count) const noexcept;
  void copy_outputs(std::size_t segment, std::size_t first, std::size_t element_count) const noexcept;

  const LoadedProgram& program_;
  const LoadedPart& part_;
  const CallArguments& arguments_;
  BoundInstruction* instructions_;
  const BoundInstruction** segments_;
  std::byte* scratch_;
  BoundInstruction* partial_segment_;
  std::byte* padding_;
  BoundHostCall* host_calls_;
  mutable HostTask host_task_;  ///< a task has its own part, so nobody else looks at it
};

}  // namespace lanewise::inline v0
