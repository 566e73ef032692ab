// Text in, tree out: every precedence, chains, conditionals, statements, comments; and the positions that nodes carry.

#include "syntax/parse.hpp"

#include <string>

#include <gtest/gtest.h>

namespace {

using namespace lanewise;

struct Row {
  const char* source;
  const char* tree;
};

void expect_trees(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    try {
      EXPECT_EQ(to_text(parse(row.source)), row.tree) << "text: " << row.source;
    } catch (Error& error) {
      error.attach_source(row.source);
      ADD_FAILURE() << error.report();
    }
  }
}

TEST(Parse, Values) {
  expect_trees({
      {"u", "u"},
      {"  u\t", "u"},
      {"_a1", "_a1"},
      {"iffy + orange + notes + Truth", "(+ (+ (+ iffy orange) notes) Truth)"},
      {"True + False", "(+ True False)"},
      {"'a b'", "'a b'"},
      {"\"it's\" + '\\''", "(+ \"it's\" '\\'')"},
      {"'é × #'", "'é × #'"},
      {"\uFEFFu", "u"},
  });
}

TEST(Parse, LevelsFromTheStrongest) {
  expect_trees({
      {"f(a)**2", "(** (f a) 2)"},
      {"a**b**c", "(** a (** b c))"},
      {"-a**b", "(- (** a b))"},
      {"a**-b", "(** a (- b))"},
      {"2**-x**2*3", "(* (** 2 (- (** x 2))) 3)"},
      {"2**-+~x", "(** 2 (- (+ (~ x))))"},
      {"-a*b", "(* (- a) b)"},
      {"--a", "(- (- a))"},
      {"-+~a", "(- (+ (~ a)))"},
      {"a*b/c//d%e", "(% (// (/ (* a b) c) d) e)"},
      {"a+b*c-d", "(- (+ a (* b c)) d)"},
      {"a<<b+c>>d", "(>> (<< a (+ b c)) d)"},
      {"a&b<<c", "(& a (<< b c))"},
      {"a^b&c", "(^ a (& b c))"},
      {"a|b^c", "(| a (^ b c))"},
      {"a<b|c", "(< a (| b c))"},
      {"not a<b", "(not (< a b))"},
      {"not not a", "(not (not a))"},
      {"not a and b", "(and (not a) b)"},
      {"a or b and c", "(or a (and b c))"},
      {"a and b or c", "(or (and a b) c)"},
      {"x or y if a or b else c or d", "(if (or a b) (or x y) (or c d))"},
      {"a > 1 & b > 2", "(chain a > (& 1 b) > 2)"},
  });
}

TEST(Parse, EqualLevelsFromTheLeft) {
  expect_trees({
      {"a-b-c", "(- (- a b) c)"},
      {"a<<b>>c", "(>> (<< a b) c)"},
      {"a and b and c", "(and (and a b) c)"},
      {"a or b or c", "(or (or a b) c)"},
  });
}

TEST(Parse, Chains) {
  expect_trees({
      {"a == b", "(== a b)"},
      {"a < b <= c", "(chain a < b <= c)"},
      {"a < b > c == d != e >= f", "(chain a < b > c == d != e >= f)"},
      {"(a < b) < c", "(< (< a b) c)"},
      {"a < (b < c)", "(< a (< b c))"},
      {"a < (b < c < d) < e", "(chain a < (chain b < c < d) < e)"},
      {"a < f(b < c < d, e < g) < h", "(chain a < (f (chain b < c < d) (< e g)) < h)"},
  });
}

TEST(Parse, Conditionals) {
  expect_trees({
      {"x if a else y", "(if a x y)"},
      {"x if a else y if b else z", "(if a x (if b y z))"},
      {"(x if a else y) if b else z", "(if b (if a x y) z)"},
      {"x if (a if b else c) else y", "(if (if b a c) x y)"},
      {"x if not a else -y", "(if (not a) x (- y))"},
      {"f(x if a else y, z)", "(f (if a x y) z)"},
      {"1if a else 2", "(if a 1 2)"},
      {"1 + x if a else y + 2", "(if a (+ 1 x) (+ y 2))"},
  });
}

TEST(Parse, BracketsAndCalls) {
  expect_trees({
      {"((a))", "a"},
      {"(a+b)*c", "(* (+ a b) c)"},
      {"f()", "(f)"},
      {"f(a)", "(f a)"},
      {"f(a,)", "(f a)"},
      {"f (a, b + 1, g(c))", "(f a (+ b 1) (g c))"},
      {"gamma + gamma(x)", "(+ gamma (gamma x))"},
      {"(not a) == (not b)", "(== (not a) (not b))"},
      {"f(not a)", "(f (not a))"},
  });
}

TEST(Parse, ArgumentsByName) {
  expect_trees({
      {"sum(x, axis=0)", "(sum x (= axis 0))"},
      {"sum(x, axis=(0, -1), keepdims=True,)", "(sum x (= axis (, 0 (- 1))) (= keepdims True))"},
      {"f(a=1)", "(f (= a 1))"},
      {"f(f=f(f=f))", "(f (= f (f (= f f))))"},
      {"f(a, a=a)", "(f a (= a a))"},
      {"f(a=b == c)", "(f (= a (== b c)))"},
      {"f(a == b)", "(f (== a b))"},
      {"f(a=x if b else y, c=not d)", "(f (= a (if b x y)) (= c (not d)))"},
      {"f(a=1) + f(a=2)", "(+ (f (= a 1)) (f (= a 2)))"},
      {"f(a=g(b=1, c=2), b=3)", "(f (= a (g (= b 1) (= c 2))) (= b 3))"},
      {"y = f(\n  x,\n  a = 1, # one\n)", "(= y (f x (= a 1)))"},
  });
}

TEST(Parse, Tuples) {
  expect_trees({
      {"a, b", "(, a b)"},
      {"a, b, c,", "(, a b c)"},
      {"a,", "(, a)"},
      {"()", "(,)"},
      {"(a)", "a"},
      {"(a,)", "(, a)"},
      {"(a, b)", "(, a b)"},
      {"((a, b), (), c)", "(, (, a b) (,) c)"},
      {"f((a, b))", "(f (, a b))"},
      {"f((), (a,),)", "(f (,) (, a))"},
      {"x = a, b", "(= x (, a b))"},
      {"x = a,; y = ()\na, b\n", "(= x (, a)); (= y (,)); (, a b)"},
      {"a, # one\nb", "(, a); b"},
      {"a + b, not c, x if d else y", "(, (+ a b) (not c) (if d x y))"},
      {"(a, b) + (c,)*2", "(+ (, a b) (* (, c) 2))"},
      {"-()", "(- (,))"},
      {"(\na,\nb\n)", "(, a b)"},
  });
}

TEST(Parse, Attributes) {
  expect_trees({
      {"z.real", "(. z real)"},
      {"z.real.imag", "(. (. z real) imag)"},
      {"(a + b).imag", "(. (+ a b) imag)"},
      {"f(x).real", "(. (f x) real)"},
      {"x.real**2", "(** (. x real) 2)"},
      {"2**x.real", "(** 2 (. x real))"},
      {"-x.real", "(- (. x real))"},
      {"a*b.c + d", "(+ (* a (. b c)) d)"},
      {"x . real", "(. x real)"},
      {"(x.\nreal)", "(. x real)"},
      {"(x # one\n.  # two\nreal)", "(. x real)"},
      {"1 .real", "(. 1 real)"},
      {"1..real", "(. 1. real)"},
      {"1.5.real", "(. 1.5 real)"},
      {"1e3.real", "(. 1e3 real)"},
      {"0x1.real", "(. 0x1 real)"},
      {"0x1.e5", "(. 0x1 e5)"},
      {"2j.imag", "(. 2j imag)"},
      {"'a'.real", "(. 'a' real)"},
      {"True.real", "(. True real)"},
      {"().real", "(. (,) real)"},
      {"(a, b).real", "(. (, a b) real)"},
  });
}

TEST(Parse, Indices) {
  expect_trees({
      {"u[0]", "([] u 0)"},
      {"-u[-1]**2", "(- (** ([] u (- 1)) 2))"},
      {"2**u[0]", "(** 2 ([] u 0))"},
      {"u[1:-1]", "([] u (: 1 (- 1) .))"},
      {"u[:]", "([] u (: . . .))"},
      {"u[::]", "([] u (: . . .))"},
      {"u[::-1]", "([] u (: . . (- 1)))"},
      {"u[a:b:c]", "([] u (: a b c))"},
      {"u[:n + 1:]", "([] u (: . (+ n 1) .))"},
      {"u[1:, :2, ::3]", "([] u (: 1 . .) (: . 2 .) (: . . 3))"},
      {"u[1,]", "([] u 1)"},
      {"u[:,]", "([] u (: . . .))"},
      {"u[...]", "([] u ...)"},
      {"u[..., 0, None]", "([] u ... 0 None)"},
      {"u[None:2]", "([] u (: None 2 .))"},
      {"u[a if c else b:2]", "([] u (: (if c a b) 2 .))"},
      {"u[(1, 2)]", "([] u 1 2)"},
      {"u[()]", "([] u)"},
      {"u[(1, 2),]", "([] u (, 1 2))"},
      {"u[v[0]]", "([] u ([] v 0))"},
      {"u[1:][0].real", "(. ([] ([] u (: 1 . .)) 0) real)"},
      {"u [\n1 # one\n: ]", "([] u (: 1 . .))"},
      {"f(u[1:], axis=0)", "(f ([] u (: 1 . .)) (= axis 0))"},
  });
}

TEST(Parse, IndicesKnowTheirPlaces) {
  const SyntaxTree tree = parse("-u [1 : -n, ...,None]");
  const struct {
    SyntaxKind kind;
    const char* token;
    const char* extent;
  } rows[] = {{SyntaxKind::name, "u", "u"},
              {SyntaxKind::integer_literal, "1", "1"},
              {SyntaxKind::name, "n", "n"},
              {SyntaxKind::operation, "-", "-n"},
              {SyntaxKind::slice, ":", "1 : -n"},
              {SyntaxKind::ellipsis, "...", "..."},
              {SyntaxKind::new_axis, "None", "None"},
              {SyntaxKind::subscript, "[1 : -n, ...,None]", "u [1 : -n, ...,None]"},
              {SyntaxKind::operation, "-", "-u [1 : -n, ...,None]"}};
  ASSERT_EQ(tree.nodes.size(), std::size(rows) + 1);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(tree.nodes[i].kind, rows[i].kind) << i;
    EXPECT_EQ(tree.text(tree.nodes[i].token), rows[i].token) << i;
    EXPECT_EQ(tree.text(tree.nodes[i].extent), rows[i].extent) << i;
  }
}

TEST(Parse, Statements) {
  expect_trees({
      {"k = 2; k*x", "(= k 2); (* k x)"},
      {"k = 2\nk*x\n", "(= k 2); (* k x)"},
      {"k = 2\r\nk*x", "(= k 2); (* k x)"},
      {"k = 2\rk*x", "(= k 2); (* k x)"},
      {"\n\n a\n\n\n b \n", "a; b"},
      {"a;", "a"},
      {"a;\nb;\n", "a; b"},
      {"a = b == c", "(= a (== b c))"},
      {"a = not b", "(= a (not b))"},
      {"a = x if b else y", "(= a (if b x y))"},
  });
}

TEST(Parse, LineBreaksInBracketsAreWhiteSpace) {
  expect_trees({
      {"(a\n+\nb)", "(+ a b)"},
      {"f(\n  a,\n  b,\n)", "(f a b)"},
      {"(f\n(a))", "(f a)"},
      {"(a\r\n+ b) * (\rc)", "(* (+ a b) c)"},
  });
}

TEST(Parse, Comments) {
  expect_trees({
      {"a # b", "a"},
      {"# a\nb", "b"},
      {"a # one\n# two\nb # three", "a; b"},
      {"(a # one ; ) \n + b)", "(+ a b)"},
      {"a #", "a"},
      {"a # é × “”", "a"},
  });
}

TEST(Parse, NodesStandAfterTheirChildren) {
  const SyntaxTree tree = parse("where(a, -b, 2)");
  const SyntaxKind kinds[] = {SyntaxKind::name, SyntaxKind::name,   SyntaxKind::operation, SyntaxKind::integer_literal,
                              SyntaxKind::call, SyntaxKind::program};
  ASSERT_EQ(tree.nodes.size(), std::size(kinds));
  for (std::size_t i = 0; i < std::size(kinds); ++i) EXPECT_EQ(tree.nodes[i].kind, kinds[i]) << i;
  EXPECT_EQ(tree.nodes[2].operation, OperationId::negative);
  EXPECT_EQ(tree.nodes[4].child_count, 3u);
}

TEST(Parse, NodesKnowTheirPlaces) {
  const SyntaxTree tree = parse(" k = (a + b) * f(c) ");
  const struct {
    const char* token;
    const char* extent;
    bool parenthesised;
  } rows[] = {{"a", "a", false},
              {"b", "b", false},
              {"+", "a + b", true},
              {"c", "c", false},
              {"f", "f(c)", false},
              {"*", "(a + b) * f(c)", false},
              {"k", "k = (a + b) * f(c)", false}};
  ASSERT_EQ(tree.nodes.size(), std::size(rows) + 1);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(tree.text(tree.nodes[i].token), rows[i].token) << i;
    EXPECT_EQ(tree.text(tree.nodes[i].extent), rows[i].extent) << i;
    EXPECT_EQ(tree.nodes[i].parenthesised, rows[i].parenthesised) << i;
  }
}

TEST(Parse, TuplesArgumentsAndAttributesKnowTheirPlaces) {
  const SyntaxTree tree = parse("f( (a, b,), n = -(c) ) . d, ()");
  const struct {
    SyntaxKind kind;
    const char* token;
    const char* extent;
    bool parenthesised;
  } rows[] = {{SyntaxKind::name, "a", "a", false},
              {SyntaxKind::name, "b", "b", false},
              {SyntaxKind::tuple, ",", "a, b,", true},
              {SyntaxKind::name, "c", "c", true},
              {SyntaxKind::operation, "-", "-(c)", false},
              {SyntaxKind::keyword_argument, "n", "n = -(c)", false},
              {SyntaxKind::call, "f", "f( (a, b,), n = -(c) )", false},
              {SyntaxKind::attribute, "d", "f( (a, b,), n = -(c) ) . d", false},
              {SyntaxKind::tuple, "()", "()", true},
              {SyntaxKind::tuple, ",", "f( (a, b,), n = -(c) ) . d, ()", false}};
  ASSERT_EQ(tree.nodes.size(), std::size(rows) + 1);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(tree.nodes[i].kind, rows[i].kind) << i;
    EXPECT_EQ(tree.text(tree.nodes[i].token), rows[i].token) << i;
    EXPECT_EQ(tree.text(tree.nodes[i].extent), rows[i].extent) << i;
    EXPECT_EQ(tree.nodes[i].parenthesised, rows[i].parenthesised) << i;
  }
  EXPECT_EQ(tree.nodes[2].token.offset_bytes, 5u);
}

TEST(Parse, ChainsKnowTheirOperators) {
  const SyntaxTree tree = parse("a < b == c");
  const SyntaxNode& chain = tree.nodes[3];
  ASSERT_EQ(chain.kind, SyntaxKind::chain);
  ASSERT_EQ(chain.child_count, 3u);
  ASSERT_EQ(tree.chain_operators.size(), 2u);
  EXPECT_EQ(tree.chain_operators[chain.first_chain_operator + 1].operation, OperationId::equal);
  EXPECT_EQ(tree.chain_operators[chain.first_chain_operator + 1].token, (SourceSpan{6, 2}));
}

}  // namespace
