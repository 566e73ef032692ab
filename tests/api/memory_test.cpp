// What an evaluation touches and allocates: nothing outside of the views, nothing on the heap once warm, little scratch.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace {

std::atomic<std::size_t> allocation_count = 0;
std::atomic<std::size_t> allocated_bytes = 0;

void* allocate(std::size_t size_bytes, std::size_t alignment_bytes) {
  ++allocation_count;
  allocated_bytes += size_bytes;
  const std::size_t whole = (std::max<std::size_t>(size_bytes, 1) + alignment_bytes - 1) / alignment_bytes * alignment_bytes;
  if (void* memory = std::aligned_alloc(alignment_bytes, whole)) return memory;
  throw std::bad_alloc();
}

// Not inlined: compilers take `free` in an operator delete that they see through for a mistake.
[[gnu::noinline]] void release(void* memory) noexcept { std::free(memory); }

}  // namespace

void* operator new(std::size_t size_bytes) { return allocate(size_bytes, alignof(std::max_align_t)); }
void* operator new(std::size_t size_bytes, std::align_val_t alignment) { return allocate(size_bytes, static_cast<std::size_t>(alignment)); }
void* operator new(std::size_t size_bytes, const std::nothrow_t&) noexcept {  // std::stable_sort asks for its buffer so
  try {
    return allocate(size_bytes, alignof(std::max_align_t));
  } catch (...) {
    return nullptr;
  }
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace lanewise::inline v0 {
namespace {

constexpr const char* texts[] = {
    "x*x + y",           "sin(x) * y",     "x if x < y else -y", "(x + y) * (x - y) / (x * y + 1) - (x % y) * (y // x)",
    "isnan(x) or y > 1", "float32(x) + 1", "int32(x)",
};

Expression compile(const char* text) { return Expression::compile(text, {{"x", DType::float64}, {"y", DType::float64}}); }

// Enough to be warm: a program that can be translated is so after some 20 µs.
int warming_turns(std::size_t length) { return length < 10'000 ? 200 : 2; }

TEST(Memory, AWarmSerialEvaluationAllocatesNothing) {
  for (const char* text : texts) {
    const Expression expression = compile(text);
    for (const std::size_t length : std::initializer_list<std::size_t>{1, 5, 1000, 100'000}) {
      const std::vector<double> x(length, 2.0);
      const std::vector<double> y(length, 3.0);
      std::vector<std::byte> memory(length * expression.result_dtype().size_bytes());
      const MutableArrayView out(memory.data(), expression.result_dtype(), {&length, 1});
      const EvaluateOptions serial{.max_threads = 1};
      for (int turn = 0; turn < warming_turns(length); ++turn) expression.evaluate_positional({x, y}, out, serial);
      const std::size_t before = allocation_count;
      for (int turn = 0; turn < 10; ++turn) expression.evaluate_positional({x, y}, out, serial);
      EXPECT_EQ(allocation_count - before, 0u) << text << ", length " << length;
      for (int turn = 0; turn < warming_turns(length); ++turn) expression.evaluate_positional({2.5, y}, out, serial);
      const std::size_t before_scalar = allocation_count;
      expression.evaluate_positional({3.5, y}, out, serial);
      EXPECT_EQ(allocation_count - before_scalar, 0u) << text << " with a scalar, length " << length;
    }
  }
}

TEST(Memory, AWarmParallelEvaluationAllocatesNothing) {
  constexpr std::size_t length = 1'000'000;
  const Expression expression = compile("x*x + y");
  const std::vector<double> x(length, 2.0);
  std::vector<double> out(length);
  for (int turn = 0; turn < 20; ++turn) expression.evaluate_positional({x, x}, out);
  const std::size_t before = allocation_count;
  for (int turn = 0; turn < 10; ++turn) expression.evaluate_positional({x, x}, out);
  EXPECT_EQ(allocation_count - before, 0u);
}

/// Passes, reductions and arrays in other orders than that of C; all are 100 by 1,000, but `k` is a row.
constexpr const char* pass_texts[] = {
    "sum(rows * 2)",
    "sum(rows)",
    "rows - mean(rows)",
    "max(rows, axis=0)",
    "sum(rows * k, axis=1)",
    "rows + transposed_rows",
    "std(rows, axis=1)",
    "rows[1:, 1:] - rows[:-1, :-1]",
    "k[1:]*k[0] - k[:-1]",
    "w = rows + k; w[::2, ::-1]",
    "m = max(rows, axis=1); rows - m[:, None]",
    "rows[1:-1,1:-1] + 0.1*(rows[2:,1:-1] + rows[:-2,1:-1] + rows[1:-1,2:] + rows[1:-1,:-2] - 4*rows[1:-1,1:-1])",
};

TEST(Memory, AWarmEvaluationOfPassesAllocatesNothing) {
  const std::vector<std::size_t> shape{100, 1000};
  const std::vector<std::ptrdiff_t> turned{8, 800};
  const std::vector<double> x(100'000, 2.0);
  const std::vector<double> k(1000, 3.0);
  for (const char* text : pass_texts) {
    const Expression expression =
        Expression::compile(text, {{"rows", DType::float64}, {"transposed_rows", DType::float64}, {"k", DType::float64}});
    const ArrayView inputs[] = {ArrayView(x.data(), shape), ArrayView(x.data(), shape, turned), k};
    Array out = expression.evaluate({{"rows", inputs[0]}, {"transposed_rows", inputs[1]}, {"k", inputs[2]}});
    const EvaluateOptions serial{.max_threads = 1};  // of several threads any may be cold
    for (int turn = 0; turn < 2; ++turn) expression.evaluate_positional(inputs, out, serial);
    const std::size_t before = allocation_count;
    for (int turn = 0; turn < 10; ++turn) expression.evaluate_positional(inputs, out, serial);
    EXPECT_EQ(allocation_count - before, 0u) << text;
  }
}

/// Runs on a thread that keeps no memory yet, after another one has warmed the expression's own caches; returns what the second allocated.
std::size_t fresh_thread_bytes(const Expression& expression, std::span<const ArrayView> inputs, MutableArrayView out) {
  std::size_t used = 0;
  const auto run = [&] {
    const std::size_t before = allocated_bytes;
    expression.evaluate_positional(inputs, out, {.max_threads = 1});
    used = allocated_bytes - before;
  };
  std::thread(run).join();
  std::thread(run).join();
  return used;
}

TEST(Memory, PassesStayWithin512KiBAtAnyLength) {
  constexpr std::size_t most_bytes = 512 * 1024;
  std::string sum_of_many = "0";
  std::vector<SchemaEntry> entries;
  for (int i = 0; i < 300; ++i) {
    entries.push_back({"x" + std::to_string(i), DType::float64});
    sum_of_many += " + x" + std::to_string(i);
  }
  const std::vector<double> memory(4'000'000, 1.0);
  double out = 0;
  for (const std::size_t length : std::initializer_list<std::size_t>{1000, 100'000, 2'000'000}) {
    const std::vector<std::ptrdiff_t> every_second{16};
    const std::vector<ArrayView> inputs(300, ArrayView(memory.data(), std::span(&length, 1), every_second));
    const std::size_t bytes =
        fresh_thread_bytes(Expression::compile("sum(" + sum_of_many + ")", Schema(entries)), inputs, std::span(&out, 1));
    EXPECT_LE(bytes, most_bytes) << length;
    const ArrayView tall(memory.data(), std::vector<std::size_t>{length, 2});
    const Expression down = Expression::compile("sum(x, axis=0) * 0 + max(x, axis=0)", {{"x", DType::float64}});
    std::vector<double> pair(2);
    EXPECT_LE(fresh_thread_bytes(down, {&tall, 1}, pair), most_bytes) << length;
  }
}

// A sum of products in which every product waits for the last one.
std::string text_of_many_temporaries(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "t" + std::to_string(i) + " = sin(x * " + std::to_string(i) + ".5)\n";
  text += "y";
  for (int i = 0; i < count; ++i) text += " + t" + std::to_string(i) + " * t" + std::to_string(count - 1 - i);
  return text;
}

TEST(Memory, ScratchStaysWithin512KiBAtAnyLength) {
  constexpr std::size_t most_bytes = 512 * 1024;
  const Expression expression = Expression::compile(text_of_many_temporaries(500), {{"x", DType::float64}, {"y", DType::float64}});
  for (const std::size_t length : std::initializer_list<std::size_t>{1, 100, 10'000, 1'000'000}) {
    const std::vector<double> x(length, 1.0);
    std::vector<double> out(length);
    std::size_t used = 0;
    std::thread([&] {  // a thread that has kept no scratch memory yet
      expression.evaluate_positional({x, x}, out, {.max_threads = 1});
    })
        .join();
    std::thread([&] {  // by now the expression's own caches are warm
      const std::size_t before = allocated_bytes;
      expression.evaluate_positional({x, x}, out, {.max_threads = 1});
      used = allocated_bytes - before;
    })
        .join();
    EXPECT_LE(used, most_bytes) << "length " << length;
  }
}

// Pages that end, or begin, where nothing may be touched.
class GuardedMemory {
 public:
  GuardedMemory(std::size_t size_bytes, bool at_end) : page_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
    const std::size_t inner = (size_bytes + page_ - 1) / page_ * page_;
    total_ = inner + 2 * page_;
    void* mapped = mmap(nullptr, total_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    memory_ = static_cast<std::byte*>(mapped);
    if (inner > 0 && mprotect(memory_ + page_, inner, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
    data_ = memory_ + page_ + (at_end ? inner - size_bytes : 0);
  }
  ~GuardedMemory() { munmap(memory_, total_); }
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;

  std::byte* data() { return data_; }

 private:
  std::size_t page_;
  std::size_t total_;
  std::byte* memory_;
  std::byte* data_;
};

TEST(Memory, NoByteOutsideOfAViewIsTouched) {
  const std::vector<Expression> expressions{
      compile("x*x + y"),
      compile("x < y"),
      compile("float32(x) - y"),
      compile("int32(sin(x) * y)"),
      Expression::compile("x and y > 0", {{"x", DType::bool_}, {"y", DType::float32}}),
      Expression::compile("x*y if x else x // y", {{"x", DType::int32}, {"y", DType::int64}}),
      Expression::compile("x + y", {{"x", DType::int32}, {"y", DType::int32}}),
  };
  for (const Expression& expression : expressions) {
    const DType x_dtype = expression.inputs()[0].dtype;
    const DType y_dtype = expression.inputs()[1].dtype;
    for (std::size_t length = 0; length <= 300; ++length) {
      for (const bool at_end : {false, true}) {
        GuardedMemory x(length * x_dtype.size_bytes(), at_end);
        GuardedMemory y(length * y_dtype.size_bytes(), at_end);
        GuardedMemory out(length * expression.result_dtype().size_bytes(), at_end);
        expression.evaluate_positional({ArrayView(x.data(), x_dtype, {&length, 1}), ArrayView(y.data(), y_dtype, {&length, 1})},
                                       MutableArrayView(out.data(), expression.result_dtype(), {&length, 1}));
      }
    }
  }
}

TEST(Memory, NoByteOutsideOfAViewIsTouchedByPasses) {
  const Expression expressions[] = {compile("sum(x*y)"), compile("max(x)"), compile("x - mean(y)"), compile("argmin(float32(x))")};
  for (const Expression& expression : expressions) {
    for (std::size_t length = 1; length <= 300; ++length) {
      for (const std::ptrdiff_t stride : std::initializer_list<std::ptrdiff_t>{8, 24, -8, -9}) {
        const auto reach = (length - 1) * static_cast<std::size_t>(std::abs(stride)) + 8;
        GuardedMemory x(reach, length % 2 == 0);
        GuardedMemory y(length * 8, length % 3 == 0);
        GuardedMemory out(length * 8, true);
        std::byte* const first = x.data() + (stride < 0 ? reach - 8 : 0);
        expression.evaluate_positional(
            {ArrayView(first, DType::float64, {&length, 1}, {&stride, 1}), ArrayView(y.data(), DType::float64, {&length, 1})},
            MutableArrayView(out.data(), expression.result_dtype(), {&length, 1}));  // one element fills it
      }
    }
  }
}

struct Spread {
  std::ptrdiff_t rows, columns;  ///< strides in elements
};

/// Rows with gaps, transposed, backwards, repeated, and one so far from the next that a page lies between.
std::vector<Spread> spreads_of(std::size_t rows, std::size_t columns) {
  const auto r = static_cast<std::ptrdiff_t>(rows), c = static_cast<std::ptrdiff_t>(columns);
  return {{c, 1}, {c + 3, 1}, {1, r}, {-c, -1}, {0, 1}, {1, 0}, {2 * c, 2}, {c, -1}, {c + 5000, 1}};
}

/// An array of two dimensions between pages that may not be touched.
class GuardedMatrix {
 public:
  GuardedMatrix(DType dtype, std::size_t rows, std::size_t columns, Spread spread, bool at_end)
      : size_(static_cast<std::ptrdiff_t>(dtype.size_bytes())),
        dtype_(dtype),
        shape_{rows, columns},
        strides_{spread.rows * size_, spread.columns * size_},
        down_((static_cast<std::ptrdiff_t>(rows) - 1) * strides_[0]),
        across_((static_cast<std::ptrdiff_t>(columns) - 1) * strides_[1]),
        memory_(static_cast<std::size_t>(std::abs(down_) + std::abs(across_) + size_), at_end) {}

  ArrayView view() { return {first(), dtype_, shape_, strides_}; }
  MutableArrayView output() { return {first(), dtype_, shape_, strides_}; }

 private:
  std::byte* first() { return memory_.data() - std::min<std::ptrdiff_t>(down_, 0) - std::min<std::ptrdiff_t>(across_, 0); }

  std::ptrdiff_t size_;
  DType dtype_;
  std::array<std::size_t, 2> shape_;
  std::array<std::ptrdiff_t, 2> strides_;
  std::ptrdiff_t down_, across_;
  GuardedMemory memory_;
};

TEST(Memory, NoByteOutsideOfRowsAndColumnsIsTouched) {
  const DType dtypes[] = {DType::bool_, DType::int16, DType::float32, DType::float64, DType::complex128};
  const std::array<std::size_t, 2> shapes[] = {{1, 1}, {3, 7}, {5, 33}, {2, 70}, {33, 5}, {3, 600}, {2, 1003}, {40, 300}, {300, 40}};
  std::size_t count = 0;
  for (const DType dtype : dtypes) {
    const Expression sum = Expression::compile("x == y", {{"x", dtype}, {"y", dtype}});
    const Expression copy = Expression::compile("where(x == y, x, y)", {{"x", dtype}, {"y", dtype}});
    const Expression folded = Expression::compile("any(x, axis=0) == all(y)", {{"x", dtype}, {"y", dtype}});
    for (const auto& [rows, columns] : shapes) {
      const std::vector<Spread> spreads = spreads_of(rows, columns);
      for (std::size_t left = 0; left < spreads.size(); ++left) {
        const std::size_t right = count % spreads.size(), target = count / 3 % 4;  // outputs may not repeat
        const bool at_end = ++count % 2 == 0;
        GuardedMatrix x(dtype, rows, columns, spreads[left], at_end);
        GuardedMatrix y(dtype, rows, columns, spreads[right], !at_end);
        GuardedMatrix truth(DType::bool_, rows, columns, spreads[target], at_end);
        GuardedMatrix out(dtype, rows, columns, spreads[target], at_end);
        sum.evaluate_positional({x.view(), y.view()}, truth.output());
        copy.evaluate_positional({x.view(), y.view()}, out.output());
        GuardedMemory kept(columns, at_end);
        folded.evaluate_positional({x.view(), y.view()}, MutableArrayView(kept.data(), DType::bool_, {&columns, 1}));
      }
    }
  }
}

}  // namespace
}  // namespace lanewise::inline v0
