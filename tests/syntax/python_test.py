"""Compares the parser with CPython's on random texts of the subset that both know: the same texts accepted, the same trees.

usage: python_test.py PRINT_TREES [COUNT [SEED]]

PRINT_TREES is the program of print_trees.cpp. What CPython accepts but the language does not have (lists, methods, `is`, ...)
must be an error here. A third of the texts is derived from the grammar, a third is such a text with a few tokens changed, and a third
is tokens at random. A failure prints the text, both answers and the seed.
"""

import ast
import random
import re
import struct
import subprocess
import sys
import warnings

INFIX = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.LShift: "<<",
         ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&"}
PREFIX = {ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not"}
COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
LOGIC = {ast.And: "and", ast.Or: "or"}

NAMES = ["a", "b", "x", "y_1", "_", "f", "sin", "where", "orange", "iffy", "e", "inf", "Truth"]
NUMBERS = ["0", "1", "2", "10", "007", "00", "1_000", "1__0", "1_", "0x1F", "0xg", "0x_f", "0b101", "0b12", "0o17", "0o8", "01", "1.",
           ".5", "1.5", "1e3", "1E-3", "1e", "1e+", "1_0.0_1e1_0", "1._5", "01.5", "08e1", "09j", "2j", "1.5J", "1e400", "1e-400",
           "5e-324", "2.2250738585072011e-308", "9007199254740993.", "0.1", "18446744073709551615", "18446744073709551616",
           "0xffffffffffffffffff", "0b1" + "01" * 40, "0o7" + "65" * 20, "179769313486231580793" + "0" * 288, "1" + "0" * 400, "1if",
           "2or", "3and", "0xfor", "1else", "2x", "1.5.5", "1..2", "123456789.123456789e-20"]
STRINGS = ["'s'", '"t u"', "''", '"', "'", "'''"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "^", "|", "<", "<=", ">", ">=", "==", "!=", "and", "or"]
SIGNS = ["+", "-", "~", "not"]
ATTRIBUTES = ["real", "imag", "T", "_x", "e5"]
DOTTED = ["1.real", "1 .real", "1..imag", "1.5.real", "0x1.real", "0x1.e5", "0b1.imag", "0o7.T", "2j.imag", "1e3.real", "00.real", "x.real", "x..y",
          "x.5", "x.if", "x.None", "a.b.c", "x.y(z)", "np.sin(x)", "'s'.T", "True.real", "x.\nreal", "x\n.real", "x.#c\nreal"]
FOREIGN = ["@", ":=", "->", "{", "}", "!", "?", "<>", "&&", "||", "+=", "**=", "is", "in", "not in", "lambda",
           "class", "for", "yield", "await", "pass", "del", "print", "match", "\u00e9", "\u00d7", "$", "\\"]
EVERY_TOKEN = OPERATORS * 3 + SIGNS * 3 + ["(", ")"] * 12 + [","] * 4 + ["if", "else"] * 5 + ["=", ";", "\n"] * 2 + NAMES * 2 \
    + NUMBERS + STRINGS + ["True", "False"] * 3 + FOREIGN + ["# note\n"] + ["."] * 6 + ATTRIBUTES + DOTTED + ["()", "axis", "axis=", "*"] * 2 \
    + ["[", "]", ":"] * 5 + ["...", "None", "[:", ":]"] * 2


class Outside(Exception):
    """The text is Python, but not of the subset."""


class Reference:
    """Makes of CPython's tree what print_trees prints."""

    def __init__(self, text):
        self.lines = [line.encode() for line in text.split("\n")]
        self.values = []

    def answer(self, module):
        if not module.body:
            raise Outside
        trees = [self.statement(node) for node in module.body]
        return "; ".join(trees) + "\t" + "".join(self.values)

    def source_of(self, node):
        if node.lineno != node.end_lineno:
            raise Outside
        return self.lines[node.lineno - 1][node.col_offset:node.end_col_offset].decode()

    def statement(self, node):
        if isinstance(node, ast.Expr):
            return self.expression(node.value)
        if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            raise Outside
        target = node.targets[0]
        if target.col_offset != node.col_offset:  # (a) = 1
            raise Outside
        return f"(= {self.expression(target)} {self.expression(node.value)})"

    def expression(self, node):
        method = getattr(self, type(node).__name__, None)
        if method is None:
            raise Outside
        return method(node)

    def Name(self, node):
        text = self.source_of(node)
        if not text.isascii():
            raise Outside
        return text

    def Constant(self, node):
        value, text = node.value, self.source_of(node)
        if re.fullmatch(r"0[0_]*[1-9][0-9_]*", text):  # in `01else` CPython takes 01 for a float, by mistake; `01 else` it refuses
            raise Outside
        if value is True or value is False:
            self.values.append(f" {value}")
        elif isinstance(value, int):
            self.values.append(f" {value}" if value < 2**64 else " >" + bits_of_integer(value))
        elif isinstance(value, float):
            self.values.append(" f" + bits(value))
        elif isinstance(value, complex):
            self.values.append(" j" + bits(value.imag))
        elif not isinstance(value, str) or not re.fullmatch(r"'[^'\\]*'|\"[^\"\\]*\"", text):
            raise Outside
        return text

    def BinOp(self, node):
        if type(node.op) not in INFIX:
            raise Outside
        return f"({INFIX[type(node.op)]} {self.expression(node.left)} {self.expression(node.right)})"

    def UnaryOp(self, node):
        return f"({PREFIX[type(node.op)]} {self.expression(node.operand)})"

    def BoolOp(self, node):
        word = LOGIC[type(node.op)]
        tree = self.expression(node.values[0])
        for value in node.values[1:]:
            tree = f"({word} {tree} {self.expression(value)})"
        return tree

    def Compare(self, node):
        if any(type(operator) not in COMPARE for operator in node.ops):
            raise Outside
        if len(node.ops) == 1:
            return f"({COMPARE[type(node.ops[0])]} {self.expression(node.left)} {self.expression(node.comparators[0])})"
        pairs = zip(node.ops, node.comparators)
        return f"(chain {self.expression(node.left)}" + "".join(f" {COMPARE[type(o)]} {self.expression(c)}" for o, c in pairs) + ")"

    def IfExp(self, node):
        value, condition, other = self.expression(node.body), self.expression(node.test), self.expression(node.orelse)
        return f"(if {condition} {value} {other})"

    def Call(self, node):
        is_bare_name = isinstance(node.func, ast.Name) and (node.func.lineno, node.func.col_offset) == (node.lineno, node.col_offset)
        if not is_bare_name or (node.func.end_lineno == node.lineno and self.byte_after(node.func) == b")"):
            raise Outside
        name = self.Name(node.func)
        arguments = [self.expression(argument) for argument in node.args]
        keywords = [f"(= {self.identifier(keyword.arg)} {self.expression(keyword.value)})" for keyword in node.keywords]
        if len({keyword.arg for keyword in node.keywords}) < len(node.keywords):  # CPython refuses these after parsing
            raise Outside
        return "(" + " ".join([name] + arguments + keywords) + ")"

    def Attribute(self, node):
        return f"(. {self.expression(node.value)} {self.identifier(node.attr)})"

    def Tuple(self, node):
        return "(" + " ".join([","] + [self.expression(value) for value in node.elts]) + ")"

    def Subscript(self, node):
        base = node.value
        begins_with_base = (base.lineno, base.col_offset) == (node.lineno, node.col_offset)
        rest = b"\n".join([self.lines[base.end_lineno - 1][base.end_col_offset:]] + self.lines[base.end_lineno:])
        follows = re.sub(rb"^(\s|#[^\n]*\n)*", b"", rest).startswith(b"[")
        if not isinstance(base, (ast.Name, ast.Subscript)) or not begins_with_base or not follows:
            raise Outside
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return "(" + " ".join(["[]", self.expression(base)] + [self.index_entry(item, (..., None)) for item in items]) + ")"

    def Slice(self, node):
        parts = [node.lower, node.upper, node.step]
        return "(: " + " ".join("." if part is None else self.index_entry(part, (None,)) for part in parts) + ")"

    def index_entry(self, node, words):
        """`...` and `None` are entries of an index where they stand alone, without brackets of their own."""
        if not isinstance(node, ast.Constant) or not any(node.value is word for word in words):
            return self.expression(node)
        before = b"\n".join(self.lines[:node.lineno - 1] + [self.lines[node.lineno - 1][:node.col_offset]])
        if re.sub(rb"(\s|#[^\n]*\n)*$", b"", before)[-1:] == b"(":
            raise Outside
        return self.source_of(node)

    def identifier(self, text):
        if text is None or not text.isascii():
            raise Outside
        return text

    def byte_after(self, node):
        return self.lines[node.end_lineno - 1][node.end_col_offset:].lstrip()[:1]


def bits(value):
    return struct.pack(">d", value).hex()


def bits_of_integer(value):
    try:
        return bits(float(value))
    except OverflowError:
        return bits(float("inf"))


def expected_answer(text):
    try:
        return Reference(text).answer(ast.parse(text))
    except (SyntaxError, ValueError, Outside):
        return "error"


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        kind = self.random.random()
        if kind < 0.34:
            tokens = self.statements()
        elif kind < 0.67:
            tokens = self.changed(self.statements())
        else:
            tokens = [self.random.choice(EVERY_TOKEN) for _ in range(self.random.randint(1, 9))]
        text = "".join(self.joined(tokens)).replace("\\\n", "\\ \n")  # a backslash that joins lines is Python's alone
        return re.sub(r"\n[ \t]+", "\n", text).lstrip()  # and so is the meaning of blanks that begin a line

    def statements(self):
        tokens = []
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            if self.random.random() < 0.2:
                tokens += [self.random.choice(NAMES), "="]
            value = self.tuple(4) if self.random.random() < 0.15 else self.expression(self.random.randint(0, 4))
            tokens += value + [self.random.choice([";", "\n", "# note\n"])]
        return tokens if self.random.random() < 0.2 else tokens[:-1]

    def expression(self, depth):
        if depth == 0:
            return [self.random.choice(NAMES + NUMBERS[:3] + ["0x1F", "1.5", "1e3", "True", "False", "'s'", "2j", "1_000"])]
        kind = self.random.random()
        if kind < 0.5:
            return self.expression(depth - 1) + [self.random.choice(OPERATORS)] + self.expression(self.random.randint(0, depth - 1))
        if kind < 0.65:
            return [self.random.choice(SIGNS)] + self.expression(depth - 1)
        if kind < 0.73:
            return ["("] + self.expression(depth - 1) + [")"]
        if kind < 0.77:
            return ["("] + (self.tuple(depth) if self.random.random() < 0.9 else []) + [")"]
        if kind < 0.84:
            return self.primary(depth - 1) + [".", self.random.choice(ATTRIBUTES)]
        if kind < 0.87:
            return [self.random.choice(NAMES), "["] + self.index(depth - 1) + ["]"]
        if kind < 0.92:
            return self.expression(self.random.randint(0, depth - 1)) + ["if"] + self.expression(depth - 1) + ["else"] \
                + self.expression(self.random.randint(0, depth - 1))
        return [self.random.choice(NAMES), "("] + self.arguments(depth) + [")"]

    def index(self, depth):
        tokens = []
        for _ in range(self.random.choice([1, 1, 2, 3])):
            kind = self.random.random()
            if kind < 0.6:
                part_count = self.random.choice([1, 2, 2, 2, 3])
                for part in range(part_count):
                    is_given = part_count == 1 or self.random.random() < 0.6
                    tokens += [":"] * (part > 0) + (self.expression(self.random.randint(0, depth)) if is_given else [])
            else:
                tokens += [self.random.choice(["...", "None", ":", "::", "()", "(1, 2)"])]
            tokens += [","]
        return tokens if self.random.random() < 0.2 else tokens[:-1]

    def primary(self, depth):
        value = self.expression(depth)
        return value if depth == 0 else ["("] + value + [")"]

    def tuple(self, depth):
        count = self.random.choice([1, 2, 2, 3])
        tokens = [token for _ in range(count) for token in self.expression(self.random.randint(0, depth - 1)) + [","]]
        return tokens if count == 1 or self.random.random() < 0.2 else tokens[:-1]

    def arguments(self, depth):
        tokens = []
        for _ in range(self.random.randint(0, 3)):
            tokens += self.expression(self.random.randint(0, depth - 1)) + [","]
        for keyword in self.random.sample(["axis", "ddof", "x", "keepdims"], self.random.choice([0, 0, 1, 2])):
            tokens += [keyword, "="] + self.expression(self.random.randint(0, depth - 1)) + [","]
        return tokens if self.random.random() < 0.2 else tokens[:-1]

    def changed(self, tokens):
        for _ in range(self.random.choice([1, 1, 2])):
            place = self.random.randrange(len(tokens) + 1)
            tokens[place:place + self.random.choice([0, 1, 1, 2])] = self.random.choices(EVERY_TOKEN, k=self.random.choice([0, 1, 1]))
        return tokens

    def joined(self, tokens):
        tightness = self.random.choice([0.1, 0.5])
        for token, after in zip(tokens, tokens[1:] + [""]):
            yield token
            is_name = token.isidentifier() and after in (".", "(", "=", ",", ")")
            if self.random.random() > tightness or (token[-1:].isalpha() and not is_name):
                is_odd = self.random.random() < 0.03
                yield self.random.choice(["\n", "", " #c\n"] if is_odd else [" ", " ", " ", " ", "  ", "\t"])


def main(program, count=100_000, seed=20240607):
    warnings.simplefilter("ignore")
    generator = Generator(seed)
    texts = [generator.text() for _ in range(count)]
    run = subprocess.run([program], input="".join(text + "\0" for text in texts).encode(), stdout=subprocess.PIPE, check=True)
    answers = run.stdout.decode().split("\n")[:-1]
    if len(answers) != len(texts):
        sys.exit(f"{len(texts)} texts, {len(answers)} answers")
    valid_count = failure_count = 0
    for text, answer in zip(texts, answers):
        expected = expected_answer(text)
        valid_count += expected != "error"
        if expected != ("error" if answer.startswith("error") else answer):
            failure_count += 1
            if failure_count <= 20:
                print(f"text      {text!r}\n  CPython {expected!r}\n  parser  {answer!r}")
    valid_percent = 100 * valid_count // count
    print(f"{count} texts of seed {seed}, {len(set(texts))} different, {valid_percent} % valid; {failure_count} answers differ")
    if failure_count or valid_count < 0.3 * count:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
