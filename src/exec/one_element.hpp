#pragma once
// OneElement: a program of scalars. Its inputs change once a call, so they are slots of a program that is bound once; a call writes them and
// runs one tile.

#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "exec/loaded_schedule.hpp"
#include "exec/run_block.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Returns whether the graph has one result, and nothing that needs an array: no reduction, extent, index or view.
bool is_of_one_element(const Graph& graph);

class OneElement {
 public:
  /// `graph` is as is_of_one_element asks.
  explicit OneElement(const Graph& graph);
  OneElement(const OneElement&) = delete;
  OneElement& operator=(const OneElement&) = delete;

  /// The inputs that are read, by number.
  const std::vector<Slot>& slots() const { return schedule_.program().program.slots; }
  /// Gives the `slot`-th of them a value of its dtype, at any alignment.
  void set(std::size_t slot, const void* value) noexcept { values_[slot].read(value); }
  /// Computes the result from what was set, and writes one element of its dtype, at any alignment. Throws what host functions throw.
  void run(void* result);
  /// The same, of values at these addresses by the inputs' numbers, each of its input's dtype and at any alignment.
  void call(const void* const* arguments, void* result);

 private:
  struct Release {
    void operator()(std::byte* memory) const noexcept { ::operator delete(memory, std::align_val_t{64}); }
  };
  using Memory = std::unique_ptr<std::byte, Release>;
  /// Where an instruction has an input that travels as it lies in memory.
  struct DirectWord {
    BoundInstruction::Word* word;
    std::uint32_t input_index;
    bool has_8_bytes;  // else 4
  };
  void list_direct_words();
  void set_all(const void* const* arguments) noexcept;
  static Memory allocate(std::size_t bytes) { return Memory(static_cast<std::byte*>(::operator new(bytes, std::align_val_t{64}))); }

  LoadedSchedule schedule_;
  std::size_t result_bytes_;
  std::vector<Scalar> values_;
  Memory output_, memory_;
  std::byte* output_address_ = nullptr;
  CallArguments arguments_{};
  std::optional<BoundPart> part_;
  std::vector<DirectWord> direct_words_;
  bool all_are_direct_ = true;
};

}  // namespace lanewise::inline v0
