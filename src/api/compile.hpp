#pragma once
// From text to a simplified graph: the stages that need no arrays.

#include <string_view>
#include <utility>

#include <lanewise/error.hpp>
#include <lanewise/options.hpp>
#include <lanewise/schema.hpp>

#include "ir/graph.hpp"

namespace lanewise::inline v0 {

/// Runs stages that know only positions; their errors leave with the text.
template <class Stages>
auto with_source(std::string_view source, Stages&& stages) {
  try {
    return std::forward<Stages>(stages)();
  } catch (Error& error) {
    error.attach_source(source);
    throw;
  }
}

/// Returns the graph as it is written.
Graph bind_text(std::string_view source, const Schema& inputs, const CompileOptions& options);
/// Returns the graph that programs are made from.
Graph compile_graph(std::string_view source, const Schema& inputs, const CompileOptions& options);

}  // namespace lanewise::inline v0
