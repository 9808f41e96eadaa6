"""Measure whole runs of the command: start, jobs, memory over many texts. Prints Markdown tables.

    python benchmarks/corpus.py /tmp/corpus --texts 20000 --relevant 0.1 --seed 1
    python benchmarks/scale.py start                 # help, first record
    python benchmarks/scale.py jobs /tmp/corpus      # one and two jobs, by turns
    python benchmarks/scale.py memory /tmp/corpus    # one job: memory of its processes, from text 1,000 to the last

Times are of the clock, so the machine must have nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from run import Row, table

COOPEX = str(Path(sys.executable).with_name("coopex"))
SENTENCES = (
    "A delegation from Harbin headed by Li Wei visited the institute in Dubna on 21 August 2018. "
    "The institute and Harbin Institute of Technology signed a memorandum of cooperation."
)
MEGABYTE = 1024 * 1024
SETTLED = 1_000
"""Texts after which every cache that has a bound may be full."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=["start", "jobs", "memory"])
    arguments.add_argument("corpus", type=Path, nargs="?")
    arguments.add_argument("--repeat", type=int, default=3, help="runs of each kind, by turns")
    arguments.add_argument("--gate", action=argparse.BooleanOptionalAction, default=True)
    options = arguments.parse_args()
    if options.what == "start":
        print(table(start(options.repeat)))
    elif options.what == "jobs":
        print(table(jobs(options.corpus, options.repeat, gate=options.gate)))
    else:
        print(table(memory(options.corpus, gate=options.gate)))


def start(repeat: int) -> list[Row]:
    """Time the help, and a run of one text until its record is there, models loaded anew each time."""
    rows = []
    commands = {"`coopex --help`": ["--help"], "one text, first record": ["extract", "-", "--json", "-q"]}
    for what, arguments in commands.items():
        times = [timed([COOPEX, *arguments]) for _ in range(repeat)]
        rows.append(Row(f"{what}, median of {repeat}", f"{median(times):.2f} s"))
    return rows


def timed(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, input=SENTENCES.encode(), capture_output=True, check=True)
    return time.perf_counter() - begun


def jobs(corpus: Path, repeat: int, *, gate: bool) -> list[Row]:
    """Run the corpus with one job and with two, by turns."""
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(repeat):
        for number in seconds:
            with tempfile.TemporaryDirectory() as out:
                begun = time.perf_counter()
                subprocess.run(extract(corpus, out, number, gate=gate), check=True)
                seconds[number].append(time.perf_counter() - begun)
    one, two = median(seconds[1]), median(seconds[2])
    texts = sum(1 for _ in corpus.iterdir())
    return [
        Row(f"{texts:,} texts, one job, median of {repeat}", f"{one:.1f} s, {texts / one:.1f} texts/s"),
        Row(f"{texts:,} texts, two jobs, median of {repeat}", f"{two:.1f} s, {texts / two:.1f} texts/s"),
        Row("two jobs over one", f"{one / two:.2f} ×"),
    ]


def extract(corpus: Path, out: str, number: int, *, gate: bool) -> list[str]:
    return [COOPEX, "extract", str(corpus), "--out", out, "-j", str(number), "-q", "--gate" if gate else "--no-gate"]


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident memory in MB when so many texts were done: of the command, and of its worker."""

    done: int
    parent: float
    worker: float


def memory(corpus: Path, *, gate: bool) -> list[Row]:
    """Watch the memory of a run with one job."""
    with tempfile.TemporaryDirectory() as out:
        process = subprocess.Popen(extract(corpus, out, 1, gate=gate))
        samples = list(watched(process, Path(out) / ".coopex" / "run-1-of-1" / "state.json"))
        if process.wait():
            raise SystemExit("the run failed")
    early = [sample for sample in samples if SETTLED <= sample.done < 1.5 * SETTLED]
    late = samples[-len(early) :]
    rows = [Row("texts", f"{samples[-1].done:,}")]
    for name in ("parent", "worker"):
        first, last = (median(getattr(each, name) for each in some) for some in (early, late))
        peak = max(getattr(sample, name) for sample in samples)
        rows.append(Row(f"{name}: after {SETTLED:,} texts", f"{first:.0f} MB"))
        rows.append(Row(f"{name}: after {late[0].done:,} to {late[-1].done:,} texts", f"{last:.0f} MB"))
        rows.append(Row(f"{name}: growth", f"{100 * (last / first - 1):+.1f} %"))
        rows.append(Row(f"{name}: peak", f"{peak:.0f} MB"))
    return rows


def watched(process: subprocess.Popen[bytes], state: Path) -> Iterator[Sample]:
    """Look at the processes of a run about every second until it ends."""
    parent = psutil.Process(process.pid)
    while process.poll() is None:
        time.sleep(1)
        try:
            done = json.loads(state.read_text("utf-8"))["done"]
            workers = [child.memory_info().rss for child in parent.children()]
            yield Sample(done, parent.memory_info().rss / MEGABYTE, max(workers, default=0) / MEGABYTE)
        except (OSError, ValueError, psutil.Error):
            continue  # not begun yet, or just over


if __name__ == "__main__":
    main()
