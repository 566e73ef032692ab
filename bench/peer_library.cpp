// lanewise for bench/peers.py: an expression is compiled, bound to NumPy's arrays and timed from within, by C functions that ctypes calls.
//
// Each function that can fail writes a message and returns null.
#include <algorithm>
#include <chrono>
#include <cstring>
#include <exception>
#include <lanewise/lanewise.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr std::size_t message_bytes = 1'024;

/// An array as NumPy has it.
struct NumpyArray {
  void* data;
  const char* dtype;
  std::size_t rank;
  const std::size_t* shape;
  const std::ptrdiff_t* strides_bytes;
};

struct PreparedExpression {
  lanewise::Expression expression;
  std::vector<lanewise::ArrayView> inputs;
  lanewise::MutableArrayView out;
  std::size_t max_threads;
};

lanewise::DType dtype_named(const char* name) {
  for (std::size_t code = 0; code < lanewise::DType::count; ++code) {
    const lanewise::DType dtype{static_cast<lanewise::DType::Code>(code)};
    if (dtype.name() == name) return dtype;
  }
  throw std::invalid_argument(std::string("no dtype '") + name + "'");
}

template <class Make>
auto or_message(char* message, Make make) -> decltype(make()) {
  try {
    return make();
  } catch (const std::exception& error) {
    std::strncpy(message, error.what(), message_bytes - 1);
    return nullptr;
  }
}

}  // namespace

extern "C" {

/// Compiles `source` for inputs of these names and dtypes. The caller gives the result to `bench_release`.
PreparedExpression* bench_compile(const char* source, std::size_t input_count, const char* const* names, const char* const* dtypes,
                                  char* message) {
  return or_message(message, [&] {
    std::vector<lanewise::SchemaEntry> schema;
    for (std::size_t i = 0; i < input_count; ++i) schema.push_back({names[i], dtype_named(dtypes[i])});
    auto expression = lanewise::Expression::compile(source, lanewise::Schema(std::move(schema)));
    const lanewise::DType dtype = expression.result_dtype();
    return new PreparedExpression{std::move(expression), {}, lanewise::MutableArrayView(nullptr, dtype, std::vector<std::size_t>{0}), 0};
  });
}

/// Returns NumPy's name of the result's dtype.
const char* bench_result_dtype(const PreparedExpression* prepared) { return prepared->expression.result_dtype().name().data(); }

/// Says what to evaluate and where to, and evaluates once.
const char* bench_bind(PreparedExpression* prepared, const NumpyArray* inputs, const NumpyArray* out, std::size_t max_threads,
                       char* message) {
  return or_message(message, [&]() -> const char* {
    prepared->inputs.clear();
    for (std::size_t i = 0; i < prepared->expression.inputs().size(); ++i) {
      const NumpyArray& input = inputs[i];
      prepared->inputs.emplace_back(input.data, dtype_named(input.dtype), std::span(input.shape, input.rank),
                                    std::span(input.strides_bytes, input.rank));
    }
    prepared->out = lanewise::MutableArrayView(out->data, dtype_named(out->dtype), std::span(out->shape, out->rank),
                                               std::span(out->strides_bytes, out->rank));
    prepared->max_threads = max_threads;
    prepared->expression.evaluate_positional(prepared->inputs, prepared->out, {.max_threads = max_threads});
    return "bound";
  });
}

/// Returns the seconds that so many evaluations take.
double bench_seconds(const PreparedExpression* prepared, std::size_t repeats) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t k = 0; k < repeats; ++k) {
    prepared->expression.evaluate_positional(prepared->inputs, prepared->out, {.max_threads = prepared->max_threads});
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void bench_release(PreparedExpression* prepared) { delete prepared; }

}  // extern "C"
