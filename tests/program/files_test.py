"""Drives the program on files: what is read, what is written, in how much memory, and what is left after a failure, a signal or a kill.

usage: files_test.py PROGRAM
Needs the standard library only. With LANEWISE_LONG_RUN=1 in the environment the large files have 6 GB each, of which only the result takes room on
the disk: files_test.py PROGRAM LargeFiles.
"""
import array
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = None
SANITIZED = False


def work(term_count):
    return "+".join(f"sin(x*{n})**cos(x+{n})" for n in range(1, term_count + 1))


HEAVY = work(100)  # many seconds


def header(descr, shape, order=False):
    """The header as NumPy writes it."""
    text = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text


def doubles(values):
    return header("<f8", (len(values),)) + array.array("d", values).tobytes()


class InFolder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lanewise-files-")
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def read(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def make_sparse(self, name, count):
        """A file of `count` doubles that takes no room on the disk."""
        head = header("<f8", (count,))
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(head)
            file.truncate(len(head) + 8 * count)

    def names(self):
        return sorted(os.listdir(self.folder))

    def start(self, *words, stderr_to=subprocess.PIPE, **options):
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr_to, **options)

    def run_program(self, *words, **options):
        with self.start(*words, **options) as program:
            output, message = program.communicate(timeout=120)
        return program.returncode, output.decode(), message.decode()

    def check(self, words, output):
        self.assertEqual(self.run_program(*words), (0, output, ""), words)

    def wait_for_part(self, program):
        deadline = time.monotonic() + 60
        while not any(name.endswith(".part") for name in self.names()):
            self.assertIsNone(program.poll(), "ended before it wrote")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)


class Inputs(InFolder):
    def test_values(self):
        self.write("x.npy", doubles([3, 5, 8]))
        self.check(["hypot(x, y)", "x=@x.npy", "y=4"], "[5.         6.40312424 8.94427191]\n")
        self.check(["x", "n=2", "x=@x.npy"], "[3. 5. 8.]\n")
        self.check(["sum(x) + k", "x=@x.npy", "k=sum(x)"], "32.0\n")
        self.assertEqual(json.loads(self.run_program("--json", "x*2", "x=@x.npy")[1])["value"], [6, 10, 16])

    def test_fortran_order(self):
        self.write("f.npy", header("<i4", (2, 3), True) + array.array("i", [0, 3, 1, 4, 2, 5]).tobytes())
        self.check(["f", "f=@f.npy"], "[[0 1 2]\n [3 4 5]]\n")

    def test_columns_of_csv_files(self):
        self.write("t.csv", b"x,\"a:b\",name\n1,0.5,one\n2,,two\n")
        self.check(["x*2", "x=@t.csv"], "[2 4]\n")
        self.check(["k*2", "k=@t.csv:x"], "[2 4]\n")
        self.check(["k*2", "k=@t.csv:a:b"], "[ 1. nan]\n")
        for words, report in [(["k=@t.csv"], "error E705: cannot use 't.csv': it has no column 'k'; its columns are 'x', 'a:b', 'name'"),
                              (["k=@t.csv:name"], "error E702: cannot use 't.csv': line 2, column 7: 'one' in column 'name' is no number, true or false"),
                              (["k=@u.csv"], "error E701: cannot read 'u.csv': No such file or directory")]:
            self.assertEqual(self.run_program("k", *words), (3, "", report + "\n"))

    def test_any_file_name(self):
        for name in ["a b.npy", "a#b.npy", "a;b", "ü=@.npy", "(.npy", "'.npy", ".npy "]:
            self.write(name, doubles([7]))
            self.check(["x", f"x=@{name}"], "[7.]\n")

    def test_scripts_see_them_but_name_none(self):
        self.write("x.npy", doubles([7]))
        self.write("a.lw", b"x + 1\ny = @x.npy\n")
        status, output, message = self.run_program("-f", "a.lw", "x=@x.npy")
        self.assertEqual((status, output), (1, "[8.]\n"))
        self.assertIn("error E101: found '@' where a value is expected", message)

    def test_refused(self):
        self.write("big.npy", header(">f8", (1,)) + bytes(8))
        self.write("short.npy", doubles([1, 2])[:-1])
        self.write("text.npy", b"1,2\n")
        for name, report in [("no.npy", "error E701: cannot read 'no.npy': No such file or directory"),
                             ("big.npy", "error E703: cannot use 'big.npy': its elements are big-endian ('>f8'); in NumPy, save x.astype('<f8')"),
                             ("short.npy", "error E702: cannot use 'short.npy': its shape (2,) of float64 needs 16 bytes after the header; there are 15"),
                             ("text.npy", "error E702: cannot use 'text.npy': it is no .npy file: it does not begin with \\x93NUMPY")]:
            self.assertEqual(self.run_program("x", f"x=@{name}"), (3, "", report + "\n"))
        status, output, _ = self.run_program("--json", "x", "x=@no.npy")
        self.assertEqual((status, json.loads(output)["error"]["code"]), (3, "E701"))
        self.assertEqual(self.run_program("1", "if=@x.npy")[0], 3)
        self.write("x.npy", doubles([7]))
        self.assertEqual(self.run_program("1", "if=@x.npy")[0], 1)


class Out(InFolder):
    def test_value_goes_to_the_file_and_nowhere_else(self):
        self.write("x.npy", doubles([3, 5, 8]))
        for words in [["x*x"], ["--json", "x*x"], ["--threads", "1", "x*x"]]:
            self.check([*words, "x=@x.npy", "--out", "r.npy"], "")
            self.assertEqual(self.read("r.npy"), doubles([9, 25, 64]))
        self.assertEqual(self.names(), ["r.npy", "x.npy"])
        status, output, message = self.run_program("x*x", "x=@x.npy", "--out", "r.npy", "--time")
        self.assertEqual((status, output), (0, ""))
        self.assertRegex(message, r"^[0-9.e+-]+ s, [0-9.e+-]+ elements/s, [0-9.e+-]+ GB/s\n$")

    def test_any_result(self):
        for words, content in [(["arange(3)"], header("<i8", (3,)) + array.array("q", [0, 1, 2]).tobytes()),
                               (["1 < 2"], header("|b1", ()) + b"\1"), (["zeros((2, 0))"], header("<f8", (2, 0))),
                               (["float32(u)/2", "u=ones((1, 2))"], header("<f4", (1, 2)) + array.array("f", [0.5, 0.5]).tobytes()),
                               (["y = u + 1j; y", "u=ones(1)"], header("<c16", (1,)) + array.array("d", [1, 1]).tobytes())]:
            self.check([*words, "--out", "r.npy"], "")
            self.assertEqual(self.read("r.npy"), content)

    def test_an_input_is_replaced(self):
        self.write("x.npy", doubles([1, 4, 9]))
        self.check(["sqrt(x)", "x=@x.npy", "--out", "x.npy"], "")
        self.assertEqual(self.read("x.npy"), doubles([1, 2, 3]))

    def test_a_failure_leaves_the_file_as_it_was(self):
        self.write("r.npy", b"precious")
        for words, status in [(["coss(1)"], 1), (["x + y", "x=arange(3)", "y=arange(4)"], 1), (["1, 2"], 1), (["x", "x=@no.npy"], 3)]:
            self.assertEqual(self.run_program(*words, "--out", "r.npy")[0], status, words)
            self.assertEqual((self.names(), self.read("r.npy")), (["r.npy"], b"precious"))

    def test_places_that_cannot_be_written(self):
        self.assertEqual(self.run_program("1", "--out", "/nowhere/r.npy"),
                         (3, "", "error E704: cannot write '/nowhere/r.npy': No such file or directory\n"))
        os.mkdir(os.path.join(self.folder, "d.npy"))
        self.assertEqual(self.run_program("1", "--out", "d.npy"), (3, "", "error E704: cannot write 'd.npy': Is a directory\n"))
        self.assertEqual(self.names(), ["d.npy"])

    def test_no_room(self):
        import resource
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        self.assertEqual(self.run_program("arange(1e6)", "--out", "r.npy", preexec_fn=limit),
                         (3, "", "error E704: cannot write 'r.npy': File too large\n"))
        self.assertEqual(self.names(), [])

    def test_wrong_usage(self):
        for words in [["1", "--out", "r.csv"], ["--out", "r.npy"], ["-f", "a.lw", "--out", "r.npy"], ["1", "--out"], ["1", "--out="],
                      ["1", "--out", "r.npy", "--explain", "tree"]]:
            self.assertEqual(self.run_program(*words)[:2], (2, ""), words)
        self.assertEqual(self.names(), [])


class LargeFiles(InFolder):
    """Files larger than memory, or their small twins: 100 MB each, and less than that to keep data in."""

    is_long_run = os.environ.get("LANEWISE_LONG_RUN") == "1"
    count = 750_000_000 if is_long_run else 13_000_000
    data_bytes = (1024 if is_long_run else 64) << 20

    def limited(self):
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, (self.data_bytes, self.data_bytes))
        os.sched_setaffinity(0, set(list(os.sched_getaffinity(0))[:2]))  # each thread has a stack

    def run_limited(self, *words):
        return self.run_program(*words, preexec_fn=self.limited)

    @unittest.skipUnless(sys.platform == "linux", "RLIMIT_DATA counts mapped memory on Linux")
    def test_bounded_memory(self):
        if SANITIZED:
            self.skipTest("the address sanitizer needs memory of its own")
        self.make_sparse("x.npy", self.count)
        self.make_sparse("y.npy", self.count)
        with open(os.path.join(self.folder, "x.npy"), "r+b") as file:
            file.seek(-8, os.SEEK_END)
            file.write(struct.pack("<d", 3))
        inputs = ["x=@x.npy", "y=@y.npy"]
        self.assertEqual(self.run_limited("sqrt(x**2+y**2)", *inputs)[0], 4, "the limit does not hold")
        self.assertEqual(self.run_limited("sqrt(x**2+y**2)", *inputs, "--out", "r.npy"), (0, "", ""))
        path = os.path.join(self.folder, "r.npy")
        self.assertEqual(os.path.getsize(path), len(header("<f8", (self.count,))) + 8 * self.count)
        with open(path, "rb") as file:
            file.seek(-(1 << 20), os.SEEK_END)
            end = file.read()
        self.assertEqual((end[-16:], end.count(0) > len(end) - 8), (struct.pack("<dd", 0, 3), True))
        self.assertEqual(self.run_limited("sum(hypot(x, r)), max(r)", "x=@x.npy", "r=@r.npy")[1], "(4.242640687119285, 3.0)\n")


    def test_killed_half_way(self):
        if not self.is_long_run:
            self.skipTest("the small twin ends too early; Ended has a slower expression")
        self.make_sparse("x.npy", self.count)
        program = self.start("sqrt(x**2+x)", "x=@x.npy", "--out", "r.npy")
        self.addCleanup(program.communicate)
        self.wait_for_part(program)
        time.sleep(1)
        self.assertIsNone(program.poll(), "ended too early")
        program.kill()
        program.wait(timeout=60)
        self.assertNotIn("r.npy", self.names())


class Ended(InFolder):
    def setUp(self):
        super().setUp()
        self.make_sparse("x.npy", 4_000_000)

    def start_writing(self):
        program = self.start(HEAVY, "x=@x.npy", "--out", "r.npy", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(program.communicate)
        self.addCleanup(program.kill)
        self.wait_for_part(program)
        time.sleep(0.3)  # until it is in the middle of its work
        self.assertIsNone(program.poll(), "ended too early to be interrupted")
        return program

    def test_killed(self):
        program = self.start_writing()
        program.kill()
        self.assertEqual(program.wait(timeout=60), -signal.SIGKILL)
        self.assertNotIn("r.npy", self.names())

    def test_progress_on_a_terminal(self):
        terminal, side = pty.openpty()
        program = self.start(work(40), "x=@x.npy", "--out", "r.npy", "--threads", "1", stderr_to=side)  # a second is not shown
        os.close(side)
        text = b""
        while not text.endswith(b"\r\x1b[K"):
            try:
                text += os.read(terminal, 4096)
            except OSError:
                break
        os.close(terminal)
        self.assertEqual((program.wait(timeout=60), program.stdout.read()), (0, b""))
        program.stdout.close()
        self.assertRegex(text, rb"^(\r\x1b\[K *\d+ %  [0-9.e+]+ elements/s  \d+ (s|min|h) left)+\r\x1b\[K$")
        shown = [int(number) for number in re.findall(rb"\d+(?= %)", text)]
        self.assertEqual(shown, sorted(shown))

    def test_ctrl_c(self):
        program = self.start_writing()
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(timeout=60), 130)
        self.assertEqual(self.names(), ["x.npy"])


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    with open(PROGRAM, "rb") as program_file:
        SANITIZED = b"__asan_init" in program_file.read()
    unittest.main()
