// Machine code has the bits of the program it was made from, by the words of its instructions and by the instruction functions alike; what it cannot
// express it leaves to these.

#include "native/native_code.hpp"

#include <gtest/gtest.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <array>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "bytecode/program_of.hpp"
#include "bytecode/run_program.hpp"
#include "exec/loaded_program.hpp"
#include "exec/slots.hpp"
#include "exec/workspace.hpp"
#include "ir/scalar_machine.hpp"

namespace lanewise::inline v0 {
namespace {

std::unique_ptr<const NativeCode> translate(const Program& program, const Target& target) {
  if (!NativeCode::can_translate(program, target)) return nullptr;
  return NativeCode::translate(program, target, load(program, target).each.tile_length);
}

/// Targets that programs are translated for, of this machine.
std::vector<const Target*> translated_targets() {
  std::vector<const Target*> targets;
  for (const Target* target : runnable_targets()) {
    if (translate(program_of("x + y"), *target) != nullptr) targets.push_back(target);
  }
  return targets;
}

bool is_translated(const char* text) {
  const Program program = program_of(text);
  std::size_t count = 0;
  const std::vector<const Target*> targets = translated_targets();
  for (const Target* target : targets) count += translate(program, *target) != nullptr ? 1 : 0;
  EXPECT_TRUE(count == 0 || count == targets.size()) << text << " is translated for some targets";
  return count > 0;
}

TEST(NativeCode, IsMadeForVectorsOf32BytesAndMore) {
  for (const Target* target : runnable_targets()) {
    const bool is_known = LANEWISE_NATIVE_CODE && (std::string(target->name) == "x86-64-v3" || std::string(target->name) == "x86-64-v4");
    EXPECT_EQ(translate(program_of("x + y"), *target) != nullptr, is_known) << target->name;
  }
}

TEST(NativeCode, IsMadeOfArithmeticOnOneDtype) {
  if (translated_targets().empty()) GTEST_SKIP() << "nothing is translated for this machine";
  for (const char* text : {"x", "-x", "abs(x) + sqrt(y)", "x*x*x*x - 1", "f*f/(f + 1)", "minimum(x, y)*A - maximum(y, z)*exp(B)", "clip(x, 0, 1)",
                           "where((x > y) & ~(y == z) or x != 1, x, z)", "x*y + y*z + z*x", "((x + y)*(y + z))/((x - y)*(y - z))"}) {
    EXPECT_TRUE(is_translated(text)) << text;
  }
  for (const char* text : {"exp(x)", "x + f", "i + i", "c*c", "where(p, x, y)", "x**y", "float32(x)", "x // y"}) {
    EXPECT_FALSE(is_translated(text)) << text;
  }
}

TEST(NativeCode, StoresTruthWithVectorsOf64Bytes) {
  for (const Target* target : translated_targets()) EXPECT_EQ(translate(program_of("x > y"), *target) != nullptr, target->vector_bytes == 64) << target->name;
}

/// (…(k1*x + k2)*x + k3)…
std::string polynomial(int term_count) {
  std::string text = "1.5";
  for (int k = 1; k < term_count; ++k) text = "(" + text + "*x + " + std::to_string(k) + ".25)";
  return text;
}

TEST(NativeCode, LeavesWhatIsTooLong) {
  if (translated_targets().empty()) GTEST_SKIP() << "nothing is translated for this machine";
  EXPECT_TRUE(is_translated(polynomial(100).c_str()));
  EXPECT_FALSE(is_translated(polynomial(200).c_str()));
}

/// More blocks of code than the mappings that a process may have would let through.
TEST(NativeCode, IsNotMadeOfAnyNumberOfPrograms) {
  const std::vector<const Target*> targets = translated_targets();
  if (targets.empty()) GTEST_SKIP() << "nothing is translated for this machine";
  const Program program = program_of("x + y");
  std::vector<std::unique_ptr<const NativeCode>> all;
  for (int k = 0; k < 2000; ++k) all.push_back(translate(program, *targets[0]));
  EXPECT_NE(all.front(), nullptr);
  EXPECT_EQ(all.back(), nullptr);
  all.clear();
  EXPECT_NE(translate(program, *targets[0]), nullptr);
}

#if defined(__linux__)
/// Runs in a process of its own, which the system refuses to execute what was written; systems that cannot refuse it count as right.
int exit_code_of_refused() {
  constexpr int memory_deny_write_execute = 65;  // PR_SET_MDWE, of Linux 6.3
  constexpr unsigned long refuse = 1;
  if (prctl(memory_deny_write_execute, refuse, 0UL, 0UL, 0UL) != 0) return 0;
  for (const Target* target : runnable_targets()) {
    if (translate(program_of("x + y"), *target) != nullptr) return 1;
  }
  return 0;
}

TEST(NativeCodeDeathTest, IsNotMadeWhereTheSystemRefuses) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(std::exit(exit_code_of_refused()), testing::ExitedWithCode(0), "");
}
#endif

/// A text of arithmetic, choices and truth over the inputs named.
class RandomText {
 public:
  RandomText(std::mt19937_64& engine, std::vector<std::string> leaves) : engine_(engine), leaves_(std::move(leaves)) {}

  std::string value(int depth) {
    const auto one = [&] { return value(depth - 1); };
    if (depth == 0) return leaves_[below(leaves_.size())];
    switch (below(14)) {
      case 0: return "minimum(" + one() + ", " + one() + ")";
      case 1: return "maximum(" + one() + ", " + one() + ")";
      case 2: return "where(" + truth(depth - 1) + ", " + one() + ", " + one() + ")";
      case 3: return "-" + one();
      case 4: return "abs(" + one() + ")";
      case 5: return "sqrt(" + one() + ")";
      case 6: return one();
      default: return "(" + one() + pick({" + ", " - ", "*", " / ", "*"}) + one() + ")";
    }
  }

  std::string truth(int depth) {
    if (depth <= 0 || below(2) == 0) {
      return "(" + value(std::max(depth, 0)) + pick({" < ", " <= ", " > ", " >= ", " == ", " != "}) + value(std::max(depth, 0)) + ")";
    }
    if (below(4) == 0) return pick({"(~", "(not "}) + truth(depth - 1) + ")";
    return "(" + truth(depth - 1) + pick({" & ", " | ", " ^ ", " and ", " or "}) + truth(depth - 1) + ")";
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  std::string pick(std::vector<std::string> all) { return all[below(all.size())]; }

  std::mt19937_64& engine_;
  std::vector<std::string> leaves_;
};

/// Arrays for the inputs of programs of one dtype, and a result.
template <class T>
class Elements {
 public:
  Elements(std::mt19937_64& engine, std::size_t length, DType result_dtype)
      : length_(length), result_dtype_(result_dtype), result_(length * result_dtype.size_bytes() + margin_bytes) {
    for (std::vector<T>& input : inputs_) {
      for (std::size_t i = 0; i < length; ++i) input.push_back(random(engine));
    }
  }

  std::size_t length() const { return length_; }
  Scalar result(std::size_t i) const {
    Scalar value{result_dtype_};
    value.read(result_.data() + i * result_dtype_.size_bytes());
    return value;
  }
  void clear_result() { std::ranges::fill(result_, blank); }
  bool is_margin_blank() const { return std::ranges::count(result_.end() - margin_bytes, result_.end(), blank) == margin_bytes; }
  std::vector<Scalar> at(std::size_t i) const {
    std::vector<Scalar> values;
    for (std::size_t k = 0; k < inputs_.size(); ++k) values.push_back(Scalar::of(inputs_[k][is_scalar(k) ? 0 : i]));
    return values;
  }

  /// Runs all elements in the memory of a task, by `code` or, where that is null, by the target's functions.
  void run(const LoadedProgram& program, const NativeCode* code) {
    std::vector<const std::byte*> addresses;
    for (const std::vector<T>& input : inputs_) addresses.push_back(reinterpret_cast<const std::byte*>(input.data()));
    std::byte* output = result_.data();
    std::vector<Scalar> slots(program.program.slots.size());
    for (std::size_t s = 0; s < slots.size(); ++s) {
      const Slot& slot = program.program.slots[s];
      if (slot.is_input) slots[s] = Scalar::of(inputs_[slot.input_index][0]);
      if (!slot.is_input) slots[s].dtype = slot.dtype;
    }
    if (!program.once.instructions.empty()) compute_once_slots(program, slots.data());
    CallArguments arguments{addresses.data(), &output, slots.data(), false, nullptr, 0};
    arguments.may_run_twice = true;
    arguments.native_code = code;
    Workspace workspace(program.each.workspace_bytes());
    BoundPart(program, program.each, arguments, workspace.data()).run(0, length(), 0);
  }

 private:
  static constexpr std::ptrdiff_t margin_bytes = 128;
  static constexpr std::byte blank{0x5A};
  // x y z, or f; A B C: scalars.
  static constexpr std::size_t input_count = 11;
  static bool is_scalar(std::size_t number) { return inputs_of_programs().entries()[number].name < "a"; }
  static T random(std::mt19937_64& engine) {
    const std::span<const Scalar> edges = testing_ir::edge_values(dtype_of<T>);
    if (engine() % 3 == 0) return edges[static_cast<std::size_t>(engine() % edges.size())].template as<T>();
    return static_cast<T>(static_cast<double>(engine() % 2001) / 100 - 10);
  }

  std::size_t length_;
  DType result_dtype_;
  std::array<std::vector<T>, input_count> inputs_;
  std::vector<std::byte> result_;
};

template <class T>
void check(const std::string& text, const Target& target, std::mt19937_64& engine, std::size_t& translated_count) {
  SCOPED_TRACE(text + " for " + target.name);
  const Program program = program_of(text);
  const LoadedProgram loaded = load(program, target);
  const auto code = translate(program, target);
  if (code == nullptr) return;
  ++translated_count;
  for (const std::size_t tiles : std::initializer_list<std::size_t>{1, 2, 5}) {
    const std::size_t length = tiles * loaded.each.tile_length + (tiles == 1 ? 0 : engine() % loaded.each.tile_length);
    Elements<T> elements(engine, length, program.output_dtypes[0]);
    elements.run(loaded, nullptr);
    std::vector<Scalar> expected;
    for (std::size_t i = 0; i < length; ++i) expected.push_back(elements.result(i));
    elements.clear_result();
    elements.run(loaded, code.get());
    ASSERT_TRUE(elements.is_margin_blank());
    for (std::size_t i = 0; i < length; ++i) {
      ASSERT_TRUE(testing_ir::same_value(elements.result(i), expected[i])) << i << ": " << to_text(elements.result(i)) << " and " << to_text(expected[i]);
    }
    const std::size_t i = engine() % length;
    const Scalar by_words = run_program(program, elements.at(i))[0];
    ASSERT_TRUE(testing_ir::same_value(elements.result(i), by_words)) << i << ": " << to_text(elements.result(i)) << " and " << to_text(by_words);
  }
}

TEST(NativeCode, HasTheBitsOfTheProgram) {
  const std::vector<const Target*> targets = translated_targets();
  if (targets.empty()) GTEST_SKIP() << "nothing is translated for this machine";
  std::mt19937_64 engine(1);
  constexpr int text_count = 3000;
  std::size_t translated_count = 0;
  for (int k = 0; k < text_count && !HasFailure(); ++k) {
    const int depth = 1 + static_cast<int>(engine() % 4);
    RandomText doubles(engine, {"x", "y", "z", "A", "B", "1.5", "0.0", "x*y"}), floats(engine, {"f", "f*f", "2", "0"});
    const std::string double_text = doubles.value(depth), float_text = floats.value(depth);
    const std::string truth_of_doubles = doubles.truth(depth), truth_of_floats = floats.truth(depth);
    for (const Target* target : targets) {
      check<double>(double_text, *target, engine, translated_count);
      check<double>(truth_of_doubles, *target, engine, translated_count);
      check<float>(float_text, *target, engine, translated_count);
      check<float>(truth_of_floats, *target, engine, translated_count);
    }
  }
  for (const Target* target : targets) check<double>(polynomial(40), *target, engine, translated_count);
  EXPECT_GT(translated_count, static_cast<std::size_t>(text_count));
}

}  // namespace
}  // namespace lanewise::inline v0
