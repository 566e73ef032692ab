"""Writes the report of bench/run --all: one page of Markdown with charts as SVG, from the JSON of the program and of peers.py.

Times are minima; a ratio is to the fastest baseline of its contest, in the same run.
"""

import argparse
import collections
import json
import math
import pathlib

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "lanewise"  # the same marks for the same numbers
matplotlib.rcParams["svg.fonttype"] = "none"
import matplotlib.pyplot as plot  # noqa: E402

ALL_THREADS = "lanewise, all threads"
ONE_THREAD = "lanewise, one thread"


def seconds_of(result):
    return {row["contender"]: row["minimum_seconds"] for row in result["contenders"] if "minimum_seconds" in row}


def ratio(result, contender):
    """The contender's time over that of the fastest baseline, or nan."""
    for row in result["contenders"]:
        if row["contender"] == contender:
            return row.get("ratio") or math.nan
    return math.nan


def geometric_mean(values):
    return math.exp(sum(math.log(value) for value in values) / len(values))


def of_set(results, name):
    return [result for result in results if result["set"] == name]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def code(text):
    return "`" + text.replace("|", "\\|") + "`"


def save(figure, path):
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plot.close(figure)


def draw_sizes(results, path):
    """Nanoseconds an element against the number of elements, a panel for each expression."""
    by_expression = collections.defaultdict(lambda: collections.defaultdict(list))
    for result in results:
        for contender, seconds in seconds_of(result).items():
            by_expression[result["expression"]][contender].append((result["elements"], seconds / result["elements"] * 1e9))
    figure, panels = plot.subplots(1, len(by_expression), figsize=(7 * len(by_expression), 5), sharey=True, squeeze=False)
    for panel, (expression, contenders) in zip(panels[0], by_expression.items()):
        for contender, points in contenders.items():
            own = contender.startswith("lanewise")
            panel.plot(*zip(*points), label=contender, marker="o" if own else ".", linewidth=2.5 if own else 1)
        panel.set(xscale="log", yscale="log", title=expression, xlabel="elements (float64)")
        panel.grid(True, which="major", alpha=0.3)
    panels[0][0].set_ylabel("nanoseconds an element")
    panels[0][-1].legend(fontsize="small")
    save(figure, path)


def draw_ratios(groups, path):
    """A panel of bars for each (title, bar, results, contender)."""
    figure, panels = plot.subplots(1, len(groups), figsize=(4.5 * len(groups), 4.5))
    for panel, (title, bar, results, contender) in zip(panels, groups):
        ratios = [ratio(result, contender) for result in results]
        panel.barh([result["expression"] for result in results], ratios, color=["tab:blue" if value <= bar else "tab:red" for value in ratios])
        panel.axvline(1, color="black", linewidth=0.8)
        panel.axvline(bar, color="gray", linestyle="--", linewidth=0.8)
        panel.tick_params(axis="y", labelsize="x-small")
        panel.invert_yaxis()
        panel.set(title=title, xlabel="time, as a ratio to the baseline")
    figure.tight_layout()
    save(figure, path)


def sizes_table(results):
    rows = []
    for result in results:
        seconds = seconds_of(result)
        others = {name: value for name, value in seconds.items() if not name.startswith("lanewise")}
        fastest = min(others, key=others.get)
        best = min(seconds[ONE_THREAD], seconds[ALL_THREADS])
        rows.append((code(result["expression"]), f"{result['elements']:,}", f"{best * 1e6:.4g}", f"{others[fastest] * 1e6:.4g}", fastest,
                     f"{best / others[fastest]:.2f}"))
    return table(("expression", "elements", "lanewise, µs", "fastest other, µs", "which", "ratio"), rows)


def ratio_table(results, contender):
    rows = [(code(result["expression"]), f"{result['elements']:,}", f"{seconds_of(result).get(contender, math.nan) * 1e6:.4g}",
             f"{ratio(result, contender):.2f}") for result in results]
    return table(("expression", "elements", "lanewise, µs", "ratio"), rows)


def threads_table(results):
    rows = []
    for result in results:
        seconds = seconds_of(result)
        rows += [(name, f"{value * 1e3:.3g}", f"{seconds[ONE_THREAD] / value:.2f}") for name, value in seconds.items()]
    return table((f"{code(results[0]['expression'])} of {results[0]['elements']:,}", "ms", "speed-up"), rows)


def element_table(results):
    rows = []
    for result in results:
        seconds = seconds_of(result)
        rows.append((code(result["expression"]), *(f"{seconds[name] * 1e9:.3g}" if name in seconds else "" for name in
                                                    ("lanewise, by position", "lanewise, function of scalars", "muParser"))))
    return table(("one element, ns", "by position", "function of scalars", "muParser"), rows)


def peers_table(peers):
    sets = collections.defaultdict(list)
    for result in peers["results"]:
        seconds = result["seconds"]
        if "numexpr" in seconds and "lanewise" in seconds:
            gain = seconds["numexpr"]["minimum"] / seconds["lanewise"]["minimum"]
            sets[(result["name"].split(".")[0], result["layout"])].append((gain, result["expression"]))
    rows = []
    for (name, layout), gains in sets.items():
        rows.append((name, layout, str(len(gains)), f"{geometric_mean([gain for gain, _ in gains]):.2f}",
                     f"{min(gains)[0]:.2f} {code(min(gains)[1])}", f"{max(gains)[0]:.2f} {code(max(gains)[1])}"))
    every = [gain for gains in sets.values() for gain, _ in gains]
    if not every:
        return "NumExpr is not installed here.\n"
    rows.append(("all", "", str(len(every)), f"{geometric_mean(every):.2f}", f"{min(every):.2f}", f"{max(every):.2f}"))
    return table(("set", "arrays", "cases", "times faster, geometric mean", "least", "most"), rows)


def write_page(own, peers, folder):
    results = own["results"]
    draw_sizes(of_set(results, "sizes"), folder / "time_by_size.svg")
    draw_ratios((("in memory, to the hand-fused loop", 1.1, of_set(results, "wall"), ALL_THREADS),
                 ("in L2, one thread, to the compiled loop", 2.0, of_set(results, "L2"), ONE_THREAD),
                 ("functions, one thread, to SLEEF", 1.05, of_set(results, "functions"), ONE_THREAD)), folder / "ratios.svg")
    numexpr = f"NumExpr {peers['versions'].get('numexpr')}, NumPy {peers['versions'].get('numpy')}, {peers['versions'].get('threads')} threads each."
    sections = (
        ("Time against size", "![nanoseconds an element against the number of elements](time_by_size.svg)\n\nThe fastest of all others at each "
         "size, losses included:\n\n" + sizes_table(of_set(results, "sizes"))),
        ("Ratios", "![ratios to the wall, to compiled loops and to SLEEF](ratios.svg)\n"),
        ("At the wall", "All threads, to the faster hand-fused loop.\n\n" + ratio_table(of_set(results, "wall"), ALL_THREADS)),
        ("Reductions", "All threads, to hand-written loops.\n\n" + ratio_table(of_set(results, "reductions"), ALL_THREADS)),
        ("In cache", "One thread, to the loop that a compiler fuses.\n\n" + ratio_table(of_set(results, "L1") + of_set(results, "L2"), ONE_THREAD)),
        ("Functions", "One thread, to a loop over SLEEF's functions.\n\n" + ratio_table(of_set(results, "functions"), ONE_THREAD)),
        ("Beside NumExpr", numexpr + "\n\n" + peers_table(peers)),
        ("Layouts", "All threads, for each byte touched, to contiguous arrays.\n\n" + ratio_table(of_set(results, "layouts"), ALL_THREADS)),
        ("Threads", threads_table(of_set(results, "threads"))),
        ("One element", element_table(of_set(results, "one element"))),
        ("Compiling", table(("", "µs"), [(name, f"{value * 1e6:.3g}") for result in of_set(results, "compile")
                                          for name, value in seconds_of(result).items()])),
    )
    page = f"# Measured\n\n{own['machine']}. By `bench/run --all`; minima.\n"
    page += "".join(f"\n## {title}\n\n{text}" for title, text in sections)
    (folder / "report.md").write_text(page)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("own", type=pathlib.Path, help="what lanewise-bench --all --json wrote")
    parser.add_argument("peers", type=pathlib.Path, help="what peers.py --json wrote")
    parser.add_argument("folder", type=pathlib.Path, help="where report.md and the charts go")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write_page(json.loads(options.own.read_text()), json.loads(options.peers.read_text()), options.folder)
    print(f"written: {options.folder / 'report.md'}")


if __name__ == "__main__":
    main()
