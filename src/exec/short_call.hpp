#pragma once
// ShortCall: an elementwise program that stays bound from one call to the next. On short arrays a plan takes as long as the work does, and
// nothing of it but addresses changes.

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/schema.hpp>

#include "exec/loaded_schedule.hpp"
#include "exec/run_block.hpp"

namespace lanewise::inline v0 {

class ShortCall {
 public:
  /// Whether each input has the shape of the output, without gaps between its elements, or is a scalar.
  static bool suits(std::span<const ArrayView* const> inputs, const MutableArrayView& output) noexcept;

  /// `schedule` and `schema` outlive the object; `schedule` is elementwise, of one result, for arrays like these where they are, and for scalars where these are.
  ShortCall(const LoadedSchedule& schedule, std::span<const SchemaEntry> schema, std::span<const ArrayView* const> inputs);
  ShortCall(const ShortCall&) = delete;
  ShortCall& operator=(const ShortCall&) = delete;

  /// Evaluates, if the arrays suit, are of the dtypes that the text was compiled for, few, and apart; else returns false, with nothing done.
  /// Throws what host functions throw, DTypeError E205, E209.
  bool run(std::span<const ArrayView* const> inputs, const MutableArrayView& output);

 private:
  struct Release {
    void operator()(std::byte* memory) const noexcept { ::operator delete(memory, std::align_val_t{64}); }
  };

  struct InputRule {
    bool is_array;           ///< else a scalar
    bool may_be_the_output;  ///< is read for the last time when the output is written
  };

  bool take(std::size_t number, const ArrayView& input, const MutableArrayView& output) noexcept;
  void take_slots(std::span<const ArrayView* const> inputs);

  const LoadedProgram& program_;
  std::span<const SchemaEntry> schema_;
  std::vector<InputRule> rules_;
  std::size_t longest_length_;  ///< elements that one thread computes, without streaming
  std::vector<const std::byte*> inputs_;
  std::byte* output_ = nullptr;
  std::vector<Scalar> slots_;
  CallArguments arguments_;
  std::unique_ptr<std::byte, Release> memory_;
  std::optional<BoundPart> part_;
};

}  // namespace lanewise::inline v0
