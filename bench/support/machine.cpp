// Asks the system and the library; what cannot be learnt is named "unknown".
#include "support/machine.hpp"

#include <fmt/format.h>
#include <tbb/info.h>

#include <array>
#include <fstream>
#include <lanewise/lanewise.hpp>

namespace bench {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::vector<std::string> cache_sizes() {
  std::vector<std::string> caches;
  for (std::size_t k = 0;; ++k) {
    const std::string folder = fmt::format("/sys/devices/system/cpu/cpu0/cache/index{}/", k);
    const std::string level = first_line(folder + "level");
    if (level.empty()) return caches;
    const std::string type = first_line(folder + "type");
    if (type == "Instruction") continue;
    caches.push_back(fmt::format("L{}{} {}", level, type == "Data" ? "d" : "", first_line(folder + "size")));
  }
}

// A plan's text begins with the target: "x86-64-v4: …".
std::string chosen_target() {
  const auto expression = lanewise::Expression::compile("x*x", {{"x", lanewise::DType::float64}});
  const std::array<double, 1> x{1.0};
  std::array<double, 1> out{};
  const std::string plan = expression.explain({{"x", x}}, out);
  return plan.substr(0, plan.find(':'));
}

std::string compiler_name() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

}  // namespace

Machine describe_machine() {
  return {processor_name(), static_cast<std::size_t>(tbb::info::default_concurrency()), cache_sizes(), chosen_target(), compiler_name()};
}

std::string to_text(const Machine& machine) {
  std::string text = fmt::format("{}, {} threads", machine.processor, machine.thread_count);
  for (const std::string& cache : machine.caches) text += ", " + cache;
  return fmt::format("{}; lanewise {}; {}", text, machine.target, machine.compiler);
}

}  // namespace bench
