#pragma once
// The instruction that calls a function of the host.

#include "kernels/tile.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// Calls the host function at `right` on the scratch tiles from `left` on. No accumulator survives the call, so none is saved.
void call_host(LANEWISE_PARAMETERS) {
  const auto& call = *static_cast<const HostCall*>(pc->right.read);
  leave_wide_registers();
  call.run(call, static_cast<std::byte*>(pc->left.write));
  Register lost;
  leave_undefined(lost);
  LANEWISE_NEXT(lost, lost, lost, lost, lost, lost, lost, lost)
}

}  // namespace
}  // namespace lanewise::inline v0::kernels
