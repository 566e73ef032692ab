"""Compares printed arrays with NumPy's own text for random arrays. Needs NumPy 2.3 or later; by hand, not part of the test run.

usage: compare_with_numpy.py PROBE [COUNT [SEED]]      PROBE: the built target calculator_printing_probe
"""
import subprocess
import sys

import numpy as np


def random_array(random):
    length = int(random.choice([0, 1, 2, 3, 5, 17, 40, 999, 1000, 1001, 1500], p=[.02, .1, .16, .2, .2, .1, .1, .03, .03, .03, .03]))
    dtype = random.choice(["bool", "int32", "int64", "float32", "float64"], p=[.05, .05, .1, .4, .4])
    if dtype == "bool":
        return random.integers(0, 2, length).astype(bool)
    if dtype in ("int32", "int64"):
        bits = int(random.integers(1, 31 if dtype == "int32" else 63))
        return random.integers(-(2**bits), 2**bits, length).astype(dtype)
    return random_floats(random, length).astype(dtype)


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


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    random = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        arrays = [random_array(random) for _ in range(count)]
    data = b"".join(f"{array.dtype.name} {len(array)}\n".encode() + array.tobytes() for array in arrays)
    texts = subprocess.run([sys.argv[1]], input=data, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n=\n")[:-1]
    assert len(texts) == count, len(texts)
    differences = [(array, text) for array, text in zip(arrays, texts) if str(array) != text]
    for array, text in differences[:5]:
        print(f"{array.dtype} {array.tolist()[:8]}\nnumpy:\n{array}\nlanewise:\n{text}\n")
    print(f"{count} arrays, {len(differences)} differences, NumPy {np.__version__}, seed {seed}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
