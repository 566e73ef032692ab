#pragma once
// What an Expression keeps: the graph, and a program for each pattern of rates that its calls have met.

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <lanewise/expression.hpp>

#include "bytecode/emit.hpp"
#include "exec/loaded_program.hpp"
#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Returns the program of an elementwise graph.
Program emit_for(const Graph& graph, const std::vector<Rate>& rates);

struct Expression::State {
  State(std::string source_text, const CompileOptions& compile_options, Graph simplified_graph)
      : source(std::move(source_text)), options(compile_options), graph(std::move(simplified_graph)) {}
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::string source;
  const CompileOptions options;
  const Graph graph;

  struct Kept {
    std::vector<Rate> rates;
    LoadedProgram program;
    Kept* next;
  };
  /// A program that the state keeps, or one that lives as long as this.
  struct ProgramReference {
    const LoadedProgram* program;
    std::unique_ptr<Kept> own;
    const LoadedProgram& operator*() const { return *program; }
  };
  /// Returns the program for inputs of these sizes: those of one element count as scalars. Lock-free; safe from any thread.
  ProgramReference program_for(std::span<const ArrayView* const> inputs) const;

 private:
  mutable std::atomic<Kept*> first_kept_ = nullptr;
  mutable std::atomic<int> kept_count_ = 0;
};

}  // namespace lanewise::inline v0
