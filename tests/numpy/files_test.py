"""Has the calculator copy files that NumPy wrote, and compares what NumPy reads.

usage: files_test.py PROGRAM
"""

import os
import subprocess
import sys
import tempfile

import numpy

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64", "complex64", "complex128"]
SHAPES = [(), (0,), (7,), (3, 4), (2, 0, 3), (2, 3, 5), (1,) * 32]


def elements(dtype, shape):
    """Random bytes: every value, among them nans; bools are 0 or 1."""
    count = int(numpy.prod(shape))
    raw = numpy.random.default_rng(7).bytes(count * numpy.dtype(dtype).itemsize)
    values = numpy.frombuffer(raw, dtype="uint8") & 1 if dtype == "bool" else numpy.frombuffer(raw, dtype=dtype)
    return values.astype(dtype).reshape(shape)


def check(program, x, version):
    with open("x.npy", "wb") as file:
        numpy.lib.format.write_array(file, x, version=version)
    done = subprocess.run([program, "x", "x=@x.npy", "--out", "r.npy"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), (x.dtype, x.shape, version, done)
    r = numpy.load("r.npy")
    expected = x.dtype if x.dtype != "float16" else r.dtype  # storage only: it comes back as whatever it is computed in
    assert (r.dtype, r.shape) == (expected, x.shape), (r.dtype, r.shape, x.dtype, x.shape)
    assert numpy.array_equal(r, x.astype(r.dtype), equal_nan=x.dtype.kind in "fc"), (x.dtype, x.shape, version)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        count = 0
        for dtype in DTYPES:
            for shape in SHAPES:
                x = elements(dtype, shape)
                for layout in (x, numpy.asfortranarray(x)):
                    for version in [(1, 0), (2, 0), (3, 0)]:
                        check(program, layout, version)
                        count += 1
        os.chdir("/")
    print(f"{count} files agree (NumPy {numpy.__version__})")


if __name__ == "__main__":
    main()
