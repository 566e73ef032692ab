"""Runs a program of Python with NumPy 2, or with the best NumPy that is to be had.

usage: with_numpy.py DIRECTORY PROGRAM [ARGUMENT]...

The first run makes a virtual environment in DIRECTORY and installs NumPy 2 there; later runs use it. Without network the system's
own NumPy 1.24 or later serves (python3-numpy), whose differences from NumPy 2 the program knows. With neither the run is skipped: it says so and
ends with 77, which CTest calls "Skipped".
"""

import fcntl
import os
import subprocess
import sys

REQUIREMENT = "numpy>=2,<3"
SKIPPED = 77
ASK_VERSION = "import numpy; print(numpy.__version__)"


def version_of(interpreter):
    """The version of an interpreter's NumPy as (major, minor), or None."""
    try:
        asked = subprocess.run([interpreter, "-c", ASK_VERSION], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except OSError:
        return None
    return tuple(int(part) for part in asked.stdout.split(".")[:2]) if asked.returncode == 0 else None


def install(directory):
    """Makes the environment; whatever goes wrong there is told, and leaves it without NumPy."""
    steps = [[sys.executable, "-m", "venv", directory],
             [os.path.join(directory, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1",
              "--timeout", "20", "--only-binary", ":all:", REQUIREMENT]]
    for step in steps:
        finished = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if finished.returncode != 0:
            print(f"NumPy 2 could not be installed: {(finished.stdout.strip() or 'no reason given').splitlines()[-1]}", flush=True)
            return


def interpreter_with_numpy(directory):
    own = os.path.join(directory, "bin", "python")
    os.makedirs(os.path.dirname(directory), exist_ok=True)
    with open(directory + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        if (version_of(own) or (0, 0)) < (2, 0):
            install(directory)
    for candidate in [own, sys.executable, "/usr/bin/python3"]:
        if (version_of(candidate) or (0, 0)) >= (1, 24):
            return candidate
    return None


def main():
    directory, program = os.path.abspath(sys.argv[1]), sys.argv[2:]
    interpreter = interpreter_with_numpy(directory)
    if interpreter is None:
        print("SKIPPED: nothing was compared, as there is no NumPy: no network to install NumPy 2 over, and no python3-numpy on this system.")
        return SKIPPED
    return subprocess.run([interpreter, "-B", *program]).returncode


if __name__ == "__main__":
    sys.exit(main())
