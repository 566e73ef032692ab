// Arrays that do not lie one element after another: the same sum over several layouts, a stencil, and results in fresh memory.
//
// Time is compared for each byte touched: the baseline of a layout is lanewise itself on contiguous arrays, so many elements of them that
// as many bytes go through memory. Whole cache lines count as touched.
#include <fmt/format.h>
#include <sys/mman.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <lanewise/lanewise.hpp>
#include <limits>
#include <new>

#include "support/numbers.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

using lanewise::ArrayView;
using lanewise::DType;
using lanewise::MutableArrayView;

constexpr auto element_bytes = static_cast<std::ptrdiff_t>(sizeof(double));

// Square arrays of `side` × `side`, which all cases share.
struct Squares {
  explicit Squares(std::size_t side_length) : side(side_length), a(side * side, 0), b(side * side, 1), out(side * side, 2) {
    a.fill_random(1);
    b.fill_random(2);
  }
  std::ptrdiff_t row_bytes() const { return static_cast<std::ptrdiff_t>(side) * element_bytes; }

  std::size_t side;
  Numbers a;
  Numbers b;
  Numbers out;
};

// One layout of a + b. `sum(row, column)` is what must be in the output there.
struct Layout {
  std::string name;
  DType dtype;
  std::array<ArrayView, 2> inputs;
  MutableArrayView out;
  std::size_t touched_bytes;
  std::function<double(std::size_t, std::size_t)> sum;
};

ArrayView matrix(const Numbers& numbers, std::size_t rows, std::size_t columns, std::ptrdiff_t row_stride, std::ptrdiff_t column_stride) {
  return {numbers.data(), DType::float64, std::array{rows, columns}, std::array{row_stride, column_stride}};
}

std::vector<Layout> layouts_of(const Squares& s) {
  const std::size_t side = s.side;
  const std::size_t square_bytes = side * side * sizeof(double);
  const double* const a = s.a.data();
  const double* const b = s.b.data();
  const MutableArrayView whole(s.out.data(), DType::float64, std::array{side, side});
  const ArrayView a_rows = matrix(s.a, side, side, s.row_bytes(), element_bytes);
  const std::size_t half = side / 2;
  std::vector<Layout> layouts;
  layouts.push_back({"every second element",
                     DType::float64,
                     {matrix(s.a, side, half, s.row_bytes(), 2 * element_bytes), matrix(s.b, side, half, s.row_bytes(), 2 * element_bytes)},
                     {s.out.data(), DType::float64, std::array{side, half}},
                     2 * square_bytes + square_bytes / 2,
                     [=](std::size_t i, std::size_t j) { return a[i * side + 2 * j] + b[i * side + 2 * j]; }});
  layouts.push_back({"a row for all rows",
                     DType::float64,
                     {a_rows, matrix(s.b, 1, side, 0, element_bytes)},
                     whole,
                     2 * square_bytes,
                     [=](std::size_t i, std::size_t j) { return a[i * side + j] + b[j]; }});
  layouts.push_back({"a column for all columns",
                     DType::float64,
                     {a_rows, matrix(s.b, side, 1, element_bytes, 0)},
                     whole,
                     2 * square_bytes,
                     [=](std::size_t i, std::size_t j) { return a[i * side + j] + b[i]; }});
  layouts.push_back({"transposed, a + b.T",
                     DType::float64,
                     {a_rows, matrix(s.b, side, side, element_bytes, s.row_bytes())},
                     whole,
                     3 * square_bytes,
                     [=](std::size_t i, std::size_t j) { return a[i * side + j] + b[j * side + i]; }});
  return layouts;
}

// Lies as its bytes are read and written, one after another.
Layout contiguous_layout(const Squares& s, std::size_t touched_bytes) {
  const std::size_t count = touched_bytes / (3 * sizeof(double));
  const double* const a = s.a.data();
  const double* const b = s.b.data();
  return {"contiguous",
          DType::float64,
          {matrix(s.a, 1, count, 0, element_bytes), matrix(s.b, 1, count, 0, element_bytes)},
          {s.out.data(), DType::float64, std::array{std::size_t{1}, count}},
          touched_bytes,
          [=](std::size_t, std::size_t j) { return a[j] + b[j]; }};
}

std::int16_t short_at(const double* numbers, std::size_t index) {
  std::int16_t element;
  std::memcpy(&element, reinterpret_cast<const std::byte*>(numbers) + index * sizeof(element), sizeof(element));
  return element;
}

// The bytes of random doubles are as good as any int16.
Layout layout_of_shorts(const Squares& s) {
  const std::array shape{s.side, 4 * s.side};
  return {"int16",
          DType::int16,
          {ArrayView(s.a.data(), DType::int16, shape), ArrayView(s.b.data(), DType::int16, shape)},
          {s.out.data(), DType::int16, shape},
          3 * s.side * s.side * sizeof(double),
          [a = s.a.data(), b = s.b.data(), columns = 4 * s.side](std::size_t i, std::size_t j) {
            return static_cast<double>(static_cast<std::int16_t>(short_at(a, i * columns + j) + short_at(b, i * columns + j)));
          }};
}

double element_of(const MutableArrayView& out, std::size_t index) {
  const auto* const numbers = static_cast<const double*>(out.data());
  return out.dtype() == DType::int16 ? short_at(numbers, index) : numbers[index];
}

std::optional<std::string> find_fault(const Layout& layout) {
  const std::size_t columns = layout.out.shape()[1];
  for (std::size_t i = 0; i < layout.out.shape()[0]; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      const double found = element_of(layout.out, i * columns + j);
      if (found != layout.sum(i, j)) return fmt::format("element ({}, {}) is {}, expected {}", i, j, found, layout.sum(i, j));
    }
  }
  return std::nullopt;
}

Contender contender_of(std::string name, const Layout& layout) {
  const auto expression = lanewise::Expression::compile("a + b", {{"a", layout.dtype}, {"b", layout.dtype}});
  return {std::move(name),
          repeated([expression, inputs = layout.inputs, out = layout.out] { expression.evaluate_positional(inputs, out); }), true};
}

Results measure_layout(Squares& s, const Layout& layout, const ContestRules& rules) {
  const Layout contiguous = contiguous_layout(s, layout.touched_bytes);
  Results results;
  results.name = layout.name;
  results.expression = "a + b: " + layout.name;
  results.title = fmt::format("a + b: {}   ({} by {}; ratio: to contiguous arrays of as many bytes)", layout.name, layout.out.shape()[0],
                              layout.out.shape()[1]);
  results.element_count = layout.out.size();
  results.touched_bytes = layout.touched_bytes;
  std::vector<Contender> contenders{contender_of("lanewise, contiguous", contiguous), contender_of(lanewise_all_threads, layout)};
  contenders[0].is_baseline = true;
  results.timings = hold_contest(
      contenders, rules, [&] { s.out.fill(std::numeric_limits<double>::quiet_NaN()); },
      [&](const Contender& contender) { return find_fault(contender.is_baseline ? contiguous : layout); });
  return results;
}

// Stencil -------------------------------------------------------------------------------------------------------------------------------

// The loop that a user of oneTBB writes; the compiler vectorises it.
void stencil_by_hand(const double* u, double k, double* out, std::size_t side) {
  tbb::parallel_for(tbb::blocked_range<std::size_t>(1, side - 1), [=](const tbb::blocked_range<std::size_t>& rows) {
    for (std::size_t i = rows.begin(); i < rows.end(); ++i) {
      const double* const row = u + i * side;
      double* const target = out + (i - 1) * (side - 2) - 1;
      for (std::size_t j = 1; j < side - 1; ++j) {
        target[j] = row[j] + k * (row[j + side] + row[j - side] + row[j + 1] + row[j - 1] - 4 * row[j]);
      }
    }
  });
}

std::function<void()> stencil_by_lanewise(const Squares& s, double k) {
  const auto expression =
      lanewise::Expression::compile("u[1:-1,1:-1] + k*(u[2:,1:-1] + u[:-2,1:-1] + u[1:-1,2:] + u[1:-1,:-2] - 4*u[1:-1,1:-1])",
                                    {{"u", DType::float64}, {"k", DType::float64}});
  const std::array<ArrayView, 2> inputs{matrix(s.a, s.side, s.side, s.row_bytes(), element_bytes), k};
  const MutableArrayView out(s.out.data(), DType::float64, std::array{s.side - 2, s.side - 2});
  return [=] { expression.evaluate_positional(inputs, out); };
}

Results measure_stencil(Squares& s, const ContestRules& rules) {
  constexpr double k = 0.2;
  const std::size_t inner = s.side - 2;
  Results results;
  results.name = results.expression = "five-point stencil";
  results.title = fmt::format("five-point stencil   ({} by {} float64; ratio: to the loop)", s.side, s.side);
  results.element_count = inner * inner;
  results.touched_bytes = 2 * s.side * s.side * sizeof(double);
  std::vector<double> expected(inner * inner);
  stencil_by_hand(s.a.data(), k, expected.data(), s.side);
  results.timings = hold_contest(
      {{"loop over rows, oneTBB", repeated([&] { stencil_by_hand(s.a.data(), k, s.out.data(), s.side); }), true, true},
       {lanewise_all_threads, repeated(stencil_by_lanewise(s, k)), true}},
      rules, [&] { s.out.fill(std::numeric_limits<double>::quiet_NaN()); },
      [&](const Contender&) -> std::optional<std::string> {
        if (std::equal(expected.begin(), expected.end(), s.out.data())) return std::nullopt;
        return "differs from the loop";
      });
  return results;
}

// Fresh results -------------------------------------------------------------------------------------------------------------------------

// Memory as a program gets it that asks for no larger pages, given back afterwards.
class SmallPages {
 public:
  explicit SmallPages(std::size_t size_bytes)
      : size_bytes_(size_bytes), memory_(mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_NOHUGEPAGE
    madvise(memory_, size_bytes_, MADV_NOHUGEPAGE);
#endif
  }
  SmallPages(const SmallPages&) = delete;
  SmallPages& operator=(const SmallPages&) = delete;
  ~SmallPages() { munmap(memory_, size_bytes_); }
  double* data() const { return static_cast<double*>(memory_); }

 private:
  std::size_t size_bytes_;
  void* memory_;
};

}  // namespace

std::vector<Results> measure_layouts(std::size_t side, const ContestRules& rules) {
  Squares squares(side);
  std::vector<Results> all_results;
  std::vector<Layout> layouts = layouts_of(squares);
  layouts.push_back(layout_of_shorts(squares));
  for (const Layout& layout : layouts) all_results.push_back(measure_layout(squares, layout, rules));
  all_results.push_back(measure_stencil(squares, rules));
  return all_results;
}

Results measure_fresh_results(std::size_t element_count, const ContestRules& rules) {
  Numbers u(element_count, 0);
  u.fill_random(1);
  const std::span<const double> numbers = u.span();
  const auto expression = lanewise::Expression::compile("u**2", {{"u", DType::float64}});
  const auto into_small_pages = [&] {
    const SmallPages out(element_count * sizeof(double));
    expression.evaluate_positional({numbers}, std::span(out.data(), element_count));
  };
  Results results;
  results.name = results.expression = "u**2 into fresh memory";
  results.title = fmt::format("u**2 into fresh memory   ({} float64; ratio: to pages of 4 KiB)", element_count);
  results.element_count = element_count;
  results.touched_bytes = 2 * element_count * sizeof(double);
  results.timings = hold_contest(
      {{"lanewise, into pages of 4 KiB", repeated(into_small_pages), true, true},
       {lanewise_all_threads, repeated([&] {
          expression.evaluate({{"u", numbers}});
        }),
        true}},
      rules, [] {},
      [&](const Contender&) -> std::optional<std::string> {  // a result is gone when its contender returns; this is one more
        const lanewise::Array out = expression.evaluate({{"u", numbers}});
        const auto is_square = [](double square, double number) { return square == number * number; };
        if (std::ranges::equal(out.span<double>(), numbers, is_square)) return std::nullopt;
        return "not the squares";
      });
  return results;
}

}  // namespace bench
