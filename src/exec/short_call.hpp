#pragma once
// ShortCall: an elementwise program that stays bound from one call to the next. On short arrays a plan takes as long as the work does, and
// nothing of it but addresses changes. Fewer elements than a tile are copied to a place of their own and computed there as a whole one.

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/schema.hpp>

#include "exec/given_arrays.hpp"
#include "exec/loaded_schedule.hpp"
#include "exec/run_block.hpp"
#include "exec/slots.hpp"

namespace lanewise::inline v0 {

class ShortCall {
 public:
  /// Whether each input has the shape of the output, without gaps between its elements, or is a scalar.
  static bool suits(const GivenArrays& inputs, const MutableArrayView& output) noexcept;

  /// `schedule` and `schema` outlive the object; `schedule` is elementwise, of one result, for arrays like these where they are, and for scalars where these are.
  ShortCall(const LoadedSchedule& schedule, std::span<const SchemaEntry> schema, const GivenArrays& inputs);
  ShortCall(const ShortCall&) = delete;
  ShortCall& operator=(const ShortCall&) = delete;

  /// Evaluates, if the arrays suit, are of the dtypes that the text was compiled for, few, and apart; else returns false, with nothing done.
  /// Throws what host functions throw, DTypeError E205, E209.
  bool run(const GivenArrays& inputs, const MutableArrayView& output);

 private:
  struct Release {
    void operator()(std::byte* memory) const noexcept { ::operator delete(memory, std::align_val_t{64}); }
  };

  /// An input that is an array.
  struct ArrayInput {
    std::size_t number;
    DType dtype;
    std::size_t element_bytes;
    bool may_be_the_output;  ///< is read for the last time when the output is written
    std::byte* copy;         ///< room for the elements of a tile; null if nothing reads them
  };

  /// Where the bound program holds the address of an array, and where that is found.
  struct ArrayWord {
    BoundInstruction::Word* word;
    const std::byte* const* address;
  };

  bool is_read(const ArrayInput& array) const {
    const std::vector<bool>& is_used = program_.program.input_is_used;  // up to the last input that is
    return array.number < is_used.size() && is_used[array.number];
  }
  void bind();
  void list_array_words();
  bool take(const ArrayInput& array, const ArrayView& input, const MutableArrayView& output) noexcept;
  void take_slots(const GivenArrays& inputs);
  void write_array_words() noexcept;
  void run_on_copies(const MutableArrayView& output);

  const LoadedProgram& program_;
  std::span<const SchemaEntry> schema_;
  DType output_dtype_;
  std::size_t output_element_bytes_;
  std::size_t longest_length_;  ///< elements that one thread computes, without streaming
  std::vector<ArrayInput> arrays_;
  std::vector<std::size_t> scalars_;  ///< numbers of the inputs that are scalars
  std::vector<const std::byte*> inputs_;
  std::byte* output_ = nullptr;
  std::vector<Scalar> slots_;
  CallArguments arguments_;
  std::unique_ptr<std::byte, Release> memory_;  ///< of the bound program, of its `once` part, then of copies
  std::byte* output_copy_ = nullptr;
  std::size_t copied_length_ = 0;  ///< elements of the copies before the padding, which is that of an earlier call of this length
  std::optional<BoundPart> part_;
  std::optional<OncePart> once_;
  std::vector<ArrayWord> array_words_;
};

}  // namespace lanewise::inline v0
