// Small work: arrays in L2 on one thread, 10,000 elements, and a single element. Memory does not limit here, so the price of going from
// instruction to instruction, of a call, and of a second thread can be seen. The baseline is the loop as the compiler fuses it with
// -O3 -march=native, by the faster of the compilers that the machine has.
#include <fmt/format.h>

#include <lanewise/lanewise.hpp>
#include <limits>

#include "support/allocation_count.hpp"
#include "support/compiled_loops.hpp"
#include "support/expression_list.hpp"
#include "support/numbers.hpp"
#include "support/result_check.hpp"
#include "support/scalar_peer.hpp"
#include "workloads.hpp"

namespace bench {
namespace {

// One expression prepared over arrays of its own.
class PreparedWorkload {
 public:
  PreparedWorkload(const char* name, std::size_t element_count)
      : named_(find_expression(name)), u_(element_count, 0), v_(element_count, 1), out_(element_count, 2), expression_(compiled(named_)) {
    u_.fill_random(1);
    v_.fill_random(2);
  }

  const NamedExpression& named() const { return named_; }
  const double* second() const { return named_.inputs.size() == 2 ? v_.data() : u_.data(); }

  void evaluate(std::size_t max_threads) {
    const lanewise::ArrayView views[] = {u_.span(), v_.span()};
    expression_.evaluate_positional(std::span(views, named_.inputs.size()), out_.span(), {.max_threads = max_threads});
  }

  std::vector<Contender> compiled_contenders() {
    std::vector<Contender> contenders;
    for (const CompiledLoop& loop : compiled_loops(named_.name)) {
      auto run = repeated([this, loop] { loop.run(u_.data(), second(), out_.data(), out_.size()); });
      contenders.push_back({"loop by " + loop.compiler + ", one thread", std::move(run), false, true});
    }
    return contenders;
  }

  Contender lanewise_contender(const char* contender_name, std::size_t max_threads) {
    return {contender_name, repeated([this, max_threads] { evaluate(max_threads); }), true};
  }

  Results measure(const std::vector<Contender>& contenders, const ContestRules& rules, const char* baseline) {
    Results results;
    results.expression = named_.text;
    results.element_count = out_.size();
    results.touched_bytes = (named_.inputs.size() + 1) * out_.size() * sizeof(double);
    results.title = fmt::format("{}   ({} float64; ratio: to {})", named_.text, out_.size(), baseline);
    results.timings = hold_contest(
        contenders, rules, [&] { out_.fill(std::numeric_limits<double>::quiet_NaN()); },
        [&](const Contender& contender) {
          return find_fault(named_.name, u_.span(), {second(), out_.size()}, out_.span(), contender.exact);
        });
    return results;
  }

  const Numbers& u() const { return u_; }
  const Numbers& v() const { return v_; }
  const Numbers& out() const { return out_; }

 private:
  static lanewise::Expression compiled(const NamedExpression& named) {
    std::vector<lanewise::SchemaEntry> schema;
    for (const std::string& input : named.inputs) schema.push_back({input, lanewise::DType::float64});
    return lanewise::Expression::compile(named.text, lanewise::Schema(std::move(schema)));
  }

  NamedExpression named_;
  Numbers u_;
  Numbers v_;
  Numbers out_;
  lanewise::Expression expression_;
};

}  // namespace

std::vector<Results> measure_in_cache(std::size_t element_count, const ContestRules& rules) {
  std::vector<Results> all_results;
  for (const char* name : {"axpy", "cubic"}) {
    PreparedWorkload workload(name, element_count);
    std::vector<Contender> contenders = workload.compiled_contenders();
    contenders.push_back(workload.lanewise_contender(lanewise_one_thread, 1));
    all_results.push_back(workload.measure(contenders, rules, "the faster compiled loop"));
  }
  return all_results;
}

Results measure_short_array(std::size_t element_count, const ContestRules& rules) {
  PreparedWorkload workload("pair", element_count);
  std::vector<Contender> contenders = workload.compiled_contenders();
  contenders.push_back(workload.lanewise_contender(lanewise_one_thread, 1));
  contenders.push_back(workload.lanewise_contender(lanewise_all_threads, 0));
  return workload.measure(contenders, rules, "the faster compiled loop");
}

Results measure_one_element(const ContestRules& rules) {
  PreparedWorkload workload("pair", 1);
  std::vector<Contender> contenders =
      scalar_peers(workload.named().text, *workload.u().data(), *workload.v().data(), workload.out().data());
  contenders.push_back(workload.lanewise_contender(lanewise_all_threads, 0));
  return workload.measure(contenders, rules, contenders.size() > 1 ? "muParser" : "muParser, which is not installed");
}

std::size_t warm_allocation_count(std::size_t element_count) {
  PreparedWorkload workload("cubic", element_count);
  for (int k = 0; k < 10; ++k) workload.evaluate(0);
  const std::size_t before = allocation_count();
  workload.evaluate(0);
  return allocation_count() - before;
}

}  // namespace bench
