#include "api/expression_state.hpp"

#include <algorithm>
#include <utility>

namespace lanewise::inline v0 {
namespace {

/// Patterns of rates to keep programs for; nearly every expression meets one or two.
constexpr int maximum_kept = 64;

Rate rate_of(const ArrayView& view) { return view.size() == 1 ? Rate::call : Rate::element; }

bool matches(std::span<const ArrayView* const> inputs, const std::vector<Rate>& rates) {
  return std::ranges::equal(inputs, rates, [](const ArrayView* view, Rate rate) { return rate_of(*view) == rate; });
}

}  // namespace

Program emit_for(const Graph& graph, const std::vector<Rate>& rates) {
  std::vector<Leaf> leaves;
  for (NodeIndex n = 0; n < graph.nodes().size(); ++n) {
    const Node& node = graph.node(n);
    if (node.kind == Node::Kind::input) leaves.push_back({n, node.input_index, rates[node.input_index]});
  }
  Program program = emit(graph, graph.outputs(), leaves);
  program.input_is_used.resize(rates.size());
  return program;
}

Expression::State::~State() {
  for (Kept* kept = first_kept_; kept != nullptr;) delete std::exchange(kept, kept->next);
}

Expression::State::ProgramReference Expression::State::program_for(std::span<const ArrayView* const> inputs) const {
  for (const Kept* kept = first_kept_.load(std::memory_order_acquire); kept != nullptr; kept = kept->next) {
    if (matches(inputs, kept->rates)) return {&kept->program, nullptr};
  }
  std::vector<Rate> rates;
  for (const ArrayView* view : inputs) rates.push_back(rate_of(*view));
  auto fresh = std::make_unique<Kept>(Kept{std::move(rates), {}, nullptr});
  fresh->program = load(emit_for(graph, fresh->rates), machine_target());
  if (kept_count_.fetch_add(1, std::memory_order_relaxed) >= maximum_kept) {
    kept_count_.fetch_sub(1, std::memory_order_relaxed);
    const LoadedProgram* program = &fresh->program;
    return {program, std::move(fresh)};
  }
  Kept* kept = fresh.release();
  kept->next = first_kept_.load(std::memory_order_relaxed);
  while (!first_kept_.compare_exchange_weak(kept->next, kept, std::memory_order_release, std::memory_order_relaxed)) {
  }
  return {&kept->program, nullptr};
}

}  // namespace lanewise::inline v0
