#pragma once
// OneElement: a program of scalars. Its inputs change once a call, so they are slots of a program that is bound once; a call writes them and
// runs one tile.

#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "exec/floating_point_environment.hpp"
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

  /// Computes the result from one value of each input, of the input's dtype and at any alignment: `address_of(number)` is where. Writes one element of the
  /// result's dtype, at any alignment, which may be one of these. Throws what host functions throw; then the result is unspecified.
  ///
  /// The floating-point modes come first: to read them the processor finishes what is under way, so the less that is the better.
  template <class AddressOf>
  void call(AddressOf&& address_of, void* result) {
    {
      const FloatingPointEnvironment environment;
      for (const DirectWord& direct : direct_words_) {
        const void* const value = address_of(direct.input_index);
        direct.has_8_bytes ? std::memcpy(direct.word, value, 8) : std::memcpy(direct.word, value, 4);
      }
      if (!all_are_direct_) {
        for (std::size_t s = 0; s < values_.size(); ++s) values_[s].read(address_of(slots()[s].input_index));
        part_->rebind_slots();
      }
      run_program(result);
    }
    part_->rethrow();
  }

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
  const std::vector<Slot>& slots() const { return schedule_.program().program.slots; }
  void list_direct_words();
  void copy_result(void* result) const noexcept;
  /// What was stored a moment ago is waited for when it is read, by a dozen cycles; so the program writes to the result itself, where it can.
  void run_program(void* result) noexcept {
    if (result_word_ != nullptr) result_word_->write = result;
    part_->run_one_tile(1);
    if (result_word_ == nullptr) copy_result(result);
  }
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
  BoundInstruction::Word* result_word_ = nullptr;  ///< where the last instruction has the result's address, if it stores one element
};

}  // namespace lanewise::inline v0
