"""Measures lanewise beside NumExpr and NumPy, by the expressions that NumExpr measures itself by.

All three read the same arrays in one process and, but for NumPy, write existing memory, on the same number of threads. Results are compared
with NumPy's before anything is timed. A round runs each contender once; ratios are of minima. Expressions: bench/expressions.txt.
"""

import argparse
import ctypes
import json
import math
import os
import pathlib
import statistics
import sys
import time

import numpy as np

try:
    import numexpr
except ImportError:
    numexpr = None

READING_SECONDS = 0.002  # an evaluation shorter than this is repeated within one reading of the clock
MESSAGE_BYTES = 1024
BAR_GEOMETRIC_MEAN = 4.0
BAR_SLOWEST = 1.0


# Arrays ---------------------------------------------------------------------------------------------------------------------------


def fields_of(layout, values):
    """The arrays as they are, as fields of records, or as fields of records whose first byte puts all that follows off its alignment."""
    if layout == "contiguous":
        return values
    if layout == "every second":
        return {name: np.repeat(array, 2)[::2] for name, array in values.items()}
    first = "S4" if layout == "strided" else "S1"
    records = np.empty(len(next(iter(values.values()))), [("c1", first)] + [(name, array.dtype) for name, array in values.items()])
    for name, array in values.items():
        records[name] = array
    return {name: records[name] for name in values}


def arange_values(count):
    return {name: np.arange(count, dtype="f4") for name in "abcde"}


def boolean_values(count):
    i2 = (np.arange(count) / 1000).astype("i4")
    return {"i2": i2, "f3": i2 / 2.0}


def vml_values(count):
    f3 = np.linspace(0, 1, count).astype("f4")
    return {"i2": (np.arange(count) / 1000).astype("i4"), "f3": f3, "f4": f3.astype("f8") * 1.23}


def scalar_values(count):
    scalars = {f"x{k}": np.float64(value) for k, value in enumerate((2.6, -1.2, 0.5, 0.3, 1.7, 0.9))}
    return {"t": np.linspace(0, 10, count)} | scalars


def random_values(*shapes):
    generator = np.random.default_rng(1)
    return {name: generator.random(shape) + 0.5 for name, shape in zip("abc", shapes)}


def cases(scale):
    """Yields the set of an expression, what to call the arrays, and the arrays. `scale` shrinks them for tests."""

    def count(full):
        return max(int(full * scale), 10)

    side = max(int(10_000 * math.sqrt(scale)), 3)
    layouts = ("contiguous", "strided", "unaligned")
    yield "timing", "contiguous", arange_values(count(5e6))
    yield "timing", "every second", fields_of("every second", arange_values(count(5e6)))
    for layout in layouts:
        yield "boolean", layout, fields_of(layout, boolean_values(count(5e6)))
    for layout in layouts:
        yield "vml", layout, fields_of(layout, vml_values(count(5e6)))
    yield "poly", "contiguous", {"x": np.linspace(-1, 1, count(10e6))}
    for power in range(10, 20, 3):
        yield "small", f"2**{power}", {"a": np.arange(2.0**power)}
    yield "scalars", "contiguous", scalar_values(count(44.1e6))
    yield "matrix", f"{side} by {side}", random_values(*3 * [(side, side)])
    for shape in ((count(1e6),), (count(1e4), 100), (100, 100, max(count(100), 10))):
        yield "shapes", " by ".join(map(str, shape)), random_values(*3 * [shape])


def read_expressions(path):
    """The rows of typed inputs, by set: (name, inputs, text)."""
    sets = {}
    for line in path.read_text().splitlines():
        row = line.split(None, 2)
        if len(row) == 3 and ":" in row[1] and not line.startswith("#"):
            inputs = [one.split(":")[0] for one in row[1].split(",")]
            sets.setdefault(row[0].split(".")[0], []).append((row[0], inputs, row[2]))
    return sets


# Contenders -----------------------------------------------------------------------------------------------------------------------


class NumpyArray(ctypes.Structure):
    """As in bench/peer_library.cpp."""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("dtype", ctypes.c_char_p),
        ("rank", ctypes.c_size_t),
        ("shape", ctypes.POINTER(ctypes.c_size_t)),
        ("strides_bytes", ctypes.POINTER(ctypes.c_ssize_t)),
    ]

    @classmethod
    def of(cls, array):
        return cls(
            array.ctypes.data,
            array.dtype.name.encode(),
            array.ndim,
            (ctypes.c_size_t * array.ndim)(*array.shape),
            (ctypes.c_ssize_t * array.ndim)(*array.strides),
        )


class Lanewise:
    def __init__(self, library_path):
        self.library = ctypes.CDLL(library_path)
        self.library.bench_compile.restype = ctypes.c_void_p
        self.library.bench_result_dtype.argtypes = [ctypes.c_void_p]
        self.library.bench_result_dtype.restype = ctypes.c_char_p
        self.library.bench_bind.restype = ctypes.c_char_p
        self.library.bench_seconds.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self.library.bench_seconds.restype = ctypes.c_double
        self.library.bench_release.argtypes = [ctypes.c_void_p]

    def prepare(self, text, arrays, threads):
        """Returns the result of one evaluation, a function of repeats that returns seconds, and what releases both."""
        message = ctypes.create_string_buffer(MESSAGE_BYTES)
        given = [np.asarray(array) for array in arrays.values()]
        names = (ctypes.c_char_p * len(given))(*(name.encode() for name in arrays))
        dtypes = (ctypes.c_char_p * len(given))(*(array.dtype.name.encode() for array in given))
        handle = self.library.bench_compile(text.encode(), ctypes.c_size_t(len(given)), names, dtypes, message)
        if not handle:
            raise RuntimeError(message.value.decode())
        out = np.empty(np.broadcast_shapes(*(array.shape for array in given)), self.library.bench_result_dtype(handle).decode())
        inputs = (NumpyArray * len(given))(*map(NumpyArray.of, given))
        bound = ctypes.byref(NumpyArray.of(out))
        if not self.library.bench_bind(ctypes.c_void_p(handle), inputs, bound, ctypes.c_size_t(threads), message):
            raise RuntimeError(message.value.decode())
        return out, lambda repeats: self.library.bench_seconds(handle, repeats), lambda: self.library.bench_release(handle)


def prepare_numexpr(text, arrays):
    """The way without looking anything up again, into existing memory: the fastest that NumExpr has."""
    out = np.empty_like(numexpr.evaluate(text, local_dict=arrays, global_dict={}))
    numexpr.evaluate(text, local_dict=arrays, global_dict={}, out=out)

    def seconds(repeats):
        start = time.perf_counter()
        for _ in range(repeats):
            numexpr.re_evaluate(local_dict=arrays, global_dict={})
        return time.perf_counter() - start

    return out, seconds


def prepare_numpy(text, arrays):
    code = compile(text, "expression", "eval")
    names = {name: getattr(np, name) for name in code.co_names if name not in arrays} | dict(arrays)

    def seconds(repeats):
        start = time.perf_counter()
        for _ in range(repeats):
            eval(code, names)
        return time.perf_counter() - start

    return eval(code, names), seconds


# Checking and timing --------------------------------------------------------------------------------------------------------------


def find_fault(found, reference):
    """What is wrong, or None. Contenders differ in what dtype constants have, so float32's accuracy is asked for, of all but a few elements
    where that decides a comparison."""
    if found.dtype == bool:
        wrong = found != reference
    else:
        with np.errstate(all="ignore"):
            wrong = ~np.isclose(found, reference, rtol=1e-4, atol=1e-4, equal_nan=True)
            wrong &= ~((np.abs(found) > 1e38) & (np.abs(reference) > 1e38))  # float32 overflows where float64 does not
    count = np.count_nonzero(wrong)
    return f"{count} of {wrong.size} elements differ" if count > wrong.size * 1e-4 + 1 else None


def time_in_turn(contenders, rounds):
    """Seconds of one evaluation by contender: least and median."""
    repeats = {name: max(1, math.ceil(READING_SECONDS / max(run(1), 1e-9))) for name, run in contenders.items()}
    readings = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            readings[name].append(run(repeats[name]) / repeats[name])
    return {name: {"minimum": min(values), "median": statistics.median(values)} for name, values in readings.items()}


def measure(lanewise, name, text, layout, arrays, options):
    reference, run_numpy = prepare_numpy(text, arrays)
    result = {"name": name, "expression": text, "layout": layout}
    contenders = {"numpy": run_numpy}
    out, run, release = lanewise.prepare(text, arrays, options.threads)
    checked = {"lanewise": (out, run)}
    if numexpr:
        checked["numexpr"] = prepare_numexpr(text, arrays)
    for contender, (output, contender_run) in checked.items():
        fault = find_fault(output, reference)
        if fault:
            result.setdefault("faults", {})[contender] = fault
        else:
            contenders[contender] = contender_run
        if output.dtype != reference.dtype:
            result.setdefault("other_dtypes", {})[contender] = output.dtype.name
    result["seconds"] = time_in_turn(contenders, options.rounds)
    release()
    return result


def minimum(result, contender):
    return result["seconds"].get(contender, {}).get("minimum", math.nan)


def print_row(result):
    times = " | ".join(f"{minimum(result, contender) * 1e3:.3g}" for contender in ("numpy", "numexpr", "lanewise"))
    ratio = minimum(result, "numexpr") / minimum(result, "lanewise")
    notes = list(result.get("faults", {}).items())
    notes += [(contender, f"result of {dtype}") for contender, dtype in result.get("other_dtypes", {}).items()]
    notes = "".join(f" {contender}: {note}" for contender, note in notes)
    print(f"| `{result['expression'].replace('|', chr(92) + '|')}` | {result['layout']} | {times} | {ratio:.2f}{notes} |", flush=True)


def print_summary(results):
    """Returns how many bars are missed."""
    ratios = {f"{r['name']} {r['layout']}": minimum(r, "numexpr") / minimum(r, "lanewise") for r in results}
    ratios = {name: ratio for name, ratio in ratios.items() if not math.isnan(ratio)}
    wrong = [r["name"] for r in results if "lanewise" in r.get("faults", {})]
    checks = [(f"P4 wrong results: {len(wrong)} (bar 0)", not wrong)]
    if ratios:
        mean = math.exp(statistics.fmean(map(math.log, ratios.values())))
        slowest = min(ratios, key=ratios.get)
        checks += [
            (f"P4 times faster than NumExpr, geometric mean of {len(ratios)}: {mean:.2f} (bar {BAR_GEOMETRIC_MEAN:g})", mean >= BAR_GEOMETRIC_MEAN),
            (f"P4 least: {ratios[slowest]:.2f}, {slowest} (bar {BAR_SLOWEST:g})", ratios[slowest] >= BAR_SLOWEST),
        ]
    print()
    for text, passes in checks:
        print(text, "PASS" if passes else "MISS")
    return sum(not passes for _, passes in checks)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", help="the shared library of bench/peer_library.cpp")
    parser.add_argument("--sets", help="comma-separated: timing, boolean, vml, poly, small, scalars, matrix, shapes; all if not given")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--scale", type=float, default=1.0, help="shrinks the arrays, to try the program out")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()

    if numexpr:
        numexpr.set_num_threads(options.threads)
    lanewise = Lanewise(options.library)
    sets = read_expressions(pathlib.Path(__file__).with_name("expressions.txt"))
    wanted = options.sets.split(",") if options.sets else sets
    peer = f"NumExpr {numexpr.__version__}" if numexpr else "NumExpr is not installed"
    print(f"{peer}, NumPy {np.__version__} on one thread, {options.threads} threads; milliseconds, minima\n")
    print("| expression | arrays | NumPy | NumExpr | lanewise | faster than NumExpr |\n|---|---|---:|---:|---:|---:|")
    results = []
    with np.errstate(all="ignore"):
        for set_name, layout, values in cases(options.scale):
            if set_name not in wanted:
                continue
            for name, inputs, text in sets[set_name]:
                results.append(measure(lanewise, name, text, layout, {one: values[one] for one in inputs}, options))
                print_row(results[-1])
    missed = print_summary(results)
    if options.json:
        versions = {"numexpr": numexpr and numexpr.__version__, "numpy": np.__version__, "threads": options.threads}
        options.json.write_text(json.dumps({"versions": versions, "results": results}, indent=1))
    sys.exit(missed)


if __name__ == "__main__":
    main()
