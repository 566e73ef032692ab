#pragma once
// A program's machine code, made when the program has been run for so long that it pays.

#include <atomic>
#include <cstddef>
#include <memory>

#include "native/native_code.hpp"

namespace lanewise::inline v0 {

/// May be asked by any number of threads at once; who asks while another translates does without.
class LazyNativeCode {
 public:
  /// `tile_nanoseconds`: an estimate of what a tile takes without. Precondition: the program of so many steps can be translated.
  LazyNativeCode(std::size_t step_count, double tile_nanoseconds, std::size_t tile_length);
  ~LazyNativeCode() { delete code_.load(std::memory_order_relaxed); }
  LazyNativeCode(const LazyNativeCode&) = delete;
  LazyNativeCode& operator=(const LazyNativeCode&) = delete;

  /// Returns the code, or null: so many elements will be run without. At most one call translates.
  const NativeCode* code_for(const Program& program, const Target& target, std::size_t element_count) noexcept {
    const NativeCode* const code = code_.load(std::memory_order_acquire);
    return code != nullptr || is_settled_.load(std::memory_order_relaxed) ? code : count(program, target, element_count);
  }

 private:
  const NativeCode* count(const Program& program, const Target& target, std::size_t element_count) noexcept;

  const std::size_t tile_length_;
  std::atomic<const NativeCode*> code_ = nullptr;
  std::atomic<bool> is_settled_;  ///< there is a code, somebody translates, or there will never be any
  std::atomic<std::size_t> elements_left_;
};

}  // namespace lanewise::inline v0
