"""Which NumPy function computes each row of the operation table, and how far its reductions may be off.

Most rows are found in NumPy under their own name; the others stand in OTHER_NAMES, reductions in REDUCTIONS. A row that is in none of them and
not in NumPy has no counterpart there and is left to the other tests, which the summary says.
"""

import operator

import numpy as np

from compare import EXACT, Tolerance

def truth(value):
    return np.asarray(value).astype(bool)


def converter(dtype):
    return lambda value: np.asarray(value).astype(dtype)[()]


def clip(x, low, high):
    return np.clip(x, low, high)


def select(*arguments):
    return np.select([truth(condition) for condition in np.broadcast_arrays(*arguments[:-1:2])], list(arguments[1:-1:2]), arguments[-1])


def complex_of(real, imaginary):
    part = np.result_type(np.hypot(real, imaginary).dtype, np.float32)
    real, imaginary = np.broadcast_arrays(real, imaginary)
    result = np.empty(real.shape, np.result_type(part, np.complex64))
    result.real, result.imag = real, imaginary
    return result


def size(x, axis=None):
    return int(np.prod([np.shape(x)[i] for i in np.atleast_1d(axis)])) if axis is not None else np.size(x)


def power_of_ten(x):
    if np.iscomplexobj(x):
        exponent = np.array(x, np.clongdouble)
        exponent.real *= np.log(np.longdouble(10))  # by parts: a complex factor loses signs of zeros
        exponent.imag *= np.log(np.longdouble(10))
        return np.exp(exponent).astype(x.dtype)[()]
    return np.power(np.exp2(x).dtype.type(10), x)


OTHER_NAMES = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv, "power": operator.pow,
    "floor_divide": np.floor_divide, "positive": operator.pos, "negative": operator.neg,
    "where": lambda condition, x, y: np.where(truth(condition), x, y),
    "absolute_float": np.fabs, "round": np.rint, "round_to": np.round, "imaginary": np.imag, "rsqrt": lambda x: 1 / np.sqrt(x),
    "exp10": power_of_ten, "popcount": np.bitwise_count if hasattr(np, "bitwise_count") else None, "clip": clip,
    "select": select, "complex": complex_of, "size": size, "sinc": np.sinc,
    **{f"cast_{name}": converter(name) for name in ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
                                                   "float16", "float32", "float64", "complex64", "complex128"]},
}


def of(row):
    if row in OTHER_NAMES:
        return OTHER_NAMES[row]
    return getattr(np, row)


def complex_error(row, operands, result):
    """NumPy's complex power is exp(b log a): it enlarges the rounding of b log a by its size."""
    if row != "power":
        return EXACT
    base, exponent = (np.asarray(operand, complex) for operand in operands)
    parts = np.finfo(result.real.dtype)
    size = parts.eps * np.nan_to_num(np.abs(exponent * np.log(base)), nan=0.0, posinf=0.0)
    modulus = np.maximum(np.abs(result.real.astype(float)), np.abs(result.imag.astype(float)))
    known = size < 0.01  # beyond that nothing is left of the angle
    return Tolerance(0, np.where(known, 8 * size * np.nan_to_num(modulus, nan=0.0, posinf=0.0) + parts.tiny, np.inf))


def is_in_numpy(row):
    return row in OTHER_NAMES or row in REDUCTIONS or hasattr(np, row)


def norm(x, axis=None, keepdims=False):
    return np.sqrt(np.sum(np.abs(x).astype(float) ** 2, axis=axis, keepdims=keepdims))


REDUCTIONS = {
    "sum": np.sum, "product": np.prod, "smallest": np.min, "largest": np.max, "any": np.any, "all": np.all, "argmin": np.argmin,
    "argmax": np.argmax, "nanmin": np.nanmin, "nanmax": np.nanmax, "mean": np.mean, "var": np.var, "std": np.std,
    "count_nonzero": np.count_nonzero, "dot": np.sum, "norm": norm, "nansum": np.nansum, "nanprod": np.nanprod, "nanmean": np.nanmean,
    "nanvar": np.nanvar, "nanstd": np.nanstd,
}


def reduction_tolerance(row, x, options, result):
    """Of sums (⌈log2 n⌉ + 10) · eps · Σ|x| for either side; what is computed from sums has a few units more; sums of whole numbers are exact."""
    if result.dtype.kind not in "fc" or row in ("smallest", "largest", "nanmin", "nanmax"):
        return EXACT
    count = max(x.size, 1)
    narrow = result.dtype in (np.float32, np.complex64)
    magnitudes = np.nan_to_num(np.abs(x.astype(np.result_type(x.dtype, float))), posinf=0.0)
    whole = x.dtype.kind != "c" and bool(np.all(magnitudes == np.trunc(magnitudes))) and float(np.sum(magnitudes)) < (2**24 if narrow else 2**53)
    if row in ("sum", "nansum", "dot"):
        relative = 2 * (np.ceil(np.log2(count)) + 10) * np.finfo(float).eps
        bound = relative * np.sum(magnitudes, axis=options.get("axis"), keepdims=options.get("keepdims", False))
        return EXACT if whole else Tolerance(1 if narrow else 0, bound)
    if row in ("mean", "nanmean"):
        return Tolerance(1) if whole else Tolerance(2, 64 * np.finfo(float).eps * np.max(magnitudes, initial=0))
    if row in ("product", "nanprod"):
        return Tolerance(2 if narrow else 2 * count)
    return Tolerance(3 if narrow else 12)
