"""Drives the program through a pseudo terminal as a person does, and looks at the screen that comes of it.

usage: terminal_test.py PROGRAM
Needs pexpect and pyte.
"""
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import pexpect
import pyte

PROGRAM = None
PATIENCE_SECONDS = 30  # only guards against hanging
LONG_WORK = "sum(sin(arange(1e13)))"  # many hours


class Session:
    """A running program, and the screen that its output makes."""

    def __init__(self, folder, words=(), rows=24, columns=80, program=None, **environment):
        self.screen = pyte.HistoryScreen(columns, rows, history=10_000)
        self.stream = pyte.ByteStream(self.screen)
        self.output = b""
        inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "XDG_STATE_HOME")}
        environment = {**inherited, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": folder, **environment}
        self.child = pexpect.spawn(program or PROGRAM, list(words), dimensions=(rows, columns), env=environment, cwd=folder, timeout=PATIENCE_SECONDS,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.child.delaybeforesend = None

    def lines(self):
        """All rows, those that have scrolled away first, without the empty ones at the end."""
        above = ["".join(row[i].data for i in range(self.screen.columns)) for row in self.screen.history.top]
        rows = [row.rstrip() for row in above + self.screen.display]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def read(self):
        try:
            received = self.child.read_nonblocking(65536, 0.05)
        except pexpect.TIMEOUT:
            return
        self.output += received
        self.stream.feed(received)

    def wait(self, is_there, what):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what!r}; the screen is\n" + "\n".join(self.lines()))
            try:
                self.read()
            except pexpect.EOF:
                if is_there():
                    return
                raise AssertionError(f"ended before {what!r}; the screen is\n" + "\n".join(self.lines())) from None

    def wait_for_line(self, *last):
        """Waits until these are the last rows."""
        self.wait(lambda: self.lines()[-len(last):] == list(last), last)

    def wait_for_prompt(self, typed=""):
        self.wait(lambda: (self.lines() or [""])[-1] == ("> " + typed).rstrip() and self.screen.cursor.x == 2 + len(typed), "> " + typed)

    def send(self, keys):
        self.child.send(keys.encode())

    def say(self, text, *answer):
        """Types a line and waits for these rows and a prompt behind them."""
        self.send(text + "\r")
        self.wait_for_line("> " + text, *answer, ">")

    def kill_child_of_shell(self, number):
        with open(f"/proc/{self.child.pid}/task/{self.child.pid}/children") as children:
            os.kill(int(children.read()), number)

    def end(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            if time.monotonic() > deadline:
                raise AssertionError("waited for the end; the screen is\n" + "\n".join(self.lines()))
            try:
                self.read()
            except pexpect.EOF:
                break
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus


class InTerminal(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lanewise-terminal-")
        self.addCleanup(shutil.rmtree, self.folder)

    def start(self, *words, **options):
        session = Session(self.folder, words, **options)
        self.addCleanup(session.child.close, True)
        session.wait_for_prompt()
        return session

    def history(self):
        return os.path.join(self.folder, ".local/state/lanewise/history")


class Typing(InTerminal):
    def test_conversation(self):
        session = self.start()
        self.assertRegex(session.lines()[0], r"^lanewise [0-9.]+; ")
        session.say("1 + 1", "2")
        session.say("x = arange(3)")
        session.say("x**2", "[0 1 4]")
        session.say("_ + 1", "[1 2 5]")
        session.send(":quit\r")
        self.assertEqual(session.end(), 0)

    def test_errors(self):
        session = self.start()
        session.say("2*coss(1)", "error E201: unknown name 'coss'; did you mean 'cos'?", "  2*coss(1)", "    ^^^^")
        session.say("2", "2")

    def test_ctrl_d(self):
        session = self.start()
        session.send("\x04")
        self.assertEqual(session.end(), 0)

    def test_a_terminal_that_is_gone(self):
        session = self.start()
        session.child.close(force=False)
        self.assertFalse(session.child.isalive())

    def test_editing_keys(self):
        left, right, home, end, delete = "\x1b[D", "\x1b[C", "\x1b[H", "\x1b[F", "\x1b[3~"
        session = self.start()
        for keys, line, answer in [("13" + left + "2\r", "123", "123"), ("23" + home + "1" + end + "4\r", "1234", "1234"),
                                   ("19" + left + delete + "2\r", "12", "12"), ("12x\x7f3\r", "123", "123"),
                                   ("1 + 22\x17" + "3\r", "1 + 3", "4"), ("99\x01\x0b7\r", "7", "7"), ("5" + left + right + "6\r", "56", "56"),
                                   ("88\x15" + "9\r", "9", "9")]:
            session.send(keys)
            session.wait_for_line("> " + line, answer, ">")

    def test_keys_that_mean_nothing(self):
        session = self.start()
        keys = ["[5~", "[6~", "[2~", "OP", "OS", "[15~", "[24~", "[1;2A", "[1;2B", "[1;2P", "[5;5~", "[Z"]
        session.send("1" + "".join("\x1b" + key for key in keys) + "2\x1b[1;3D\x1b[1;3C3\r")
        session.wait_for_line("> 123", "123", ">")

    def test_utf8(self):
        session = self.start()
        session.send("1 # é∑ 漢x\x7f\x1b[D\x7f!\r")
        session.wait(lambda: session.lines()[-2:] == ["1", ">"], "1")
        self.assertIn("> 1 # é∑!漢", session.lines())

    def test_long_lines(self):
        session = self.start(columns=40)
        for count in [18, 19, 20, 38, 39, 50]:  # about the right edge
            text = "1" + "+1" * count
            session.send(text + "\r")
            shown = "> " + text
            rows = [shown[i:i + 40] for i in range(0, len(shown), 40)]
            session.wait(lambda: session.lines()[-2:] == [str(1 + count), ">"], count)
            self.assertEqual([line for line in session.lines()[:-2] if line][-len(rows):], rows)


class Continuation(InTerminal):
    def test_brackets(self):
        session = self.start()
        session.send("maximum(1,\r")
        session.wait_for_line("> maximum(1,", ".")
        session.send("\r  2)\r")
        session.wait_for_line("> maximum(1,", ".", ".   2)", "2", ">")

    def test_ctrl_c_and_ctrl_d_give_up(self):
        session = self.start()
        for key in "\x03", "\x04":
            session.send("(1 +\r")
            session.wait_for_line("> (1 +", ".")
            session.send(key)
            session.wait_for_prompt()
        session.say("3", "3")


class History(InTerminal):
    up, down = "\x1b[A", "\x1b[B"

    def test_up_and_down(self):
        session = self.start()
        session.say("1 + 1", "2")
        session.say("2 + 2", "4")
        session.send(self.up * 2)
        session.wait_for_prompt("1 + 1")
        session.send(self.down)
        session.wait_for_prompt("2 + 2")
        session.send("\r")
        session.wait_for_line("> 2 + 2", "4", ">")

    def test_is_kept_between_runs(self):
        session = self.start()
        session.say("1 + 1", "2")
        session.send("(2 +\r 3)\r")
        session.wait_for_line("5", ">")
        session.send(":quit\r")
        self.assertEqual(session.end(), 0)
        self.assertEqual(stat.S_IMODE(os.stat(self.history()).st_mode), 0o600)
        session = self.start()
        session.send(self.up * 2)  # past :quit
        session.wait_for_line("> (2 +", " 3)")
        session.send("\r")
        session.wait_for_line("> (2 +", " 3)", "5", ">")
        session.send(self.up * 4)
        session.wait_for_prompt("1 + 1")

    def test_no_duplicates_in_a_row(self):
        session = self.start()
        for _ in range(3):
            session.say("7", "7")
        session.send("\x04")
        session.end()
        with open(self.history()) as file:
            self.assertEqual(file.read(), "7\n")

    def test_search(self):
        session = self.start()
        session.say("123 + 1", "124")
        session.say("5", "5")
        session.send("\x12")
        session.send("23")
        session.wait(lambda: any(line.startswith("> 123 + 1") for line in session.lines()[-2:]), "> 123 + 1")
        session.send("\r")
        session.wait_for_line("> 123 + 1", "124", ">")

    def test_a_place_that_cannot_be_written(self):
        with open(os.path.join(self.folder, ".local"), "w") as file:
            file.write("no folder")
        session = self.start()
        session.say("1", "1")
        session.send("\x04")
        self.assertEqual(session.end(), 0)


class Interrupts(InTerminal):
    def test_at_the_prompt(self):
        session = self.start()
        session.send("1 + 1")
        session.wait_for_prompt("1 + 1")
        session.send("\x03")
        session.wait_for_line("> 1 + 1", ">")
        session.say("2", "2")
        session.child.kill(signal.SIGINT)  # from elsewhere
        session.wait_for_line("> 2", "2", ">", ">")
        session.say("3", "3")

    def test_an_evaluation(self):
        session = self.start()
        session.say("x = 5")
        session.send(LONG_WORK + "\r")
        session.wait(lambda: " left" in session.lines()[-1], "progress")
        session.send("\x03")
        session.wait(lambda: any("error E501" in line for line in session.lines()) and session.lines()[-1] == ">", "error E501")
        session.say("x + 1", "6")
        session.send("\x04")
        self.assertEqual(session.end(), 0)

    def test_signals_that_end_the_program(self):
        during_a_line = ("1 +", lambda session: session.wait_for_prompt("1 +"))
        during_an_evaluation = (LONG_WORK + "\r", lambda session: session.wait(lambda: " left" in session.lines()[-1], "progress"))
        for number, (keys, wait) in [(signal.SIGTERM, during_a_line), (signal.SIGHUP, during_a_line), (signal.SIGQUIT, during_a_line),
                                     (signal.SIGTERM, during_an_evaluation)]:
            session = Session(self.folder, ["-c", 'stty -echoctl; stty -a; "$0"; echo ended $?; stty -a; read line', PROGRAM], program="/bin/sh")
            self.addCleanup(session.child.close, True)
            session.wait_for_prompt()
            modes_before = session.output.split(b"lanewise ")[0].decode()
            session.send(keys)
            wait(session)
            session.kill_child_of_shell(number)
            session.wait(lambda: session.output.decode().endswith(modes_before), "the modes")
            self.assertIn(f"ended {128 + number}".encode(), session.output)
            self.assertIn(b"\x1b[?2004l", session.output)

    def test_keys_of_signals_that_a_prompt_does_not_know(self):
        session = self.start()
        session.send("1\x1c\x13 + \x1b1\x1c1\r")
        session.wait(lambda: session.lines()[-1] == ">" and session.lines()[-2].isdigit(), "an answer")

    def test_the_end_during_an_evaluation(self):
        session = self.start()
        session.send(LONG_WORK + "\r")
        session.wait(lambda: " left" in session.lines()[-1], "progress")
        session.child.kill(signal.SIGTERM)
        self.assertEqual(session.end(), -signal.SIGTERM)

    def test_stop_and_continue(self):
        session = Session(self.folder, ["--norc", "-i"], program="/bin/bash", PS1="$ ")  # a shell, as jobs are its business
        self.addCleanup(session.child.close, True)
        session.wait_for_line("$")
        session.send(PROGRAM + "\r")
        session.wait_for_prompt()
        session.send("4\x1a")
        session.wait(lambda: session.lines()[-1] == "$" and "Stopped" in session.lines()[-2], "Stopped")
        session.send("fg\r")
        session.wait_for_line("> 4")
        session.send("2\r")
        session.wait_for_line("> 42", "42", ">")
        session.kill_child_of_shell(signal.SIGTSTP)
        session.wait(lambda: session.lines()[-1] == "$" and "Stopped" in session.lines()[-2], "Stopped")
        session.send("fg\r")
        session.wait(lambda: session.lines()[-1] == ">", "a prompt")
        session.say("5", "5")

    def test_stop_and_continue_an_evaluation(self):
        session = Session(self.folder, ["-i"], program="/bin/dash", PS1="$ ")  # leaves modes as they are
        self.addCleanup(session.child.close, True)
        session.wait_for_line("$")
        session.send(PROGRAM + " --timeout 8\r")
        session.wait_for_prompt()
        session.send(LONG_WORK + "\r")
        session.wait(lambda: " left" in session.lines()[-1], "progress")
        session.send("\x1a")
        session.wait(lambda: session.lines()[-1].endswith("$"), "the shell")
        session.send("stty -a | tr ' ' '\\n' | grep -xE -e '-?(icanon|echo)'\r")
        session.wait(lambda: session.lines()[-3:] == ["icanon", "echo", "$"], "the modes")
        session.send("fg\r")
        session.wait(lambda: session.lines()[-1] == ">" and "E502" in "".join(session.lines()), "the end of the time")
        session.say("5", "5")


class TypingAhead(InTerminal):
    """Keys that come while a line is evaluated are kept for the next, and do not show before."""

    def run_long(self):
        session = self.start("--timeout", "5")
        session.send(LONG_WORK + "\r")
        session.wait(lambda: " left" in session.lines()[-1], "progress")
        return session

    def test_of_lines(self):
        session = self.run_long()
        session.send("1 + 1\r2 + 2\r")
        session.wait(lambda: session.lines()[-5:] == ["> 1 + 1", "2", "> 2 + 2", "4", ">"], "both answers")
        self.assertNotIn(b"1 + 1", session.output[:session.output.index(b"E502")])

    def test_of_keys(self):
        session = self.run_long()
        session.send("1 + 1\r\x04")
        self.assertEqual(session.end(), 0)
        session = self.run_long()
        session.send("3\x1b[D2\x05\x17" + "17\x1b[D5\r")
        session.wait(lambda: session.lines()[-3:] == ["> 157", "157", ">"], "157")


class Pasting(InTerminal):
    lines = [f"v{i} = {i}*2; v{i}" for i in range(200)]

    def paste(self, text):
        return "\x1b[200~" + text + "\x1b[201~"

    def answers(self, session):
        return [line for line in session.lines() if re.fullmatch(r"\d+", line)]

    def test_a_block(self):
        session = self.start()
        session.send(self.paste("\r".join(self.lines)))
        session.wait(lambda: session.lines()[-2:] == ["398", ">"], "398")
        self.assertEqual(self.answers(session), [str(i * 2) for i in range(200)])
        self.assertEqual(session.lines()[1:202], ["> " + self.lines[0], *(". " + line for line in self.lines[1:]), "0"])
        session.say("v7 + 1", "15")

    def test_keys_that_come_at_once(self):
        session = self.start()
        session.send("".join(line + "\r" for line in self.lines))
        session.wait(lambda: session.lines()[-2:] == ["398", ">"], "398")
        self.assertEqual(self.answers(session), [str(i * 2) for i in range(200)])

    def test_one_line_waits_for_enter(self):
        session = self.start()
        session.send("1 +  + 3\x1b[D\x1b[D\x1b[D\x1b[D" + self.paste("2\n"))
        session.wait(lambda: session.lines()[-1] == "> 1 + 2 + 3", "> 1 + 2 + 3")
        session.send("\r")
        session.wait_for_line("> 1 + 2 + 3", "6", ">")

    def test_a_block_of_brackets_and_commands(self):
        session = self.start()
        session.send(self.paste("x = (1 +\n\n 2)\n:tree x + 1\nx\n"))
        session.wait_for_line("> x = (1 +", ".", ".  2)", ". :tree x + 1", ". x", "(+ x 1)", "3", ">")
        session.send("\x1b[A")
        session.wait_for_line("> x = (1 +", "", " 2)", ":tree x + 1", "x")

    def test_a_block_goes_on_behind_an_open_bracket(self):
        session = self.start()
        session.send(self.paste("1\n(2 +"))
        session.wait_for_line("> 1", ". (2 +", ".")
        session.send("3)\r")
        session.wait_for_line("> 1", ". (2 +", ". 3)", "1", "5", ">")

    def test_keys_in_a_paste_are_no_keys(self):
        session = self.start()
        session.send(self.paste("1\x03 +\x04 \t\x1b1"))
        session.wait(lambda: session.lines()[-1] == "> 1 +     1", "> 1 +     1")
        session.send("\r")
        session.wait_for_line("> 1 +     1", "2", ">")


class Screens(InTerminal):
    def test_resize(self):
        session = self.start(columns=80)
        text = "1" + "+1" * 30
        session.send(text)
        session.wait_for_prompt(text)
        session.screen.resize(24, 40)
        session.child.setwinsize(24, 40)
        session.wait(lambda: session.lines()[-2:] == ["> " + text[:38], text[38:]], "two rows")
        session.send("+1\r")
        session.wait(lambda: session.lines()[-2:] == ["32", ">"], "32")

    def test_colours(self):
        report = ["error E201: unknown name 'coss'; did you mean 'cos'?", "  1 + coss(1)", "      ^^^^"]
        session = self.start()
        session.say("1 + coss(1)", *report)
        self.assertIn(b"\x1b[1;31merror E201\x1b[0m", session.output)
        self.assertIn(b"> \x1b[36m1\x1b[0m + coss(\x1b[36m1\x1b[0m)".replace(b"> ", b"\x1b[1;36m>\x1b[0m "), session.output)
        for words, environment in [([], {"NO_COLOR": "1"}), (["--color", "never"], {}), ([], {"TERM": "dumb"})]:
            session = self.start(*words, **environment)
            session.say("1 + coss(1)", *report)
            self.assertNotRegex(session.output, rb"\x1b\[[0-9;]*m")
        self.assertNotIn(b"\x1b", session.output)  # of the dumb terminal
        session = self.start("--color", "always", NO_COLOR="1")
        session.say("1 + coss(1)", *report)
        self.assertIn(b"\x1b[1;31merror E201\x1b[0m", session.output)

    def test_progress(self):
        session = self.start()
        session.say("1", "1")
        session.send(LONG_WORK + "\r")
        session.wait(lambda: re.match(r" *\d+ %  \S+ elements/s  .* left", session.lines()[-1]), "a line of progress")
        session.send("\x03")
        session.wait(lambda: session.lines()[-1] == ">", "a prompt")
        self.assertFalse(any(" left" in line for line in session.lines()))

    def test_no_progress_on_a_dumb_terminal(self):
        session = self.start("--timeout", "2", TERM="dumb")
        session.send(LONG_WORK + "\r")
        session.wait(lambda: session.lines()[-1] == ">" and "E502" in "".join(session.lines()), "the end of the time")
        self.assertNotIn(b"\x1b", session.output)

    def test_help_breaks_no_words(self):
        words = subprocess.run([PROGRAM], input=b":help\n", stdout=subprocess.PIPE, check=True).stdout.decode().split()
        for columns in 50, 80:
            session = self.start(columns=columns)
            session.send(":help\r")
            session.wait(lambda: session.lines()[-1] == ">" and any(line.startswith("  :quit") for line in session.lines()[-6:]), "the help page")
            self.assertTrue(set(words) <= set(" ".join(session.lines()).split()))

    def test_plot_fits(self):
        for columns in 40, 100:
            session = self.start(columns=columns)
            session.send(":plot sin(arange(300)/30)\r")
            session.wait(lambda: session.lines()[-1] == ">" and "299" in session.lines()[-2], "a plot")
            self.assertEqual(len(session.lines()[-2]), columns)


class Completing(InTerminal):
    def test_names(self):
        session = self.start()
        session.say("a_long_name = 3")
        session.send("a_l\t")
        session.wait_for_prompt("a_long_name")
        session.send(" + 1\r")
        session.wait_for_line("> a_long_name + 1", "4", ">")

    def test_a_list(self):
        session = self.start()
        session.send("2*arct\t")
        session.wait_for_prompt("2*arctan")
        session.send("\t")
        session.wait_for_line("> 2*arctan", "arctan   arctan2  arctanh", "> 2*arctan")
        session.send("2\t0, 1)\r")
        session.wait_for_line("> 2*arctan2(0, 1)", "0.0", ">")

    def test_long_lists(self):
        session = self.start(rows=10)
        session.send("1 + \t")
        session.wait(lambda: session.lines()[-1] == "> 1 +" and re.fullmatch(r"and \d+ more", session.lines()[-2]), "a part of the list")
        self.assertIn("> 1 +", session.screen.display[0] + session.screen.display[1])

    def test_commands(self):
        session = self.start()
        session.send(":tim\t\t")
        session.wait_for_line("> :time", ":time    :timeit", "> :time")
        session.send("it 1 +\t\x15:qu\t\r")
        self.assertEqual(session.end(), 0)

    def test_files(self):
        for name in "data.lw", "date.csv":
            with open(os.path.join(self.folder, name), "w") as file:
                file.write("1 + 1\n")
        session = self.start()
        session.send(":load dat\t")
        session.send("\t")
        session.wait_for_line("> :load dat", "data.lw   date.csv", "> :load dat")
        session.send("a\t\r")
        session.wait_for_line("> :load data.lw", "2", ">")
        session.send('load("da\t')
        session.wait_for_prompt('load("dat')

    def test_nothing_to_complete(self):
        session = self.start()
        session.send("\t1\r")
        session.wait_for_line(">     1", "1", ">")
        session.send("qqq\t\t")
        session.wait_for_prompt("qqq")
        session.send("\x15")
        session.say("1", "1")


    def test_with_the_keys_of_vi(self):
        with open(os.path.join(self.folder, ".editrc"), "w") as file:
            file.write("bind -v\n")
        session = self.start()
        session.send("arct\t\t")
        session.wait_for_line("> arctan", "arctan   arctan2  arctanh", "> arctan")
        session.send("\x03")
        session.wait_for_prompt()
        session.send("13\x1bi2\r")
        session.wait_for_line("> 123", "123", ">")


class Pipes(InTerminal):
    def test_no_codes(self):
        text = "x = arange(3)\nx**2\ncoss(1)\n:help\n:list\n:plot sin(arange(99))\n:who\n(1 +\n2)\n"
        done = subprocess.run([PROGRAM], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE_SECONDS,
                              env={**os.environ, "TERM": "xterm-256color", "HOME": self.folder})
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertNotIn(b"\r", done.stdout)
        self.assertFalse(os.path.exists(self.history()))
        self.assertTrue(done.stdout.endswith(b"\n3\n"), done.stdout)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
