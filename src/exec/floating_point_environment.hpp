#pragma once
// The floating-point modes that kernels run under: round to nearest, subnormals kept, no traps. Set by each task, whichever thread runs
// it, so that a caller's modes change no bit; the caller's modes and flags come back exactly. Compilers keep what reads or writes memory within the
// scope; arithmetic on what is in registers already they may move, so what depends on the modes stands behind a call or reads its operands within.

#include <cstdint>

namespace lanewise::inline v0 {

class FloatingPointEnvironment {
 public:
#if defined(__x86_64__)
  // Not by the compiler's functions: these pass both values through one place on the stack, and to read there what was written just before took from
  // 1 to 12 ns.
  FloatingPointEnvironment() noexcept {
    asm volatile("stmxcsr %0" : "=m"(saved_control_));
    asm volatile("ldmxcsr %0" : : "m"(default_control) : "memory");
  }
  ~FloatingPointEnvironment() { asm volatile("ldmxcsr %0" : : "m"(saved_control_) : "memory"); }

 private:
  static constexpr std::uint32_t default_control = 0x1f80;  // all exceptions masked, nearest, no flush to zero
  std::uint32_t saved_control_;
#elif defined(__aarch64__)
  FloatingPointEnvironment() noexcept {
    asm volatile("mrs %0, fpcr" : "=r"(saved_control_));
    asm volatile("mrs %0, fpsr" : "=r"(saved_status_));
    asm volatile("msr fpcr, %0" : : "r"(std::uint64_t{0}));
  }
  ~FloatingPointEnvironment() {
    asm volatile("msr fpcr, %0" : : "r"(saved_control_));
    asm volatile("msr fpsr, %0" : : "r"(saved_status_));
  }

 private:
  std::uint64_t saved_control_;
  std::uint64_t saved_status_;
#else
#error "lanewise runs on x86-64 and aarch64"
#endif
 public:
  FloatingPointEnvironment(const FloatingPointEnvironment&) = delete;
  FloatingPointEnvironment& operator=(const FloatingPointEnvironment&) = delete;
};

}  // namespace lanewise::inline v0
