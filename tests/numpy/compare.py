"""Says where two arrays differ: dtype, shape, and elements beyond a Tolerance. A nan equals a nan; the sign of zero counts."""

import numpy as np


class Tolerance:
    """How far an element may lie from its reference: units in the last place, or an absolute distance.

    Of complex numbers a unit is that of the modulus, as one part may be a small difference of large numbers.
    """

    def __init__(self, ulp=0.0, absolute=None):
        self.ulp = ulp
        self.absolute = absolute

    def __add__(self, other):
        known = [tolerance.absolute for tolerance in (self, other) if tolerance.absolute is not None]
        return Tolerance(self.ulp + other.ulp, sum(known) if known else None)


EXACT = Tolerance()


def difference(answer, reference, tolerance, zero_signs=True):
    """Returns None, or a sentence about the first thing that differs."""
    if answer.dtype != reference.dtype:
        return f"dtype {answer.dtype} instead of {reference.dtype}"
    if answer.shape != reference.shape:
        return f"shape {answer.shape} instead of {reference.shape}"
    wrong = np.asarray(wrong_elements(answer, reference, tolerance, zero_signs))
    if not wrong.any():
        return None
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    return (f"{int(wrong.sum())} of {wrong.size} elements, first {answer[place]!r} instead of {reference[place]!r} at {place}", place)


def wrong_elements(answer, reference, tolerance, zero_signs):
    kind = reference.dtype.kind
    if kind in "biu":
        return answer != reference
    if kind == "c":
        return wrong_complex(answer, reference, tolerance, zero_signs)
    near = same_float(answer, reference, zero_signs)
    if tolerance.ulp:
        near |= ulp_distance(answer, reference) <= tolerance.ulp
    if tolerance.absolute is not None:
        near |= np.isfinite(answer) & np.isfinite(reference) & (np.abs(answer - reference) <= tolerance.absolute)
    return ~near


def same_float(answer, reference, zero_signs):
    same = answer == reference
    if zero_signs:
        same &= (answer != 0) | (np.signbit(answer) == np.signbit(reference))
    return same | (np.isnan(answer) & np.isnan(reference))


def ulp_distance(left, right):
    """Steps from one float to the other, so that overflow and subnormals need no care; nan, and zeros of other signs, are far apart."""
    bits = {2: np.int16, 4: np.int32, 8: np.int64}[left.dtype.itemsize]
    distance = np.abs(in_order(left, bits) - in_order(right, bits))
    far = np.isnan(left) | np.isnan(right) | ((left == 0) & (right == 0))
    return np.where(far, np.inf, distance)


def in_order(values, bits):
    number = np.ascontiguousarray(values).view(bits).reshape(np.shape(values))
    lowest = float(np.iinfo(bits).min)
    # Floats are far enough apart in float64: only small distances matter, and those of equal high parts are formed exactly.
    return np.where(number < 0, lowest - number.astype(np.longdouble), number.astype(np.longdouble))


def wrong_complex(answer, reference, tolerance, zero_signs):
    near = same_float(answer.real, reference.real, zero_signs) & same_float(answer.imag, reference.imag, zero_signs)
    if tolerance.ulp or tolerance.absolute is not None:
        real, imaginary = np.abs(reference.real), np.abs(reference.imag)
        unit = np.spacing(np.where(np.isinf(real), imaginary, np.where(np.isinf(imaginary), real, np.maximum(real, imaginary))))
        allowed = tolerance.ulp * unit + (0 if tolerance.absolute is None else tolerance.absolute)
        near |= (close_part(answer.real, reference.real, allowed, zero_signs) &
                 close_part(answer.imag, reference.imag, allowed, zero_signs))
    return ~near


def close_part(answer, reference, allowed, zero_signs):
    return same_float(answer, reference, zero_signs) | ((np.abs(answer - reference) <= allowed) & ((answer != 0) | (reference != 0)))
