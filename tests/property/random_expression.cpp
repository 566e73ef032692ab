// Grows a tree by the kind of value wanted, so that most texts have a meaning; now and then any kind is put in place of the wanted one, as
// refusals must agree as well. Operators and functions all have their turn.

#include "property/random_expression.hpp"

#include "property/vocabulary.hpp"

namespace lanewise::inline v0::property {
namespace {

using Kind = NamedKind::Kind;
using Shape = TextTree::Shape;

class Generator {
 public:
  Generator(RandomChoice& random, const std::vector<NamedKind>& inputs, std::size_t rank) : random_(random), names_(inputs), rank_(rank) {
    for (const NamedKind& input : inputs) has_complex_ = has_complex_ || input.kind == Kind::complex;
    reduction_percent_ = random_.percent(40) ? 12 : 0;
  }

  RandomProgram program() {
    RandomProgram result;
    const std::size_t local_count = random_.percent(30) ? 1 + random_.below(3) : 0;
    for (std::size_t i = 0; i < local_count; ++i) {
      const Kind kind = any_kind();
      result.locals.push_back(grow(kind, 1 + random_.below(3)));
      names_.push_back({local_name(i), kind});
    }
    const std::size_t result_count = random_.percent(85) ? 1 : 2 + random_.below(2);
    // Now and then one that no accumulators hold, and of more than one segment.
    const std::size_t depth = random_.percent(97) ? 1 + random_.below(5) : 8;
    for (std::size_t i = 0; i < result_count; ++i) result.results.push_back(grow(any_kind(), i == 0 ? depth : 2));
    return result;
  }

 private:
  Kind any_kind() {
    const std::size_t choice = random_.below(10);
    if (has_complex_ && random_.percent(25)) return Kind::complex;
    return choice < 2 ? Kind::truth : choice < 5 ? Kind::integer : Kind::floating;
  }

  TextTree grow(Kind kind, std::size_t depth) {
    if (random_.percent(3)) kind = any_kind();
    if (depth == 0 || random_.percent(8)) return leaf(kind);
    if (random_.percent(reduction_percent_)) return reduction(kind, depth - 1);
    switch (kind) {
      case Kind::truth: return truth(depth - 1);
      case Kind::integer: return integer(depth - 1);
      case Kind::floating: return floating(depth - 1);
      default: return complex(depth - 1);
    }
  }

  TextTree leaf(Kind kind) {
    if (random_.percent(70)) {
      std::vector<const NamedKind*> fitting;
      for (const NamedKind& name : names_) {
        if (name.kind == kind) fitting.push_back(&name);
      }
      if (!fitting.empty()) return {Shape::leaf, fitting[random_.below(fitting.size())]->name + index_text()};
      if (!names_.empty() && random_.percent(50)) return {Shape::leaf, names_[random_.below(names_.size())].name + index_text()};
    }
    switch (kind) {
      case Kind::truth: return {Shape::leaf, random_.percent(50) ? "True" : "False"};
      case Kind::integer: return {Shape::leaf, random_.of(random_.percent(4) ? rare_integer_literals : integer_literals)};
      case Kind::complex: return {Shape::leaf, random_.of(complex_literals)};
      default: return {Shape::leaf, random_.of(random_.percent(25) ? integer_literals : float_literals)};
    }
  }

  // Most keep the shape, or leave what broadcasts to it.
  std::string index_text() {
    if (!random_.percent(8)) return "";
    return random_.of(random_.percent(85) ? common_indices : rare_indices);
  }

  TextTree node(Shape shape, std::string head, std::vector<TextTree> children) {
    return {shape, std::move(head), std::move(children), random_.percent(75)};
  }
  TextTree call(const Words& names, std::vector<TextTree> children) { return node(Shape::call, random_.of(names), std::move(children)); }

  // `where` and its other forms, between values of one kind.
  TextTree choice(Kind kind, std::size_t depth) {
    const Kind condition_kind = random_.percent(85) ? Kind::truth : any_kind();
    std::vector<TextTree> children{grow(condition_kind, depth), grow(kind, depth), grow(kind, depth)};
    switch (random_.below(5)) {
      case 0: return node(Shape::call, "select", std::move(children));
      case 1:
        children.insert(children.begin() + 2, {grow(Kind::truth, 0), grow(kind, 0)});
        return node(Shape::call, "select", std::move(children));
      case 2: return node(Shape::call, "where", std::move(children));
      default: return node(Shape::conditional, "", std::move(children));
    }
  }

  // Most keep the dimensions, so that what is left still broadcasts.
  TextTree reduction(Kind kind, std::size_t depth) {
    if (kind == Kind::integer && random_.percent(8)) return with_axis(node(Shape::call, "size", {grow(any_kind(), depth)}), false);
    if (kind == Kind::integer && random_.percent(8)) return {Shape::call, "index", {}, true, random_.percent(60) ? "" : axis_text()};
    const Words& names = kind == Kind::truth      ? truth_reductions
                         : kind == Kind::integer  ? integer_reductions
                         : kind == Kind::floating ? float_reductions
                                                  : complex_reductions;
    const bool is_dot = kind != Kind::truth && random_.percent(5);
    TextTree result = is_dot ? node(Shape::call, "dot", {grow(kind, depth), grow(kind, depth)}) : call(names, {grow(kind, depth)});
    if ((result.head == "var" || result.head == "nanstd") && random_.percent(40))
      result.tail += random_.percent(80) ? ", ddof=1" : ", ddof=0.5";
    return with_axis(std::move(result), true);
  }

  TextTree with_axis(TextTree result, bool takes_keepdims) {
    const std::size_t form = random_.below(10);
    if (form < 4) return result;
    result.tail += ", axis=" + (form == 9 ? "(" + axis_text() + ", " + axis_text() + ")" : axis_text());
    if (takes_keepdims && random_.percent(65)) result.tail += ", keepdims=True";
    return result;
  }

  std::string axis_text() {
    const std::size_t rank = rank_ + (random_.percent(4) || rank_ == 0 ? 1 : 0);
    const auto axis = static_cast<int>(random_.below(2 * rank)) - static_cast<int>(rank);
    return std::to_string(axis);
  }

  TextTree truth(std::size_t depth) {
    switch (random_.below(14)) {
      case 0: return node(Shape::prefix, random_.percent(70) ? "not" : "~", {grow(Kind::truth, depth)});
      case 1: return node(Shape::infix, random_.percent(50) ? "and" : "or", {grow(any_kind(), depth), grow(any_kind(), depth)});
      case 2:
      case 3: return node(Shape::infix, random_.of(truth_operators), {grow(Kind::truth, depth), grow(Kind::truth, depth)});
      case 4: return call(float_tests, {grow(random_.percent(85) ? Kind::floating : any_kind(), depth)});
      case 5: return choice(Kind::truth, depth);
      case 6: return node(Shape::call, "bool", {grow(any_kind(), depth)});
      case 7: {  // a chain: neither link in brackets
        const Kind kind = any_kind();
        TextTree first = node(Shape::infix, random_.of(comparisons), {grow(kind, depth), grow(kind, depth)});
        first.brackets = false;
        return node(Shape::infix, random_.of(comparisons), {std::move(first), grow(kind, depth)});
      }
      case 8: return node(Shape::call, random_.percent(70) ? "isclose" : "logical_xor", {grow(any_kind(), depth), grow(any_kind(), depth)});
      case 9:
        if (has_complex_) return call(complex_tests, {grow(Kind::complex, depth)});
        [[fallthrough]];
      default: {
        const Kind kind = any_kind();
        const std::string& comparison = kind == Kind::complex ? comparisons[4 + random_.below(2)] : random_.of(comparisons);
        return node(Shape::infix, comparison, {grow(kind, depth), grow(random_.percent(80) ? kind : any_kind(), depth)});
      }
    }
  }

  TextTree integer(std::size_t depth) {
    const auto operand = [&] { return grow(Kind::integer, depth); };
    switch (random_.below(13)) {
      case 0: return node(Shape::prefix, random_.percent(60) ? "-" : random_.percent(50) ? "~" : "+", {operand()});
      case 1: return choice(Kind::integer, depth);
      case 2: return call(casts_to_integers, {grow(random_.percent(70) ? Kind::floating : any_kind(), depth)});
      case 3: return call(integer_functions_of_one, {operand()});
      case 4: return call(integer_functions_of_two, {operand(), operand()});
      case 5:
        return node(Shape::infix, "**",
                    {operand(), random_.percent(50) ? TextTree{Shape::leaf, random_.of(exponents)} : grow(Kind::integer, 0)});
      case 6:
        if (random_.percent(50)) return {Shape::call, "round", {operand()}, true, random_.percent(50) ? ", -1" : ", 2"};
        return node(Shape::call, "clip", {operand(), grow(Kind::integer, 0), grow(Kind::integer, 0)});
      default: return node(Shape::infix, random_.of(integer_operators), {operand(), operand()});
    }
  }

  TextTree floating(std::size_t depth) {
    const auto operand = [&] { return grow(random_.percent(80) ? Kind::floating : any_kind(), depth); };
    switch (random_.below(18)) {
      case 0: return node(Shape::prefix, random_.percent(80) ? "-" : "+", {operand()});
      case 1: return choice(Kind::floating, depth);
      case 2: return call(casts_to_floats, {operand()});
      case 3:
      case 4: return call(float_functions(1), {operand()});
      case 5:
      case 6: return call(float_functions(2), {operand(), operand()});
      case 7: return node(Shape::infix, "**", {operand(), TextTree{Shape::leaf, random_.of(exponents)}});
      case 8: return node(Shape::call, random_.percent(50) ? "fma" : "clip", {operand(), operand(), operand()});
      case 9: return node(Shape::call, "ldexp", {operand(), grow(Kind::integer, depth)});
      case 10: return {Shape::call, "round", {operand()}, true, random_.percent(50) ? ", 2" : ", decimals=-1"};
      case 11:
        if (has_complex_) return part(depth);
        [[fallthrough]];
      default: return node(Shape::infix, random_.of(float_operators), {operand(), operand()});
    }
  }

  TextTree part(std::size_t depth) {
    if (random_.percent(40)) return {Shape::attribute, random_.percent(50) ? "real" : "imag", {grow(Kind::complex, depth)}};
    return call(parts_of_complex, {grow(Kind::complex, depth)});
  }

  TextTree complex(std::size_t depth) {
    const auto operand = [&] { return grow(random_.percent(80) ? Kind::complex : Kind::floating, depth); };
    switch (random_.below(10)) {
      case 0: return node(Shape::prefix, "-", {operand()});
      case 1: return choice(Kind::complex, depth);
      case 2: return call(casts_to_complex, {operand()});
      case 3:
      case 4: return call(complex_functions, {operand()});
      case 5: return node(Shape::call, "complex", {grow(Kind::floating, depth), grow(Kind::floating, depth)});
      case 6: return node(Shape::infix, "**", {operand(), TextTree{Shape::leaf, random_.of(exponents)}});
      default: return node(Shape::infix, random_.of(complex_operators), {operand(), operand()});
    }
  }

  RandomChoice& random_;
  std::vector<NamedKind> names_;  // inputs, then locals
  std::size_t rank_;
  std::size_t reduction_percent_;
  bool has_complex_ = false;
};

}  // namespace

RandomProgram random_program(RandomChoice& random, const std::vector<NamedKind>& inputs, std::size_t rank) {
  return Generator(random, inputs, rank).program();
}

}  // namespace lanewise::inline v0::property
