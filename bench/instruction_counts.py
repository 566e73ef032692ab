#!/usr/bin/env python3
"""Counts the instructions of some evaluations and of a compile by valgrind's callgrind: figures without noise.

usage: instruction_counts.py PROGRAM [--json FILE]

PROGRAM is lanewise-bench-instructions. A count is the difference between runs of many and of few turns, by the turns between them, so starting
up and the first evaluation count for nothing; nor does translating, which the first evaluation does. The instructions are those of x86-64-v3, as valgrind knows no
AVX-512.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

TURNS = (10, 60)
WORKLOADS = [  # name in expressions.txt, elements; none: the text is compiled
    ("square", 1000), ("axpy", 1000), ("horner", 1000), ("cubic", 1000), ("cubic", 10000), ("function.exp", 1000), ("function.pow", 1000),
    ("function.sin", 1000), ("reduction.sum", 10000), ("axpy", 1), ("cubic", 0),
]


def instructions_of_run(program, name, elements, turns):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, name, str(elements), str(turns)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LANEWISE_TARGET": "x86-64-v3", "LANEWISE_NATIVE_CODE": "always"})
    collected = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    if done.returncode != 0 or collected is None:
        sys.exit(f"valgrind failed on {' '.join(command)}:\n{done.stderr}")
    return int(collected[1])


def instructions_of(program, name, elements):
    few, many = (instructions_of_run(program, name, elements, turns) for turns in TURNS)
    return (many - few) / (TURNS[1] - TURNS[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    results = []
    for name, elements in WORKLOADS:
        count = instructions_of(options.program, name, elements)
        workload = f"{name}, {elements} elements" if elements else f"{name}, compiled"
        each = f"{count / elements:10.2f} an element" if elements > 1 else ""
        print(f"{workload:32}{count:12.0f} instructions{each}")
        results.append({"workload": workload, "instructions": count})
    if options.json:
        options.json.write_text(json.dumps({"results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
