"""Hands cases to the program of answer_cases.cpp and reads its answers; that file describes the format."""

import ctypes
import dataclasses
import struct
import subprocess

import numpy as np

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64", "complex64",
          "complex128"]
CODES = {np.dtype(name): code for code, name in enumerate(DTYPES)}


class LanewiseError:
    """What lanewise answers instead of an array."""

    def __init__(self, number, message):
        self.number = number
        self.message = message

    def __str__(self):
        return f"E{self.number} {self.message}" if self.number else f"an exception: {self.message}"


def is_weak(value):
    """Python's own scalars have no type of their own (NumPy's are subclasses of some of them)."""
    return type(value) in (bool, int, float, complex)


@dataclasses.dataclass
class Row:
    """A row of the operation table."""

    name: str
    spellings: list
    operand_count: int
    is_operator: bool
    ulp_float32: float
    ulp_float64: float

    def text(self, *operands, spelling=None):
        """The row applied to operands; as an operator, unless a spelling is asked for."""
        if spelling is not None or not self.is_operator:
            return f"{spelling or self.spellings[0]}({', '.join(operands)})"
        if len(operands) == 1:
            return f"({self.spellings[0]} {operands[0]})"
        return f"({operands[0]} {self.spellings[0]} {operands[1]})"

    @property
    def functions(self):
        return self.spellings[self.is_operator:]


def operations(program):
    """The rows by name."""
    text = subprocess.run([program, "--operations"], stdout=subprocess.PIPE, check=True, text=True).stdout
    cells = [line.split("\t") for line in text.splitlines()]
    return {name: Row(name, spellings.split(), int(count), is_operator == "1", float(ulp32), float(ulp64))
            for name, spellings, count, is_operator, ulp32, ulp64 in cells}


def answers(program, cases):
    """Returns an array or a LanewiseError for each (text, inputs by name). A case that ends the program is answered by an error 0."""
    found = []
    while len(found) < len(cases):
        data = b"".join(encoded(text, inputs) for text, inputs in cases[len(found):])
        finished = subprocess.run([program], input=data, stdout=subprocess.PIPE)
        found += decode(finished.stdout)
        if len(found) < len(cases):
            found.append(LanewiseError(0, f"the program ended with {finished.returncode}"))
    return found


def sized(data):
    return struct.pack("<I", len(data)) + data


def encoded(text, inputs):
    return sized(text.encode()) + struct.pack("<I", len(inputs)) + b"".join(encoded_input(*item) for item in inputs.items())


def encoded_input(name, value):
    """Sends an array's whole memory, so that strides of any sign arrive as they are."""
    if is_weak(value):
        value = np.asarray(value)
        return sized(name.encode()) + struct.pack("<BBIQ", CODES[value.dtype], 1, 0, 0) + sized(value.tobytes())
    value = np.asarray(value)
    spans = [(extent - 1) * stride for extent, stride in zip(value.shape, value.strides)] if value.size else []
    low = sum(span for span in spans if span < 0)
    high = sum(span for span in spans if span > 0) + (value.itemsize if value.size else 0)
    memory = ctypes.string_at(value.ctypes.data + low, high - low)
    head = struct.pack("<BBI", CODES[value.dtype], 0, value.ndim)
    head += struct.pack(f"<{value.ndim}Q", *value.shape) + struct.pack(f"<{value.ndim}q", *value.strides) + struct.pack("<Q", -low)
    return sized(name.encode()) + head + sized(memory)


def decode(data):
    at = 0

    def take(layout):
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    def take_text():
        nonlocal at
        size, = take("I")
        at += size
        return data[at - size:at]

    try:
        while at < len(data):
            if take("B")[0] == 1:
                number, = take("I")
                yield LanewiseError(number, take_text().decode())
            else:
                code, rank = take("BI")
                shape = take(f"{rank}Q")
                yield np.frombuffer(take_text(), DTYPES[code]).reshape(shape)
    except struct.error:
        return  # a crash cut the last answer off
