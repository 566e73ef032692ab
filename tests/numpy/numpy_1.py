"""The cases in which NumPy 1.24 differs from NumPy 2, one row each: they are left out, and counted, where only that version is to be had."""

import dataclasses
from typing import Callable

import numpy as np

from runner import is_weak

IS_OLD = int(np.__version__.split(".")[0]) < 2


class LeftOut(Exception):
    """NumPy 1.24 cannot tell what NumPy 2 gives."""


@dataclasses.dataclass
class OldDifference:
    name: str
    why: str
    holds: Callable


def kind_of(operand):
    return np.asarray(operand).dtype.kind


def is_scalar(operand):
    return is_weak(operand) or np.ndim(operand) == 0


def result_type(operands):
    """What NumPy 2 promotes to: scalars with a type as arrays, Python's own by their kind alone; None where an integer does not fit."""
    typed = np.result_type(*[np.asarray(operand).dtype for operand in operands if not is_weak(operand)])
    for weak in filter(is_weak, operands):
        if type(weak) is int and typed.kind in "iu" and not np.iinfo(typed).min <= weak <= np.iinfo(typed).max:
            return None
        if "biufc".find(np.asarray(weak).dtype.kind) > "bbifc".find(typed.kind.replace("u", "i")):
            narrow = {int: np.int64, float: np.float64, complex: np.complex64}[type(weak)]
            typed = np.result_type(typed, narrow if typed.kind in "fc" or type(weak) is not complex else np.complex128)
    return typed


def scalars_by_value(row, operands):
    if len(operands) < 2 or not any(is_scalar(operand) for operand in operands) or all(is_weak(operand) for operand in operands):
        return False
    others = operands[1:] if row == "where" else operands
    if all(is_weak(operand) for operand in others):
        return False
    promoted = result_type(others)
    dtypes = {np.asarray(operand).dtype for operand in others if not is_weak(operand)}
    if len(dtypes) > 1 and any(np.ndim(operand) for operand in others):
        return True
    return row == "power" or promoted is None or promoted != np.result_type(*others)


OLD_DIFFERENCES = [
    OldDifference("scalars by value", "NumPy 1 promotes scalars and 0-d arrays by their value, NumPy 2 by their type (NEP 50)", scalars_by_value),
    OldDifference("rounding of integers", "floor, ceil and trunc of integers and bools give floats in NumPy 1",
                  lambda row, operands: row in ("floor", "ceil", "trunc") and kind_of(operands[0]) in "biu"),
    OldDifference("+ of bool", "is refused by NumPy 2 alone", lambda row, operands: row == "positive" and kind_of(operands[0]) == "b"),
    OldDifference("sign of complex", "is x/|x| in NumPy 2, the sign of the real part in NumPy 1",
                  lambda row, operands: row == "sign" and kind_of(operands[0]) == "c"),
    OldDifference("bitwise_count", "is new in NumPy 2", lambda row, operands: row == "popcount"),
    OldDifference("inverse functions beyond the finite", "of complex numbers leave signs open that NumPy 1 chooses otherwise",
                  lambda row, operands: row.startswith("arc") and kind_of(operands[0]) == "c" and not np.all(np.isfinite(operands[0]))),
    OldDifference("ldexp", "finds other types for its second operand in NumPy 1", lambda row, operands: row == "ldexp" and any(map(is_scalar, operands))),
    OldDifference("comparisons of integers", "of int64 with uint64 are exact in NumPy 2, of float64 in NumPy 1",
                  lambda row, operands: row in ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")
                  and {kind_of(operand) for operand in operands} == {"i", "u"} and np.result_type(*operands) == np.float64),
]


def check(row, operands):
    """Raises LeftOut with the name of the row that holds, if one does."""
    for difference in OLD_DIFFERENCES if IS_OLD else []:
        if difference.holds(row, operands):
            raise LeftOut(difference.name)
