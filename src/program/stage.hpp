#pragma once
// What can be shown of an expression instead of its value.

#include <optional>

#include <lanewise/expression.hpp>

namespace lanewise::inline v0::program {

/// A stage of its compilation, or its plan.
struct ShownStage {
  const char* name;
  std::optional<Stage> stage;  ///< none of the plan
};
inline constexpr ShownStage shown_stages[] = {{"tree", Stage::tree},
                                              {"graph", Stage::graph},
                                              {"simplified", Stage::simplified},
                                              {"program", Stage::program},
                                              {"plan", {}}};

}  // namespace lanewise::inline v0::program
