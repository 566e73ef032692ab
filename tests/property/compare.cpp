// A refusal must carry the same code on both sides, whether the text or the shapes are to blame.

#include "property/compare.hpp"

#include <algorithm>
#include <lanewise/error.hpp>
#include <lanewise/expression.hpp>

#include "oracle/shapes.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::property {
namespace {

using oracle::ArrayValue;
using Results = std::vector<ArrayValue>;

Schema schema_of(const ComparisonCase& comparison) {
  std::vector<SchemaEntry> entries;
  for (const InputCase& input : comparison.inputs) entries.push_back({input.name, input.dtype, input.is_weak});
  return Schema(std::move(entries));
}

// A bare C++ scalar: held by the view, and weak.
ArrayView weak_view(const oracle::Value& value) {
  if (value.dtype().is_bool()) return value.as<bool>();
  if (value.dtype().is_complex()) return value.as<std::complex<double>>();
  return value.dtype().is_integer() ? ArrayView(value.as<std::int64_t>()) : ArrayView(value.as<double>());
}

struct Arguments {
  explicit Arguments(const ComparisonCase& comparison) {
    memories.reserve(comparison.inputs.size());
    for (const InputCase& input : comparison.inputs) {
      memories.emplace_back(input.dtype, input.values, input.layout);
      inputs.push_back({input.name, input.is_weak ? weak_view(input.values.elements[0]) : memories.back().view()});
    }
  }
  std::vector<ArrayMemory> memories;
  std::vector<Input> inputs;
};

std::string code_text(ErrorCode code) { return std::string("E").append(std::to_string(static_cast<int>(code))); }

Failure difference(const std::string& way, std::size_t output, std::size_t i, const oracle::Value& expected, const oracle::Value& got) {
  return {way + ", output " + std::to_string(output) + ", element " + std::to_string(i) + ": expected " + oracle::to_text(expected) +
          ", got " + oracle::to_text(got)};
}

// Compares elements in C order.
template <class ValueAt>
std::optional<Failure> compare_elements(const std::string& way, std::size_t output, const ArrayValue& expected, ValueAt value_at) {
  for (std::size_t i = 0; i < expected.elements.size(); ++i) {
    const oracle::Value got = value_at(i);
    const oracle::Value& wanted = expected.elements[i];
    if (wanted.specified && !oracle::same_bits(wanted, got)) return difference(way, output, i, wanted, got);
  }
  return std::nullopt;
}

// Reductions go through their axes in C order where arrays of one shape lie in that order, and in one that suits them otherwise.
bool has_choice_of_order(const ComparisonCase& comparison, const oracle::Oracle& reference) {
  if (reference.reduction_count() > 1 || reference.has_parts()) return true;
  const oracle::Shape* common = nullptr;
  for (const InputCase& input : comparison.inputs) {
    if (input.is_scalar()) continue;
    if (!input.layout.order.empty() || (common != nullptr && *common != input.values.shape)) return true;
    common = &input.values.shape;
  }
  return false;
}

class Comparison {
 public:
  Comparison(const ComparisonCase& comparison, const Expression& expression, const oracle::Oracle& reference)
      : case_(comparison), expression_(expression), reference_(reference) {}

  std::optional<Failure> run() {
    for (const InputCase& input : case_.inputs) inputs_.push_back(input.values);
    try {
      expected_ = reference_.evaluate(inputs_);
    } catch (const oracle::Refusal& refusal) {
      return compare_refusal(refusal.code);
    }
    if (auto failure = in_given_memory()) return failure;
    if (has_too_many_orders_) return std::nullopt;
    if (auto failure = in_fresh_memory()) return failure;
    return in_place();
  }

 private:
  std::optional<Failure> compare_refusal(ErrorCode code) const {
    const Arguments arguments(case_);
    try {
      (void)expression_.evaluate_all(arguments.inputs);
    } catch (const ShapeError&) {
      return std::nullopt;  // of several mistakes each side finds another first
    }
    return Failure{"oracle: " + code_text(code) + ", evaluation succeeded"};
  }

  std::optional<Failure> in_given_memory() {
    const Arguments arguments(case_);
    RandomChoice random(case_.output_seed);
    std::vector<ArrayMemory> memories;
    memories.reserve(expected_.size());
    std::vector<MutableArrayView> views;
    for (std::size_t k = 0; k < expected_.size(); ++k) {
      memories.emplace_back(reference_.result_dtype(k), expected_[k].shape, random_layout(random, expected_[k].shape.size(), false));
      views.push_back(memories.back().mutable_view());
    }
    expression_.evaluate_all(arguments.inputs, std::span<const MutableArrayView>(views), {.max_threads = 1});
    auto failure = compare_given(memories);
    if (failure && has_choice_of_order(case_, reference_) && find_order(memories)) failure.reset();
    if (failure) return failure;
    for (std::size_t k = 0; k < expected_.size(); ++k) {
      if (!memories[k].guards_hold()) return Failure{"serial: bytes outside of output " + std::to_string(k) + " were written"};
    }
    return std::nullopt;
  }

  std::optional<Failure> compare_given(const std::vector<ArrayMemory>& memories) const {
    for (std::size_t k = 0; k < expected_.size(); ++k) {
      if (auto failure = compare_elements("serial", k, expected_[k], [&](std::size_t i) { return memories[k].value(i); })) return failure;
    }
    return std::nullopt;
  }

  // Goes through the orders in which the reductions may have gone through their axes, and keeps what fits. True also if there are too many.
  bool find_order(const std::vector<ArrayMemory>& memories) {
    constexpr std::size_t most_orders = 300;
    constexpr std::size_t permutation_count = 6;  // of three axes
    std::vector<std::size_t> orders(reference_.reduction_count());
    for (std::size_t tried = 0; tried < most_orders; ++tried) {
      std::size_t digit = 0;
      while (digit < orders.size() && ++orders[digit] == permutation_count) orders[digit++] = 0;
      if (digit == orders.size()) return false;
      expected_ = reference_.evaluate(inputs_, orders);
      if (!compare_given(memories)) return true;
    }
    return has_too_many_orders_ = true;
  }

  /// Of an element by its index in C order: the array itself is in the order of the inputs.
  static const std::byte* address_of(const Array& array, std::size_t index) {
    std::ptrdiff_t offset = 0;
    for (std::size_t axis = array.shape().size(); axis-- > 0;) {
      offset += static_cast<std::ptrdiff_t>(index % array.shape()[axis]) * array.strides_bytes()[axis];
      index /= array.shape()[axis];
    }
    return static_cast<const std::byte*>(array.data()) + offset;
  }

  std::optional<Failure> in_fresh_memory() const {
    const Arguments arguments(case_);
    const std::vector<Array> results = expression_.evaluate_all(arguments.inputs);
    for (std::size_t k = 0; k < expected_.size(); ++k) {
      const DType dtype = results[k].dtype();
      if (!std::ranges::equal(results[k].shape(), expected_[k].shape)) return Failure{"shape of output " + std::to_string(k)};
      const auto value_at = [&](std::size_t i) { return oracle::read_value(address_of(results[k], i), dtype); };
      if (auto failure = compare_elements("all threads", k, expected_[k], value_at)) return failure;
    }
    return std::nullopt;
  }

  std::optional<Failure> in_place() const {
    if (expected_.size() != 1) return std::nullopt;
    for (std::size_t k = 0; k < case_.inputs.size(); ++k) {
      const InputCase& input = case_.inputs[k];
      if (input.is_weak || input.dtype != reference_.result_dtype(0) || input.values.shape != expected_[0].shape) continue;
      if (std::ranges::find(input.layout.repeated, true) != input.layout.repeated.end()) continue;
      return in_place_of(k);
    }
    return std::nullopt;
  }

  std::optional<Failure> in_place_of(std::size_t k) const {
    Arguments arguments(case_);
    ArrayMemory& memory = arguments.memories[k];
    try {
      expression_.evaluate(arguments.inputs, memory.mutable_view());
    } catch (const AliasError&) {
      // A later pass reads what an earlier one would have overwritten, or another element does.
      if (reference_.reduction_count() > 0 || reference_.has_parts()) return std::nullopt;
      throw;
    }
    const std::string way = "in place of " + case_.inputs[k].name;
    return compare_elements(way, 0, expected_[0], [&](std::size_t i) { return memory.value(i); });
  }

  const ComparisonCase& case_;
  const Expression& expression_;
  const oracle::Oracle& reference_;
  std::vector<ArrayValue> inputs_;
  Results expected_;
  bool has_too_many_orders_ = false;
};

std::optional<Failure> compare_dtypes(const Expression& expression, const oracle::Oracle& reference) {
  const auto dtypes = expression.result_dtypes();
  if (dtypes.size() != reference.output_count()) return Failure{"number of outputs: " + std::to_string(dtypes.size())};
  for (std::size_t k = 0; k < dtypes.size(); ++k) {
    if (dtypes[k] == reference.result_dtype(k)) continue;
    return Failure{"dtype of output " + std::to_string(k) + ": expected " + std::string(reference.result_dtype(k).name()) + ", got " +
                   std::string(dtypes[k].name())};
  }
  return std::nullopt;
}

// Compiles on both sides; where neither refuses, both are set.
std::optional<Failure> compile(const ComparisonCase& comparison, std::optional<Expression>& expression,
                               std::optional<oracle::Oracle>& reference) {
  const std::string source = to_text(comparison.program);
  const Schema schema = schema_of(comparison);
  std::string library_answer = "accepted";
  std::string oracle_answer = "accepted";
  try {
    reference.emplace(parse(source), schema);
  } catch (const oracle::Refusal& refusal) {
    oracle_answer = code_text(refusal.code);
  } catch (const Error& error) {
    return Failure{"a legal text was refused: " + error.report()};
  } catch (const std::exception& error) {
    return Failure{std::string("the oracle threw: ") + error.what()};
  }
  try {
    expression.emplace(Expression::compile(source, schema));
  } catch (const UnsupportedMachine&) {
    throw;
  } catch (const Error& error) {
    library_answer = error.code();
  }
  if (library_answer != oracle_answer) return Failure{"oracle: " + oracle_answer + ", library: " + library_answer};
  return std::nullopt;
}

}  // namespace

std::optional<Failure> check(const ComparisonCase& comparison) {
  std::optional<Expression> expression;
  std::optional<oracle::Oracle> reference;
  if (auto failure = compile(comparison, expression, reference)) return failure;
  if (!expression) return std::nullopt;
  if (auto failure = compare_dtypes(*expression, *reference)) return failure;
  try {
    return Comparison(comparison, *expression, *reference).run();
  } catch (const UnsupportedMachine&) {
    throw;
  } catch (const std::exception& error) {
    return Failure{std::string("evaluation threw: ") + error.what()};
  }
}

}  // namespace lanewise::inline v0::property
