#pragma once
// The modes of what is computed in long double, for the few lanes that are: on x86-64 those of the x87 unit, of which FloatingPointEnvironment knows nothing.

#include "kernels/simd.hpp"

namespace lanewise::inline v0::kernels {
namespace {

// No value may be in a register of the unit while its modes change.
#define LANEWISE_WIDE_REGISTERS "memory", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"

/// Within the scope of one the unit rounds to nearest, with all its bits and without traps; then the caller's modes and flags come back.
class WideModes {
 public:
#if HWY_ARCH_X86
  LANEWISE_INLINE WideModes() { asm volatile("fnstenv %0\n\tfninit" : "=m"(saved_) : : LANEWISE_WIDE_REGISTERS); }
  LANEWISE_INLINE ~WideModes() { asm volatile("fldenv %0" : : "m"(saved_) : LANEWISE_WIDE_REGISTERS); }

 private:
  struct {
    unsigned char bytes[28];
  } saved_;
#else
  LANEWISE_INLINE WideModes() {}
  LANEWISE_INLINE ~WideModes() {}
#endif
 public:
  WideModes(const WideModes&) = delete;
  WideModes& operator=(const WideModes&) = delete;
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
