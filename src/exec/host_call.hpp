#pragma once
// How a task calls the functions of the host: arguments and result lie in tiles of its scratch memory.

#include <cstddef>
#include <exception>
#include <utility>

#include <lanewise/function_set.hpp>

#include "kernels/registry.hpp"

namespace lanewise::inline v0 {

/// What the host functions of one task share.
struct HostTask {
  std::size_t element_count = 0;     ///< of the tile in work: those that are no padding
  std::exception_ptr failure = {};  ///< what a host function threw; none is called any more

  /// Throws what a host function threw, once: the task can be run again.
  void rethrow() {
    if (failure) std::rethrow_exception(std::exchange(failure, nullptr));
  }
};

/// A host function bound to a task. An exception cannot pass through instruction functions, so it waits in the task until the block is done.
struct BoundHostCall : HostCall {
  BoundHostCall(const detail::HostFunction& called, std::size_t bytes, HostTask& owner) noexcept
      : HostCall{run_on_tiles}, function(&called), tile_bytes(bytes), task(&owner) {}

  const detail::HostFunction* function;
  std::size_t tile_bytes;
  HostTask* task;

 private:
  static void run_on_tiles(const HostCall& base, std::byte* tiles);
};

}  // namespace lanewise::inline v0
