// Each error of the parser, pinned whole: the sentence, the line, the carets, the note.

#include "syntax/parse.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace lanewise;

struct Row {
  std::string_view source;
  std::string_view report;
};

void expect_reports(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    try {
      ADD_FAILURE() << "parsed: " << row.source << "\n" << to_text(parse(row.source));
    } catch (Error& error) {
      error.attach_source(row.source);
      EXPECT_EQ(error.report(), row.report) << "text: " << row.source;
    }
  }
}

TEST(ParseError, TextThatEndsTooEarly) {
  expect_reports({
      {"", "error E102: the text has no expression; write one, such as '2*x + 1'"},
      {"  # only",
       "error E102: the text has no expression; write one, such as '2*x + 1'\n"
       "    # only\n"
       "  ^^^^^^^^"},
      {"1 +",
       "error E102: the text ends after '+'; expected a value: a number, a name or '('\n"
       "  1 +\n"
       "     ^"},
      {"2 ** ",
       "error E102: the text ends after '**'; expected a value: a number, a name or '('\n"
       "  2 ** \n"
       "      ^"},
      {"(2",
       "error E103: '(' is not closed; write ')' where its contents end\n"
       "  (2\n"
       "  ^^"},
      {"2*f(a + b # c",
       "error E103: '(' is not closed; write ')' where its contents end\n"
       "  2*f(a + b # c\n"
       "     ^^^^^^"},
      {"(2 + # c",
       "error E102: the text ends after '+'; expected a value: a number, a name or '('\n"
       "  (2 + # c\n"
       "      ^\n"
       "note: '(' was opened here\n"
       "  (2 + # c\n"
       "  ^"},
      {"f(a,",
       "error E102: the text ends after ','; expected a value: a number, a name or '('\n"
       "  f(a,\n"
       "      ^\n"
       "note: '(' was opened here\n"
       "  f(a,\n"
       "   ^"},
      {"x ++",
       "error E102: the text ends after '+'; expected a value: a number, a name or '(' ('++' and '--' are not operators)\n"
       "  x ++\n"
       "      ^"},
      {"x if a",
       "error E102: the text ends where 'else' is expected; write 'x if condition else y'\n"
       "  x if a\n"
       "        ^\n"
       "note: the 'if' is here\n"
       "  x if a\n"
       "    ^^"},
      {"x if ",
       "error E102: the text ends after 'if'; expected a value: a number, a name or '('\n"
       "  x if \n"
       "      ^"},
      {"1 +\n2",
       "error E102: the line ends after '+'; expected a value: a number, a name or '('; to continue on the next line, put the expression "
       "in brackets\n"
       "  1 +\n"
       "     ^"},
      {"k =\n2",
       "error E102: the line ends after '='; expected a value: a number, a name or '('; to continue on the next line, put the expression "
       "in brackets\n"
       "  k =\n"
       "     ^"},
      {"k =",
       "error E102: the text ends after '='; expected a value: a number, a name or '('\n"
       "  k =\n"
       "     ^"},
  });
}

TEST(ParseError, Brackets) {
  expect_reports({
      {"(2]",
       "error E104: ']' does not close '('; write ')'\n"
       "  (2]\n"
       "    ^\n"
       "note: '(' was opened here\n"
       "  (2]\n"
       "  ^"},
      {"2)",
       "error E104: ')' closes no bracket; delete it, or write '(' where the bracket begins\n"
       "  2)\n"
       "   ^"},
      {"]",
       "error E104: ']' closes no bracket; delete it, or write '[' where the bracket begins\n"
       "  ]\n"
       "  ^"},
      {"f(a}",
       "error E104: '}' does not close '('; write ')'\n"
       "  f(a}\n"
       "     ^\n"
       "note: '(' was opened here\n"
       "  f(a}\n"
       "   ^"},
      {"(,)",
       "error E101: found ',' after '('; expected a value: a number, a name or '('\n"
       "  (,)\n"
       "   ^"},
      {"f(,)",
       "error E101: found ',' after '('; expected a value: a number, a name or '('\n"
       "  f(,)\n"
       "    ^"},
      {"(a; b)",
       "error E103: found ';' inside brackets; expected ')'\n"
       "  (a; b)\n"
       "    ^\n"
       "note: '(' was opened here\n"
       "  (a; b)\n"
       "  ^"},
      {"(a\nb = 2",
       "error E101: found 'b' where an operator is expected; to multiply, write '*'\n"
       "  b = 2\n"
       "  ^\n"
       "note: '(' was opened here\n"
       "  (a\n"
       "  ^"},
      {"(1 + )",
       "error E101: found ')' after '+'; expected a value: a number, a name or '('\n"
       "  (1 + )\n"
       "       ^"},
      {"x if a)",
       "error E104: ')' closes no bracket; delete it, or write '(' where the bracket begins\n"
       "  x if a)\n"
       "        ^"},
  });
}

TEST(ParseError, MisplacedTokens) {
  expect_reports({
      {"1 + * 2",
       "error E101: found '*' where a value is expected: a number, a name or '('\n"
       "  1 + * 2\n"
       "      ^"},
      {"a b",
       "error E101: found 'b' where an operator is expected; to multiply, write '*'\n"
       "  a b\n"
       "    ^"},
      {"2 x",
       "error E101: found 'x' where an operator is expected; to multiply, write '*'\n"
       "  2 x\n"
       "    ^"},
      {"f(a b)",
       "error E101: found 'b' where an operator is expected; to multiply, write '*'\n"
       "  f(a b)\n"
       "      ^"},
      {"(float) x",
       "error E101: found 'x' where an operator is expected; write a cast as a function, such as 'float64(x)'\n"
       "  (float) x\n"
       "          ^"},
      {"(int32) x",
       "error E101: found 'x' where an operator is expected; write a cast as a function, such as 'float64(x)'\n"
       "  (int32) x\n"
       "          ^"},
      {"(a)(b)",
       "error E101: found '(' where an operator is expected; to multiply, write '*'\n"
       "  (a)(b)\n"
       "     ^"},
      {"2(x)",
       "error E101: found '(' where an operator is expected; to multiply, write '*'\n"
       "  2(x)\n"
       "   ^"},
      {"f(x)(y)",
       "error E101: found '(' where an operator is expected; to multiply, write '*'\n"
       "  f(x)(y)\n"
       "      ^"},
      {"a;;b",
       "error E101: found ';' after ';'; expected a value: a number, a name or '('\n"
       "  a;;b\n"
       "    ^"},
      {"and",
       "error E101: found 'and' where a value is expected: a number, a name or '('\n"
       "  and\n"
       "  ^^^"},
      {"a == = b",
       "error E101: found '=' where a value is expected: a number, a name or '('\n"
       "  a == = b\n"
       "       ^"},
      {"'a' 'b'",
       "error E101: found ''' where an operator is expected; write one between the two values\n"
       "  'a' 'b'\n"
       "      ^"},
      {"a ~ b",
       "error E101: found '~' where an operator is expected; write one between the two values\n"
       "  a ~ b\n"
       "    ^"},
      {"a not b",
       "error E101: found 'not' where an operator is expected; write one between the two values\n"
       "  a not b\n"
       "    ^^^"},
      {"1.5.2",
       "error E101: found '.2' where an operator is expected; write one between the two values\n"
       "  1.5.2\n"
       "     ^^"},
  });
}

TEST(ParseError, WeakPrefixes) {
  expect_reports({
      {"a + not b",
       "error E101: 'not' binds weaker than '+' before it; write it in brackets: '(not x)'\n"
       "  a + not b\n"
       "      ^^^"},
      {"-not a",
       "error E101: 'not' binds weaker than '-' before it; write it in brackets: '(not x)'\n"
       "  -not a\n"
       "   ^^^"},
      {"a ** not b",
       "error E101: 'not' binds weaker than '**' before it; write it in brackets: '(not x)'\n"
       "  a ** not b\n"
       "       ^^^"},
      {"a == not b",
       "error E101: 'not' binds weaker than '==' before it; write it in brackets: '(not x)'\n"
       "  a == not b\n"
       "       ^^^"},
  });
}

TEST(ParseError, Conditionals) {
  expect_reports({
      {"x if a if b else c else d",
       "error E101: found 'if' where 'else' is expected; put one of the two conditionals in brackets\n"
       "  x if a if b else c else d\n"
       "         ^^\n"
       "note: the 'if' is here\n"
       "  x if a if b else c else d\n"
       "    ^^"},
      {"x else y",
       "error E101: 'else' without an 'if' before it; write 'x if condition else y'\n"
       "  x else y\n"
       "    ^^^^"},
      {"(x if a)",
       "error E101: found ')' where 'else' is expected; write 'x if condition else y'\n"
       "  (x if a)\n"
       "         ^\n"
       "note: the 'if' is here\n"
       "  (x if a)\n"
       "     ^^"},
      {"f(x if a, y)",
       "error E101: found ',' where 'else' is expected; write 'x if condition else y'\n"
       "  f(x if a, y)\n"
       "          ^\n"
       "note: the 'if' is here\n"
       "  f(x if a, y)\n"
       "      ^^"},
      {"x if a else y else z",
       "error E101: 'else' without an 'if' before it; write 'x if condition else y'\n"
       "  x if a else y else z\n"
       "                ^^^^"},
  });
}

TEST(ParseError, Assignments) {
  expect_reports({
      {"(a = 1)",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  (a = 1)\n"
       "     ^"},
      {"a + b = 3",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  a + b = 3\n"
       "        ^"},
      {"1 = 2",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  1 = 2\n"
       "    ^"},
      {"(a) = 1",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  (a) = 1\n"
       "      ^"},
      {"f(x) = 1",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  f(x) = 1\n"
       "       ^"},
      {"a = b = c",
       "error E108: a statement binds one name; bind the other in a statement of its own (to compare, write '==')\n"
       "  a = b = c\n"
       "        ^"},
      {"x += 1",
       "error E108: '+=' is not in the language; bind another name: 'name = expression'\n"
       "  x += 1\n"
       "    ^^"},
      {"x **= 2",
       "error E108: '**=' is not in the language; bind another name: 'name = expression'\n"
       "  x **= 2\n"
       "    ^^^"},
      {"x := 1",
       "error E108: ':=' is not in the language; bind a name in a statement of its own: 'name = expression'\n"
       "  x := 1\n"
       "    ^^"},
  });
}

TEST(ParseError, ArgumentsByName) {
  expect_reports({
      {"f(a=1, b)",
       "error E101: an argument by position stands before those by name; move it, or give it a name\n"
       "  f(a=1, b)\n"
       "         ^\n"
       "note: the first argument by name is here\n"
       "  f(a=1, b)\n"
       "    ^"},
      {"f(a=1, b + c, d=2)",
       "error E101: an argument by position stands before those by name; move it, or give it a name\n"
       "  f(a=1, b + c, d=2)\n"
       "         ^^^^^\n"
       "note: the first argument by name is here\n"
       "  f(a=1, b + c, d=2)\n"
       "    ^"},
      {"f(a=1, b,)",
       "error E101: an argument by position stands before those by name; move it, or give it a name\n"
       "  f(a=1, b,)\n"
       "         ^\n"
       "note: the first argument by name is here\n"
       "  f(a=1, b,)\n"
       "    ^"},
      {"f(a=1, a=2)",
       "error E101: the argument 'a' is given twice; leave one of them out\n"
       "  f(a=1, a=2)\n"
       "         ^\n"
       "note: it is first given here\n"
       "  f(a=1, a=2)\n"
       "    ^"},
      {"f(x, axis=0, ddof=1, axis=1)",
       "error E101: the argument 'axis' is given twice; leave one of them out\n"
       "  f(x, axis=0, ddof=1, axis=1)\n"
       "                       ^^^^\n"
       "note: it is first given here\n"
       "  f(x, axis=0, ddof=1, axis=1)\n"
       "       ^^^^"},
      {"f(a=b=c)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(a=b=c)\n"
       "       ^"},
      {"f((x=1))",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  f((x=1))\n"
       "      ^"},
      {"f(a + b = 1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(a + b = 1)\n"
       "          ^"},
      {"f(-a=1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(-a=1)\n"
       "      ^"},
      {"f((a)=1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f((a)=1)\n"
       "       ^"},
      {"f(a.real=1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(a.real=1)\n"
       "          ^"},
      {"f(a if b else c = 1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(a if b else c = 1)\n"
       "                  ^"},
      {"f(True=1)",
       "error E101: '=' in a call stands directly after the name of an argument, as in 'axis=0'; to compare, write '=='\n"
       "  f(True=1)\n"
       "        ^"},
      {"f(class=1)",
       "error E107: 'class' is a reserved word of Python; choose another name, such as 'class_'\n"
       "  f(class=1)\n"
       "    ^^^^^"},
      {"f(=1)",
       "error E101: found '=' where a value is expected: a number, a name or '('\n"
       "  f(=1)\n"
       "    ^"},
      {"f(a=)",
       "error E101: found ')' after '='; expected a value: a number, a name or '('\n"
       "  f(a=)\n"
       "      ^"},
      {"f(a=,b)",
       "error E101: found ',' after '='; expected a value: a number, a name or '('\n"
       "  f(a=,b)\n"
       "      ^"},
      {"f(a=1;",
       "error E103: found ';' inside brackets; expected ')'\n"
       "  f(a=1;\n"
       "       ^\n"
       "note: '(' was opened here\n"
       "  f(a=1;\n"
       "   ^"},
      {"f(a=1 b=2)",
       "error E101: found 'b' where an operator is expected; to multiply, write '*'\n"
       "  f(a=1 b=2)\n"
       "        ^"},
      {"f(a=1",
       "error E103: '(' is not closed; write ')' where its contents end\n"
       "  f(a=1\n"
       "   ^^^^"},
      {"f(a=not)",
       "error E101: found ')' after 'not'; expected a value: a number, a name or '('\n"
       "  f(a=not)\n"
       "         ^"},
      {"x = f(a = b) = 3",
       "error E108: a statement binds one name; bind the other in a statement of its own (to compare, write '==')\n"
       "  x = f(a = b) = 3\n"
       "               ^"},
      {"f(a==)",
       "error E101: found ')' after '=='; expected a value: a number, a name or '('\n"
       "  f(a==)\n"
       "       ^"},
      {"(x, axis=0)",
       "error E101: these brackets are no call, and only calls have arguments by name; write a function before '('\n"
       "  (x, axis=0)\n"
       "  ^\n"
       "note: the '=' is here\n"
       "  (x, axis=0)\n"
       "          ^"},
      {"sum( (x, axis=0)",
       "error E101: these brackets are no call, and only calls have arguments by name; write a function before '('\n"
       "  sum( (x, axis=0)\n"
       "       ^\n"
       "note: the '=' is here\n"
       "  sum( (x, axis=0)\n"
       "               ^"},
  });
}

TEST(ParseError, Tuples) {
  expect_reports({
      {",",
       "error E101: found ','; expected a value: a number, a name or '('\n"
       "  ,\n"
       "  ^"},
      {"a,,b",
       "error E101: found ',' after ','; expected a value: a number, a name or '('\n"
       "  a,,b\n"
       "    ^"},
      {", a",
       "error E101: found ','; expected a value: a number, a name or '('\n"
       "  , a\n"
       "  ^"},
      {"(a,,b)",
       "error E101: found ',' after ','; expected a value: a number, a name or '('\n"
       "  (a,,b)\n"
       "     ^"},
      {"a, b = 1, 2",
       "error E108: a statement binds one name, not several; bind each in a statement of its own (to compare, write '==')\n"
       "  a, b = 1, 2\n"
       "       ^"},
      {"(a, b) = c",
       "error E108: a statement binds one name, not several; bind each in a statement of its own (to compare, write '==')\n"
       "  (a, b) = c\n"
       "         ^"},
      {"a = b, c = d",
       "error E108: a statement binds one name; bind the other in a statement of its own (to compare, write '==')\n"
       "  a = b, c = d\n"
       "           ^"},
      {"a, (b",
       "error E103: '(' is not closed; write ')' where its contents end\n"
       "  a, (b\n"
       "     ^^"},
      {"(a,; b)",
       "error E101: found ';' after ','; expected a value: a number, a name or '('\n"
       "  (a,; b)\n"
       "     ^"},
      {"(a, b))",
       "error E104: ')' closes no bracket; delete it, or write '(' where the bracket begins\n"
       "  (a, b))\n"
       "        ^"},
      {"a, b c",
       "error E101: found 'c' where an operator is expected; to multiply, write '*'\n"
       "  a, b c\n"
       "       ^"},
      {"x if a, b",
       "error E101: found ',' where 'else' is expected; write 'x if condition else y'\n"
       "  x if a, b\n"
       "        ^\n"
       "note: the 'if' is here\n"
       "  x if a, b\n"
       "    ^^"},
      {"(a, b)(c)",
       "error E101: found '(' where an operator is expected; to multiply, write '*'\n"
       "  (a, b)(c)\n"
       "        ^"},
      {"x = ,",
       "error E101: found ',' after '='; expected a value: a number, a name or '('\n"
       "  x = ,\n"
       "      ^"},
      {"a,\n, b",
       "error E101: found ','; expected a value: a number, a name or '('\n"
       "  , b\n"
       "  ^"},
  });
}

TEST(ParseError, Attributes) {
  expect_reports({
      {"x.",
       "error E102: the text ends after '.'; expected the name of an attribute, such as 'real'\n"
       "  x.\n"
       "    ^"},
      {"x.\nreal",
       "error E102: the line ends after '.'; expected the name of an attribute, such as 'real'\n"
       "  x.\n"
       "    ^"},
      {"(x.\n",
       "error E102: the text ends after '.'; expected the name of an attribute, such as 'real'\n"
       "  (x.\n"
       "     ^"},
      {"x.2",
       "error E101: found '.2' where an operator is expected; write one between the two values\n"
       "  x.2\n"
       "   ^^"},
      {"x.(a)",
       "error E101: found '(' after '.'; expected the name of an attribute, such as 'real'\n"
       "  x.(a)\n"
       "    ^"},
      {"x..y",
       "error E101: found '.' after '.'; expected the name of an attribute, such as 'real'\n"
       "  x..y\n"
       "    ^"},
      {"x.'a'",
       "error E101: found ''' after '.'; expected the name of an attribute, such as 'real'\n"
       "  x.'a'\n"
       "    ^"},
      {"x. + y",
       "error E101: found '+' after '.'; expected the name of an attribute, such as 'real'\n"
       "  x. + y\n"
       "     ^"},
      {"x.if",
       "error E107: 'if' is a reserved word of Python; choose another name, such as 'if_'\n"
       "  x.if\n"
       "    ^^"},
      {"x.None",
       "error E107: 'None' is a reserved word of Python; choose another name, such as 'None_'\n"
       "  x.None\n"
       "    ^^^^"},
      {"x.sum()",
       "error E108: methods are not in the language; write 'sum(...)' with the value as its first argument\n"
       "  x.sum()\n"
       "       ^"},
      {"(a + b).mean(x)",
       "error E108: methods are not in the language; write 'mean(...)' with the value as its first argument\n"
       "  (a + b).mean(x)\n"
       "              ^"},
      {"np.sin(x)",
       "error E108: functions belong to no module; write 'sin(...)' without 'np.'\n"
       "  np.sin(x)\n"
       "        ^"},
      {"math.pi(x)",
       "error E108: functions belong to no module; write 'pi(...)' without 'math.'\n"
       "  math.pi(x)\n"
       "         ^"},
      {"1.real",
       "error E105: '1.real' is not a number: its '.' is that of a float; write '1.0.real' or '(1).real'\n"
       "  1.real\n"
       "  ^^^^^^"},
      {"1_0.imag",
       "error E105: '1_0.imag' is not a number: its '.' is that of a float; write '1.0.real' or '(1).real'\n"
       "  1_0.imag\n"
       "  ^^^^^^^^"},
      {"x .* y",
       "error E108: '.*' is not an operator; every operation works element by element: write '*', '/', '**', '+' or '-'\n"
       "  x .* y\n"
       "    ^^"},
      {"x ./ y",
       "error E108: './' is not an operator; every operation works element by element: write '*', '/', '**', '+' or '-'\n"
       "  x ./ y\n"
       "    ^^"},
      {"x.^2",
       "error E108: '.^' is not an operator; every operation works element by element: write '*', '/', '**', '+' or '-'\n"
       "  x.^2\n"
       "   ^^"},
      {".real",
       "error E101: found '.' where a value is expected: a number, a name or '('\n"
       "  .real\n"
       "  ^"},
      {"x.é",
       "error E106: unknown character 'é' (U+00E9); names are made of the letters a-z and A-Z, digits and '_'\n"
       "  x.é\n"
       "    ^"},
      {"x.reél",
       "error E106: unknown character 'é' (U+00E9); names are made of the letters a-z and A-Z, digits and '_'\n"
       "  x.reél\n"
       "      ^"},
      {"x.real y",
       "error E101: found 'y' where an operator is expected; to multiply, write '*'\n"
       "  x.real y\n"
       "         ^"},
      {"x.real 2",
       "error E101: found '2' where an operator is expected; to multiply, write '*'\n"
       "  x.real 2\n"
       "         ^"},
      {"f(x).real(y)",
       "error E108: methods are not in the language; write 'real(...)' with the value as its first argument\n"
       "  f(x).real(y)\n"
       "           ^"},
      {"x.real = 2",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  x.real = 2\n"
       "         ^"},
      {"x->real",
       "error E101: found '>' where a value is expected: a number, a name or '('\n"
       "  x->real\n"
       "    ^"},
      {"x.\001",
       "error E106: invisible character (U+0001); delete it\n"
       "  x.\uFFFD\n"
       "    ^"},
      {"(a.\nb.\n2)",
       "error E101: found '2' after '.'; expected the name of an attribute, such as 'real'\n"
       "  2)\n"
       "  ^\n"
       "note: '(' was opened here\n"
       "  (a.\n"
       "  ^"},
  });
}

TEST(ParseError, Numbers) {
  expect_reports({
      {"2x",
       "error E105: '2x' is neither a number nor a name; to multiply, write '*' after the number\n"
       "  2x\n"
       "  ^^"},
      {"0777",
       "error E105: '0777' begins with a zero; write the number without it, or with 0o if it is octal\n"
       "  0777\n"
       "  ^^^^"},
      {"1__0",
       "error E105: '1__0' is not a number: a '_' stands between two digits, as in 1_000\n"
       "  1__0\n"
       "  ^^^^"},
      {"1_",
       "error E105: '1_' is not a number: a '_' stands between two digits, as in 1_000\n"
       "  1_\n"
       "  ^^"},
      {"1e",
       "error E105: '1e' is not a number: its exponent has no digits; write it as in 1e-3, or '*e' to multiply by e\n"
       "  1e\n"
       "  ^^"},
      {"1.5e+",
       "error E105: '1.5e+' is not a number: its exponent has no digits; write it as in 1e-3, or '*e' to multiply by e\n"
       "  1.5e+\n"
       "  ^^^^^"},
      {"0b12",
       "error E105: '0b12' is not a number: after 0x stand digits 0-9 and a-f, after 0o 0-7, after 0b 0 and 1\n"
       "  0b12\n"
       "  ^^^^"},
      {"0xg",
       "error E105: '0xg' is not a number: after 0x stand digits 0-9 and a-f, after 0o 0-7, after 0b 0 and 1\n"
       "  0xg\n"
       "  ^^^"},
      {"0x",
       "error E105: '0x' is not a number: after 0x stand digits 0-9 and a-f, after 0o 0-7, after 0b 0 and 1\n"
       "  0x\n"
       "  ^^"},
      {"1_.5",
       "error E105: '1_.5' is not a number: a '_' stands between two digits, as in 1_000\n"
       "  1_.5\n"
       "  ^^^^"},
      {"12abc_3",
       "error E105: '12abc_3' is neither a number nor a name; to multiply, write '*' after the number\n"
       "  12abc_3\n"
       "  ^^^^^^^"},
  });
}

TEST(ParseError, Strings) {
  expect_reports({
      {"'abc",
       "error E103: the quote that begins here is not closed on its line; end it with the same quote\n"
       "  'abc\n"
       "  ^^^^"},
      {"\"\"\"a\"\"\"",
       "error E108: strings in three quotes are not in the language; use one quote on each side\n"
       "  \"\"\"a\"\"\"\n"
       "  ^^^"},
      {"f'a'",
       "error E108: the string prefix 'f' is not in the language; leave it out\n"
       "  f'a'\n"
       "  ^"},
      {"a + \"b\nc",
       "error E103: the quote that begins here is not closed on its line; end it with the same quote\n"
       "  a + \"b\n"
       "      ^^"},
  });
}

TEST(ParseError, OperatorsOfOtherLanguages) {
  expect_reports({
      {"a && b",
       "error E108: '&&' is not an operator; write 'and' for truth values, '&' for bits\n"
       "  a && b\n"
       "    ^^"},
      {"a || b",
       "error E108: '||' is not an operator; write 'or' for truth values, '|' for bits\n"
       "  a || b\n"
       "    ^^"},
      {"!x",
       "error E108: '!' is not an operator; write 'not x' for truth values, '~x' for bits, 'x != y' to compare\n"
       "  !x\n"
       "  ^"},
      {"a ! b",
       "error E108: '!' is not an operator; write 'not x' for truth values, '~x' for bits, 'x != y' to compare\n"
       "  a ! b\n"
       "    ^"},
      {"a <> b",
       "error E108: '<>' is not an operator; write '!='\n"
       "  a <> b\n"
       "    ^^"},
      {"a => b",
       "error E108: '=>' is not an operator; write '>=' or '<='\n"
       "  a => b\n"
       "    ^^"},
      {"a === b",
       "error E108: '===' is not an operator; write '==' or '!='\n"
       "  a === b\n"
       "    ^^^"},
      {"a !== b",
       "error E108: '!==' is not an operator; write '==' or '!='\n"
       "  a !== b\n"
       "    ^^^"},
      {"a @ b",
       "error E108: matrix products ('@') are not in the language; '*' multiplies element by element\n"
       "  a @ b\n"
       "    ^"},
      {"a ? b : c",
       "error E108: '?' is not an operator; write 'x if condition else y' or 'where(condition, x, y)'\n"
       "  a ? b : c\n"
       "    ^"},
      {"a AND b",
       "error E101: found 'AND' where an operator is expected; write 'and'\n"
       "  a AND b\n"
       "    ^^^"},
      {"a OR b",
       "error E101: found 'OR' where an operator is expected; write 'or'\n"
       "  a OR b\n"
       "    ^^"},
      {"a xor b",
       "error E101: found 'xor' where an operator is expected; write '^' for bits, '!=' for truth values\n"
       "  a xor b\n"
       "    ^^^"},
      {"a mod b",
       "error E101: found 'mod' where an operator is expected; write '%', or 'remainder(x, y)'\n"
       "  a mod b\n"
       "    ^^^"},
      {"a div b",
       "error E101: found 'div' where an operator is expected; write '/', or '//' to round down\n"
       "  a div b\n"
       "    ^^^"},
      {"a /* b */",
       "error E108: '/*' is not in the language; a comment begins with '#' and ends with its line\n"
       "  a /* b */\n"
       "    ^^"},
      {"a \\ b",
       "error E108: '\\' is not in the language; to continue on the next line, put the expression in brackets\n"
       "  a \\ b\n"
       "    ^"},
      {"a\\\nb",
       "error E108: '\\' is not in the language; to continue on the next line, put the expression in brackets\n"
       "  a\\\n"
       "   ^"},
  });
}

TEST(ParseError, Indices) {
  expect_reports({
      {"u[]",
       "error E101: the index is empty; write a position or a slice, such as 'x[0]' or 'x[1:-1]'\n"
       "  u[]\n"
       "   ^^"},
      {"u[1:2",
       "error E103: '[' is not closed; write ']' where its contents end\n"
       "  u[1:2\n"
       "   ^^^^"},
      {"u[1:2)",
       "error E104: ')' does not close '['; write ']'\n"
       "  u[1:2)\n"
       "       ^\n"
       "note: '[' was opened here\n"
       "  u[1:2)\n"
       "   ^"},
      {"u[1;2]",
       "error E103: found ';' inside brackets; expected ']'\n"
       "  u[1;2]\n"
       "     ^\n"
       "note: '[' was opened here\n"
       "  u[1;2]\n"
       "   ^"},
      {"u[1:2:3:4]",
       "error E101: a slice has two colons at most: start:stop:step\n"
       "  u[1:2:3:4]\n"
       "         ^"},
      {"u[,1]",
       "error E101: found ',' after '['; expected a value: a number, a name or '('\n"
       "  u[,1]\n"
       "    ^"},
      {"u[1+:]",
       "error E101: found ':' after '+'; expected a value: a number, a name or '('\n"
       "  u[1+:]\n"
       "      ^"},
      {"u[f(1:2)]",
       "error E108: ':' stands only in an index, such as 'x[1:]'; choose between values with 'x if condition else y'\n"
       "  u[f(1:2)]\n"
       "       ^"},
      {"u[... + 1]",
       "error E101: found '+' after '...'; expected ',' or ']'\n"
       "  u[... + 1]\n"
       "        ^"},
      {"u[...:1]",
       "error E101: found ':' after '...'; expected ',' or ']'\n"
       "  u[...:1]\n"
       "       ^"},
      {"u[1 + None]",
       "error E108: 'None' stands only in an index, for a new axis; for a missing number use nan, for all axes leave the axis out\n"
       "  u[1 + None]\n"
       "        ^^^^"},
      {"(u + v)[1:]",
       "error E108: only a name has an index; give the value a name first: 'y = ...; y[0]'\n"
       "  (u + v)[1:]\n"
       "         ^"},
      {"f(u)[0]",
       "error E108: only a name has an index; give the value a name first: 'y = ...; y[0]'\n"
       "  f(u)[0]\n"
       "      ^"},
      {"u[1] = 2",
       "error E101: '=' binds a name that stands alone before it; to compare, write '=='\n"
       "  u[1] = 2\n"
       "       ^"},
      {"u[[0, 1]]",
       "error E108: lists are not in the language; give the values as an input array\n"
       "  u[[0, 1]]\n"
       "    ^"},
  });
}

TEST(ParseError, PythonBeyondTheLanguage) {
  expect_reports({
      {"[1]",
       "error E108: lists are not in the language; give the values as an input array\n"
       "  [1]\n"
       "  ^"},
      {"{1}",
       "error E108: '{' is not in the language; group with '(' and ')'\n"
       "  {1}\n"
       "  ^"},
      {"...",
       "error E108: '...' stands only in an index, such as 'x[..., 0]'; expected a number, a name or '('\n"
       "  ...\n"
       "  ^^^"},
      {"a:b",
       "error E108: ':' stands only in an index, such as 'x[1:]'; choose between values with 'x if condition else y'\n"
       "  a:b\n"
       "   ^"},
      {"a is b",
       "error E108: 'is' is not in the language; compare with '=='\n"
       "  a is b\n"
       "    ^^"},
      {"a in b",
       "error E108: 'in' is not in the language; compare with '==' and join with 'or'\n"
       "  a in b\n"
       "    ^^"},
      {"a not in b",
       "error E108: 'not in' is not in the language; compare with '==' and join with 'or'\n"
       "  a not in b\n"
       "    ^^^^^^"},
      {"lambda x: x",
       "error E108: 'lambda' is not in the language; write the expression itself, or bind parts of it: 'y = x + 1; y*y'\n"
       "  lambda x: x\n"
       "  ^^^^^^"},
      {"None",
       "error E108: 'None' stands only in an index, for a new axis; for a missing number use nan, for all axes leave the axis out\n"
       "  None\n"
       "  ^^^^"},
      {"class = 3",
       "error E107: 'class' is a reserved word of Python; choose another name, such as 'class_'\n"
       "  class = 3\n"
       "  ^^^^^"},
      {"f(x for x in y)",
       "error E108: 'for' is not in the language; every operation works on whole arrays, element by element\n"
       "  f(x for x in y)\n"
       "      ^^^"},
      {"yield",
       "error E107: 'yield' is a reserved word of Python; choose another name, such as 'yield_'\n"
       "  yield\n"
       "  ^^^^^"},
  });
}

TEST(ParseError, Characters) {
  expect_reports({
      {"x − y",
       "error E106: unknown character '−' (U+2212, minus sign); write '-'\n"
       "  x − y\n"
       "    ^"},
      {"x × y",
       "error E106: unknown character '×' (U+00D7, multiplication sign); write '*'\n"
       "  x × y\n"
       "    ^"},
      {"x ÷ y",
       "error E106: unknown character '÷' (U+00F7, division sign); write '/'\n"
       "  x ÷ y\n"
       "    ^"},
      {"x ≤ y",
       "error E106: unknown character '≤' (U+2264, less-than or equal to); write '<='\n"
       "  x ≤ y\n"
       "    ^"},
      {"x ≠ y",
       "error E106: unknown character '≠' (U+2260, not equal to); write '!='\n"
       "  x ≠ y\n"
       "    ^"},
      {"a + “b”",
       "error E106: unknown character '“' (U+201C, left double quotation mark); write '\"'\n"
       "  a + “b”\n"
       "      ^"},
      {"a\u00A0+ b",
       "error E106: invisible character (U+00A0, no-break space); write an ordinary blank\n"
       "  a\uFFFD+ b\n"
       "   ^"},
      {"a\u200B + b",
       "error E106: invisible character (U+200B, zero width space); delete it\n"
       "  a\uFFFD + b\n"
       "   ^"},
      {"\u202Ea",
       "error E106: invisible character (U+202E, right-to-left override); delete it\n"
       "  \uFFFDa\n"
       "  ^"},
      {"１+2",
       "error E106: unknown character '１' (U+FF11, a full-width form); write '1'\n"
       "  １+2\n"
       "  ^^"},
      {"x²",
       "error E106: unknown character '²' (U+00B2, superscript two); write '**2'\n"
       "  x²\n"
       "   ^"},
      {"π*2",
       "error E106: unknown character 'π' (U+03C0, greek letter pi); write 'pi'\n"
       "  π*2\n"
       "  ^"},
      {"naïve",
       "error E106: unknown character 'ï' (U+00EF); names are made of the letters a-z and A-Z, digits and '_'\n"
       "  naïve\n"
       "    ^"},
      {"х + 1",
       "error E106: unknown character 'х' (U+0445, cyrillic letter ha); write the latin 'x'\n"
       "  х + 1\n"
       "  ^"},
      {"漢 + 1",
       "error E106: unknown character '漢' (U+6F22); names are made of the letters a-z and A-Z, digits and '_'\n"
       "  漢 + 1\n"
       "  ^^"},
      {"a $ b",
       "error E106: unknown character '$' (U+0024); the language has no such sign\n"
       "  a $ b\n"
       "    ^"},
      {"a + \001",
       "error E106: invisible character (U+0001); delete it\n"
       "  a + \uFFFD\n"
       "      ^"},
      {"a \033[31m",
       "error E106: invisible character (U+001B); delete it\n"
       "  a \uFFFD[31m\n"
       "    ^"},
      {"a \377 b",
       "error E106: the byte 0xFF is not UTF-8; save the text as UTF-8\n"
       "  a \uFFFD b\n"
       "    ^"},
      {"\303",
       "error E106: the byte 0xC3 is not UTF-8; save the text as UTF-8\n"
       "  \uFFFD\n"
       "  ^"},
      {"\"a\377\"",
       "error E106: the byte 0xFF is not UTF-8; save the text as UTF-8\n"
       "  \"a\uFFFD\"\n"
       "    ^"},
      {"# \377",
       "error E106: the byte 0xFF is not UTF-8; save the text as UTF-8\n"
       "  # \uFFFD\n"
       "    ^"},
      {" a\uFEFF",
       "error E106: invisible character (U+FEFF, byte order mark); delete it\n"
       "   a\uFFFD\n"
       "    ^"},
  });
}

TEST(ParseError, NullByte) {
  const std::string_view source("a +\0 b", 6);
  try {
    parse(source);
    FAIL();
  } catch (SyntaxError& error) {
    error.attach_source(source);
    EXPECT_EQ(error.report(), "error E106: invisible character (U+0000, null byte); delete it\n  a +\uFFFD b\n     ^");
  }
}

TEST(ParseError, LongTokensAreShortened) {
  try {
    parse(std::string(1000, 'a') + " " + std::string(1000, 'b'));
    FAIL();
  } catch (const SyntaxError& error) {
    EXPECT_STREQ(error.what(), "found 'bbbbbbbbbbbbbbbb...bbbbbbbbbbbbbbbb' where an operator is expected; to multiply, write '*'");
  }
}

}  // namespace
