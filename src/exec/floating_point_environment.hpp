#pragma once
// The floating-point modes that kernels run under: round to nearest, subnormals kept, no traps. Set by each task, whichever thread runs
// it, so that a caller's modes change no bit; the caller's modes and flags come back exactly.

#include <cstdint>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace lanewise::inline v0 {

class FloatingPointEnvironment {
 public:
#if defined(__x86_64__)
  FloatingPointEnvironment() noexcept : saved_(_mm_getcsr()) { _mm_setcsr(default_control); }
  ~FloatingPointEnvironment() { _mm_setcsr(saved_); }

 private:
  static constexpr unsigned default_control = 0x1f80;  // all exceptions masked, nearest, no flush to zero
  unsigned saved_;
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
