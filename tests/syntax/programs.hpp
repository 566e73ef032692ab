#pragma once
// Programs that together use the whole syntax, as a user may write them.

#include <string_view>

namespace lanewise {

inline constexpr std::string_view programs[] = {
    // Operators
    "a + b",
    "2*x + 1",
    "a*x**2 + b*x + c",
    "(a + b)*(a - b)",
    "-b + sqrt(b**2 - 4*a*c)",
    "x**-2",
    "-x**2 % 7 // 3",
    "~flags & mask | bit << 3",
    "(high << 8) | (low & 0xFF)",
    "a ^ b ^ c",
    "n >> 2 & 1",
    "1/(1 + exp(-x))",
    "0.5*rho*v**2*area",
    "1 - (x - mu)**2/(2*sigma**2)",
    "+x - -y",
    // Comparisons and truth
    "a < b",
    "0 <= x < 1",
    "(a < b) & (c != d)",
    "a == b or c >= d and not e",
    "not (x > 0 and y > 0)",
    "x > 1 and x < 2 or x == 5",
    "(p != q) == (r <= s)",
    // Conditionals
    "x if x > 0 else 0.0",
    "-1 if x < 0 else 1 if x > 0 else 0",
    "(a if c else b)*scale",
    "f(x if a else y, z)",
    // Calls and arguments by name
    "sin(x)",
    "where(x > 0, x, 0)",
    "hypot(a - c, b - d)",
    "clip(x, -1, 1,)",
    "index()",
    "sum(x, axis=0)",
    "sum(x*w, axis=(0, 1), keepdims=True)",
    "var(x, ddof=1)/n",
    "(x - mean(x))/std(x)",
    "sum(a*b)/sqrt(sum(a*a)*sum(b*b))",
    "mean(x, axis=-1) if count > 0 else nan",
    "maximum(abs(x), abs(y)) + 1e-9",
    "exp(-abs(x)**2/2)/sqrt(2*pi)",
    "log1p(exp(minimum(x, 20)))",
    "atan2(y, x)*180/pi",
    "round(x*100)/100",
    // Tuples and attributes
    "a, b",
    "a + b, a - b",
    "min(x), max(x), mean(x)",
    "sum(x, axis=(0,))",
    "a,",
    "(a, b, c)",
    "z.real",
    "z.real**2 + z.imag**2",
    "(a*b).imag, f(z).real",
    "1..real + 0x1.imag",
    // Indices
    "u[0]",
    "u[1:-1] + k*(u[2:] - 2*u[1:-1] + u[:-2])",
    "u[1:-1, 1:-1] - u[2:, 1:-1]",
    "u[::2, ::-1]",
    "x[..., 0] + x[None, 1:3:2]",
    "n = 2; u[n:-n][0]",
    // Literals
    "1_000 + 0xFF + 0o17 + 0b101",
    "1.5e-3*t + .5",
    "2j*pi*f",
    "True or False",
    "x == 'red'",
    // Statements
    "k = 2; k*x",
    "r = sqrt(x*x + y*y)\nx/r, y/r",
    "a = x + 1; b = a*a; a + b",
    "d = b**2 - 4*a*c\ns = sqrt(d)\n(-b - s)/(2*a), (-b + s)/(2*a)",
    "t = clip((x - low)/(high - low), 0, 1)\nt*t*(3 - 2*t)",
    "m = mean(x, axis=0, keepdims=True) # of each column\nsum((x - m)**2, axis=0)",
    "# one root\nw = (\n  a + b,\n  c\n)\nf(w)",
    "inside = 0 < x and x < 1;\n2*x if inside else x**2",
    "n = size(x, 0)\ni = index(0)\nsin(2*pi*i/n) if i % 2 == 0 else cos(2*pi*i/n)",
    "p = a*x + b; q = p if p > 0 else -p\nq.real, (q,)\n",
};

}  // namespace lanewise
