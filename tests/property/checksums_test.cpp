// One line an operation and dtype with a checksum of its results: compare_targets.cmake compares those of different CPU targets.
//
//   checksum exact sqrt(x) float64 5d0c3a…     the same on every target
//   checksum bounded exp(x) float64 9a77…      the same on all targets with fused multiply-add, and on all without

#include <gtest/gtest.h>

#include <cstdio>
#include <lanewise/error.hpp>
#include <lanewise/evaluate.hpp>
#include <lanewise/expression.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ops/operation.hpp"
#include "property/array_memory.hpp"
#include "property/random_values.hpp"

namespace lanewise::inline v0::property {
namespace {

constexpr std::size_t length = 6'000;

// FNV-1a over the elements' bits, any nan counting as one.
class Checksum {
 public:
  void add(const oracle::Value& value) {
    constexpr std::uint64_t any_nan = 0x7ff8;
    std::uint64_t words[2] = {};
    oracle::write_value(value, words);
    for (const std::uint64_t word : words) hash_ = (hash_ ^ (oracle::is_nan(value) ? any_nan : word)) * 0x100000001b3;
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

std::optional<Expression> compile(const std::string& text, const std::vector<SchemaEntry>& entries) {
  try {
    return Expression::compile(text, Schema(entries));
  } catch (const DTypeError&) {
    return std::nullopt;
  }
}

// Of a reduction many short rows and a long one are folded.
std::optional<std::uint64_t> checksum(const std::string& text, std::size_t operand_count, DType dtype, bool is_tame) {
  RandomChoice random(4);
  std::vector<SchemaEntry> entries;
  std::vector<ArrayMemory> memories;
  std::vector<ArrayView> views;
  memories.reserve(operand_count);
  for (std::size_t k = 0; k < operand_count; ++k) {
    entries.push_back({std::string(1, static_cast<char>('x' + k)), dtype});
    oracle::ArrayValue array{{length}, {}};
    for (std::size_t i = 0; i < length; ++i) array.elements.push_back(is_tame ? tame_value(random, dtype) : random_value(random, dtype));
    memories.emplace_back(dtype, array, Layout{});
    views.push_back(memories.back().view());
  }
  const std::optional<Expression> expression = compile(text, entries);
  if (!expression) return std::nullopt;
  Checksum sum;
  std::vector<Input> inputs;
  for (std::size_t k = 0; k < operand_count; ++k) inputs.push_back({entries[k].name, views[k]});
  const Array result = expression->evaluate(inputs);
  const auto* bytes = static_cast<const std::byte*>(result.data());
  for (std::size_t i = 0; i < result.size(); ++i) sum.add(oracle::read_value(bytes + i * result.dtype().size_bytes(), result.dtype()));
  return sum.hash();
}

// What a complex function is composed of has a bound, but for what is done part by part. A fold adds and multiplies without fusing.
bool is_exact(const Operation& row, DType dtype) {
  if (row.implementation == Implementation::reduction) return true;
  if (dtype.is_complex()) return row.ulp_float64 == 0 && row.id != OperationId::absolute && row.id != OperationId::sign;
  return (dtype == DType::float32 ? row.ulp_float32 : row.ulp_float64) <= 0.5;
}

TEST(Checksums, OfThisTarget) {
  try {
    (void)evaluate("x + 1", {{"x", 1.0}});
  } catch (const UnsupportedMachine& error) {
    GTEST_SKIP() << error.what();
  }
  for (const Operation& row : all_operations()) {
    if (row.implementation == Implementation::special) continue;
    const std::string_view function = row.spellings.substr(row.spellings.rfind(' ') + 1);
    const auto operand_count = static_cast<std::size_t>(row.form.operand_count);
    const std::string text = std::string(function) + "(" + std::string("x, y, z").substr(0, 3 * operand_count - 2) + ")";
    for (DType dtype : all_dtypes) {
      const auto sum = checksum(text, operand_count, dtype, row.is_reduction());
      if (!sum) continue;
      std::printf("checksum %s %s %s %016llx\n", is_exact(row, dtype) ? "exact" : "bounded", text.c_str(),
                  std::string(dtype.name()).c_str(), static_cast<unsigned long long>(*sum));
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0::property
