"""Compares lanewise with NumPy itself: value, dtype and shape of some thousand expressions over every dtype.

usage: numpy_test.py ANSWER_CASES [SEED]        ANSWER_CASES: the program of answer_cases.cpp

Functions may differ by the bound of their row and 4 ulp, everything else must agree exactly; a nan equals a nan; the sign of zero counts.
What differs on purpose stands in differences.py. A failure prints the expression, the inputs at the first wrong element, and the seed.
"""

import collections
import itertools
import random
import sys
import time
import warnings

import numpy as np

import cases
import numpy_functions
from compare import Tolerance, difference
from differences import COMPLEX_QUOTIENTS, DIFFERENCES
from numpy_1 import IS_OLD, OLD_DIFFERENCES, LeftOut
from reference import Reference
from runner import LanewiseError, answers, is_weak, operations

MOST_FAILURES_SHOWN = 40


class Verdict:
    """What became of the cases."""

    def __init__(self):
        self.groups = collections.Counter()
        self.seen = collections.Counter()
        self.left_out = collections.Counter()
        self.failures = []
        self.undecided = 0

    def judge(self, case, reference, answer):
        try:
            expected = reference.evaluate(case.text, case.inputs)
        except LeftOut as left_out:
            self.left_out[str(left_out)] += 1
            return
        except (TypeError, ValueError, OverflowError, IndexError, np.exceptions.AxisError if hasattr(np, "exceptions") else np.AxisError) as error:
            self.groups[case.group] += 1
            self.seen.update(reference.seen)
            if not isinstance(answer, LanewiseError):
                self.fail(case, f"{answer.dtype} {answer.ravel()[:3]} where NumPy says {type(error).__name__}: {error}")
            elif answer.number == 0:
                self.fail(case, str(answer))
            return
        *inner, root = reference.tolerances or [Tolerance()]
        if any(tolerance.ulp or tolerance.absolute is not None for tolerance in inner) and not case.extra_ulp:
            self.undecided += 1  # rounding inside, which the rest of the expression may enlarge at will
            return
        self.groups[case.group] += 1
        self.seen.update(reference.seen)
        if isinstance(answer, LanewiseError):
            return self.fail(case, f"{answer} where NumPy gives {expected.dtype} {expected.ravel()[:3]}")
        found = difference(answer, expected, root + Tolerance(case.extra_ulp))
        if found is not None and reference.has_quotient:
            self.seen[COMPLEX_QUOTIENTS] += 1
            found = difference(answer, without_overflow(expected, answer), root + Tolerance(case.extra_ulp), zero_signs=False)
        if found is not None:
            self.fail(case, *([found] if isinstance(found, str) else found))

    def fail(self, case, message, place=None):
        self.failures.append((case, message, place))


def without_overflow(expected, answer):
    """The reference, but the answer where NumPy's formula leaves the range of the floats, on the way or in the end."""
    if answer.dtype != expected.dtype or answer.shape != expected.shape:
        return expected
    return np.where(np.isfinite(expected), expected, answer)


def describe(case, place):
    """The inputs' dtypes, and their elements at the place that differs."""
    parts = []
    for name, value in case.inputs.items():
        kind = f"{type(value).__name__} (bare)" if is_weak(value) else f"{value.dtype}{list(value.shape)}"
        element = value
        if not is_weak(value) and value.size:
            index = () if place is None else tuple(i if extent > 1 else 0 for i, extent in zip(place[len(place) - value.ndim:], value.shape))
            element = value[index] if len(index) == value.ndim else value.ravel()[:4].tolist()
        parts.append(f"{name}: {kind} {element!r}")
    return ", ".join(parts)


def main():
    program, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    warnings.simplefilter("ignore")
    rows = operations(program)
    left_out = {name for name in rows if not numpy_functions.is_in_numpy(name)}
    reference, verdict = Reference(rows), Verdict()
    generated = cases.all_cases(random.Random(seed), rows, lambda name: name in numpy_functions.REDUCTIONS, left_out)
    start = time.monotonic()
    with np.errstate(all="ignore"):
        while chunk := list(itertools.islice(generated, 2000)):
            for case, answer in zip(chunk, answers(program, [(case.text, case.inputs) for case in chunk])):
                verdict.judge(case, reference, answer)
    return report(verdict, rows, seed, left_out, time.monotonic() - start)


def report(verdict, rows, seed, left_out, seconds):
    shown = collections.Counter()
    for case, message, place in verdict.failures:
        key = case.group, case.text
        shown[key] += 1
        if shown[key] <= 2 and sum(shown.values()) <= MOST_FAILURES_SHOWN:
            print(f"{case.text}   {message}\n    {describe(case, place)}")
    print(f"\nNumPy {np.__version__}, seed {seed}, {seconds:.0f} s: {verdict.groups.total()} cases, {len(verdict.failures)} differ, "
          f"{verdict.undecided} left out for rounding inside")
    for group, count in verdict.groups.items():
        print(f"  {count:6} {group}")
    print("Intended differences (differences.py), and the cases that met them:")
    for row in DIFFERENCES:
        print(f"  {verdict.seen[row.name]:6} {row.name}: {row.why}")
    if IS_OLD:
        print("Left out, as this NumPy differs there from NumPy 2 (numpy_1.py):")
        for row in OLD_DIFFERENCES:
            print(f"  {verdict.left_out[row.name]:6} {row.name}: {row.why}")
    print(f"Left to other tests, as NumPy has no such function: {', '.join(sorted(left_out))}")
    missing = [row.name for row in DIFFERENCES if verdict.seen[row.name] == 0 and (not isinstance(row.rows, set) or row.rows & rows.keys())]
    if missing:
        print(f"never met: {', '.join(missing)}")
    return 1 if verdict.failures or (missing and not IS_OLD) else 0


if __name__ == "__main__":
    sys.exit(main())
