// Chooses the CPU target to run on, by what the processor and the operating system offer, or by the environment.
//
// Compiled for the oldest machine: a target's functions, even the one that returns its table, may hold instructions that this machine
// lacks, so only targets found runnable here are called. LANEWISE_TARGET forces a target, for tests and for finding faults.

#include "kernels/registry.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/error.hpp>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace lanewise::inline v0 {

extern "C" {
#if defined(__x86_64__)
const Target* lanewise_kernels_x86_64_v4();
const Target* lanewise_kernels_x86_64_v3();
const Target* lanewise_kernels_x86_64_v2();
#else
const Target* lanewise_kernels_neon();
#endif
}

namespace {

struct Candidate {
  std::string_view name;
  bool (*can_run)();
  const Target* (*target)();
};

/// The target that `make` returns, which fills its table: once.
template <const Target* (*make)()>
const Target* made_once() {
  static const Target* const target = make();
  return target;
}

// The compiler's feature test also asks XGETBV whether the operating system saves the registers.
#if defined(__x86_64__)
bool has_v2() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sse3") && __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("sse4.1") &&
         __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}
/// The level's features that the compiler's test has no name for in every compiler: an lzcnt on a processor without it is a bsr, silently.
bool has_movbe_f16c_lzcnt() {
  unsigned eax = 0, ebx = 0, basic = 0, extended = 0, edx = 0;
  return __get_cpuid(1, &eax, &ebx, &basic, &edx) != 0 && __get_cpuid(0x80000001, &eax, &ebx, &extended, &edx) != 0 &&
         (basic & bit_MOVBE) != 0 && (basic & bit_F16C) != 0 && (extended & bit_LZCNT) != 0;
}
bool has_v3() {
  return has_v2() && has_movbe_f16c_lzcnt() && __builtin_cpu_supports("avx") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
bool has_v4() {
  return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

constexpr std::array candidates{Candidate{"x86-64-v4", has_v4, made_once<lanewise_kernels_x86_64_v4>},
                                Candidate{"x86-64-v3", has_v3, made_once<lanewise_kernels_x86_64_v3>},
                                Candidate{"x86-64-v2", has_v2, made_once<lanewise_kernels_x86_64_v2>}};
#else
bool always() { return true; }
constexpr std::array candidates{Candidate{"neon", always, made_once<lanewise_kernels_neon>}};
#endif

/// Returns "x86-64-v4, x86-64-v3, x86-64-v2".
std::string candidate_names() {
  std::string names;
  for (const Candidate& candidate : candidates) {
    if (!names.empty()) names += ", ";
    names += candidate.name;
  }
  return names;
}

std::vector<const Target*> find_runnable_targets() {
  std::vector<const Target*> targets;
  for (const Candidate& candidate : candidates) {
    if (candidate.can_run()) targets.push_back(candidate.target());
  }
  return targets;
}

[[noreturn]] void refuse(const std::string& message) {
  throw UnsupportedMachine(ErrorCode::unsupported_machine, message + "; lanewise is built for " + candidate_names());
}

// Only the chosen target's table is made: that of each fills some thousand entries, and tests alone want more than one.
const Target& choose_target(const char* forced) {
  const bool is_forced = forced != nullptr && *forced != '\0';
  for (const Candidate& candidate : candidates) {
    if (is_forced && candidate.name != forced) continue;
    if (candidate.can_run()) return *candidate.target();
    if (is_forced) refuse("LANEWISE_TARGET is '" + std::string(forced) + "', which this processor cannot run");
  }
  if (is_forced) refuse("LANEWISE_TARGET is '" + std::string(forced) + "', which is no target");
  refuse("this processor lacks the instructions lanewise needs");
}

}  // namespace

ReadAhead machine_read_ahead([[maybe_unused]] size_t array_count) noexcept {
  constexpr size_t least = 1024;
  [[maybe_unused]] constexpr size_t most = 8 * least;
#if defined(__x86_64__)
  static const bool is_amd = (__builtin_cpu_init(), __builtin_cpu_is("amd"));
  static const bool is_zen_4 = is_amd && __builtin_cpu_supports("avx512f");  // or later
  if (is_zen_4) return {most >> (std::clamp<size_t>(array_count, 1, 4) - 1), 0};
  if (is_amd) return {least, 0};
#endif
  return {least, 4096};
}

std::span<const Target* const> runnable_targets() {
  static const std::vector<const Target*> targets = find_runnable_targets();
  return targets;
}

const Target& machine_target() {
  static const Target& target = choose_target(std::getenv("LANEWISE_TARGET"));
  return target;
}

}  // namespace lanewise::inline v0
