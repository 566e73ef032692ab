"""bench/compare on files made here: what is slower beyond the noise, and what is not."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)


def document(**seconds):
    """Seconds by contender; medians lie 1 % above the minima."""
    names = {"lanewise": "lanewise, all threads", "loop": "naive loop, one thread"}
    rows = [{"contender": names[name], "minimum_seconds": value, "median_seconds": value * 1.01} for name, value in seconds.items()]
    return {"machine": "m", "results": [{"expression": "u**2", "elements": 10, "contenders": rows}]}


class Compare(unittest.TestCase):
    def compare(self, old, new):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder, name) for name in ("old.json", "new.json")]
            for path, content in zip(paths, (old, new)):
                path.write_text(json.dumps(content))
            done = subprocess.run([PROGRAM, *paths], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    def test_slower_than_the_noise(self):
        status, text = self.compare(document(lanewise=1.0, loop=2.0), document(lanewise=1.1, loop=2.02))
        self.assertEqual(status, 1)
        self.assertIn("slower: u**2 (10), lanewise, all threads: 1.10 x the earlier time (noise 2.0%)", text)

    def test_no_slower_than_the_others_became(self):
        self.assertEqual(self.compare(document(lanewise=1.0, loop=2.0), document(lanewise=1.1, loop=2.4)),
                         (0, "0 slower, 0 faster, 1 within the noise\n"))

    def test_faster(self):
        status, text = self.compare(document(lanewise=1.0, loop=2.0), document(lanewise=0.5, loop=2.0))
        self.assertEqual(status, 0)
        self.assertIn("0.50 x", text)

    def test_files_of_peers(self):
        def peers(seconds):
            timings = {"lanewise": {"minimum": seconds, "median": seconds}, "numexpr": {"minimum": 1, "median": 1}}
            return {"results": [{"name": "timing.1", "layout": "contiguous", "seconds": timings}]}

        self.assertEqual(self.compare(peers(1.0), peers(1.5))[0], 1)

    def test_counts_of_instructions(self):
        def counted(instructions):
            return {"results": [{"workload": "cubic, compiled", "instructions": instructions}]}

        self.assertEqual(self.compare(counted(100000), counted(101000)),
                         (1, "slower: cubic, compiled: 1.010 x the earlier instructions (noise 0.5%)\n1 slower, 0 faster, 0 within the noise\n"))
        self.assertEqual(self.compare(counted(100000), counted(100400))[0], 0)

    def test_nothing_in_common(self):
        status, text = self.compare(document(loop=1.0), document(loop=1.0))
        self.assertEqual((status, text), (1, "the files have nothing of lanewise in common\n"))


if __name__ == "__main__":
    unittest.main()
