"""Measure what English costs beside the bare pipeline, how long a start takes, and whether memory grows.

`python benchmarks/english.py speed` (ratios of processor time within one run, medians of 5), `… start` (of whole
processes), `… memory --texts 20000` (made-up variants of the sample texts, every third name new).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # one core for either side; read when numpy is imported

SAMPLES = Path(__file__).parents[1] / "data" / "raw"
RUNS = 5
_NAME = re.compile(r"\b(?:[A-Z][a-z]{3,}|[А-Я][а-я]{3,})\b")
_SYLLABLES = {
    False: ("ba", "ko", "ri", "lan", "mer", "tos", "vin", "dal", "ger", "pu", "sha", "nor", "eli", "ost"),
    True: ("ба", "ко", "ри", "лан", "мер", "тос", "вин", "дал", "гер", "пу", "ша", "нор", "ели", "ост"),
}


def main() -> None:
    """Print one table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["speed", "start", "memory"])
    arguments.add_argument("--texts", type=int, default=2_000, help="how many texts are read for `memory`")
    options = arguments.parse_args()
    measures: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
        "speed": speed,
        "start": start,
        "memory": lambda: memory(options.texts),
    }
    print("| what | figure |\n| --- | --- |")
    for what, figure in measures[options.what]():
        print(f"| {what} | {figure} |", flush=True)


def samples(language: str | None = None) -> list[str]:
    """Give the sample texts, of one language or of both."""
    return [path.read_text("utf-8") for path in sorted(SAMPLES.glob(f"{language or ''}*.txt"))]


def speed() -> Iterator[tuple[str, str]]:
    """Compare annotating blocks, and the whole way to records, with `nlp.pipe` of the same model over the texts."""
    import spacy

    from coopex import Extractor
    from coopex.annotate.english import EnglishAnnotator, model_directory
    from coopex.blocks import split_blocks

    texts = samples("en")
    blocks = [text[b.start : b.end] for text in texts for b in split_blocks(text) if b.kind in {"title", "body"}]
    nlp, annotator, extractor = spacy.load(model_directory()), EnglishAnnotator(), Extractor(lang="en")
    ways: list[Callable[[], Iterable[object]]] = [
        lambda: nlp.pipe(texts),
        lambda: annotator.annotate(blocks),
        lambda: extractor.pipe(texts),
    ]
    runs = [[processor_time(way) for way in ways] for _ in range(RUNS + 1)][1:]
    yield f"{len(texts)} texts through the bare pipeline", f"{median(run[0] for run in runs):.2f} s"
    for number, label in ((1, "annotating over the bare pipeline"), (2, "coopex over the bare pipeline")):
        yield label, f"{median(run[number] / run[0] for run in runs):.2f} ×"


def processor_time(way: Callable[[], Iterable[object]]) -> float:
    """Seconds of processor time that going through the results takes."""
    begun = process_time()
    for _ in way():
        pass
    return process_time() - begun


def start() -> Iterator[tuple[str, str]]:
    """Time `coopex --help` and the records of one text, each in processes of their own."""
    coopex = [sys.executable, "-c", "from coopex.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.txt"
        path.write_text(samples("en")[0], "utf-8")
        for label, command in (
            ("`coopex --help`", [*coopex, "--help"]),
            ("`coopex extract FILE --json`", [*coopex, "extract", str(path), "--json", "--quiet"]),
        ):
            wall, processor = zip(*(process_times(command) for _ in range(RUNS)), strict=True)
            yield label, f"{median(wall):.2f} s, of them {median(processor):.2f} s of processor time"


def process_times(command: Sequence[str]) -> tuple[float, float]:
    """Seconds that a process takes on the wall and of processor time, its own processes included."""
    before, begun = os.times(), perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return perf_counter() - begun, processor


def memory(count: int) -> Iterator[tuple[str, str]]:
    """Read many made-up texts of both languages in this process, and tell its memory on the way."""
    import psutil

    from coopex import Extractor

    process = psutil.Process()
    peak = 0.0
    marks = {min(count, 1_000), count, *range(count // 4, count, max(1, count // 4))}
    for number, _ in enumerate(Extractor().pipe(variants(count)), start=1):
        peak = max(peak, process.memory_info().rss / 1024**2)
        if number in marks:
            yield f"memory until text {number:,}: largest so far", f"{peak:.0f} MB"


def variants(count: int, *, seed: int = 1) -> Iterator[str]:
    """Sample texts, cut to 1,500 characters, with every third capitalised word made up anew."""
    chance = random.Random(seed)

    def changed(found: re.Match[str]) -> str:
        if chance.random() > 1 / 3:
            return found[0]
        syllables = _SYLLABLES[found[0][0] >= "А"]
        return "".join(chance.choices(syllables, k=chance.randint(2, 4))).capitalize()

    return (_NAME.sub(changed, text[:1_500]) for text in islice(cycle(samples()), count))


if __name__ == "__main__":
    main()
