"""Drives the program as a user does: options, exit statuses, whole error texts, JSON, scripts, pipes, Ctrl-C.

usage: program_test.py PROGRAM
Needs the standard library only.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
SANITIZED = False


def run(*words, stdin="", **options):
    done = subprocess.run([PROGRAM, *words], input=stdin.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, **options)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class OneShot(unittest.TestCase):
    def check(self, words, output):
        self.assertEqual(run(*words), (0, output, ""), words)

    def test_values(self):
        self.check(["1 + 2"], "3\n")
        self.check(["x**2", "x=3"], "9\n")
        self.check(["x**2", "x=-2.5"], "6.25\n")
        self.check(["sqrt(2)"], "1.4142135623730951\n")
        self.check(["1 < 2"], "True\n")
        self.check(["float32(1)/3"], "0.33333334\n")
        self.check(["u**2", "u=arange(3)"], "[0 1 4]\n")
        self.check(["u**2", "u=arange(3.)"], "[0. 1. 4.]\n")
        self.check(["u**2", "u=arange(6e3)"], "[0.0000000e+00 1.0000000e+00 4.0000000e+00 ... 3.5964009e+07 3.5976004e+07\n 3.5988001e+07]\n")
        self.check(["u", "u=linspace(0, 1, 3)"], "[0.  0.5 1. ]\n")
        self.check(["zeros + ones", "zeros=zeros(2)", "ones=ones(2)"], "[1. 1.]\n")
        self.check(["random", "random=random(2, 0)"], "[0.88331081 0.431528  ]\n")
        self.check(["arange(3)"], "[0 1 2]\n")
        self.check(["y = x*2; y + 1", "x=3"], "7\n")
        self.check(["uint64(2)**63 + u", "u=uint64(7)"], "9223372036854775815\n")
        self.check(["float16(1)/3 + 0*h", "h=float16(1)"], "0.33333334\n")
        self.check(["(1 + 2j)*z", "z=2j"], "(-4+2j)\n")
        self.check(["u, sum(u)", "u=arange(3)"], "([0 1 2],\n 3)\n")
        self.check(["sum(u), 1/3", "u=arange(3)"], "(3, 0.3333333333333333)\n")
        self.check(["u + index(0)", "u=zeros((2, 2))"], "[[0. 0.]\n [1. 1.]]\n")

    def test_arguments_use_those_before(self):
        self.check(["v", "n=3", "u=arange(n)", "v=u*n"], "[0 3 6]\n")

    def test_scalars_are_weak(self):
        _, output, _ = run("--json", "float32(u)*k", "u=arange(2)", "k=0.5")
        self.assertEqual(json.loads(output)["dtype"], "float32")

    def test_minus_in_front(self):
        self.check(["-x**2", "x=3"], "-9\n")
        self.check(["-x", "x=3"], "-3\n")
        self.check(["--x**2", "x=3"], "9\n")
        self.check(["--", "--x", "x=3"], "3\n")
        self.check(["-1"], "-1\n")
        self.check(["--threads", "1", "-x", "x=3"], "-3\n")
        self.assertEqual(json.loads(run("--json", "-x", "x=2")[1])["value"], -2)

    def test_full(self):
        _, output, _ = run("u", "u=arange(2000)", "--full")
        self.assertEqual(output.strip("[]\n").split(), [str(i) for i in range(2000)])

    def test_threads_do_not_change_bits(self):
        words = ["sin(u)*u + 1/3", "u=random(100000, 5)", "--full"]
        self.assertEqual(run(*words, "--threads", "1"), run(*words))

    def test_time(self):
        status, output, message = run("u**2", "u=arange(1e5)", "--time")
        self.assertEqual((status, output.count("\n")), (0, 2))
        self.assertRegex(message, r"^[0-9.e+-]+ s, [0-9.e+-]+ elements/s, [0-9.e+-]+ GB/s\n$")

    def test_locale(self):
        self.assertEqual(run("x*2", "x=1.25", env={**os.environ, "LC_ALL": "de_DE.UTF-8"}), (0, "2.5\n", ""))

    def test_version_and_help(self):
        self.assertRegex(run("--version")[1], r"^lanewise \d+\.\d+\.\d+ \((x86-64-v[234]|neon)\)\n$")
        status, output, message = run("--help")
        self.assertEqual((status, message), (0, ""))
        for word in ["--time", "--threads N", "--explain STAGE", "--json", "--full", "--file", "--version", "NAME=EXPRESSION", "interrupted by Ctrl-C"]:
            self.assertIn(word, output)


class Explain(unittest.TestCase):
    def test_stages(self):
        first_words = {"tree": "(+ (** u 2) 1)", "graph": "%0", "simplified": "%0", "program": "multiply.f64"}
        for stage, word in first_words.items():
            status, output, message = run("u**2 + 1", "u=arange(4.)", "--explain", stage)
            self.assertEqual((status, message), (0, ""))
            self.assertIn(word, output)
        self.assertEqual(run("--explain", "tree", stdin="x = 3\nx + 1\ny = x + 1\ny*2\n"), (0, "(+ x 1)\n(* y 2)\n", ""))
        status, output, _ = run("u**2 + 1", "u=arange(4.)", "--explain", "plan", "--json")
        self.assertEqual((status, json.loads(output)["stage"]), (0, "plan"))


class Errors(unittest.TestCase):
    def check(self, words, status, report):
        self.assertEqual(run(*words), (status, "", report), words)

    def test_reports(self):
        self.check(["2*coss(x)", "x=1"], 1, "error E201: unknown name 'coss'; did you mean 'cos'?\n  2*coss(x)\n    ^^^^\n")
        self.check(["y", "x=1", "y=2*coss(x)"], 1, "error E201: unknown name 'coss'; did you mean 'cos'?\n  y=2*coss(x)\n      ^^^^\n")
        self.check(["y", "y=zeros(1, 2)"], 1, "error E202: too many arguments; write zeros(shape [, dtype=])\n  y=zeros(1, 2)\n    ^^^^^\n")
        self.check(["x", "x=zeros(-1)"], 1, "error E304: an array cannot have -1 elements\n  x=zeros(-1)\n          ^^\n")

    def test_other_failures(self):
        self.assertEqual(run("1 +")[0], 1)
        self.assertEqual(run("")[0], 1)
        self.assertEqual(run("u + v", "u=arange(3)", "v=arange(4)")[0], 1)

    def test_limits(self):
        self.assertEqual(run(stdin="1" + "+1" * 1_000_000)[0], 4)
        self.assertEqual(run(stdin="(" * 100_000 + "1" + ")" * 100_000)[0], 4)

    def test_memory(self):
        status, output, message = run("x", "x=zeros(1e17)")
        self.assertEqual((status, output), (4, ""))
        self.assertRegex(message, r"^error E406: this needs 80* (MB|GB) of memory; it may use \d+ (MB|GB)\n")
        status, output, _ = run("--json", "x", "x=zeros(1e17)")
        self.assertEqual((status, json.loads(output)["error"]["code"]), (4, "E406"))

    def test_wrong_usage(self):
        for words in [["--foo"], ["x", "--foo"], ["--x", "x=3"], ["x", "y"], ["x", "x="], ["--threads", "0", "x"], ["--explain", "no", "x"], ["-f"]]:
            status, output, message = run(*words)
            self.assertEqual((status, output), (2, ""), words)
            self.assertRegex(message, r"^lanewise: .*\nTry 'lanewise --help'\.\n$")
        self.assertEqual(run("--x", "x=3")[2], "lanewise: unknown option --x; an expression that begins like one is written after --\n"
                                               "Try 'lanewise --help'.\n")

    def test_files(self):
        self.check(["-f", "/nowhere/a.lw"], 3, "error E701: cannot read '/nowhere/a.lw': No such file or directory\n")
        self.check(["-f", "/"], 3, "error E701: cannot read '/': Is a directory\n")

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_full_disk(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "1"], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"cannot write the output", done.stderr)

    def test_closed_pipe_ends_quietly(self):
        for restore in (True, False):  # SIGPIPE as by default, and ignored
            program = subprocess.Popen([PROGRAM, "u", "u=arange(1e6)", "--full"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       restore_signals=restore)
            program.stdout.readline()
            program.stdout.close()
            self.assertEqual(program.stderr.read(), b"")
            program.stderr.close()
            self.assertIn(program.wait(timeout=60), (0, -signal.SIGPIPE))


class Json(unittest.TestCase):
    def answer(self, *words):
        status, output, message = run("--json", *words)
        self.assertEqual((message, output.count("\n")), ("", 1))
        return status, json.loads(output)

    def test_values(self):
        for words, value, dtype, shape in [(["x**2", "x=3"], 9, "int64", []), (["0.1 + 0.2"], 0.1 + 0.2, "float64", []),
                                           (["1 < 2"], True, "bool", []), (["u/2", "u=arange(3)"], [0, 0.5, 1], "float64", [3]),
                                           (["u/0", "u=arange(-1., 2.)"], ["-inf", "nan", "inf"], "float64", [3])]:
            status, answer = self.answer(*words)
            self.assertGreaterEqual(answer.pop("seconds"), 0)
            self.assertEqual((status, answer), (0, {"value": value, "dtype": dtype, "shape": shape}))

    def test_complex_and_tuples(self):
        _, answer = self.answer("u*1j, max(u)", "u=arange(2.)")
        self.assertEqual((answer["value"], answer["dtype"], answer["shape"]), ([[[0, 0], [0, 1]], 1.0], ["complex128", "float64"], [[2], []]))

    def test_long_arrays(self):
        _, answer = self.answer("u", "u=arange(5000)")
        self.assertEqual((answer["value"], answer["shortened"], answer["shape"]), ([0, 1, 2, 4997, 4998, 4999], True, [5000]))
        _, answer = self.answer("u/3", "u=arange(5000)", "--full")
        self.assertEqual(answer["value"], [i / 3 for i in range(5000)])
        self.assertNotIn("shortened", answer)

    def test_errors(self):
        message = "unknown name 'coss'; did you mean 'cos'?"
        error = {"code": "E201", "offset": 2, "length": 4, "message": message}
        self.assertEqual(self.answer("2*coss(x)", "x=1"), (1, {"error": error}))
        self.assertEqual(self.answer("x", "x=coss(1)"), (1, {"error": {**error, "source": "x=coss(1)"}}))
        self.assertEqual(self.answer("1 + \xff")[0], 1)

    def test_every_statement_of_a_pipe_is_answered(self):
        status, output, message = run("--json", stdin="x = 2\n\ny = coss(x)\nx + 1; x + 2\n# end\n")
        answers = [json.loads(line) for line in output.splitlines()]
        self.assertEqual([answer.get("value", "error") for answer in answers], [2, "error", 3, 4])
        self.assertEqual((status, message), (1, ""))


class ScriptsAndPipes(unittest.TestCase):
    def script(self, text, *words):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.lw")
            with open(path, "w", newline="") as file:
                file.write(text)
            status, output, message = run("-f", path, *words)
            return status, output, message.replace(path, "a.lw")

    def test_script(self):
        self.assertEqual(self.script("u = arange(n)  # made here\r\n\r\nu**2\r\nans + 1; _ * 2"), (1, "", "a.lw:1: " + self.unknown("n")))
        self.assertEqual(self.script("u = arange(n)  # made here\r\n\r\nu**2\r\nans + 1; _ * 2", "n=3"), (0, "[0 1 4]\n[1 2 5]\n[ 2  4 10]\n", ""))

    def unknown(self, name):
        return self.report_of("u = arange(n)  # made here", name)

    def report_of(self, line, name):
        _, _, message = run(stdin=line)
        self.assertTrue(message.startswith(f"error E201: unknown name '{name}'"), message)
        return message

    def test_brackets_join_lines(self):
        self.assertEqual(self.script("k = (2 +  # two\n 1); k\nk * (\n\n2\n)\n"), (0, "3\n6\n", ""))
        self.assertEqual(run(stdin="maximum(1,\n 2)\n(3 +\n 4)\n"), (0, "2\n7\n", ""))
        status, output, message = self.script("1\n(2 +\n  x)\n")
        self.assertEqual((status, output), (1, "1\n"))
        self.assertEqual(message, "a.lw:2: error E201: unknown name 'x'; there are no inputs\n    x)\n    ^\n")
        status, output, message = self.script("(1 +\n")
        self.assertEqual((status, message.splitlines()[0]), (1, "a.lw:1: error E102: the text ends after '+'; expected a value: a number, a name or '('"))

    def test_place_of_a_failure_as_json(self):
        _, output, _ = self.script("1\n2*coss(1)\n", "--json")
        error = json.loads(output.splitlines()[1])["error"]
        self.assertEqual((os.path.basename(error["file"]), error["line"], error["offset"]), ("a.lw", 2, 2))

    def test_script_stops_at_the_first_failure(self):
        status, output, message = self.script("1\n2 +\n3\n")
        self.assertEqual((status, output, message.split(":")[:2]), (1, "1\n", ["a.lw", "2"]))

    def test_pipe_answers_every_line(self):
        status, output, message = run(stdin="x = 2\nx**3\nx +\nx + 1\n")
        self.assertEqual((status, output), (1, "8\n3\n"))
        self.assertEqual(message.count("error E"), 1)

    def test_pipe_answers_at_once(self):
        with subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
            for n in range(3):
                program.stdin.write(f"{n} + 1\n".encode())
                program.stdin.flush()
                self.assertEqual(program.stdout.readline(), f"{n + 1}\n".encode())
            program.stdin.close()
            self.assertEqual(program.wait(timeout=60), 0)

    def test_pipe_with_names(self):
        self.assertEqual(run("x=4", stdin="x*2\n"), (0, "8\n", ""))

    def test_standard_input_as_script_with_names(self):
        self.assertEqual(run("-f", "-", "x=2", stdin="x + 1\n"), (0, "3\n", ""))

    def test_standard_input_as_script_stops_at_the_first_failure(self):
        status, output, message = run("-f", "-", stdin="1\n2 +\n3\n")
        self.assertEqual((status, output, message.split(" E102")[0]), (1, "1\n", "standard input:2: error"))
        self.assertIn("error E706", run("-f", "-", stdin="load('r.npy')\n")[2])
        self.assertIn("error E701", run("-f", "-", "--allow-files", stdin="load('/nowhere/r.npy')\n")[2])

    def test_commands(self):
        status, output, message = run(stdin="u = arange(3.)\n:tree u**2\n:help hypot\n:quit\n1\n")
        self.assertEqual((status, message), (0, ""))
        self.assertEqual(output.splitlines()[0], "(** u 2)")
        self.assertEqual(output.splitlines()[1], "  hypot(x, y)")
        self.assertIn("\n            bool int8 int16 uint8 uint16 float16 -> float32; int32 int64 uint32 uint64 -> float64; float32 float64 -> the same\n", output)
        self.assertEqual(output.splitlines()[-1], "  example   hypot(3.0, 4.0)  gives  5.0")
        self.assertEqual(run(stdin=":nothing\n"), (1, "", "error E201: unknown command ':nothing'; :help lists all\n  :nothing\n  ^^^^^^^^\n"))

    @staticmethod
    def listed():
        """The rows of :list: spellings, example, value."""
        operations = run(stdin=":list\n")[1].split("\nArrays\n")[0]
        return [re.split(" {2,}", line.strip()) for line in operations.splitlines() if line.startswith("  ")]

    def test_listed_examples_are_true(self):
        rows = self.listed()
        self.assertGreater(len(rows), 100)
        answers = run(stdin="".join(row[-2] + "\n" for row in rows))
        self.assertEqual(answers, (0, "".join(row[-1] + "\n" for row in rows), ""))

    def test_help_explains_every_name(self):
        names = [name for row in self.listed() for name in row[0].split()]
        names += re.findall(r"^  (\w+)", run(stdin=":list\n")[1].split("\nArrays\n")[1], re.MULTILINE)
        _, output, message = run(stdin="".join(f":help {name}\n" for name in names))
        self.assertEqual((message, "nothing is called" in output), ("", False))

    def test_help_examples_are_true(self):
        names = [name for row in self.listed() for name in row[0].split()]
        _, output, _ = run(stdin="".join(f"?{name}\n" for name in names))
        examples = re.findall(r"^  example   (.*)  gives  (.*)$", output, re.MULTILINE)
        self.assertGreater(len(examples), 100)
        answers = run(stdin="".join(example + "\n" for example, _ in examples))
        self.assertEqual(answers, (0, "".join(value + "\n" for _, value in examples), ""))


class Commands(unittest.TestCase):
    """Every command, through a pipe."""

    def output(self, text, *words):
        status, output, message = run(*words, stdin=text)
        self.assertEqual((status, message), (0, ""), text)
        return output

    def failure(self, text, *words, status=1):
        done, output, message = run(*words, stdin=text)
        self.assertEqual(done, status, message)
        return output + message

    def commands(self):
        help_page = self.output(":help\n")
        return re.findall(r"^  (:\w+)", help_page, re.MULTILINE)

    def test_help(self):
        self.assertIn(":quit", self.commands())
        self.assertEqual(self.output("?\n"), self.output(":help\n"))
        for text in ["?sin\n", "sin?\n", ":help sin\n", "  ? sin  \n"]:
            self.assertIn("example   sin(pi/2)  gives  1.0", self.output(text))
        self.assertEqual(self.output(":help hypott\n"), "nothing is called 'hypott'; did you mean 'hypot'?\n")
        self.assertEqual(self.output("?qqqqqqq\n"), "nothing is called 'qqqqqqq'; :list lists operators and functions\n")
        for word in ["pi", "e", "inf", "nan", "True", "False", "None", "if", "else", "_", "ans", "and", "or", "not", "assert"]:
            self.assertNotIn("nothing is called", self.output(f":help {word}\n"))
        self.assertEqual(self.output(":help pi\n"), "  pi\n  the constant 3.141592653589793\n")
        self.assertEqual(self.output(":help qq\n"), "nothing is called 'qq'; :list lists operators and functions\n")
        self.assertEqual(self.output(":help :threads\n"), "  :threads [N]\n  sets how many threads work at most\n")
        self.assertIn("int64", self.output("x = arange(3)\n?x\n"))

    def test_words_that_people_try_first(self):
        for command in ":q", ":exit":
            self.assertEqual(self.output(f"1\n{command}\n2\n"), "1\n")
        self.assertEqual(self.failure("quit\n"), "error E201: unknown name 'quit'; :quit leaves\n")
        self.assertEqual(self.failure(" exit \n"), "error E201: unknown name 'exit'; :quit leaves\n")
        self.assertEqual(self.failure("help\n"), "error E201: unknown name 'help'; :help says how to go on\n")
        self.assertEqual(self.output("help = 3\nhelp\n"), "3\n")

    def test_unknown(self):
        self.assertEqual(self.failure("  :hlep\n"), "error E201: unknown command ':hlep'; did you mean ':help'?\n    :hlep\n    ^^^^^\n")
        self.assertIn("error E101: :who stands alone; found 'x' behind it", self.failure(":who x\n"))
        for command in ["time", "timeit", "tree", "plan", "plot", "save", "load"]:
            self.assertIn(f"error E102: :{command} needs more: :{command} ", self.failure(f":{command}\n"))

    def test_who_and_reset(self):
        self.assertEqual(self.output(":who\n"), "no names yet\n")
        output = self.output("x = 3; long_name = zeros((2, 3))\n:who\n:reset\n:who\n")
        self.assertEqual(output, "long_name  float64     (2, 3)    48 bytes\nx          int64                  8 bytes\nno names yet\n")
        self.assertRegex(self.output("x = 3; y = x\n:reset x\n:who\n"), r"^y +int64 +8 bytes\n$")
        self.assertIn("error E201: no name 'z' to forget", self.failure(":reset z\n"))

    def test_time(self):
        output = self.output("x = arange(1e6)\n:time sum(x)\n:time y = x\ny[3]\n")
        self.assertRegex(output, r"^499999500000.0\n[0-9.]+ [nµm]?s in all, [0-9.]+ [nµm]?s of them evaluating; [0-9.e+]+ elements/s, [0-9.e+]+ GB/s\n")
        self.assertTrue(output.endswith("\n3.0\n"), output)
        self.assertNotIn(" 0 GB/s", self.output(":time sum(arange(1000))\n"))
        self.assertIn("error E201", self.failure(":time coss(1)\n"))

    def test_timeit(self):
        output = self.output("x = random(1e5, 1)\n:timeit x**2 + 1\n").splitlines()
        self.assertRegex(output[0], r"^least [0-9.e+]+ [nµm]?s, median .*s, half of them .*s to .*s; \d+ x \d+ evaluations$")
        self.assertRegex(output[1], r"^[0-9.e+]+ elements/s, [0-9.e+]+ GB/s$")
        self.assertRegex(output[2], r"^(x86-64-v[234]|neon): .* thread")
        self.assertIn("error E201", self.failure(":timeit coss(1)\n"))

    def test_stages(self):
        self.assertEqual(self.output(":tree -2**2\n"), "(- (** 2 2))\n")
        self.assertIn("multiply.f64", self.output("u = ones(9)\n:program u**2 + 1\n"))
        self.assertIn("power", self.output("u = ones(9)\n:graph u**2\n"))
        self.assertIn("multiply", self.output("u = ones(9)\n:simplified u**2\n"))
        self.assertIn("elements a tile", self.output("u = ones(9)\n:plan u**2\n"))
        self.assertEqual(json.loads(self.output(":tree 1 + 2\n", "--json")), {"stage": "tree", "text": "(+ 1 2)"})

    def test_threads(self):
        self.assertRegex(self.output(":threads\n"), r"^all \d+ threads\n$")
        self.assertRegex(self.output(":threads 1\n"), r"^at most 1 of \d+ threads\n$")
        for text in ["0", "-1", "x", "1.5", "99999999999999999999"]:
            self.assertIn("is no number of threads", self.failure(f":threads {text}\n"))

    def test_plot(self):
        output = self.output(":plot sin(arange(200)/20)\n")
        self.assertRegex(output, "[\u2801-\u28ff]")
        self.assertLessEqual(max(len(line) for line in output.splitlines()), 80)
        self.assertIn("█", self.output(":plot --hist random(1000, 1)\n"))
        self.assertEqual(self.output("u = zeros(0)\n:plot u\n"), "nothing to plot: the array has no elements\n")
        for text, part in [("zeros((2, 2))", "error E301: a plot shows an array of one dimension, this has 2"), ("1j*arange(3)", "error E204"),
                           ("arange(3), arange(3)", "error E308"), ("--bars x", "E101: :plot knows --hist and --svg FILE, not --bars"),
                           ("3", "a plot shows an array, this is one number"), ("arange(3) --hist", "the options of :plot come first"),
                           ("coss(1)", "error E201"), ("--svg", "error E102")]:
            self.assertIn(part, self.failure(f":plot {text}\n"))

    def test_files_need_leave(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a b.lw")
            for command in [f":save {path}", f":load {path}", f":plot --svg '{path}' arange(3)", f"save('{folder}/r.npy', arange(3))",
                            f"load('{folder}/r.npy')"]:
                message = self.failure(command + "\n", status=3)
                self.assertIn("error E706", message)
                self.assertEqual(message.splitlines()[0].count("; start lanewise with --allow-files"), 1, message)
            self.assertEqual(os.listdir(folder), [])
            self.assertEqual(self.output(f"x = 2\nx = x + 1\n1 + 1\ny = x*2\n:save '{path}'\n", "--allow-files"), "2\n")
            with open(path) as file:
                self.assertEqual(file.read().splitlines()[1:], ["x = 2", "x = x + 1", "y = x*2"])
            self.assertEqual(self.output(f":load {path}\ny\n", "--allow-files"), "6\n")
            self.assertEqual(run("-f", path), (0, "", ""))
            svg = os.path.join(folder, "a.svg")
            self.assertEqual(self.output(f":plot --svg {svg} arange(3)\n", "--allow-files"), "")
            with open(svg) as file:
                self.assertTrue(file.read().startswith("<svg "))
            self.assertIn("error E704: cannot write '/nowhere/a.svg'", self.failure(":plot --svg /nowhere/a.svg arange(3)\n", "--allow-files", status=3))

    def test_saved_results(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.lw")
            self.output(f"3\nx = _ + 1\n5\ny = _2*x\n:save {path}\n", "--allow-files")
            self.assertEqual(self.output(f":load {path}\ny\n", "--allow-files"), "3\n5\n20\n")

    def test_home_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "t.csv"), "w") as file:
                file.write("mass\n1\n3\n")
            self.assertEqual(run("m*2", "m=@~/t.csv:mass", env={**os.environ, "HOME": folder}), (0, "[2 6]\n", ""))

    def test_saved_names_of_files(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 't"1.csv'), "w") as file:
                file.write("mass,width\n1,2\n3,4\n")
            path = os.path.join(folder, "a.lw")
            self.output(f"x = m*2\n:save {path}\n", "--allow-files", f'm=@{folder}/t"1.csv:mass', f'width=@{folder}/t"1.csv')
            self.assertEqual(self.output(f":load {path}\nx + width\n", "--allow-files"), "[ 4 10]\n")

    def test_scripts_that_fail(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.lw")
            with open(path, "w") as file:
                file.write("1\n2 +\n3\n")
            self.assertIn(f"{path}:2: error E102", self.failure(f":load {path}\n", "--allow-files"))
            with open(path, "w") as file:
                file.write(f":load {path}\n")
            self.assertIn("error E402: scripts load one another", self.failure(f":load {path}\n", "--allow-files", status=4))


class Assertions(unittest.TestCase):
    def test_script(self):
        self.assertEqual(run("-f", "-", stdin="assert 1 + 1 == 2\n"), (0, "", ""))
        status, output, message = run("-f", "-", stdin="x = 3\nassert x == 4\n")
        self.assertEqual((status, output), (1, ""))
        self.assertTrue(message.startswith("standard input:2: error E801: "), message)


class Timeout(unittest.TestCase):
    def test_a_statement_is_stopped(self):
        text = "a = ones((1, 100000)); b = ones((1000000, 1))\nsum(sin(a + b)**cos(a*b))\n1 + 1\n"
        status, output, message = run("--timeout", "0.1", stdin=text)
        self.assertEqual((status, output), (4, "2\n"))
        self.assertTrue(message.startswith("error E502: "), message)


class GeneratedPages(unittest.TestCase):
    def options(self):
        return set(re.findall(r"--[a-z][a-z-]*", run("--help")[1].split("\nOptions:")[1]))

    def page(self, *words):
        status, output, message = run(*words)
        self.assertEqual((status, message), (0, ""))
        return output

    def checked_by(self, page, *command):
        if shutil.which(command[0]) is None:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".1") as file:
            file.write(page)
            file.flush()
            done = subprocess.run([*command, file.name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (0, b""), command)

    def test_each_names_all_options(self):
        self.assertGreater(len(self.options()), 10)
        manual = self.page("--print-man").replace("\\-", "-")
        for shell in "bash", "zsh", "fish":
            page = self.page("--print-completion", shell)
            for option in self.options():
                spelling = f"-l {option[2:]} " if shell == "fish" else option
                self.assertIn(spelling, page + " ", shell)
                self.assertIn(option, manual)
            self.checked_by(page, shell, "-n")

    def test_manual_page(self):
        page = self.page("--print-man")
        self.assertRegex(page, r"\n\.br\nAn expression may begin with a minus")
        self.checked_by(page, "man", "-l", "--warnings", "-P", "cat")
        for command in re.findall(r"^  (:\w+)", run(stdin=":help\n")[1], re.MULTILINE):
            self.assertIn(f"\\fB{command}\\fR", page)

    def test_bash_completes(self):
        if shutil.which("bash") is None:
            self.skipTest("needs bash")
        page = self.page("--print-completion", "bash")
        for words, answer in [("--ex", "--explain"), ("--explain pl", "plan"), ("--explain = tr", "tree"), ("--color al", "always"),
                              ("x =@ @/usr/bi", "@/usr/bin/")]:
            split = words.split()
            previous = (["lanewise"] + split)[-2]
            script = page + (f"compopt() {{ :; }}; COMP_WORDS=(lanewise {words}); COMP_CWORD={len(split)}; "
                             f"_lanewise lanewise '{split[-1]}' '{previous}'; echo \"${{COMPREPLY[*]}}\"")
            done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, check=True)
            self.assertEqual(done.stdout.decode().strip(), answer)


class Interrupt(unittest.TestCase):
    @staticmethod
    def start(*words):
        return subprocess.Popen([PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def test_ctrl_c_stops_the_evaluation(self):
        heavy = "+".join(f"sin(u*{n})**cos(u+{n})" for n in range(1, 200))
        with self.start(heavy, "u=random(2e7, 1)", "--threads", "2") as program:
            time.sleep(1)
            began = time.monotonic()
            program.send_signal(signal.SIGINT)
            output, message = program.communicate(timeout=60)
            self.assertLess(time.monotonic() - began, 2)
            self.assertEqual((program.returncode, output), (130, b""))
            self.assertEqual(message, b"error E501: stopped\n")

    def test_the_end_leaves_no_half_of_a_file(self):
        heavy = "+".join(f"sin(u*{n})**cos(u+{n})" for n in range(1, 200))
        for number in signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT:
            with tempfile.TemporaryDirectory() as folder:
                with self.start(heavy, "u=arange(2e7)", "--out", os.path.join(folder, "r.npy")) as program:
                    while not os.listdir(folder):
                        time.sleep(0.01)
                    program.send_signal(number)
                    program.communicate(timeout=60)
                    self.assertEqual(program.returncode, -number)
                self.assertEqual(os.listdir(folder), [])

    def test_what_is_ignored_stays_ignored(self):
        ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=ignore) as program:
            for _ in range(2):
                program.stdin.write(b"1\n")
                program.stdin.flush()
                self.assertEqual(program.stdout.readline(), b"1\n")
                program.send_signal(signal.SIGHUP)

    def test_ctrl_c_while_waiting_for_a_line(self):
        with self.start() as program:
            program.stdin.write(b"1\n")
            program.stdin.flush()
            program.stdout.readline()
            program.send_signal(signal.SIGINT)
            self.assertEqual(program.wait(timeout=60), 130)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    with open(PROGRAM, "rb") as program_file:
        SANITIZED = b"__asan_init" in program_file.read()
    unittest.main()
