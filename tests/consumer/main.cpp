// Uses what an outside project would: one shot, a prepared expression, and an error caught across the library's boundary.
#include <cstdio>
#include <lanewise/lanewise.hpp>
#include <vector>

int main() {
  const std::vector<double> u{1.0, 2.0, 3.0};
  const lanewise::Array squares = lanewise::evaluate("u**2", {{"u", u}});
  if (squares.span<double>()[2] != 9.0) return 1;

  std::vector<double> out(u.size());
  const auto expression = lanewise::Expression::compile("exp(a) + k", {{"a", lanewise::DType::float64}, {"k", lanewise::DType::float64}});
  expression.evaluate({{"a", std::vector<double>{0.0, 0.0, 0.0}}, {"k", 1.0}}, out);
  if (out[0] != 2.0) return 2;

  try {
    lanewise::evaluate("2*coss(u)", {{"u", u}});
    return 3;
  } catch (const lanewise::NameError& error) {
    std::puts(error.report().c_str());
  }
  return 0;
}
