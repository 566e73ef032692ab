// Evaluation beside and inside the caller's own parallel work.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <tbb/task_scheduler_observer.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <lanewise/lanewise.hpp>
#include <numeric>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

// oneTBB frees what it holds for an observer with the last worker that saw it, which may be after the leak check at exit.
extern "C" [[gnu::visibility("default")]] const char* __lsan_default_suppressions() { return "leak:tbb::detail::r1::observe"; }

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t length = 1'000'000;

std::vector<double> ascending(std::size_t count) {
  std::vector<double> values(count);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

bool is_square_plus_one(const std::vector<double>& x, const std::vector<double>& out) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (out[i] != x[i] * x[i] + 1) return false;
  }
  return true;
}

Expression square_plus_one() { return Expression::compile("x**2 + 1", {{"x", DType::float64}}); }

TEST(Threads, ACancelledContextOfTheCallerSkipsNothing) {
  const Expression expression = square_plus_one();
  const auto x = ascending(length);
  std::vector<double> out(length, -1);
  bool evaluated = false;
  tbb::task_group_context context;
  tbb::parallel_for(
      0, 1,
      [&](int) {
        context.cancel_group_execution();
        expression.evaluate_positional({x}, out);
        evaluated = true;
      },
      context);
  EXPECT_TRUE(evaluated);
  EXPECT_TRUE(is_square_plus_one(x, out));
}

// Counts the threads that work in an arena at once.
class ThreadCount : public tbb::task_scheduler_observer {
 public:
  explicit ThreadCount(tbb::task_arena& arena) : tbb::task_scheduler_observer(arena) { observe(true); }
  ~ThreadCount() override { observe(false); }
  void on_scheduler_entry(bool) override {
    const int present = ++present_;
    int most = most_.load();
    while (most < present && !most_.compare_exchange_weak(most, present)) {
    }
  }
  void on_scheduler_exit(bool) override { --present_; }
  int most() const { return most_; }

 private:
  std::atomic<int> present_ = 0;
  std::atomic<int> most_ = 0;
};

TEST(Threads, TheArenaOfTheCallerBoundsTheThreads) {
  tbb::global_control allow_many(tbb::global_control::max_allowed_parallelism, 8);
  const Expression expression = Expression::compile("sin(x)*exp(-x)", {{"x", DType::float64}});
  const auto x = ascending(length);
  std::vector<double> out(length);
  tbb::task_arena arena(3);
  const ThreadCount count(arena);
  for (int turn = 0; turn < 5; ++turn) arena.execute([&] { expression.evaluate_positional({x}, out); });
  EXPECT_GE(count.most(), 1);
  EXPECT_LE(count.most(), 3);
}

TEST(Threads, OneThreadIsTheCallersOwn) {
  tbb::global_control allow_many(tbb::global_control::max_allowed_parallelism, 8);
  const Expression expression = Expression::compile("sin(x)*exp(-x)", {{"x", DType::float64}});
  const auto x = ascending(length);
  std::vector<double> out(length);
  tbb::task_arena arena(8);
  const ThreadCount count(arena);
  arena.execute([&] { expression.evaluate_positional({x}, out, {.max_threads = 1}); });
  EXPECT_EQ(count.most(), 1);
}

TEST(Threads, InsideAParallelLoopOfTheCaller) {
  const Expression expression = square_plus_one();
  const auto x = ascending(100'000);
  std::atomic<int> wrong_count = 0;
  tbb::parallel_for(0, 32, [&](int) {
    std::vector<double> out(x.size());
    expression.evaluate_positional({x}, out);
    if (!is_square_plus_one(x, out)) ++wrong_count;
  });
  EXPECT_EQ(wrong_count, 0);
}

TEST(Threads, ManyThreadsShareOneExpression) {
  constexpr int thread_count = 64;
  constexpr int evaluation_count = 500;
  const Expression expression =
      Expression::compile("a*x + y if x < y else x % 7", {{"a", DType::float64}, {"x", DType::float64}, {"y", DType::float64}});
  const auto x = ascending(500);
  const std::vector<double> y(x.rbegin(), x.rend());
  const auto result_of = [&](double a) {
    std::vector<double> out(x.size());
    expression.evaluate_positional({a, x, y}, out);
    return out;
  };
  std::atomic<int> wrong_count = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < thread_count; ++t) {
    threads.emplace_back([&, t] {
      const auto expected = result_of(t);
      for (int k = 0; k < evaluation_count; ++k) {
        if (result_of(t) != expected) ++wrong_count;
      }
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double wanted = x[i] < y[i] ? t * x[i] + y[i] : std::fmod(x[i], 7);
        if (expected[i] != wanted) ++wrong_count;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong_count, 0);
}

TEST(Threads, ManyThreadsCompileAndUseTheCacheOfTexts) {
  std::atomic<int> wrong_count = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      for (int k = 0; k < 200; ++k) {
        const std::vector<double> x{1.0, 2.0, 3.0};
        const Array result = evaluate("x + " + std::to_string(k), {{"x", x}});
        if (result.span<double>()[2] != 3.0 + k) ++wrong_count;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong_count, 0);
}

// Forks, calls `is_right` in the child and returns whether that was true; a child that hangs is killed.
bool is_right_in_child(const std::function<bool()>& is_right) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);  // seconds
    _exit(is_right() ? 0 : 1);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(Threads, AForkedChildEvaluates) {
  const Expression expression = square_plus_one();
  const auto x = ascending(100'000);
  std::vector<double> out(x.size());
  int wrong_count = 0;
  for (int fork_index = 0; fork_index < 200; ++fork_index) {
    expression.evaluate_positional({x}, out);  // worker threads exist from here, and some are about to fall asleep
    wrong_count += !is_right_in_child([&] {
      std::fill(out.begin(), out.end(), -1.0);
      expression.evaluate_positional({x}, out);
      return is_square_plus_one(x, out);
    });
  }
  EXPECT_EQ(wrong_count, 0);
}

TEST(Threads, AChildForkedWhileOtherThreadsEvaluateDoesNotHang) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "gcc 12's checking allocator is not to be used in a child of a process with threads";
#endif
  const auto x = ascending(100'000);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&](const std::stop_token& stop) {
      const std::vector<double> few{1.0, 2.0};
      while (!stop.stop_requested()) {
        for (int k = 0; k < 100; ++k) evaluate("x + 1", {{"x", few}});
        evaluate("x**2 + 1", {{"x", x}});
      }
    });
  }
  int wrong_count = 0;
  for (int fork_index = 0; fork_index < 200; ++fork_index) {
    wrong_count += !is_right_in_child([&] {
      const Array result = evaluate("x**2 + 1", {{"x", x}});
      const auto values = result.span<double>();
      return is_square_plus_one(x, {values.begin(), values.end()});
    });
  }
  EXPECT_EQ(wrong_count, 0);
}

TEST(Threads, ARequestToStopEndsInCancelled) {
  const Expression expression = square_plus_one();
  std::stop_source source;
  source.request_stop();
  for (const std::size_t count : {std::size_t{10}, length}) {
    for (const std::size_t max_threads : std::initializer_list<std::size_t>{1, 0}) {
      const auto x = ascending(count);
      std::vector<double> out(count);
      try {
        expression.evaluate_positional({x}, out, {.max_threads = max_threads, .stop = source.get_token()});
        ADD_FAILURE() << "not cancelled";
      } catch (const Cancelled& error) {
        EXPECT_EQ(error.code(), "E501");
      }
    }
  }
}

TEST(Threads, AStopDuringTheWorkEndsInCancelledOrComesTooLate) {
  const Expression expression = Expression::compile("sin(cos(tan(x)))", {{"x", DType::float64}});
  const auto x = ascending(length);
  for (int turn = 0; turn < 20; ++turn) {
    std::vector<double> out(length, -2);
    std::stop_source source;
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(300 * turn));
      source.request_stop();
    });
    try {
      expression.evaluate_positional({x}, out, {.stop = source.get_token()});
      EXPECT_EQ(std::count(out.begin(), out.end(), -2.0), 0);
    } catch (const Cancelled&) {
    }
  }
}

TEST(Threads, AStopFromWithinABlockEndsAfterIt) {
  std::stop_source source;
  std::size_t computed = 0;
  FunctionSet functions;
  functions.add("stopping", [&](double value) {
    if (++computed == 100) source.request_stop();
    return value;
  });
  const Expression expression = Expression::compile("stopping(x)", {{"x", DType::float64}}, {.functions = &functions});
  const auto x = ascending(10 * length);
  std::vector<double> out(x.size());
  EXPECT_THROW(expression.evaluate_positional({x}, out, {.max_threads = 1, .stop = source.get_token()}), Cancelled);
  EXPECT_GE(computed, 100u);
  EXPECT_LT(computed, x.size());
}

class Progress : public testing::TestWithParam<const char*> {};

TEST_P(Progress, GrowsAndEndsWithOne) {
  const Expression expression = Expression::compile(GetParam(), {{"x", DType::float64}});
  const auto x = ascending(4'000'000);
  for (const std::size_t max_threads : std::initializer_list<std::size_t>{1, 0}) {
    std::vector<double> reports;
    const Array result = expression.evaluate({{"x", x}}, {.max_threads = max_threads, .progress = [&](double fraction) { reports.push_back(fraction); }});
    EXPECT_TRUE(std::ranges::is_sorted(reports, std::less_equal{})) << "it grows";
    if (!reports.empty()) {  // a fast machine is done before the first
      EXPECT_GT(reports.front(), 0);
      EXPECT_EQ(reports.back(), 1);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Texts, Progress, testing::Values("sin(cos(tan(x)))**1.5", "sum(sin(x)**1.5 + mean(cos(x)**0.3))"));

TEST(Threads, AnExceptionOfTheProgressFunctionReachesTheCaller) {
  const Expression expression = Expression::compile("sin(cos(tan(x)))**1.5", {{"x", DType::float64}});
  const auto x = ascending(20'000'000);  // seconds of work, unless it stops
  std::size_t calls = 0;
  const auto refuse = [&](double) {
    ++calls;
    throw std::runtime_error("enough");
  };
  EXPECT_THROW(expression.evaluate({{"x", x}}, {.progress = refuse}), std::runtime_error);
  EXPECT_EQ(calls, 1u);
}

}  // namespace
}  // namespace lanewise::inline v0
