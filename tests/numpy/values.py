"""Elements to compute with: edges of each dtype, random ones around them, and arrays of many layouts. Python's random numbers, not NumPy's: those may change."""

import itertools

import numpy as np

from runner import DTYPES

INTEGER_EDGES = [0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100]
FLOAT_EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0, -2.0, 2.5, -2.5, 3.0, -3.0, 0.1, -7.3, 10.0, 33.0, 88.8, -104.0, 710.0, 1024.0, 8388609.0,
               16777217.0, 2147483648.0, -2147483649.0, 2.0**53, -(2.0**63), 2.0**64, 1e10, 1e-10, 1e-40, -1e-310, 5e-324, 1e38, -1e39, 1e308,
               float("inf"), -float("inf"), float("nan")]
COMPLEX_PARTS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0]
SPECIAL_PARTS = [0.0, -0.0, 1.0, -2.0, float("inf"), -float("inf"), float("nan")]


def edges(dtype, special=False):
    """The elements that go wrong first. Of complex dtypes: finite ones, or with inf and nan if they are asked for."""
    dtype = np.dtype(dtype)
    with np.errstate(all="ignore"):
        if dtype.kind == "b":
            return np.array([False, True])
        if dtype.kind in "iu":
            range_ = np.iinfo(dtype)
            signed = [sign * value for value in INTEGER_EDGES for sign in (1, -1)] + [range_.min, range_.min + 1, range_.max - 1, range_.max]
            return np.array(sorted({value for value in signed if range_.min <= value <= range_.max}), dtype)
        if dtype.kind == "f":
            return np.array(FLOAT_EDGES + [np.finfo(dtype).max, -np.finfo(dtype).max, np.finfo(dtype).tiny, np.finfo(dtype).eps + 1]).astype(dtype)
        parts = SPECIAL_PARTS if special else COMPLEX_PARTS
        return np.array([complex(real, imaginary) for real, imaginary in itertools.product(parts, parts)], dtype)


def every_value(dtype):
    """All values of the 8-bit types, else the edges."""
    dtype = np.dtype(dtype)
    return np.arange(256, dtype=np.uint8).view(dtype) if dtype.itemsize == 1 and dtype.kind != "b" else edges(dtype)


def ordinary(random, dtype, count):
    """Numbers of everyday size, positive and negative."""
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return np.array([random.random() < 0.5 for _ in range(count)], dtype=bool)
    if dtype.kind in "iu":
        return np.array([random.randint(0 if dtype.kind == "u" else -9, 9) for _ in range(count)], dtype)
    if dtype.kind == "f":
        return np.array([random.uniform(-8, 8) for _ in range(count)]).astype(dtype)
    return np.array([complex(random.uniform(-4, 4), random.uniform(-4, 4)) for _ in range(count)]).astype(dtype)


def mixed(random, dtype, count):
    """Mostly ordinary, a third edges."""
    values = ordinary(random, dtype, count)
    some = edges(dtype)
    for i in range(count):
        if random.random() < 0.35:
            values[i] = some[random.randrange(len(some))]
    return values


def whole(random, dtype, count):
    """Small whole numbers, so that sums and products of them are exact in every dtype."""
    low = 0 if np.dtype(dtype).kind in "ub" else -8
    return np.array([random.randint(low, 8) for _ in range(count)]).astype(dtype)


def of_shape(random, dtype, shape, kind=mixed):
    return kind(random, dtype, int(np.prod(shape))).reshape(shape)


def laid_out(random, array):
    """The same elements in another layout: other strides, of any sign, or 0."""
    choice = random.randrange(5)
    if choice == 0 and array.ndim > 0:
        spread = np.zeros(array.shape[:-1] + (2 * array.shape[-1],), array.dtype)
        spread[..., ::2] = array
        return spread[..., ::2]
    if choice == 1 and array.ndim > 0:
        return np.ascontiguousarray(array[::-1])[::-1]
    if choice == 2:
        return np.asfortranarray(array)
    if choice == 3 and array.ndim > 1 and array.shape[0] > 0:
        return np.broadcast_to(array[:1], array.shape)
    return array


def random_dtype(random):
    return random.choice(DTYPES)
