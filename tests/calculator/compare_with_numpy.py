"""Compares printed scalars and arrays with NumPy's own text: random ones of every dtype and rank, and every float16 there is.

Needs NumPy 2.3 or later; by hand, not part of the test run.

usage: compare_with_numpy.py PROBE [COUNT [SEED]]      PROBE: the built target calculator_printing_probe
"""
import math
import subprocess
import sys

import numpy as np

INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float16", "float32", "float64", "complex64", "complex128"]


def random_array(random):
    shape = random_shape(random)
    dtype = random.choice(["bool", random.choice(INTEGERS), random.choice(FLOATS)], p=[.05, .2, .75])
    length = math.prod(shape)
    if dtype == "bool":
        values = random.integers(0, 2, length).astype(bool)
    elif dtype in INTEGERS:
        info = np.iinfo(dtype)
        bits = int(random.integers(1, info.bits + 1))
        low, high = (-(2**(bits - 1)), 2**(bits - 1)) if info.min < 0 else (0, 2**bits)
        values = random.integers(low, high, length, dtype=dtype)
    elif dtype.startswith("complex"):
        values = np.empty(length, "complex128")
        values.real, values.imag = random_floats(random, length), random_floats(random, length)
    else:
        values = random_floats(random, length)
    with np.errstate(all="ignore"):
        return values.astype(dtype).reshape(shape)


def random_shape(random):
    rank = int(random.choice(5, p=[.15, .45, .2, .15, .05]))
    if rank == 1:
        return (int(random.choice([0, 1, 2, 3, 5, 17, 40, 999, 1000, 1001, 1500], p=[.02, .1, .16, .2, .2, .1, .1, .03, .03, .03, .03])),)
    return tuple(int(random.choice([0, 1, 2, 3, 6, 7, 11, 40], p=[.01, .19, .2, .2, .1, .1, .1, .1])) for _ in range(rank))


def random_floats(random, length):
    kind = random.integers(0, 6)
    with np.errstate(all="ignore"):
        if kind == 0:
            values = random.normal(size=length)
        elif kind == 1:
            values = random.integers(-50, 50, length) / random.choice([1, 2, 4, 8, 10, 100, 1e5])
        elif kind == 2:
            values = 10.0 ** random.uniform(-12, 12, length)
        elif kind == 3:
            values = random.integers(0, 2**64, length, dtype=np.uint64).view(np.float64)
        elif kind == 4:
            values = random.integers(0, 2**32, length, dtype=np.uint32).view(np.float32).astype(np.float64)
        else:
            values = np.round(random.uniform(-1, 1, length) * 10.0 ** random.integers(-4, 17), int(random.integers(0, 12)))
        if length and random.random() < 0.3:
            values[random.integers(0, length)] = random.choice([np.nan, np.inf, -np.inf, 0.0, -0.0])
        return values


def all_halves():
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    return [half.reshape(()) for half in halves] + [half.reshape(1) for half in halves]


def header(array):
    return " ".join([array.dtype.name, str(array.ndim), *map(str, array.shape)]).encode() + b"\n"


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    random = np.random.default_rng(seed)
    arrays = [random_array(random) for _ in range(count)] + all_halves()
    data = b"".join(header(array) + array.tobytes() for array in arrays)
    texts = subprocess.run([sys.argv[1]], input=data, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n=\n")[:-1]
    assert len(texts) == len(arrays), len(texts)
    differences = [(array, text) for array, text in zip(arrays, texts) if str(array[()]) != text]
    for array, text in differences[:5]:
        print(f"{array.dtype} {array.shape} {array.ravel().tolist()[:8]}\nnumpy:\n{str(array[()])[:1000]}\nlanewise:\n{text[:1000]}\n")
    print(f"{len(arrays)} values, {len(differences)} differences, NumPy {np.__version__}, seed {seed}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
