"""Every difference between the language and NumPy 2 that is meant to be, one row each: where it holds, why, and what the language says.

`operands` gives the operands that NumPy is to be asked about instead; `value` gives the result itself, or raises Refused. Either gives None
where NumPy's own answer stands. numpy_test.py prints how many cases met each row, and fails if one met none.
"""

import dataclasses
from typing import Callable, Optional

import numpy as np

import numpy_functions
from runner import is_weak

CASTS = {name for name in numpy_functions.OTHER_NAMES if name.startswith("cast_")}
INTEGER_CASTS = {name for name in CASTS if "int" in name}


NARROW = {None, np.dtype(bool), np.dtype(np.int8), np.dtype(np.uint8)}
ORDERED = {"less", "less_equal", "greater", "greater_equal", "minimum", "maximum", "fmin", "fmax", "clip", "smallest", "largest", "nanmin",
           "nanmax", "argmin", "argmax"}


COMPLEX_QUOTIENTS = "complex quotients and powers"


class Refused(TypeError):
    """What NumPy computes and the language does not."""


class Everything:
    """The rows but a few."""

    def __init__(self, but):
        self.but = but

    def __contains__(self, row):
        return row not in self.but


@dataclasses.dataclass
class Difference:
    name: str
    why: str
    rows: object = ()
    operands: Optional[Callable] = None
    value: Optional[Callable] = None


def dtype_of(value):
    return None if is_weak(value) else np.asarray(value).dtype


def converted(operands, names, dtype):
    return [operand if dtype_of(operand) is None or dtype_of(operand).name not in names else np.asarray(operand).astype(dtype)[()]
            for operand in operands]


def widen_float16(row, operands, function):
    return converted(operands, ["float16"], np.float32) if any(dtype_of(operand) == np.float16 for operand in operands) else None


def widen_narrow(row, operands, function):
    """Where NumPy would compute in float16, as it does for operands of 8 bits."""
    if row == "ldexp":
        significand, exponent = operands
        narrow = dtype_of(significand) in NARROW
        wide = is_weak(significand) and type(significand) is not bool
        return [np.asarray(significand, np.float64 if wide else np.float32)[()], exponent] if narrow else None
    if row in numpy_functions.REDUCTIONS or any(dtype_of(operand) not in NARROW for operand in operands):
        return None
    try:
        is_half = np.asarray(function(*operands)).dtype == np.float16
    except (TypeError, ValueError, OverflowError):
        return None
    if not is_half:
        return None
    return converted(operands, ["bool", "int8", "uint8"], np.float32)


def refuse_complex_order(row, operands, options, function):
    if any(np.iscomplexobj(operand) for operand in operands):
        raise Refused("complex numbers have no order")


def saturating_cast(row, operands, options, function):
    x = np.asarray(operands[0])
    if x.dtype.kind not in "iuf":
        return None
    range_ = np.iinfo(row.removeprefix("cast_"))
    if x.dtype.kind == "f":
        x = np.where(np.isnan(x), 0.0, np.trunc(x.astype(np.float64)))
    values = [min(max(value if np.isfinite(value) else np.sign(value) * 2.0**70, range_.min), range_.max) for value in x.ravel().tolist()]
    return np.array([int(value) for value in values], range_.dtype).reshape(x.shape)


def whole_power(row, operands, options, function):
    """Negative exponents in an array of integers: the true value, truncated. As a literal they are an error, in NumPy too."""
    base, exponent = operands
    if is_weak(exponent) or np.asarray(exponent).dtype.kind != "i":
        return None
    one = np.power(base, np.zeros_like(exponent))
    if one.dtype.kind not in "iu" or not np.any(np.asarray(exponent) < 0):
        return None
    powers = np.power(base, np.maximum(exponent, 0))
    unit = np.where(np.asarray(base) == 1, 1, np.where(np.asarray(base) == -1, np.where(np.asarray(exponent) % 2 == 0, 1, -1), 0))
    return np.where(np.asarray(exponent) < 0, unit.astype(powers.dtype), powers)


def unrounded(row, operands, options, function):
    x = np.asarray(operands[0])
    return x if x.dtype.kind in "biu" and (row == "round" or x.dtype.kind == "b") else None


def accumulate_wide(row, operands, options, function):
    x = operands[0]
    if x.dtype not in (np.float32, np.complex64) or options.get("dtype") is not None:
        return None
    result = function(x.astype(np.result_type(x.dtype, np.float64)), **options)
    return np.asarray(result).astype(np.float32 if not np.iscomplexobj(result) else np.complex64)[()]


def refuse_unfit(row, operands, options, function):
    typed = [dtype_of(operand) for operand in operands[row == "where":] if dtype_of(operand) is not None]
    if typed and np.result_type(*typed).kind in "iu":
        range_ = np.iinfo(np.result_type(*typed))
        if any(type(operand) is int and not range_.min <= operand <= range_.max for operand in operands[row == "where":]):
            raise Refused("the integer does not fit")


def whole_reciprocal(row, operands, options, function):
    x = np.asarray(operands[0])
    return np.where(x == 0, x, function(np.where(x == 0, x.dtype.type(1), x)))[()] if x.dtype.kind in "iu" else None


def exact_sinc(row, operands, options, function):
    """An elementary function, so float32 of narrow integers; without NumPy's rounding of pi*x before the sine."""
    x = np.asarray(operands[0])
    if np.iscomplexobj(x):
        raise Refused("complex")
    dtype = np.float32 if x.dtype.itemsize <= 2 and not is_weak(operands[0]) or x.dtype == np.float32 else np.float64
    wide = x.astype(np.float64)
    nearest = np.round(wide)
    sine = np.where(nearest % 2 == 0, 1, -1) * np.sin(np.pi * (wide - nearest))
    result = np.where(wide == 0, 1.0, sine / (np.pi * np.where(wide == 0, 1.0, wide)))
    return np.where((wide == np.trunc(wide)) & (wide != 0) & np.isfinite(wide), 0.0, result).astype(dtype)[()]


def no_smaller_zero(row, operands, options, function):
    """Of two zeros the minimum is the negative one, the maximum the positive one, as in Annex F of C; NumPy gives its second operand."""
    if row == "clip":
        x = np.asarray(operands[0], np.asarray(function(*operands)).dtype)
        return no_smaller_zero("minimum", [no_smaller_zero("maximum", [x, operands[1]], {}, np.maximum), operands[2]], {}, np.minimum)
    result = np.asarray(function(*operands, **options))
    if result.dtype.kind != "f":
        return result[()]
    if len(operands) == 1:
        towards = -1.0 if row.endswith(("largest", "nanmax")) else 1.0
        signs = function(np.where(operands[0] == 0, np.copysign(1.0, operands[0]), towards), **options) if operands[0].size else 1.0
        return np.where(result == 0, np.copysign(result.dtype.type(0), signs), result).astype(result.dtype)[()]
    left, right = (np.asarray(operand, result.dtype) for operand in operands)
    zero = np.copysign(result.dtype.type(0), (np.minimum if row in ("minimum", "fmin") else np.maximum)(np.copysign(1.0, left), np.copysign(1.0, right)))
    return np.where((left == 0) & (right == 0), zero, result).astype(result.dtype)[()]


def widen_exponent(row, operands, function):
    """NumPy's ldexp takes no exponents of uint64, and no literal beyond int32; far beyond the floats' range all are alike."""
    exponent = operands[1]
    if dtype_of(exponent) == np.uint64:
        return [operands[0], np.minimum(exponent, np.uint64(2**31 - 1)).astype(np.int32)]
    return [operands[0], max(-(2**31), min(exponent, 2**31 - 1))] if type(exponent) is int and abs(exponent) >= 2**31 else None


def refuse_complex(row, operands, options, function):
    if np.iscomplexobj(operands[0]) and (row not in ("sum", "product") or np.dtype(options.get("dtype", complex)).kind != "c"):
        raise Refused("complex")


def keep_bool(row, operands, options, function):
    x = np.asarray(operands[0])
    if x.dtype.kind == "b":
        if row != "conjugate":
            raise Refused("bool")
        return x[()]
    return None


def bool_angle(row, operands, function):
    return converted(operands, ["bool"], np.float32) if dtype_of(operands[0]) == bool else None


def bool_square(row, operands, options, function):
    base, exponent = operands
    return np.power(base, exponent) if dtype_of(base) == bool and type(exponent) is int else None


def saturating_round(row, operands, options, function):
    x, decimals = np.asarray(operands[0]), (options.get("decimals") or (operands[1] if len(operands) > 1 else 0))
    if x.dtype.kind not in "iu" or decimals >= 0:
        return None
    scale = 10.0 ** -decimals
    return saturating_cast("cast_" + x.dtype.name, [np.rint(x / scale) * scale], {}, None)


def expm1_beyond(row, operands, options, function):
    x = np.asarray(operands[0])
    return np.where(np.isfinite(x.real) & np.isfinite(x.imag), function(x), np.exp(x) - x.real.dtype.type(1))[()] if x.dtype.kind == "c" else None


DIFFERENCES = [
    Difference("element by element", "`and`, `or`, `not`, chained comparisons and `if … else`, which Python refuses for arrays"),
    Difference("float16 is storage", "float16 computes in float32", Everything(CASTS | {"size", "real", "conjugate"}), operands=widen_float16),
    Difference("no float16 from 8 bits", "elementary functions of bool and 8-bit integers give float32, not float16",
               Everything(CASTS | {"round", "round_to", "size"}), operands=widen_narrow),
    Difference("casts saturate", "what does not fit an integer type saturates, nan gives 0", INTEGER_CASTS, value=saturating_cast),
    Difference("negative exponents", "integer powers with negative exponents in arrays have a value, where NumPy raises", {"power"},
               value=whole_power),
    Difference("rounding keeps integers", "rint and round of integers and bools stay what they are", {"round", "round_to"}, value=unrounded),
    Difference("wide accumulation", "float32 is accumulated in float64",
               {"sum", "product", "mean", "var", "std", "norm", "dot", "nansum", "nanprod", "nanmean", "nanvar", "nanstd"}, value=accumulate_wide),
    Difference("literals fit", "an integer that does not fit the type it meets is an error in every function; NumPy's where and clip take it",
               {"where", "clip", "select"}, value=refuse_unfit),
    Difference("no order of complex numbers", "NumPy compares real parts, then imaginary parts; the language refuses", ORDERED,
               value=refuse_complex_order),
    Difference("reciprocal of 0", "of integers is 0, as every division by zero; NumPy leaves it to the processor", {"reciprocal"}, value=whole_reciprocal),
    Difference("zeros in order", "of two zeros the minimum is -0, the maximum +0 (Annex F of C); NumPy gives its second operand",
               {"minimum", "maximum", "fmin", "fmax", "clip", "smallest", "largest", "nanmin", "nanmax"}, value=no_smaller_zero),
    Difference("exponents of ldexp", "may be of any integer type and size", {"ldexp"}, operands=widen_exponent),
    Difference("no real part by cast", "a cast or sum from complex to real is refused, as `real` says it better; NumPy warns and drops the imaginary part",
               CASTS - {"cast_bool", "cast_complex64", "cast_complex128"} | {"sum", "product"}, value=refuse_complex),
    Difference("nan_to_num is real", "complex operands are refused", {"nan_to_num"}, value=refuse_complex),
    Difference("conj of bool", "leaves it as it is; NumPy takes it for int8", {"conjugate"}, value=keep_bool),
    Difference("angle of bool", "is float32, as every elementary function of bool; NumPy's is float64", {"angle"}, operands=bool_angle),
    Difference("square of bool", "has the dtype of every other power, int64; NumPy gives int8 for the literal exponent 2 alone", {"power"}, value=bool_square),
    Difference("round saturates", "integers rounded before the point saturate, where NumPy wraps", {"round_to"}, value=saturating_round),
    Difference("expm1 beyond the finite", "of complex numbers is exp(x) - 1, which C's exp defines; NumPy's parts are nan", {"expm1"}, value=expm1_beyond),
    Difference(COMPLEX_QUOTIENTS, "signs of zeros (of products: by underflow), and which part of an overflow is inf and which nan, are C's (Annex G), not those of NumPy's formulas"),
    Difference("sinc", "of whole numbers is 0; of narrow integers it is float32, as every elementary function; of complex numbers it is refused",
               {"sinc"}, value=exact_sinc),
]
