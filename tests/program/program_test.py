"""Drives the program as a user does: options, exit statuses, whole error texts, JSON, scripts, pipes, Ctrl-C, a terminal.

usage: program_test.py PROGRAM
Needs the standard library only.
"""
import json
import os
import pty
import re
import select
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
        self.assertRegex(run("--version")[1], r"^lanewise \d+\.\d+\.\d+\n$")
        status, output, message = run("--help")
        self.assertEqual((status, message), (0, ""))
        for word in ["--time", "--threads N", "--explain STAGE", "--json", "--full", "--file", "--version", "NAME=EXPRESSION", "130 interrupted"]:
            self.assertIn(word, output)


class Explain(unittest.TestCase):
    def test_stages(self):
        first_words = {"tree": "(+ (** u 2) 1)", "graph": "%0", "simplified": "%0", "program": "multiply.f64"}
        for stage, word in first_words.items():
            status, output, message = run("u**2 + 1", "u=arange(4.)", "--explain", stage)
            self.assertEqual((status, message), (0, ""))
            self.assertIn(word, output)
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
        self.assertRegex(message, r"^error E406: this needs 800000000 GB of memory; it may use \d+ [GM]B\n$")
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
        self.check(["-f", "/nowhere/a.lw"], 3, "lanewise: cannot read /nowhere/a.lw: No such file or directory\n")
        self.check(["-f", "/"], 3, "lanewise: cannot read /: Is a directory\n")

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

    def test_standard_input_as_script_with_names(self):
        self.assertEqual(run("-f", "-", "x=2", stdin="x + 1\n"), (0, "3\n", ""))

    def test_commands(self):
        status, output, message = run(stdin="u = arange(3.)\n:tree u**2\n:help hypot\n:quit\n1\n")
        self.assertEqual((status, message), (0, ""))
        self.assertEqual(output.splitlines()[0], "(** u 2)")
        self.assertEqual(output.splitlines()[1], "  hypot(x, y)")
        self.assertIn("\n            bool int8 int16 uint8 uint16 float16 -> float32; int32 int64 uint32 uint64 -> float64; float32 float64 -> the same\n", output)
        self.assertEqual(output.splitlines()[-1], "  example   hypot(3.0, 4.0)  gives  5.0")
        self.assertEqual(run(stdin=":nothing\n"), (1, "", "error E201: unknown command; :help lists all\n  :nothing\n  ^^^^^^^^\n"))

    def test_help_examples_are_true(self):
        _, operations = run(stdin=":help\n")[1].split("Operators, with an example and its value\n")
        lines = [line for line in operations.splitlines() if line.startswith("  ")]
        self.assertGreater(len(lines), 50)
        for line in lines:
            example, value = re.split(" {2,}", line.strip())[-2:]
            self.assertEqual(run("--", example), (0, value + "\n", ""), line)

    def test_help_explains_every_name(self):
        lines = run(stdin=":help\n")[1].split("Operators, with an example and its value\n")[1].splitlines()
        names = [name for line in lines if line.startswith("  ") for name in re.split(" {2,}", line.strip())[0].split()]
        self.assertGreater(len(names), 100)
        _, output, message = run(stdin="".join(f":help {name}\n" for name in names))
        self.assertEqual((message, "nothing is called" in output), ("", False))
        self.assertEqual(output.count("\n  error     ") + output.startswith("  error"), output.count("\n  example   "))


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
            self.assertTrue(message.startswith(b"error E501: "), message)

    def test_ctrl_c_while_waiting_for_a_line(self):
        with self.start() as program:
            program.stdin.write(b"1\n")
            program.stdin.flush()
            program.stdout.readline()
            program.send_signal(signal.SIGINT)
            self.assertEqual(program.wait(timeout=60), 130)


class Terminal(unittest.TestCase):
    """A pseudo terminal: what a person would see."""

    def setUp(self):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execv(PROGRAM, [PROGRAM])

    def read_until(self, end):
        text = ""
        deadline = time.monotonic() + 60
        while not text.endswith(end):
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                self.fail(f"waited for {end!r}, got {text!r}")
            try:
                text += os.read(self.terminal, 4096).decode()
            except OSError:  # the other side is closed
                break
        return text.replace("\r\n", "\n")

    def say(self, text, end="> "):
        os.write(self.terminal, text.encode())
        return self.read_until(end)

    def leave(self, text):
        os.write(self.terminal, text.encode())
        self.read_until("\0")
        status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        os.close(self.terminal)
        return status

    def test_conversation(self):
        self.assertRegex(self.read_until("> "), r"^lanewise [0-9.]+; :help lists operators and functions, :quit leaves\n> $")
        self.assertEqual(self.say("x = arange(3)\n"), "x = arange(3)\n> ")
        self.assertEqual(self.say("x**2\n"), "x**2\n[0 1 4]\n> ")
        self.assertIn("error E201", self.say("coss(x)\n"))
        self.assertEqual(self.say("_ + 1\n"), "_ + 1\n[1 2 5]\n> ")
        self.assertIn("arctan2 atan2", self.say(":help\n"))
        self.assertEqual(self.leave(":quit\n"), 0)

    def test_ctrl_c_at_the_prompt_and_ctrl_d(self):
        self.read_until("> ")
        os.write(self.terminal, b"1 + 1")
        self.read_until("1 + 1")
        self.assertTrue(self.say("\x03").endswith("\n> "))
        self.assertEqual(self.say("2\n"), "2\n2\n> ")
        self.assertEqual(self.leave("\x04"), 0)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    with open(PROGRAM, "rb") as program_file:
        SANITIZED = b"__asan_init" in program_file.read()
    unittest.main()
