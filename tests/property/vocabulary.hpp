#pragma once
// The words that random texts are made of, by the kind of value they take and give.

#include <string>
#include <vector>

namespace lanewise::inline v0::property {

using Words = std::vector<std::string>;

inline const Words comparisons = {"<", "<=", ">", ">=", "==", "!="};
inline const Words truth_operators = {"&", "|", "^", "+", "*", "and", "or"};
inline const Words integer_operators = {"+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>"};
inline const Words float_operators = {"+", "+", "-", "-", "*", "*", "/", "/", "//", "%", "**"};
inline const Words complex_operators = {"+", "-", "*", "*", "/"};

inline const Words integer_functions_of_one = {"abs",      "sign",   "round",      "floor",         "trunc",  "negative",
                                               "positive", "invert", "reciprocal", "bitwise_count", "square", "popcount"};
inline const Words integer_functions_of_two = {"minimum",  "maximum", "fmod",        "add",         "subtract", "fmin",
                                               "multiply", "mod",     "bitwise_and", "right_shift", "gcd",      "fmax"};
inline const Words float_tests = {"isnan", "isinf", "isfinite", "signbit"};
inline const Words complex_tests = {"isnan", "isinf", "isfinite"};
inline const Words complex_functions = {"sqrt",   "exp",  "log",      "sin",  "cosh", "arctan",
                                        "square", "conj", "negative", "rint", "sign", "reciprocal"};
inline const Words parts_of_complex = {"real", "imag", "abs", "angle"};

inline const Words casts_to_integers = {"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"};
inline const Words casts_to_floats = {"float16", "float32", "float32", "float64", "float64"};
inline const Words casts_to_complex = {"complex64", "complex128"};

inline const Words truth_reductions = {"any", "all"};
inline const Words integer_reductions = {"sum", "prod", "min", "max", "argmin", "argmax", "count_nonzero", "nanmin", "nansum"};
inline const Words float_reductions = {"sum",  "sum",    "sum",    "prod",   "min",     "max",    "mean",    "mean",   "var",    "std",
                                       "norm", "nanmin", "nanmax", "nansum", "nanmean", "nanvar", "nanprod", "nanstd", "average"};
inline const Words complex_reductions = {"sum", "prod", "mean", "var", "norm", "nansum", "nanmean"};

inline const Words integer_literals = {"0",   "1",  "2",  "3",    "4",     "5",     "7",    "10",   "31",   "32",
                                       "100", "63", "64", "0x1f", "1_000", "0b101", "0o17", "(-1)", "(-2)", "(-7)"};
inline const Words rare_integer_literals = {"127",
                                            "(-128)",
                                            "255",
                                            "65535",
                                            "2147483647",
                                            "(-2147483648)",
                                            "2147483648",
                                            "(-2147483649)",
                                            "4294967296",
                                            "9223372036854775807",
                                            "(-9223372036854775808)",
                                            "9007199254740993",
                                            "18446744073709551615",
                                            "18446744073709551616",
                                            "(-9223372036854775809)"};
inline const Words float_literals = {"0.0",    "(-0.0)", "0.5",   "1.0",    "1.5",   "2.0",          "2.5",       "(-1.0)",
                                     "(-0.5)", "0.1",    "3.0",   "1e-3",   ".25",   "4.",           "pi",        "e",
                                     "inf",    "nan",    "1e300", "1e-300", "1e-45", "3.4028235e38", "16777217.0"};
inline const Words complex_literals = {"1j", "2j", "0.5j", "(1+2j)", "(-1j)", "1e30j"};
inline const Words common_indices = {"[...]", "[::-1]", "[..., ::-1]", "[-1:]", "[:1]", "[0]", "[-1]", "[..., 0]", "[..., :1]", "[..., None, :]", "[...][::-1]"};
inline const Words rare_indices = {"[1:]", "[:-1]", "[::2]", "[..., 1:]", "[..., -2::-1]", "[1, ...]", "[:, ::-1]", "[None]", "[..., None]", "[:, 0]", "[()]", "[7]", "[9:]",
                                   "[0, 0]", "[..., 0, 0, 0]", "[1:2, ..., 0]", "[0::0]", "[0.5]"};
inline const Words exponents = {"0",   "1",    "2",    "2",      "3",   "4",      "5",   "7",    "10",
                                "0.5", "(-1)", "(-2)", "(-0.5)", "1.5", "(-1.0)", "2.0", "0.25", "inf"};

/// Functions of floats with that many operands, all spellings of all that the library has: elementary functions, and those listed here.
const Words& float_functions(std::size_t operand_count);

}  // namespace lanewise::inline v0::property
