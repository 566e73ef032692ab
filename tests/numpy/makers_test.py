"""Compares arrays that the calculator makes with NumPy's for the same call: type, shape, and every bit; logspace within a few units in the last place.

usage: makers_test.py PROGRAM [COUNT [SEED]]
"""

import json
import random
import subprocess
import sys

import numpy

NAMES = {"arange": numpy.arange, "linspace": numpy.linspace, "zeros": numpy.zeros, "ones": numpy.ones, "full": numpy.full, "eye": numpy.eye,
         "reshape": numpy.reshape, "logspace": numpy.logspace, "float32": numpy.float32, "int32": numpy.int32, "uint8": numpy.uint8,
         "int64": numpy.int64, "float64": numpy.float64, "True": True, "False": False}


is_numpy_1 = numpy.__version__.startswith("1.")  # there float32 scalars give float64 where NumPy 2 gives float32


def number(choose):
    kind = choose.randrange(7)
    if kind < 2:
        return str(choose.randrange(-20, 40))
    if kind == 2:
        return repr(choose.choice([0.1, 0.25, -0.3, 1e-3, 1e10, 7.5, 1 / 3, -2.5]))
    if kind == 3:
        return repr(choose.uniform(-10, 10))
    if kind == 4:
        return f"float32({choose.uniform(-5, 5):.3f})"
    if kind == 5:
        return f"{choose.choice(['int32', 'uint8'])}({choose.randrange(30)})"
    return repr(choose.uniform(-1, 1) * 10.0 ** choose.randrange(-15, 15))


def untyped(text):
    for dtype in ("float32", "int32", "uint8"):
        text = text.removeprefix(dtype)
    return text


def call(choose):
    kind = choose.randrange(8)
    if kind < 3:
        # NumPy finds the length by Python's arithmetic on the arguments, whose rounding and wrapping differ with the types of scalars that meet.
        start, step = untyped(number(choose)), untyped(number(choose))
        count = choose.choice([1, 2, 3, 10, 40])
        dtype = choose.choice(["", "", "", ", dtype=float32", ", dtype=float64"])
        stop = float(eval(start, NAMES)) + float(eval(step, NAMES)) * count  # in NumPy 1 numbers of two types add up to another type than in NumPy 2
        whole = choose.random() < 0.5 and stop.is_integer()
        return f"arange({start}, {int(stop) if whole else repr(stop)}, {step}{dtype})"
    if kind < 5:
        rest = choose.choice(["", "", ", endpoint=False", ", dtype=float32", ", dtype=int64"])
        start, stop = (text.removeprefix("float32") if is_numpy_1 else text for text in (number(choose), number(choose)))
        return f"linspace({start}, {stop}, {choose.choice([0, 1, 2, 3, 7, 50, 1001])}{rest})"
    if kind == 5:
        return f"logspace({choose.uniform(-3, 3)!r}, {choose.uniform(-3, 3)!r}, {choose.choice([1, 2, 5, 30])}{choose.choice(['', ', base=2.0'])})"
    if kind == 6:
        dtype = choose.choice(["", ", dtype=int32", ", dtype=float32"])
        return choose.choice([f"zeros((2, 3){dtype})", f"ones(4{dtype})", f"eye({choose.randrange(6)}, {choose.randrange(6)}, {choose.randrange(-2, 3)}{dtype})",
                              f"full((2, 2), {number(choose)})"])
    return f"reshape(arange({choose.choice([12, 24])}), {choose.choice(['(2, -1)', '(-1, 3)', '(3, 4, -1)', '-1'])})"


def expected_of(text):
    with numpy.errstate(all="ignore"):
        try:
            return numpy.asarray(eval(text, {"__builtins__": {"__import__": __import__}}, NAMES))
        except (ValueError, ZeroDivisionError, OverflowError, MemoryError):
            return None


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
    choose = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    cases = []
    while len(cases) < count:
        text = call(choose)
        expected = expected_of(text)
        if expected is not None and expected.size < 5_000:
            cases.append((text, expected))
    lines = "".join(text + "\n" for text, _ in cases)
    done = subprocess.run([sys.argv[1], "--json", "--full"], input=lines, stdout=subprocess.PIPE, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(cases), (len(answers), len(cases))
    failures = []
    for (text, expected), answer in zip(cases, answers):
        if "error" in answer:
            failures.append((text, expected, answer))
            continue
        value = numpy.array(answer["value"], dtype=answer["dtype"]).reshape(answer["shape"])
        same = value.dtype == expected.dtype and value.shape == expected.shape
        exact = not text.startswith("logspace")
        same = same and (numpy.array_equal(value, expected, equal_nan=True) if exact else numpy.allclose(value, expected, rtol=1e-14, atol=0))
        if not same:
            failures.append((text, expected, answer))
    for text, expected, answer in failures[:5]:
        print(f"{text}\nnumpy:    {expected.dtype} {expected.shape} {expected.ravel().tolist()[:8]}\nlanewise: {str(answer)[:400]}\n")
    print(f"{len(cases)} calls, {len(failures)} differences, NumPy {numpy.__version__}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
