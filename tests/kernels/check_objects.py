#!/usr/bin/env python3
"""Looks into the object files of the CPU targets and their families, as an optimised build leaves them.

usage: check_objects.py NM OBJDUMP OBJECT...

Each object must define one global symbol and no weak one: the linker may give a weak function that was compiled for one CPU to code that runs
on all. Instructions of cheap operations must go on by an indirect jump: a call or a return would mean that values leave their registers (of
two functions with the same code gcc makes one that jumps to the other). What may be called from elsewhere is listed below.
"""

import pathlib
import re
import subprocess
import sys

INSTRUCTION = re.compile(r"\b(instruction|store_tile|sum_tile|ask_ahead)<")
ENDS_TILE = re.compile(r"Ending\)1|\bsum_tile<")
TABLE = pathlib.Path(__file__).resolve().parents[2] / "src" / "ops" / "operations.def"
HEAVY_OF_THREE = "|".join(re.findall(r"^OPERATION\((\w+),.*call\(3\),.*\bheavy,", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
HEAVY = re.compile(rf"(OneOperand|TwoOperands)<.*, false, |ThreeOperands<.*::({HEAVY_OF_THREE or '-'}), |PowerOfConstant<")
ALLOWED_UNDEFINED = re.compile(
    r"lanewise_kernels_\w+$|Sleef_|(fma|fmod|exp|log1p|sinh|cosh|asinh|acosh|pow|atan2|hypot|erfc|tgamma)[fl]?$|lgammal?_r$|"
    r"c(sqrt|exp|log|pow|a?(sin|cos|tan)h?)l$|mem(cpy|set)$|__(extend|trunc|mul|div)\w+$|__stack_chk_fail$|_GLOBAL_OFFSET_TABLE_"
)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_symbols(nm, path):
    faults, global_names = [], []
    for line in run(nm, path).splitlines():
        kind, name = line.split()[-2:]
        if kind == "U":
            if not ALLOWED_UNDEFINED.match(name):
                faults.append(f"needs {name}")
        elif kind.isupper():
            global_names.append(name)
        if kind in "VWvwu":
            faults.append(f"defines the weak symbol {name}")
    if len(global_names) != 1:
        faults.append(f"defines {len(global_names)} global symbols: {' '.join(global_names[:5])}")
    return faults


def functions(objdump, path):
    """Yields the name and the machine instructions of each function."""
    name, body = None, []
    for line in run(objdump, "-d", "-C", "--no-show-raw-insn", path).splitlines():
        header = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        if header:
            if name:
                yield name, body
            name, body = header.group(1), []
        else:
            instruction = re.match(r" +[0-9a-f]+:\s+(\S.*)", line)
            if instruction:
                body.append(instruction.group(1))
    if name:
        yield name, body


def is_padding(instruction):
    return re.match(r"(cs )?(nop|xchg +%ax,%ax|int3|data16|udf)", instruction)


def check_functions(objdump, path):
    faults, count, instruction_count = [], 0, 0
    for name, body in functions(objdump, path):
        if not INSTRUCTION.search(name):
            continue
        body = [instruction for instruction in body if not is_padding(instruction)]
        count += 1
        instruction_count += len(body)
        if HEAVY.search(name):
            continue
        leaves = r"(call|blr?\b)" if ENDS_TILE.search(name) else r"(call|blr?\b|ret)"
        if any(re.match(leaves, instruction) for instruction in body):
            faults.append(f"calls or returns: {name}")
        shares_code = len(body) == 1 and re.match(r"(jmp|b)\s.*" + INSTRUCTION.pattern, body[0])
        if not any(re.match(r"(notrack )?jmpq?\s+\*|br\s", instruction) for instruction in body) and not shares_code:
            faults.append(f"does not go on to the next: {name}")
    code_bytes = run("size", path).splitlines()[-1].split()[0]
    return faults, (count, instruction_count, int(code_bytes))


def main():
    nm, objdump, *paths = sys.argv[1:]
    faults, sums = [], {}
    for path in paths:
        function_faults, counts = check_functions(objdump, path)
        faults += [f"{path}: {fault}" for fault in check_symbols(nm, path) + function_faults]
        target = re.search(r"lanewise_kernels_(x86_64_v\d|[a-z0-9]+)", path).group(1)
        sums[target] = [total + count for total, count in zip(sums.get(target, (0, 0, 0)), counts)]
        print("{}: {} instruction functions, {} machine instructions, {} bytes of code".format(path, *counts))
    for target, counts in sums.items():
        print("{} in all: {} instruction functions, {} machine instructions, {} bytes of code".format(target, *counts))
        if counts[0] == 0:
            faults.append(f"{target}: holds no instruction: this test has lost sight of the functions")
    print("\n".join(faults[:40]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
