// In which order passes go through their domain: strides in, rows and columns out.

#include "exec/walk_order.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lanewise::inline v0 {
namespace {

using Strides = std::vector<std::ptrdiff_t>;

std::string axes_text(const AxisList& axes) {
  std::string text;
  for (const std::uint8_t axis : axes.values()) text += std::to_string(axis);
  return text;
}

std::string order_text(const std::vector<std::size_t>& domain, const std::vector<Strides>& operands, const std::vector<Strides>& outputs,
                       std::uint32_t reduced = 0, bool keeps_positions = false) {
  const std::vector<AxisStrides> operand_strides(operands.begin(), operands.end());
  const std::vector<AxisStrides> output_strides(outputs.begin(), outputs.end());
  const WalkOrder order = choose_walk_order({domain, operand_strides, output_strides, reduced != 0, reduced, keeps_positions});
  return axes_text(order.rows) + "|" + axes_text(order.columns) + (order.steps_are_rows ? " down" : "") + (order.has_transposed ? " transposed" : "");
}

TEST(WalkOrder, OfElementwiseWorkGoesAlongTheOutput) {
  const Strides c_order{80, 8};
  const Strides fortran{8, 80};
  EXPECT_EQ(order_text({10, 10}, {c_order}, {c_order}), "|01");
  EXPECT_EQ(order_text({10, 10}, {fortran}, {fortran}), "|10");
  EXPECT_EQ(order_text({10, 10}, {c_order, fortran}, {c_order}), "0|1 transposed");
  EXPECT_EQ(order_text({10, 10}, {c_order, Strides({0, 8})}, {c_order}), "0|1");
  EXPECT_EQ(order_text({4, 1, 5}, {Strides({40, 40, 8})}, {Strides({40, 40, 8})}), "|02");
  EXPECT_EQ(order_text({1, 1}, {}, {Strides({8, 8})}), "|");
}

TEST(WalkOrder, OfReductionsFollowsTheArrays) {
  EXPECT_EQ(order_text({500, 600}, {Strides({4800, 8})}, {}, 0b11), "|01");
  EXPECT_EQ(order_text({500, 600}, {Strides({8, 4000})}, {}, 0b11), "|10");
  EXPECT_EQ(order_text({500, 600}, {Strides({8, 4000})}, {}, 0b11, true), "|01") << "positions count in C order";
  EXPECT_EQ(order_text({500, 600}, {Strides({4800, 8})}, {}, 0b10), "0|1");
  EXPECT_EQ(order_text({500, 600}, {Strides({4800, 8})}, {}, 0b01), "0|1 down");
  EXPECT_EQ(order_text({500, 3}, {Strides({24, 8})}, {}, 0b10), "1|0 down") << "short rows are folded side by side";
}

}  // namespace
}  // namespace lanewise::inline v0
