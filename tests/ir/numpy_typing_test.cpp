// The dtype of every operation on every dtype, or pair of them, against NumPy 2's: written by tests/ops/make_numpy_tables.py.
//
// What differs on purpose is listed here, with the reason; a difference that is not listed fails, and so does one that is no difference.

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

#include "ir/graph_of.hpp"
#include "ops/operation.hpp"

namespace lanewise {
namespace {

struct Row {
  std::string source;
  const char* dtypes;  ///< short names or "-", of p; of pairs row by row
};

const Row unary_rows[] = {
#define UNARY(source, dtypes) {source, dtypes},
#define BINARY(source, dtypes)
#include "ir/numpy_typing.inc"
#undef UNARY
#undef BINARY
};
const Row binary_rows[] = {
#define UNARY(source, dtypes)
#define BINARY(source, dtypes) {source, dtypes},
#include "ir/numpy_typing.inc"
#undef UNARY
#undef BINARY
};

DType dtype_at(std::size_t code) { return DType{static_cast<DType::Code>(code)}; }

std::string dtype_of(const std::string& source, DType p, DType q) {
  try {
    const Graph graph = testing_ir::bound(source, {{"p", p}, {"q", q}});
    return std::string(short_name(graph.node(graph.outputs()[0]).dtype));
  } catch (const DTypeError&) {
    return "-";
  }
}

/// True for rows that the table of operations does not have.
bool is_missing(const std::string& source) {
  const std::string name = source.substr(0, source.find('('));
  return name.size() < source.size() && name.find(' ') == name.npos && !find_function(name);
}

/// What `source` gives where one of its operands is of one of `dtypes`, whatever NumPy says.
struct Intended {
  const char* source;
  const char* dtypes;
  const char* ours;
  mutable bool is_met = false;
};
const Intended intended_differences[] = {
    // Complex numbers have no order.
    {"min(p)", "c64 c128", "-"},
    {"max(p)", "c64 c128", "-"},
    {"argmin(p)", "c64 c128", "-"},
    {"argmax(p)", "c64 c128", "-"},
    {"nanmin(p)", "c64 c128", "-"},
    {"nanmax(p)", "c64 c128", "-"},
    {"minimum(p, 1)", "c64 c128", "-"},
    {"clip(p, 0, 1)", "c64 c128", "-"},
    {"p < 1", "c64 c128", "-"},
    {"minimum(p, q)", "c64 c128", "-"},
    {"maximum(p, q)", "c64 c128", "-"},
    {"clip(p, q, q)", "c64 c128", "-"},
    {"fmin(p, q)", "c64 c128", "-"},
    {"fmax(p, q)", "c64 c128", "-"},
    {"p < q", "c64 c128", "-"},
    {"p <= q", "c64 c128", "-"},
    {"p > q", "c64 c128", "-"},
    {"p >= q", "c64 c128", "-"},
    // Infinities of the two parts have no answer that one default could give.
    {"nan_to_num(p)", "c64 c128", "-"},
    // Integers and bool are whole already.
    {"rint(p)", "i8", "i8"},
    {"rint(p)", "i16", "i16"},
    {"rint(p)", "i32", "i32"},
    {"rint(p)", "i64", "i64"},
    {"rint(p)", "u8", "u8"},
    {"rint(p)", "u16", "u16"},
    {"rint(p)", "u32", "u32"},
    {"rint(p)", "u64", "u64"},
    {"rint(p)", "b8", "b8"},
    {"round(p)", "b8", "b8"},
    // Any integer is an exponent.
    {"ldexp(p, q)", "u64", "f32"},
    {"ldexp(p, q)", "u64", "f64"},
    // A real value is left as it is.
    {"conj(p)", "b8", "b8"},
    {"conj(p)", "f16", "f16"},
    {"real(p)", "f16", "f16"},
    // bool in an elementary function gives float32, and beside a weak integer int64.
    {"angle(p)", "b8", "f32"},
    {"p ** 2", "b8", "i64"},
    // A sum of products, so as wide as a sum; and an elementary function.
    {"dot(p, q)", "b8 i8 i16 i32", "i64"},
    {"dot(p, q)", "b8 u8 u16 u32", "u64"},
    {"sinc(p)", "b8 i8 i16 u8 u16", "f32"},
    {"sinc(p)", "c64 c128", "-"},
};

bool lists(std::string_view list, std::string_view word) {
  const std::string padded = " " + std::string(list) + " ";
  return padded.find(" " + std::string(word) + " ") != padded.npos;
}

bool is_intended(const std::string& source, std::string_view left, std::string_view right, std::string_view ours) {
  for (const Intended& row : intended_differences) {
    if (row.source != source || row.ours != ours || !(lists(row.dtypes, left) || lists(row.dtypes, right))) continue;
    return row.is_met = true;
  }
  return false;
}

void expect_as_in_numpy(const Row& row, bool is_pair) {
  std::istringstream expected(row.dtypes);
  for (std::size_t left = 0; left < DType::count; ++left) {
    for (std::size_t right = 0; right < (is_pair ? DType::count : 1); ++right) {
      std::string numpy;
      expected >> numpy;
      const std::string ours = dtype_of(row.source, dtype_at(left), dtype_at(right));
      const std::string_view left_name = short_name(dtype_at(left)), right_name = is_pair ? short_name(dtype_at(right)) : "";
      if (ours == numpy || is_intended(row.source, left_name, right_name, ours)) continue;
      ADD_FAILURE() << row.source << " of " << left_name << " " << right_name << " gives " << ours << ", in NumPy " << numpy;
    }
  }
}

TEST(NumpyTyping, OfAllOperations) {
  for (const Row& row : unary_rows) {
    if (!is_missing(row.source)) expect_as_in_numpy(row, false);
  }
  for (const Row& row : binary_rows) {
    if (!is_missing(row.source)) expect_as_in_numpy(row, true);
  }
  for (const Intended& row : intended_differences) {
    EXPECT_TRUE(row.is_met) << row.source << " of " << row.dtypes << " differs from NumPy no more";
  }
}

}  // namespace
}  // namespace lanewise
