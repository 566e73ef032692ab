// Tables for people, JSON for programs. Gigabytes a second count what an evaluation must read and write, over the least time.
#include "support/report.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace bench {
namespace {

struct Unit {
  const char* name;
  double per_second;
};

// One unit a table: that of its fastest contender.
Unit unit_of(const Results& results) {
  double least = 1.0;
  for (const Timing& timing : results.timings) {
    if (timing.is_timed() && timing.minimum_seconds < least) least = timing.minimum_seconds;
  }
  if (least >= 1e-3) return {"ms", 1e3};
  if (least >= 1e-6) return {"µs", 1e6};
  return {"ns", 1e9};
}

double gigabytes_per_second(const Results& results, const Timing& timing) {
  return static_cast<double>(results.touched_bytes) / timing.minimum_seconds / 1e9;
}

// Text as a JSON string; names and titles hold no control characters.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string timing_as_json(const Results& results, const Timing& timing) {
  std::string text = fmt::format("{{\"contender\": {}", quoted(timing.contender));
  if (!timing.is_timed()) return text + fmt::format(", \"fault\": {}}}", quoted(timing.fault));
  text += fmt::format(", \"median_seconds\": {:.9g}, \"minimum_seconds\": {:.9g}, \"gigabytes_per_second\": {:.4g}", timing.median_seconds,
                      timing.minimum_seconds, gigabytes_per_second(results, timing));
  if (const auto ratio = results.ratio(timing.contender)) text += fmt::format(", \"ratio\": {:.4g}", *ratio);
  return text + fmt::format(", \"is_baseline\": {}}}", timing.is_baseline);
}

}  // namespace

void print_table(const Results& results) {
  const Unit unit = unit_of(results);
  fmt::print("\n{}\n", results.title);
  fmt::print("  {:<46}{:>12}{:>13}{:>9}{:>9}\n", "", std::string("median ") + unit.name, std::string("minimum ") + unit.name, "GB/s",
             "ratio");
  for (const Timing& timing : results.timings) {
    if (!timing.is_timed()) {
      fmt::print("  {:<46} WRONG, not timed: {}\n", timing.contender, timing.fault);
      continue;
    }
    const auto ratio = results.ratio(timing.contender);
    fmt::print("  {:<46}{:>12.4g}{:>13.4g}{:>9.3g}{:>9}\n", timing.contender, timing.median_seconds * unit.per_second,
               timing.minimum_seconds * unit.per_second, gigabytes_per_second(results, timing), ratio ? fmt::format("{:.2f}", *ratio) : "");
  }
  std::fflush(stdout);
}

void write_json(const std::string& path, const Machine& machine, const std::vector<Results>& all_results) {
  std::string text = fmt::format("{{\n  \"machine\": {},\n  \"results\": [", quoted(to_text(machine)));
  const char* separator = "\n";
  for (const Results& results : all_results) {
    text += fmt::format("{}    {{\"set\": {}, \"name\": {}, \"expression\": {}, \"elements\": {}, \"contenders\": [", separator, quoted(results.set),
                        quoted(results.name), quoted(results.expression), results.element_count);
    const char* row_separator = "\n";
    for (const Timing& timing : results.timings) {
      text += fmt::format("{}      {}", row_separator, timing_as_json(results, timing));
      row_separator = ",\n";
    }
    text += "\n    ]}";
    separator = ",\n";
  }
  text += "\n  ]\n}\n";

  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "w"), close);
  if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) throw std::runtime_error("cannot write " + path);
}

}  // namespace bench
