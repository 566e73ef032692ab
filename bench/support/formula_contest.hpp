#pragma once
// The contest of one formula at one size: its arrays, and who computes it.

#include <cstddef>
#include <lanewise/lanewise.hpp>
#include <string_view>
#include <vector>

#include "support/contest.hpp"
#include "support/expression_list.hpp"
#include "support/hand_fused_loop.hpp"
#include "support/numbers.hpp"

namespace bench {

/// Arrays of one length, and the contenders for the formula chosen last. Contenders keep a reference to it.
class FormulaContest {
 public:
  FormulaContest(std::string_view formula, std::size_t element_count);
  FormulaContest(const FormulaContest&) = delete;
  FormulaContest& operator=(const FormulaContest&) = delete;

  /// Another formula over the same arrays.
  void choose(std::string_view formula);
  const NamedExpression& named() const { return named_; }

  Contender naive_loop(bool on_all_threads) const;
  Contender one_temporary_per_step() const;
  Contender hand_fused_loop(Stores stores) const;
  /// The loops of compiled_loop.cpp, as baselines.
  std::vector<Contender> compiled_loops() const;
  Contender lanewise(const char* contender, std::size_t max_threads) const;
  /// Eigen and muParser's evaluation of arrays, where they are installed.
  std::vector<Contender> array_peers() const;

  /// Checks and times the contenders; `baseline` names what ratios are to.
  Results hold(const std::vector<Contender>& contenders, const ContestRules& rules, std::string_view baseline);

  /// Evaluates once, as the contender does.
  void evaluate(std::size_t max_threads) const;

 private:
  double* second() const { return named_.inputs.size() == 2 ? v_.data() : u_.data(); }

  NamedExpression named_;
  lanewise::Expression expression_;
  Numbers u_;
  Numbers v_;
  Numbers out_;
};

}  // namespace bench
