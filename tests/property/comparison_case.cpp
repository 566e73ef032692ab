// The library's refusal and the oracle's must carry the same code; else every compared element must have the same bits.
//
// Long arrays are compared with the oracle at both ends and at a sample of places in between; the ways of evaluating are compared
// with each other everywhere.

#include "property/comparison_case.hpp"

#include <algorithm>
#include <lanewise/expression.hpp>

#include "oracle/oracle.hpp"
#include "property/random_values.hpp"
#include "syntax/parse.hpp"

namespace lanewise::inline v0::property {
namespace {

// Around lanes and tiles of every target, around blocks, and some of many blocks.
constexpr std::size_t short_lengths[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100, 127, 128, 129};
constexpr std::size_t long_lengths[] = {255, 256, 257, 1000, 1023, 1025, 2047, 2049, 4095, 4096, 4097, 5000, 8191, 8193, 30'000};

constexpr std::size_t alignment_bytes = 64;
constexpr std::size_t guard_bytes = 64;
constexpr std::byte guard{0xa5};

// An array at a chosen offset from an aligned address, with bytes around it that must keep their value.
class Memory {
 public:
  Memory(DType dtype, std::size_t length, std::size_t offset_bytes)
      : dtype_(dtype), length_(length), bytes_(2 * guard_bytes + alignment_bytes + offset_bytes + length * dtype.size_bytes(), guard) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes_.data()) + guard_bytes;
    start_ = guard_bytes + (alignment_bytes - address % alignment_bytes) % alignment_bytes + offset_bytes;
  }
  Memory(const InputCase& input, std::size_t length) : Memory(input.dtype, length, input.offset_bytes) {
    for (std::size_t i = 0; i < length; ++i) oracle::write_value(input.values[i], element(i));
  }

  std::byte* element(std::size_t i) { return bytes_.data() + start_ + i * dtype_.size_bytes(); }
  oracle::Value value(std::size_t i) { return oracle::read_value(element(i), dtype_); }
  ArrayView view() { return ArrayView(element(0), dtype_, {&length_, 1}); }
  MutableArrayView mutable_view() { return MutableArrayView(element(0), dtype_, {&length_, 1}); }
  bool guards_hold() const {
    const auto holds = [](std::byte byte) { return byte == guard; };
    const auto end = bytes_.begin() + static_cast<std::ptrdiff_t>(start_ + length_ * dtype_.size_bytes());
    return std::all_of(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(start_), holds) &&
           std::all_of(end, bytes_.end(), holds);
  }

 private:
  DType dtype_;
  std::size_t length_;
  std::vector<std::byte> bytes_;
  std::size_t start_;
};

Schema schema_of(const ComparisonCase& comparison) {
  std::vector<SchemaEntry> entries;
  for (const InputCase& input : comparison.inputs) entries.push_back({input.name, input.dtype, input.is_weak});
  return Schema(std::move(entries));
}

// A bare C++ scalar: held by the view, and weak.
ArrayView weak_view(const oracle::Value& value) {
  if (value.dtype().is_bool()) return value.as<bool>();
  return value.dtype().is_integer() ? ArrayView(value.as<std::int64_t>()) : ArrayView(value.as<double>());
}

struct Arguments {
  explicit Arguments(const ComparisonCase& comparison) {
    memories.reserve(comparison.inputs.size());
    for (const InputCase& input : comparison.inputs) {
      memories.emplace_back(input, input.is_scalar ? 1 : comparison.length);
      views.push_back(input.is_weak     ? weak_view(input.values[0])
                      : input.is_scalar ? ArrayView(memories.back().element(0), input.dtype, {})
                                        : memories.back().view());
    }
  }
  std::vector<Memory> memories;
  std::vector<ArrayView> views;
};

std::vector<std::size_t> places_to_compare(std::size_t length) {
  constexpr std::size_t edge = 70;
  std::vector<std::size_t> places;
  RandomChoice random(length);
  for (std::size_t i = 0; i < length; ++i) {
    if (i < edge || i + edge >= length || random.below(length) < edge) places.push_back(i);
  }
  return places;
}

Failure difference(const std::string& way, std::size_t i, const oracle::Value& expected, const oracle::Value& got) {
  return {way + ", element " + std::to_string(i) + ": expected " + oracle::to_text(expected) + ", got " + oracle::to_text(got), i};
}

std::optional<Failure> compare_with_oracle(const ComparisonCase& comparison, const oracle::Oracle& reference, Memory& result) {
  std::vector<oracle::Value> inputs(comparison.inputs.size());
  for (std::size_t i : places_to_compare(comparison.length)) {
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      inputs[k] = comparison.inputs[k].values[comparison.inputs[k].is_scalar ? 0 : i];
    }
    const oracle::Value expected = reference.evaluate(inputs);
    if (expected.specified && !oracle::same_bits(expected, result.value(i))) return difference("serial", i, expected, result.value(i));
  }
  return std::nullopt;
}

std::optional<Failure> compare_all(const std::string& way, std::size_t length, Memory& expected, Memory& got) {
  for (std::size_t i = 0; i < length; ++i) {
    if (!oracle::same_bits(expected.value(i), got.value(i))) return difference(way + " against serial", i, expected.value(i), got.value(i));
  }
  if (!got.guards_hold()) return Failure{way + ": bytes outside of the output were written"};
  return std::nullopt;
}

std::optional<Failure> compare_values(const ComparisonCase& comparison, const Expression& expression, const oracle::Oracle& reference) {
  if (expression.result_dtype() != reference.result_dtype()) {
    return Failure{"result dtype: expected " + std::string(reference.result_dtype().name()) + ", got " +
                   std::string(expression.result_dtype().name())};
  }
  Arguments arguments(comparison);
  Memory serial(expression.result_dtype(), comparison.length, comparison.output_offset_bytes);
  expression.evaluate_positional(arguments.views, serial.mutable_view(), {.max_threads = 1});
  if (auto failure = compare_with_oracle(comparison, reference, serial)) return failure;
  if (!serial.guards_hold()) return Failure{"serial: bytes outside of the output were written"};

  Memory parallel(expression.result_dtype(), comparison.length, 0);
  expression.evaluate_positional(arguments.views, parallel.mutable_view());
  if (auto failure = compare_all("all threads", comparison.length, serial, parallel)) return failure;

  for (std::size_t k = 0; k < comparison.inputs.size(); ++k) {
    if (comparison.inputs[k].is_scalar || comparison.inputs[k].dtype != expression.result_dtype()) continue;
    expression.evaluate_positional(arguments.views, arguments.memories[k].mutable_view());
    return compare_all("in place of " + comparison.inputs[k].name, comparison.length, serial, arguments.memories[k]);
  }
  return std::nullopt;
}

std::string code_text(ErrorCode code) { return std::string("E").append(std::to_string(static_cast<int>(code))); }

InputCase random_input(RandomChoice& random, std::size_t index, std::size_t length) {
  constexpr DType weak_dtypes[] = {DType::bool_, DType::int64, DType::float64};
  InputCase input{std::string("x").append(std::to_string(index)), random.of(all_dtypes), random.percent(20), false, 0, {}};
  input.is_weak = input.is_scalar && random.percent(25);
  if (input.is_weak) input.dtype = random.of(weak_dtypes);
  input.offset_bytes = random.percent(50) ? 0 : random.below(alignment_bytes);
  input.values.resize(input.is_scalar ? 1 : length);
  for (oracle::Value& value : input.values) value = random_value(random, input.dtype);
  // One that does not fit int32 is an error of the call where it meets int32 arrays.
  if (input.is_weak && input.dtype.is_integer()) input.values[0] = oracle::cast(oracle::cast(input.values[0], DType::int32), DType::int64);
  return input;
}

}  // namespace

ComparisonCase random_case(std::uint64_t seed) {
  RandomChoice random(seed);
  ComparisonCase comparison;
  comparison.length = random.percent(96) ? random.of(short_lengths) : random.of(long_lengths);
  comparison.output_offset_bytes = random.percent(50) ? 0 : random.below(alignment_bytes);
  std::vector<NamedKind> names;
  const std::size_t input_count = 1 + random.below(random.percent(97) ? 4 : 20);
  for (std::size_t k = 0; k < input_count; ++k) {
    comparison.inputs.push_back(random_input(random, k, comparison.length));
    const DType dtype = comparison.inputs.back().dtype;
    names.push_back({comparison.inputs.back().name, dtype.is_bool()      ? NamedKind::Kind::truth
                                                    : dtype.is_integer() ? NamedKind::Kind::integer
                                                                         : NamedKind::Kind::floating});
  }
  comparison.program = random_program(random, names);
  return comparison;
}

std::optional<Failure> check(const ComparisonCase& comparison) {
  const std::string source = to_text(comparison.program);
  const Schema schema = schema_of(comparison);
  std::optional<Expression> expression;
  std::optional<oracle::Oracle> reference;
  std::string library_answer = "accepted";
  std::string oracle_answer = "accepted";
  SyntaxTree tree;
  try {
    tree = parse(source);
    reference.emplace(tree, schema);
  } catch (const oracle::Refusal& refusal) {
    oracle_answer = code_text(refusal.code);
  } catch (const Error& error) {
    return Failure{"a legal text was refused: " + error.report()};
  }
  try {
    expression.emplace(Expression::compile(source, schema));
  } catch (const UnsupportedMachine&) {
    throw;
  } catch (const Error& error) {
    library_answer = error.code();
  }
  if (library_answer != oracle_answer) return Failure{"oracle: " + oracle_answer + ", library: " + library_answer};
  if (!expression) return std::nullopt;
  try {
    return compare_values(comparison, *expression, *reference);
  } catch (const UnsupportedMachine&) {
    throw;
  } catch (const std::exception& error) {
    return Failure{std::string("evaluation threw: ") + error.what()};
  }
}

ComparisonCase shrink(ComparisonCase comparison, Failure failure) {
  const auto still_fails = [&](const ComparisonCase& candidate) {
    auto result = check(candidate);
    if (result) failure = *result;
    return result.has_value();
  };
  if (failure.element_index) {
    ComparisonCase single = comparison;
    for (InputCase& input : single.inputs) input.values = {input.values[input.is_scalar ? 0 : *failure.element_index]};
    single.length = 1;
    if (still_fails(single)) comparison = std::move(single);
  }
  for (std::size_t checks_left = 2000; checks_left > 0;) {
    bool smaller = false;
    for (RandomProgram& program : smaller_programs(comparison.program)) {
      if (checks_left == 0) break;
      --checks_left;
      ComparisonCase candidate = comparison;
      candidate.program = std::move(program);
      if (to_text(candidate.program).size() >= to_text(comparison.program).size() || !still_fails(candidate)) continue;
      comparison = std::move(candidate);
      smaller = true;
      break;
    }
    if (!smaller) break;
  }
  return comparison;
}

std::string to_text(const ComparisonCase& comparison) {
  constexpr std::size_t shown_count = 4;
  std::string text = to_text(comparison.program) + "\n  length " + std::to_string(comparison.length);
  for (const InputCase& input : comparison.inputs) {
    text.append("\n  ")
        .append(input.name)
        .append(input.is_weak     ? " weak scalar "
                : input.is_scalar ? " scalar "
                                  : " ")
        .append(input.dtype.name())
        .append(":");
    for (std::size_t i = 0; i < std::min(shown_count, input.values.size()); ++i) text.append(" ").append(oracle::to_text(input.values[i]));
  }
  return text;
}

}  // namespace lanewise::inline v0::property
