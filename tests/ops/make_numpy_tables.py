#!/usr/bin/env python3
"""Writes the tables of dtypes that NumPy 2 gives: numpy_promotion.inc here, ../ir/numpy_typing.inc. Run it with a Python that has NumPy 2.

float16 is storage in lanewise and meets everything as float32, so NumPy is asked about float32 in its place, and a float16 that NumPy makes of
small integers is written as float32.
"""
import pathlib
import warnings

import numpy as np

NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64", "complex64", "complex128"]
SHORT = dict(zip(NAMES, ["b8", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f16", "f32", "f64", "c64", "c128"]))
HERE = pathlib.Path(__file__).parent
HEAD = f"// Written by tests/ops/make_numpy_tables.py with NumPy {np.__version__}; do not edit.\n"


def asked(name):
    return np.dtype("float32" if name == "float16" else name)


def short(dtype):
    return SHORT["float32" if dtype.name == "float16" else dtype.name]


def typed_row(left, rights):
    return " ".join(short(np.result_type(asked(left), right)) for right in rights)


def write_promotion():
    rows = [HEAD]
    for name in NAMES:
        rows.append(f'TYPED("{typed_row(name, [asked(other) for other in NAMES])}")\n')
    for name in NAMES:
        rows.append(f'WEAK("{typed_row(name, [True, 1, 1.0, 1j])}")\n')
    (HERE / "numpy_promotion.inc").write_text("".join(rows))


UNARY = {
    "-p": np.negative, "+p": np.positive, "~p": np.invert, "not p": np.logical_not,
    "abs": np.abs, "fabs": np.fabs, "sign": np.sign, "square": np.square, "reciprocal": np.reciprocal,
    "sqrt": np.sqrt, "cbrt": np.cbrt, "exp": np.exp, "exp2": np.exp2, "expm1": np.expm1,
    "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "arcsin": np.arcsin, "arccos": np.arccos, "arctan": np.arctan,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "arcsinh": np.arcsinh, "arccosh": np.arccosh, "arctanh": np.arctanh,
    "degrees": np.degrees, "radians": np.radians, "sinc": np.sinc,
    "floor": np.floor, "ceil": np.ceil, "trunc": np.trunc, "rint": np.rint, "round": np.round,
    "isnan": np.isnan, "isinf": np.isinf, "isfinite": np.isfinite, "signbit": np.signbit,
    "real": np.real, "imag": np.imag, "conj": np.conj, "angle": np.angle, "nan_to_num": np.nan_to_num,
    "ones_like": np.ones_like, "zeros_like": np.zeros_like, "popcount": np.bitwise_count,
    "sum": np.sum, "prod": np.prod, "min": np.min, "max": np.max, "any": np.any, "all": np.all, "argmin": np.argmin, "argmax": np.argmax,
    "mean": np.mean, "var": np.var, "std": np.std, "norm": np.linalg.norm, "count_nonzero": np.count_nonzero,
    "nansum": np.nansum, "nanprod": np.nanprod, "nanmin": np.nanmin, "nanmax": np.nanmax,
    "nanmean": np.nanmean, "nanvar": np.nanvar, "nanstd": np.nanstd,
    "p + True": lambda p: p + True, "p + 1": lambda p: p + 1, "p + 0.5": lambda p: p + 0.5, "p + 1j": lambda p: p + 1j,
    "p * 2": lambda p: p * 2, "p - 1": lambda p: p - 1, "1 - p": lambda p: 1 - p, "p / 2": lambda p: p / 2, "p // 2": lambda p: p // 2,
    "p % 2": lambda p: p % 2, "p ** 2": lambda p: p ** 2, "2 ** p": lambda p: 2 ** p, "p ** 0.5": lambda p: p ** 0.5,
    "p & 1": lambda p: p & 1, "p << 1": lambda p: p << 1, "p < 1": lambda p: p < 1, "p == 1": lambda p: p == 1,
    "minimum(p, 1)": lambda p: np.minimum(p, 1), "where(p, p, 1)": lambda p: np.where(p, p, 1), "clip(p, 0, 1)": lambda p: np.clip(p, 0, 1),
    "sum(p, dtype=float64)": lambda p: np.sum(p, dtype="f8") if p.dtype.kind != "c" else None,
    "sum(p, dtype=complex128)": lambda p: np.sum(p, dtype="c16"),
}
BINARY = {
    "p + q": np.add, "p - q": np.subtract, "p * q": np.multiply, "p / q": np.divide, "p // q": np.floor_divide, "p % q": np.remainder,
    "p ** q": np.power, "p & q": np.bitwise_and, "p | q": np.bitwise_or, "p ^ q": np.bitwise_xor, "p << q": np.left_shift, "p >> q": np.right_shift,
    "p < q": np.less, "p <= q": np.less_equal, "p > q": np.greater, "p >= q": np.greater_equal, "p == q": np.equal, "p != q": np.not_equal,
    "p and q": np.logical_and, "p or q": np.logical_or, "logical_xor": np.logical_xor,
    "minimum": np.minimum, "maximum": np.maximum, "fmin": np.fmin, "fmax": np.fmax, "fmod": np.fmod, "remainder": np.remainder,
    "hypot": np.hypot, "arctan2": np.arctan2, "copysign": np.copysign, "nextafter": np.nextafter, "logaddexp": np.logaddexp,
    "heaviside": np.heaviside, "gcd": np.gcd, "lcm": np.lcm, "ldexp": np.ldexp, "isclose": np.isclose, "dot": np.dot,
    "where(True, p, q)": lambda p, q: np.where([True], p, q), "clip(p, q, q)": lambda p, q: np.clip(p, q, q),
}


def result(function, *names):
    try:
        value = function(*(np.ones(1, asked(name)) for name in names))
    except (TypeError, ValueError):
        return "-"
    return "-" if value is None else short(np.asarray(value).dtype)


def write_typing():
    rows = [HEAD]
    for text, function in UNARY.items():
        source = f"{text}(p)" if text.isidentifier() else text
        rows.append(f'UNARY("{source}", "' + " ".join(result(function, name) for name in NAMES) + '")\n')
    for text, function in BINARY.items():
        source = text if " " in text else f"{text}(p, q)"
        rows.append(f'BINARY("{source}",\n')
        rows.append("\n".join(f'       "{" ".join(result(function, left, right) for right in NAMES)}{" " if left != NAMES[-1] else ""}"' for left in NAMES) + ")\n")
    (HERE.parent / "ir" / "numpy_typing.inc").write_text("".join(rows))


warnings.simplefilter("ignore")
write_promotion()
write_typing()
