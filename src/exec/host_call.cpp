#include "exec/host_call.hpp"

#include <array>

namespace lanewise::inline v0 {

void BoundHostCall::run_on_tiles(const HostCall& base, std::byte* tiles) {
  const auto& call = static_cast<const BoundHostCall&>(base);
  if (call.task->failure) return;
  std::array<const void*, maximum_argument_count> arguments{};
  for (std::size_t i = 0; i < call.function->arguments.size(); ++i) {
    arguments[i] = tiles;
    tiles += call.tile_bytes * (call.function->arguments[i].is_complex() ? 2 : 1);  // as emit lays out the frame
  }
  try {
    call.function->call(arguments.data(), tiles, call.task->element_count);
  } catch (...) {
    call.task->failure = std::current_exception();
  }
}

}  // namespace lanewise::inline v0
