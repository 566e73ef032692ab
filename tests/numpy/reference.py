"""Evaluates an expression of the language with NumPy: a walk over CPython's tree of the text, one NumPy function a node.

A value is an array, a NumPy scalar (typed), or one of Python's own scalars (weak, as in NumPy 2). Where the language means something else
than NumPy, a row of differences.py takes part, which is then in `seen`. `tolerances` has one entry a node, the root's last.
"""

import ast

import numpy as np

import numpy_1
import numpy_functions
from compare import EXACT, Tolerance, difference as difference_between
from differences import DIFFERENCES, Refused
from runner import DTYPES, is_weak

INFIX = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.FloorDiv: "floor_divide", ast.Mod: "remainder",
         ast.Pow: "power", ast.LShift: "left_shift", ast.RShift: "right_shift", ast.BitOr: "bitwise_or", ast.BitXor: "bitwise_xor",
         ast.BitAnd: "bitwise_and", ast.Lt: "less", ast.LtE: "less_equal", ast.Gt: "greater", ast.GtE: "greater_equal", ast.Eq: "equal",
         ast.NotEq: "not_equal", ast.And: "logical_and", ast.Or: "logical_or"}
PREFIX = {ast.UAdd: "positive", ast.USub: "negative", ast.Invert: "invert", ast.Not: "logical_not"}
CONSTANTS = {"pi": float(np.pi), "e": float(np.e), "inf": float("inf"), "nan": float("nan")}

# Allowed beyond the bound of a row, for NumPy's own error.
NUMPY_ULP = 4
# Of complex functions: the bound of every row, in units of the modulus.
COMPLEX_ULP = 4
EXACT_FOR_COMPLEX = {"add", "subtract", "negative", "positive", "real", "imaginary", "conjugate", "equal", "not_equal", "where", "complex",
                     "isnan", "isinf", "isfinite", "round", "round_to", "ones_like", "zeros_like", "select", "index", "size"}


class Reference:
    def __init__(self, rows):
        self.row_of = {spelling: row.name for row in rows.values() for spelling in row.functions}
        self.rows = rows

    def evaluate(self, text, inputs):
        """Returns the value as an array; raises what NumPy raises."""
        self.names = CONSTANTS | inputs
        self.tolerances, self.seen, self.has_quotient = [], set(), False
        for statement in ast.parse(text).body:
            if isinstance(statement, ast.Assign):
                self.names[statement.targets[0].id] = self.value(statement.value)
            else:
                result = self.value(statement.value)
        return np.asarray(result)

    def value(self, node):
        return getattr(self, type(node).__name__)(node)

    def Constant(self, node):
        return node.value

    def Name(self, node):
        return self.names[node.id]

    def Attribute(self, node):
        return self.apply("real" if node.attr == "real" else "imaginary", [self.value(node.value)])

    def Subscript(self, node):
        return np.asarray(self.value(node.value))[self.index_entry(node.slice)]

    def index_entry(self, node):
        if isinstance(node, ast.Tuple):
            return tuple(self.index_entry(entry) for entry in node.elts)
        if isinstance(node, ast.Slice):
            return slice(*(None if part is None else self.value(part) for part in (node.lower, node.upper, node.step)))
        return self.value(node)

    def UnaryOp(self, node):
        return self.apply(PREFIX[type(node.op)], [self.value(node.operand)])

    def BinOp(self, node):
        return self.apply(INFIX[type(node.op)], [self.value(node.left), self.value(node.right)])

    def BoolOp(self, node):
        self.seen.add("element by element")
        return self.fold(INFIX[type(node.op)], [self.value(operand) for operand in node.values])

    def Compare(self, node):
        operands = [self.value(operand) for operand in [node.left, *node.comparators]]
        if len(node.ops) > 1:
            self.seen.add("element by element")
        pairs = zip(node.ops, operands, operands[1:])
        return self.fold("bitwise_and", [self.apply(INFIX[type(operator)], [left, right]) for operator, left, right in pairs])

    def IfExp(self, node):
        self.seen.add("element by element")
        return self.apply("where", [self.value(node.test), self.value(node.body), self.value(node.orelse)])

    def Call(self, node):
        row = self.row_of[node.func.id]
        operands = [self.value(operand) for operand in node.args]
        options = {keyword.arg: self.option(keyword.value) for keyword in node.keywords}
        if row in numpy_functions.REDUCTIONS:
            return self.reduce(row, operands, options)
        return self.apply(row, operands, options)

    def option(self, node):
        if isinstance(node, ast.Tuple):
            return tuple(self.value(element) for element in node.elts)
        if isinstance(node, ast.Name) and node.id in DTYPES:
            return np.dtype(node.id)
        return self.value(node)

    def fold(self, row, values):
        result = values[0]
        for value in values[1:]:
            result = self.apply(row, [result, value])
        return result

    def apply(self, row, operands, options={}):
        function = numpy_functions.of(row)
        if all(is_weak(operand) for operand in operands) and not row.startswith("cast_"):
            typed = [np.asarray(operand)[()] for operand in operands]
            return np.asarray(self.differing(row, function, typed, options)).item()
        result = self.differing(row, function, operands, options)
        self.tolerances.append(self.tolerance_of(row, operands, np.asarray(result)))
        return result

    def differing(self, row, function, operands, options):
        """What NumPy gives, unless a row of differences.py says otherwise."""
        numpy_1.check(row, operands)
        for difference in DIFFERENCES:
            if row in difference.rows and difference.operands is not None:
                changed = difference.operands(row, operands, function)
                if changed is not None:
                    self.seen.add(difference.name)
                    operands = changed
        for difference in DIFFERENCES:
            if row in difference.rows and difference.value is not None:
                try:
                    result = difference.value(row, operands, options, function)
                except Refused:
                    self.seen.add(difference.name)
                    raise
                if result is not None:
                    if not same(lambda: function(*operands, **options), result):
                        self.seen.add(difference.name)
                    return result
        return function(*operands, **options)

    def tolerance_of(self, row, operands, result):
        if result.dtype.kind not in "fc":
            return EXACT
        if any(np.iscomplexobj(operand) for operand in operands):
            if row in EXACT_FOR_COMPLEX or row.startswith("cast_"):
                return EXACT
            tiny = np.finfo(result.dtype).tiny
            underflows = row == "multiply" and bool(np.any((np.abs(result.real) < tiny) | (np.abs(result.imag) < tiny)))
            self.has_quotient |= row in ("divide", "power", "reciprocal", "rsqrt") or underflows
            return Tolerance(COMPLEX_ULP + NUMPY_ULP) + numpy_functions.complex_error(row, operands, result)
        bound = self.rows[row].ulp_float64 if result.dtype == np.float64 else self.rows[row].ulp_float32
        if row == "logaddexp":  # near its zero in terms of its operands
            return Tolerance(bound + NUMPY_ULP, np.finfo(result.dtype).eps * np.maximum(np.abs(operands[0]), np.abs(operands[1])))
        return EXACT if bound <= 0.5 else Tolerance(bound + NUMPY_ULP)

    def reduce(self, row, operands, options):
        count = 2 if row == "dot" else 1
        if len(operands) > count:
            options = options | {"axis": operands[count]}
        operands = [np.asarray(operand) for operand in operands[:count]]
        if row == "dot":
            operands = [np.asarray(self.apply("multiply", operands))]
        result = self.differing(row, numpy_functions.REDUCTIONS[row], operands, options)
        self.tolerances.append(numpy_functions.reduction_tolerance(row, operands[0], options, np.asarray(result)))
        return result


def same(plain, result):
    """Whether NumPy gives the very result of a difference, which then is none."""
    try:
        plain_result, result = np.asarray(plain()), np.asarray(result)
    except Exception:
        return False
    return difference_between(result, plain_result, EXACT) is None
