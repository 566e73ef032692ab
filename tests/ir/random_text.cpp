#include "ir/random_text.hpp"

#include <algorithm>
#include <vector>

#include "property/random_choice.hpp"

namespace lanewise::inline v0::testing_ir {

namespace {

using property::RandomChoice;

constexpr const char* infix_operators[] = {" + ", " - ", " * ",  " + ",  " - ", " * ",  " / ",  " // ", " % ",   " & ",
                                           " | ", " ^ ", " << ", " >> ", " < ", " <= ", " == ", " != ", " and ", " or "};
constexpr const char* prefix_operators[] = {"-", "-", "~", "+", "not "};
constexpr const char* functions_of_one[] = {"abs",    "abs",     "sqrt",    "real",    "imag",      "conj",      "isnan",  "sign",
                                            "bool",   "int8",    "int16",   "int32",   "int64",     "uint8",     "uint16", "uint32",
                                            "uint64", "float16", "float32", "float64", "complex64", "complex128"};
constexpr const char* functions_of_two[] = {"minimum", "maximum", "complex", "arctan2"};
constexpr const char* literals[] = {"0", "1", "2", "3", "-1", "0.5", "4.0", "True", "2j", "100"};

class TextMaker {
 public:
  TextMaker(std::uint64_t seed, const Schema& inputs) : random_(seed) {
    for (std::size_t count = 1 + random_.below(4); names_.size() < count;) names_.push_back(random_.of(inputs.entries()).name);
  }

  std::string text() {
    std::string result;
    for (std::size_t i = 0, count = random_.below(4); i < count; ++i) {
      const std::string local = "t" + std::to_string(i);
      result += local + " = " + expression(1 + random_.below(4)) + "; ";
      names_.push_back(local);
    }
    result += expression(2 + random_.below(5));
    return random_.percent(20) ? result + ", " + expression(3) : result;
  }

 private:
  std::string leaf() { return random_.percent(75) ? random_.of(names_) : random_.of(literals); }

  std::string expression(std::size_t depth) {
    if (depth == 0 || random_.percent(8)) return leaf();
    const std::size_t kind = random_.below(100);
    if (kind < 62) return "(" + expression(depth - 1) + random_.of(infix_operators) + expression(depth - 1) + ")";
    if (kind < 72) return std::string("(") + random_.of(prefix_operators) + expression(depth - 1) + ")";
    if (kind < 84) return std::string(random_.of(functions_of_one)) + "(" + expression(depth - 1) + ")";
    if (kind < 88) return std::string(random_.of(functions_of_two)) + "(" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
    if (kind < 91) return "(" + expression(depth - 1) + "**" + std::to_string(random_.below(6)) + ")";
    return "where(" + expression(depth - 1) + ", " + expression(depth - 1) + ", " + expression(depth - 1) + ")";
  }

  RandomChoice random_;
  std::vector<std::string> names_;
};

}  // namespace

std::string random_text(std::uint64_t seed, const Schema& inputs) { return TextMaker(seed, inputs).text(); }

}  // namespace lanewise::inline v0::testing_ir
