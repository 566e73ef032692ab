"""The cases: each group is a generator of Case. All are made from one random.Random, so that a seed names them all."""

import dataclasses

import numpy as np

import values
from runner import DTYPES

REAL = [name for name in DTYPES if not name.startswith("complex")]
COMPLEX = ["complex64", "complex128"]
CHOOSING = {"where", "clip", "select", "complex", "fma"}
NEED_OPTIONS = {"isclose", "nan_to_num", "round_to", "size", "index"}


@dataclasses.dataclass
class Case:
    group: str
    text: str
    inputs: dict
    extra_ulp: float = 0.0   # of expressions whose inner nodes are not exact
    error: int = 0           # the number of the error that lanewise must give


def rows_with(rows, count, reductions):
    return [row for name, row in rows.items() if row.operand_count == count and name not in CHOOSING | NEED_OPTIONS | reductions]


def one_operand(random, rows):
    for row in rows:
        for dtype in DTYPES:
            x = np.concatenate([values.every_value(dtype), values.ordinary(random, dtype, 20)])
            yield Case("one operand", row.text("x"), {"x": x})
            for spelling in row.functions[row.is_operator is False:]:
                yield Case("spellings", row.text("x", spelling=spelling), {"x": values.ordinary(random, dtype, 3)})


def two_operands(random, rows):
    """Every pair of dtypes, each of its edges with each other: a column against a row."""
    for row in rows:
        for left in DTYPES:
            for right in DTYPES:
                a, b = values.every_value(left), values.every_value(right)
                if len(a) < 256 or len(b) < 256:
                    a, b = values.edges(left), values.edges(right)
                a = np.concatenate([a, values.ordinary(random, left, 4)])[:, None]
                yield Case("two operands", row.text("a", "b"), {"a": a, "b": np.concatenate([b, values.ordinary(random, right, 4)])})


WEAK = ["True", "0", "1", "2", "3", "-1", "-2", "7", "200", "70000", "0.5", "2.5", "-1.0", "3.0", "-0.0", "1j"]
VERY_WEAK = ["300", "5000000000", "1e300", "inf", "nan", "2.5-1j"]


def weak_operands(random, rows):
    for row in rows:
        for dtype in DTYPES:
            x = np.concatenate([values.edges(dtype), values.ordinary(random, dtype, 4)])
            for text in random.sample(WEAK, 6) + random.sample(VERY_WEAK, 2):
                operands = ["x", f"({text})"] if random.random() < 0.6 else [f"({text})", "x"]
                yield Case("literals", row.text(*operands), {"x": x})
            # A bare exponent is no literal: it may be negative, and 0.5 is no square root.
            for text in random.sample([text for text in WEAK if row.name != "power" or text != "0.5" and not text.startswith("-")], 3):
                operands = ["x", "k"] if random.random() < 0.6 else ["k", "x"]
                yield Case("bare scalars", row.text(*operands), {"x": x, "k": eval(text)})


def typed_scalars(random, rows):
    for row in rows:
        for left in DTYPES:
            right = random.choice(DTYPES)
            a = values.mixed(random, left, 5)
            b = values.mixed(random, right, 1).reshape(())
            yield Case("scalars with a type", row.text("a", "b"), {"a": a, "b": b})
            yield Case("scalars with a type", row.text("a", "b"), {"a": b, "b": values.mixed(random, left, 1).reshape(())})


THREE = ["where(c, a, b)", "clip(a, b, d)", "select(c, a, d, b, 0)", "a if c else b", "where(c, a, 1)", "where(c, 2.5, a)", "clip(a, 1, 5)",
         "clip(a, 0.5, b)", "where(a, b, d)", "where(c, a, 1000)", "select(a, 1, b, d, 2.5)"]


def three_operands(random):
    for text in THREE:
        for left in DTYPES:
            for right in random.sample(DTYPES, 4):
                third = random.choice(DTYPES)
                inputs = {"a": values.mixed(random, left, 40), "b": values.mixed(random, right, 40), "c": values.ordinary(random, "bool", 40),
                          "d": values.mixed(random, third, 40)}
                yield Case("three operands", text, {name: value for name, value in inputs.items() if name in text.replace("clip", "").replace("select", "")})


OPTIONAL = ["isclose(a, b)", "isclose(a, b, 0.1)", "isclose(a, b, rtol=0.5, atol=2)", "nan_to_num(a)", "nan_to_num(a, nan=1.0)", "nan_to_num(a, posinf=9)",
            "round(a)", "round(a, 2)", "round(a, decimals=1)", "round(a, -1)", "around(a, -2)", "size(a)", "size(a) * a", "ldexp(a, i)",
            "a.real", "a.imag", "angle(a)", "sum(a, 0)", "logical_xor(a, b)", "complex(a, b)", "not a", "a and b", "a or not b", "a < b <= 3",
            "float32(a) + a", "int8(a)*2", "power(a, 2)", "power(a, 0.5)", "a**2", "a**3", "a**4", "a**5", "a**-1", "a**-2", "a**0.5", "a**1.5", "a**0",
            "a**1", "a**b", "2**a", "2.0**a", "a*(1/3)", "k = 2; a*k", "a*sqrt(2)", "t = a + 1; t*t", "-a**2", "(-a)**2", "abs(-a)", "a*pi", "a == a",
            "a + True", "a*1j", "1/a", "-a", "~a", "a*a - a", "a % 3", "a // 2", "a // -1", "a % -1", "a << 3", "a >> 70", "1 << a", "a * 0.5 + 2"]


def options(random):
    for text in OPTIONAL:
        for dtype in DTYPES:
            a = np.concatenate([values.edges(dtype), values.ordinary(random, dtype, 7)])
            inputs = {"a": a}
            if ", b" in text or " b" in text or "*b" in text:
                inputs["b"] = np.roll(a, 1).astype(random.choice([dtype, "float64"] if dtype not in COMPLEX else [dtype]))
            if ", i)" in text:
                inputs["i"] = np.array([random.randint(-40, 40) for _ in a], random.choice(["int8", "int32", "int64"]))
            if not (dtype == "bool" and ", -" in text):  # NumPy rounds bools to float16
                yield Case("options", text, inputs)


SHAPES = [(), (0,), (1,), (7,), (300,), (3, 4), (2, 0), (5, 1, 6), (2, 3, 2, 5), (1000,)]


def reductions(random, names):
    for name in names:
        for dtype in DTYPES:
            for shape in random.sample(SHAPES, 5):
                kind = random.choice([values.whole, values.ordinary, values.mixed]) if name.startswith(("min", "max", "nanm", "arg", "any", "all", "count", "am")) \
                    else random.choice([values.whole, values.ordinary])
                if name in ("prod", "nanprod", "product"):  # short, as NumPy and we meet infinity at different places
                    kind, shape = values.ordinary, () if shape in [(300,), (1000,)] else shape
                x = values.laid_out(random, values.of_shape(random, dtype, shape, kind))
                yield Case("reductions", f"{name}(x{reduction_options(random, name, len(shape))})", {"x": x})


def reduction_options(random, name, rank):
    text = ""
    if rank > 0 and random.random() < 0.65:
        axis = random.randrange(-rank, rank)
        if rank > 1 and random.random() < 0.3 and not name.startswith("arg"):
            axes = random.sample(range(rank), 2)
            text = f", axis=({axes[0]}, {axes[1] - rank})"
        else:
            text = f", axis={axis}" if name != "sum" or random.random() < 0.5 else f", {axis}"
    if random.random() < 0.3:
        text += ", keepdims=True"
    if name.endswith(("var", "std")) and random.random() < 0.5:
        text += ", ddof=1"
    if name in ("sum", "prod") and random.random() < 0.2:
        text += ", dtype=float64"
    return text


NESTED = [("x - max(x)", 0), ("(x - mean(x)) / std(x)", 40), ("sum(x*y) / sqrt(sum(x*x) * sum(y*y))", 40), ("x / sum(abs(x))", 8), ("sum(x == max(x))", 0),
          ("max(x, axis=0, keepdims=True) - x", 0), ("sum(x > mean(x))", 0), ("min(x) + max(y)*x", 0), ("sum(max(x, axis=-1))", 0),
          ("where(x == max(x), 0, x)", 0), ("argmax(x) + argmin(x)", 0), ("any(x > 2) and all(y > -100)", 0), ("sum(x*y, axis=0)", 0), ("dot(x, y)", 0),
          ("sum(x) + sum(y, axis=-1)", 0), ("max(abs(x - y))", 0), ("sum(x, axis=-1, keepdims=True)*y", 0), ("m = mean(x); sum((x - m)**2)/size(x)", 40),
          ("count_nonzero(x > y)", 0), ("norm(x - y)", 16), ("sum(where(x > 0, x, 0))", 0), ("sum(float64(x)*0.5)", 0), ("mean(x, axis=0) - mean(x)", 200)]


def nested_reductions(random):
    for text, extra in NESTED:
        for dtype in REAL:
            for shape in [(13,), (4, 6), (2, 3, 5)]:
                inputs = {"x": values.of_shape(random, dtype, shape, values.whole), "y": values.of_shape(random, dtype, shape, values.whole)}
                yield Case("reductions inside", text, {name: value for name, value in inputs.items() if name in text.replace("max", "").replace("axis", "")}, extra)


BROADCASTS = [((3, 4), (4,)), ((3, 1), (1, 5)), ((2, 3, 4), (3, 1)), ((), (5,)), ((1,), (7,)), ((0,), (1,)), ((3, 0), (1, 1)), ((2, 1, 3, 1), (4, 1, 6)),
              ((5,), ()), ((1, 1), ()), ((3, 4), (4, 3)), ((2,), (3,)), ((0,), (2,))]


def broadcasts(random):
    for text in ["a + b", "a * b", "a < b", "where(a > b, a, b)", "hypot(a, b)", "a == b"]:
        for left, right in BROADCASTS:
            for _ in range(3):
                inputs = {"a": values.of_shape(random, random.choice(REAL), left, values.ordinary), "b": values.of_shape(random, random.choice(REAL), right, values.ordinary)}
                yield Case("broadcasting", text, {name: values.laid_out(random, value) for name, value in inputs.items()})


def slice_text(random, extent):
    def bound():
        return "" if random.random() < 0.35 else str(random.randint(-extent - 2, extent + 2))

    step = random.choice(["", "", "", ":", ":1", ":2", ":3", ":-1", ":-1", ":-2", ":-7", ":100"])
    return bound() + ":" + bound() + step


def subscript(random, shape):
    """Of an array of this shape; one in eight asks for what it has not."""
    entries, axis = [], 0
    taken = random.randint(0, len(shape) + (random.random() < 0.06))
    ellipsis_at = random.randrange(taken + 1) if random.random() < 0.25 else None
    for k in range(taken):
        if k == ellipsis_at:
            entries.append("...")
        extent = shape[min(k, len(shape) - 1)] if shape and ellipsis_at is None else max(shape, default=1)
        if random.random() < 0.3:
            reach = extent + (random.random() < 0.1)
            entries.append(str(random.randint(-reach, max(reach - 1, -reach))))
        else:
            entries.append(slice_text(random, extent))
        if random.random() < 0.12:
            entries.append("None")
    if ellipsis_at == taken:
        entries.append("...")
    return "[" + (", ".join(entries) or random.choice(["...", "()", "None"])) + "]"


SLICED = ["a{0}", "a{0}*2 + 1", "a{0} - a{0}", "sum(a{0})", "a{0}{1}", "w = a*2; w{0}", "w = a + b; w{0}", "w = a - b; w{0}*w{0}", "w = a < b; w{0}",
          "w = a + k; w{0}", "w = where(a > b, a, k); w{0} + k", "w = a + b; sum(w{0})", "w = a + b; v = w{0}; v{1}",
          "w = a - max(b, axis=0, keepdims=True); w{0}", "w = max(a, axis=0) + b; w{0}", "w = min(a, axis=-1); w{0}*k", "max(a{0}[None], axis=0)",
          "w = a + max(b); w{0}", "w = int64(a)*size(a); w{0}", "w = max(a, axis=0); v = w{0} + k; v{1}"]
SLICED_SHAPES = [((7,), (7,)), ((4, 6), (6,)), ((4, 6), (4, 1)), ((3, 1, 5), (2, 1)), ((1,), (6,)), ((5,), (3, 5)), ((0, 3), (1, 3)), ((2, 3, 2, 3), (3, 2, 1)),
                 ((300,), (300,)), ((40, 50), (40, 50)), ((), (4,)), ((6,), ())]
STENCILS = [("a[1:] - a[:-1]", 1), ("a[1:-1] + k*(a[2:] - 2*a[1:-1] + a[:-2])", 1), ("a[::2] + a[1::2]", 1), ("a[::-1] - a", 1), ("a - a[0]", 1),
            ("a[:, None] - a[None, :]", 1), ("a[..., ::-1]*a", 2), ("a[:, 1:] - a[:, :-1]", 2), ("a[1:, 1:] - a[:-1, :-1]", 2), ("a[:, 0][:, None]*a", 2),
            ("a[1:-1,1:-1] + k*(a[2:,1:-1] + a[:-2,1:-1] + a[1:-1,2:] + a[1:-1,:-2] - 4*a[1:-1,1:-1])", 2), ("m = max(a, axis=1); a - m[:, None]", 2),
            ("sum(a[1:]*a[:-1])", 1), ("sum(a[1:, ::2], axis=1)", 2), ("a[-1] + a[0]", 2), ("a[1:] + a", 1), ("a[3:] + a[:2]", 1)]


def slices(random):
    for text in SLICED:
        for _ in range(120):
            left, right = random.choice([shapes for shapes in SLICED_SHAPES if "axis" not in text or () not in shapes])
            shape = np.broadcast_shapes(left, right) if "b" in text.replace("abs", "") else left
            if "axis=-1)" in text or text.startswith("w = max(a, axis=0);"):
                shape = left[:-1]
            first = subscript(random, shape)
            filled = text.format(first, subscript(random, shape[1:]))
            inputs = {"a": values.of_shape(random, random.choice(REAL), left, values.whole), "b": values.of_shape(random, random.choice(REAL), right, values.whole),
                      "k": random.choice([3, 2.5, np.float32(1.5)])}
            names = filled.replace("max", "").replace("axis", "").replace("keepdims", "").replace("None", "")
            yield Case("slices", filled, {name: values.laid_out(random, np.asarray(value)) if name != "k" else value
                                          for name, value in inputs.items() if name in names})
    for text, rank in STENCILS:
        for dtype in REAL:
            for extent in [0, 1, 2, 3, 4, 8, 33, 70]:
                a = values.of_shape(random, dtype, (extent, random.choice([1, 3, 9, 64]))[:rank], values.whole)
                inputs = {"a": values.laid_out(random, a), "k": 0.5}
                yield Case("stencils", text, {name: value for name, value in inputs.items() if name == "a" or "k*" in text})


def complex_special(random, rows):
    for row in rows:
        for dtype in COMPLEX:
            yield Case("complex special values", row.text("x"), {"x": values.edges(dtype, special=True)})


OPERATORS = ["+", "-", "*", "&", "|", "^", "<<", ">>", "<", "<=", ">", ">=", "==", "!=", "/", "//", "%"]
CALLS = [("where", 3), ("minimum", 2), ("maximum", 2), ("abs", 1), ("floor", 1), ("sqrt", 1), ("sign", 1), ("isnan", 1), ("isfinite", 1), ("logical_or", 2),
         ("logical_not", 1), ("float32", 1), ("float64", 1), ("int64", 1), ("int8", 1), ("uint8", 1), ("bool", 1), ("square", 1), ("trunc", 1), ("max", 1), ("min", 1),
         ("any", 1), ("real", 1), ("copysign", 2), ("fmax", 2)]
LITERALS = ["1", "2", "3", "7", "0.5", "2.5", "-1", "True", "100"]


def tree(random, depth):
    choice = random.random()
    if depth == 0 or choice < 0.1:
        return random.choice("abcd") if random.random() < 0.75 else f"({random.choice(LITERALS)})"
    if choice < 0.65:
        return f"({tree(random, depth - 1)} {random.choice(OPERATORS)} {tree(random, depth - 1)})"
    if choice < 0.75:
        return f"({random.choice(['-', '~', 'not ', '+'])}{tree(random, depth - 1)})"
    name, count = random.choice(CALLS)
    return f"{name}({', '.join(tree(random, depth - 1) for _ in range(count))})"


def composites(random, count):
    """Trees of exact operations; dtypes that go together more often than not, as most random trees have no meaning."""
    for _ in range(count):
        text = tree(random, random.randint(2, 4))
        pool = random.choice([REAL, ["bool", "int8", "uint8", "int16", "int64", "uint64"], ["int32", "uint32", "int8"], ["float32", "float64", "int16"], DTYPES])
        shape = random.choice([(6,), (33,), (3, 5), (2, 1, 4)])
        inputs = {name: values.laid_out(random, values.of_shape(random, random.choice(pool), shape if random.random() < 0.85 else ()))
                  for name in "abcd" if name in text}
        yield Case("random trees", text, inputs)


def all_cases(random, rows, is_reduction, left_out):
    known = {name: row for name, row in rows.items() if name not in left_out}
    reduction_rows = {name for name in known if is_reduction(name)}
    one, two = rows_with(known, 1, reduction_rows), rows_with(known, 2, reduction_rows)
    names = [spelling for name in reduction_rows - {"dot"} for spelling in known[name].spellings]
    yield from one_operand(random, one)
    yield from two_operands(random, two)
    yield from weak_operands(random, two)
    yield from typed_scalars(random, two)
    yield from three_operands(random)
    yield from options(random)
    yield from reductions(random, sorted(names))
    yield from nested_reductions(random)
    yield from broadcasts(random)
    yield from slices(random)
    yield from complex_special(random, one)
    yield from composites(random, 3000)
