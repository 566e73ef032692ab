// When to translate. Nobody knows how often a program will be run; who translates as soon as it has run for as long as pays for the translation spends at most twice
// what would have been best (the ski-rental problem: Karlin, Manasse, Rudolph, Sleator, Competitive snoopy caching, 1988).

#include "exec/lazy_native_code.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

#include <lanewise/error.hpp>

#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {
namespace {

/// Twice what translating takes, as machine code takes half as long as the machine.
constexpr double paying_nanoseconds = 15'000;
constexpr double paying_nanoseconds_per_step = 400;

enum class Policy { never, when_it_pays, always };

Policy policy_named(const char* name) {
  const std::string_view given = name == nullptr ? "" : name;
  if (given.empty() || given == "auto") return Policy::when_it_pays;
  if (given == "never") return Policy::never;
  if (given == "always") return Policy::always;
  throw UnsupportedMachine(ErrorCode::unsupported_machine, "LANEWISE_NATIVE_CODE is '" + std::string(given) + "'; it may be auto, always or never");
}

Policy policy() {
  static const Policy policy = policy_named(std::getenv("LANEWISE_NATIVE_CODE"));
  return policy;
}

std::size_t paying_element_count(std::size_t step_count, double tile_nanoseconds, std::size_t tile_length) {
  const FloatingPointEnvironment environment;
  const double nanoseconds = paying_nanoseconds + paying_nanoseconds_per_step * static_cast<double>(step_count);
  return static_cast<std::size_t>(nanoseconds / tile_nanoseconds) * tile_length;
}

}  // namespace

LazyNativeCode::LazyNativeCode(std::size_t step_count, double tile_nanoseconds, std::size_t tile_length)
    : tile_length_(tile_length),
      is_settled_(policy() == Policy::never),
      elements_left_(policy() == Policy::always ? 0 : paying_element_count(step_count, tile_nanoseconds, tile_length)) {}

const NativeCode* LazyNativeCode::count(const Program& program, const Target& target, std::size_t element_count) noexcept {
  const std::size_t left = elements_left_.load(std::memory_order_relaxed);
  if (left > element_count) {
    elements_left_.store(left - element_count, std::memory_order_relaxed);  // what another thread counts meanwhile may be lost
    return nullptr;
  }
  if (is_settled_.exchange(true)) return nullptr;
  const NativeCode* const code = NativeCode::translate(program, target, tile_length_).release();
  code_.store(code, std::memory_order_release);
  return code;
}

}  // namespace lanewise::inline v0
