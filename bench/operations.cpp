// Time of every operation of the language over arrays in L1, on one thread, and of compiling: by Google Benchmark.
//
// The operations come from the library's own table, so a row added there is measured here. Each is called as a function on float64
// arrays, or on int64 ones where it has no meaning for float64.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cctype>
#include <lanewise/lanewise.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace {

// Three operands and a result of 1,000 eight-byte elements: 32 KB.
constexpr std::size_t element_count = 1'000;

// Of an operation's spellings, the last is a function's name.
std::string call_of(const lanewise::OperationInfo& operation) {
  std::istringstream spellings{std::string(operation.spellings)};
  std::string name;
  for (std::string spelling; spellings >> spelling;) name = spelling;
  static constexpr const char* arguments[] = {"", "x", "x, y", "x, y, z"};
  return fmt::format("{}({})", name, arguments[operation.operand_count]);
}

lanewise::Schema schema_of(int operand_count, lanewise::DType dtype) {
  const std::vector<lanewise::SchemaEntry> xyz{{"x", dtype}, {"y", dtype}, {"z", dtype}};
  return lanewise::Schema({xyz.begin(), xyz.begin() + operand_count});
}

std::optional<lanewise::Expression> compiled(const std::string& text, int operand_count, lanewise::DType dtype) {
  try {
    return lanewise::Expression::compile(text, schema_of(operand_count, dtype));
  } catch (const lanewise::DTypeError&) {
    return std::nullopt;
  }
}

template <class T>
void measure_operation(benchmark::State& state, const lanewise::Expression& expression) {
  std::vector<T> operands[3];
  for (std::size_t k = 0; k < 3; ++k) {
    operands[k].resize(element_count);
    for (std::size_t i = 0; i < element_count; ++i) operands[k][i] = static_cast<T>((i + 17 * k) % 64 + 32) / T{32};
  }
  const lanewise::ArrayView views[] = {operands[0], operands[1], operands[2]};
  lanewise::Array out(expression.result_dtype(), std::vector<std::size_t>{element_count});
  for ([[maybe_unused]] auto _ : state) {
    expression.evaluate_positional(std::span(views, expression.inputs().size()), out, {.max_threads = 1});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(element_count));
}

void register_operation(const lanewise::OperationInfo& operation) {
  const std::string text = call_of(operation);
  if (auto expression = compiled(text, operation.operand_count, lanewise::DType::float64)) {
    benchmark::RegisterBenchmark((text + "/float64").c_str(),
                                 [=](benchmark::State& state) { measure_operation<double>(state, *expression); });
  } else if (auto on_integers = compiled(text, operation.operand_count, lanewise::DType::int64)) {
    benchmark::RegisterBenchmark((text + "/int64").c_str(),
                                 [=](benchmark::State& state) { measure_operation<std::int64_t>(state, *on_integers); });
  }
}

void measure_compiling(benchmark::State& state, const std::string& text) {
  const lanewise::Schema schema = schema_of(3, lanewise::DType::float64);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(lanewise::Expression::compile(text, schema));
}

}  // namespace

int main(int argument_count, char** argument_values) {
  for (const lanewise::OperationInfo& operation : lanewise::operations()) register_operation(operation);
  for (const char* text : {"x**2", "2*x + 3*y", ".25*x**3 + .75*x**2 - 1.5*x - 2", "where(x > y, sin(x)**2 + cos(y)**2, exp(-z*z))"}) {
    benchmark::RegisterBenchmark(fmt::format("compile {}", text).c_str(), [=](benchmark::State& state) { measure_compiling(state, text); });
  }
  benchmark::Initialize(&argument_count, argument_values);
  if (benchmark::ReportUnrecognizedArguments(argument_count, argument_values)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
