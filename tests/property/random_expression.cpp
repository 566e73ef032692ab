// Grows a tree by the kind of value wanted (truth, integer, floating), so that most texts have a meaning; now and then any kind is
// put in place of the wanted one, as refusals must agree as well. Operators and functions all have their turn.

#include "property/random_expression.hpp"

#include <deque>
#include <ranges>
#include <string>
#include <vector>

#include <lanewise/operations.hpp>

namespace lanewise::inline v0::property {
namespace {

using Kind = NamedKind::Kind;
using Shape = TextTree::Shape;

constexpr const char* comparisons[] = {"<", "<=", ">", ">=", "==", "!="};
constexpr const char* integer_operators[] = {"+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>"};
constexpr const char* integer_functions[] = {"minimum",  "maximum", "fmod",        "add",        "subtract",
                                             "multiply", "mod",     "bitwise_and", "right_shift"};
constexpr const char* float_operators[] = {"+", "+", "-", "-", "*", "*", "/", "/", "//", "%", "**"};
/// Function names of rows that take and give floats, aliases too; all others are listed here.
std::vector<const char*> with_elementary_functions(std::vector<const char*> names, int operand_count) {
  static std::deque<std::string> kept;
  for (const OperationInfo& info : operations()) {
    if (info.is_operator || info.ulp_float64 < 1 || info.operand_count != operand_count) continue;
    for (const auto spelling : std::views::split(info.spellings, ' ')) {
      names.push_back(kept.emplace_back(spelling.begin(), spelling.end()).c_str());
    }
  }
  return names;
}
const std::vector<const char*>& float_functions_of_one() {
  static const auto names =
      with_elementary_functions({"sqrt", "sqrt", "abs", "sign", "floor", "ceil", "trunc", "round", "rint", "absolute"}, 1);
  return names;
}
const std::vector<const char*>& float_functions_of_two() {
  static const auto names =
      with_elementary_functions({"copysign", "nextafter", "minimum", "maximum", "fmod", "divide", "pow", "remainder", "floor_divide"}, 2);
  return names;
}
constexpr const char* float_tests[] = {"isnan", "isinf", "isfinite", "signbit"};
constexpr const char* casts[] = {"bool", "int32", "int64", "float32", "float64"};
constexpr const char* integer_literals[] = {"0",  "1",  "2",    "3",     "4",     "5",    "7",    "10",   "31",  "32",
                                            "63", "64", "0x1f", "1_000", "0b101", "0o17", "(-1)", "(-2)", "(-7)"};
constexpr const char* rare_integer_literals[] = {
    "2147483647",          "(-2147483648)",          "2147483648",      "(-2147483649)", "4294967296",
    "9223372036854775807", "(-9223372036854775808)", "9007199254740993"};
constexpr const char* float_literals[] = {"0.0",    "(-0.0)", "0.5",   "1.0",    "1.5",   "2.0",          "2.5",       "(-1.0)",
                                          "(-0.5)", "0.1",    "3.0",   "1e-3",   ".25",   "4.",           "pi",        "e",
                                          "inf",    "nan",    "1e300", "1e-300", "1e-45", "3.4028235e38", "16777217.0"};
constexpr const char* exponents[] = {"0",   "1",    "2",    "2",      "3",   "4",      "5",   "7",    "10",
                                     "0.5", "(-1)", "(-2)", "(-0.5)", "1.5", "(-1.0)", "2.0", "0.25", "inf"};

std::string local_name(std::size_t index) { return std::string("t").append(std::to_string(index)); }

class Generator {
 public:
  Generator(RandomChoice& random, const std::vector<NamedKind>& inputs) : random_(random), names_(inputs) {}

  RandomProgram program() {
    RandomProgram result;
    const std::size_t local_count = random_.percent(30) ? 1 + random_.below(3) : 0;
    for (std::size_t i = 0; i < local_count; ++i) {
      const Kind kind = any_kind();
      result.statements.push_back(grow(kind, 1 + random_.below(3)));
      names_.push_back({local_name(i), kind});
    }
    // Now and then one that no accumulators hold, and of more than one segment.
    result.statements.push_back(grow(any_kind(), random_.percent(97) ? 1 + random_.below(5) : 8));
    return result;
  }

 private:
  Kind any_kind() {
    const std::size_t choice = random_.below(10);
    return choice < 2 ? Kind::truth : choice < 5 ? Kind::integer : Kind::floating;
  }

  TextTree grow(Kind kind, std::size_t depth) {
    if (random_.percent(4)) kind = any_kind();
    if (depth == 0 || random_.percent(8)) return leaf(kind);
    switch (kind) {
      case Kind::truth: return truth(depth - 1);
      case Kind::integer: return integer(depth - 1);
      default: return floating(depth - 1);
    }
  }

  TextTree leaf(Kind kind) {
    if (random_.percent(70)) {
      std::vector<const NamedKind*> fitting;
      for (const NamedKind& name : names_) {
        if (name.kind == kind) fitting.push_back(&name);
      }
      if (!fitting.empty()) return {Shape::leaf, fitting[random_.below(fitting.size())]->name};
      if (!names_.empty() && random_.percent(50)) return {Shape::leaf, names_[random_.below(names_.size())].name};
    }
    switch (kind) {
      case Kind::truth: return {Shape::leaf, random_.percent(50) ? "True" : "False"};
      case Kind::integer: return {Shape::leaf, random_.percent(6) ? random_.of(rare_integer_literals) : random_.of(integer_literals)};
      default: return {Shape::leaf, random_.percent(25) ? random_.of(integer_literals) : random_.of(float_literals)};
    }
  }

  TextTree node(Shape shape, std::string head, std::vector<TextTree> children) {
    return {shape, std::move(head), std::move(children), random_.percent(75)};
  }

  // `where` and its operator form, between two values of one kind.
  TextTree choice(Kind kind, std::size_t depth) {
    const Kind condition_kind = random_.percent(85) ? Kind::truth : any_kind();
    std::vector<TextTree> children{grow(condition_kind, depth), grow(kind, depth), grow(kind, depth)};
    return random_.percent(50) ? node(Shape::call, "where", std::move(children)) : node(Shape::conditional, "", std::move(children));
  }

  TextTree truth(std::size_t depth) {
    switch (random_.below(12)) {
      case 0: return node(Shape::prefix, random_.percent(70) ? "not" : "~", {grow(Kind::truth, depth)});
      case 1: return node(Shape::infix, random_.percent(50) ? "and" : "or", {grow(any_kind(), depth), grow(any_kind(), depth)});
      case 2:
      case 3: {
        constexpr const char* operators[] = {"&", "|", "^", "+", "*", "and", "or"};
        return node(Shape::infix, random_.of(operators), {grow(Kind::truth, depth), grow(Kind::truth, depth)});
      }
      case 4: return node(Shape::call, random_.of(float_tests), {grow(random_.percent(85) ? Kind::floating : any_kind(), depth)});
      case 5: return choice(Kind::truth, depth);
      case 6: return node(Shape::call, "bool", {grow(any_kind(), depth)});
      case 7: {  // a chain: neither link in brackets
        const Kind kind = any_kind();
        TextTree first = node(Shape::infix, random_.of(comparisons), {grow(kind, depth), grow(kind, depth)});
        first.brackets = false;
        return node(Shape::infix, random_.of(comparisons), {std::move(first), grow(kind, depth)});
      }
      default: {
        const Kind kind = any_kind();
        return node(Shape::infix, random_.of(comparisons), {grow(kind, depth), grow(random_.percent(80) ? kind : any_kind(), depth)});
      }
    }
  }

  TextTree integer(std::size_t depth) {
    switch (random_.below(12)) {
      case 0: return node(Shape::prefix, random_.percent(60) ? "-" : random_.percent(50) ? "~" : "+", {grow(Kind::integer, depth)});
      case 1: return choice(Kind::integer, depth);
      case 2: return node(Shape::call, random_.percent(50) ? "int32" : "int64", {grow(any_kind(), depth)});
      case 3: {
        constexpr const char* functions[] = {"abs", "sign", "round", "floor", "trunc", "negative", "positive", "invert"};
        return node(Shape::call, random_.of(functions), {grow(Kind::integer, depth)});
      }
      case 4: return node(Shape::call, random_.of(integer_functions), {grow(Kind::integer, depth), grow(Kind::integer, depth)});
      case 5:
        return node(
            Shape::infix, "**",
            {grow(Kind::integer, depth), random_.percent(50) ? TextTree{Shape::leaf, random_.of(exponents)} : grow(Kind::integer, 0)});
      default: return node(Shape::infix, random_.of(integer_operators), {grow(Kind::integer, depth), grow(Kind::integer, depth)});
    }
  }

  TextTree floating(std::size_t depth) {
    const auto operand = [&] { return grow(random_.percent(80) ? Kind::floating : any_kind(), depth); };
    switch (random_.below(14)) {
      case 0: return node(Shape::prefix, random_.percent(80) ? "-" : "+", {operand()});
      case 1: return choice(Kind::floating, depth);
      case 2:
        return node(Shape::call, random_.percent(70) ? (random_.percent(50) ? "float32" : "float64") : random_.of(casts), {operand()});
      case 3:
      case 4: return node(Shape::call, random_.of(float_functions_of_one()), {operand()});
      case 5:
      case 6: return node(Shape::call, random_.of(float_functions_of_two()), {operand(), operand()});
      case 7: return node(Shape::infix, "**", {operand(), TextTree{Shape::leaf, random_.of(exponents)}});
      default: return node(Shape::infix, random_.of(float_operators), {operand(), operand()});
    }
  }

  RandomChoice& random_;
  std::vector<NamedKind> names_;  // inputs, then locals
};

std::string in_brackets(const std::string& text) { return std::string("(").append(text).append(")"); }

std::string text_of(const TextTree& tree);

std::string child_text(const TextTree& child) {
  const bool needs_brackets = child.shape == Shape::conditional || child.head == "not" || child.head == "and" || child.head == "or";
  return needs_brackets && !child.brackets ? in_brackets(text_of(child)) : text_of(child);
}

std::string text_of(const TextTree& tree) {
  std::string text;
  switch (tree.shape) {
    case Shape::leaf: return tree.head;
    case Shape::call:
      for (const TextTree& child : tree.children) text += (text.empty() ? "" : ", ") + text_of(child);
      return tree.head + in_brackets(text);
    case Shape::prefix: text = tree.head + (tree.head == "not" ? " " : "") + child_text(tree.children[0]); break;
    case Shape::infix: text = child_text(tree.children[0]) + " " + tree.head + " " + child_text(tree.children[1]); break;
    case Shape::conditional:
      text = child_text(tree.children[1]) + " if " + child_text(tree.children[0]) + " else " + child_text(tree.children[2]);
      break;
  }
  return tree.brackets ? in_brackets(text) : text;
}

// Calls `visit` with every piece of the tree.
template <class Visit>
void for_each_piece(TextTree& tree, Visit visit) {
  visit(tree);
  for (TextTree& child : tree.children) for_each_piece(child, visit);
}

// Appends the program with `piece`, which is part of it, replaced.
void add_replaced(RandomProgram& program, TextTree& piece, TextTree replacement, std::vector<RandomProgram>& results) {
  std::swap(piece, replacement);
  results.push_back(program);
  std::swap(piece, replacement);
}

}  // namespace

RandomProgram random_program(RandomChoice& random, const std::vector<NamedKind>& inputs) { return Generator(random, inputs).program(); }

std::string to_text(const RandomProgram& program) {
  std::string text;
  for (std::size_t i = 0; i < program.statements.size(); ++i) {
    if (i + 1 < program.statements.size()) text += local_name(i) + " = ";
    text += text_of(program.statements[i]);
    if (i + 1 < program.statements.size()) text += "; ";
  }
  return text;
}

std::vector<RandomProgram> smaller_programs(const RandomProgram& program) {
  std::vector<RandomProgram> results;
  if (program.statements.size() > 1) {
    for (const TextTree& statement : program.statements) results.push_back({{statement}});
  }
  RandomProgram scratch = program;
  for (TextTree& statement : scratch.statements) {
    for_each_piece(statement, [&](TextTree& piece) {
      const std::vector<TextTree> children = piece.children;
      for (const TextTree& child : children) add_replaced(scratch, piece, child, results);
      if (!children.empty()) {
        add_replaced(scratch, piece, {Shape::leaf, "x0"}, results);
        add_replaced(scratch, piece, {Shape::leaf, "1"}, results);
      }
    });
  }
  return results;
}

}  // namespace lanewise::inline v0::property
