"""Measure time and memory of coopex on the texts of data/raw, beside bare Natasha and the English pipeline.

Everything is measured in one run on one machine, so the rows compare with each other; figures of different
machines do not. Prints a Markdown table; `make bench` runs it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopex import Extractor

HERE = Path(__file__).parent
COLD_RUNS = 3
SENTENCES = (
    "A delegation from Harbin headed by Li Wei visited the institute in Dubna on 21 August 2018. "
    "The guests were shown the laser laboratory. "
    "The institute and Harbin Institute of Technology signed a memorandum of cooperation."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement in words and its figure."""

    what: str
    figure: str


def main() -> None:
    """Print the table; with `--memory N`, pass N times over the texts and print the peak memory in MB."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path, default=HERE.parent / "data" / "raw")
    arguments.add_argument("--memory", type=int, metavar="N", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(options.texts.glob("*.txt"))]
    if options.memory:
        print(peak_memory(texts * options.memory))
        return
    print(table([*machine(texts), *cold_start(), *speed(texts), *memory(options.texts)]))


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    lines = [f"| {row.what} | {row.figure} |" for row in rows]
    return "\n".join(["| what | figure |", "| --- | --- |", *lines])


def machine(texts: Sequence[str]) -> list[Row]:
    """Tell what was measured, and on what."""
    size = sum(map(len, texts))
    return [
        Row(
            "machine",
            f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
        ),
        Row("texts", f"{len(texts)}, {size:,} characters"),
    ]


def cold_start() -> list[Row]:
    """Time the whole command on three sentences, models loaded anew each time."""
    command = [str(Path(sys.executable).with_name("coopex")), "extract", "-", "--json", "--quiet"]
    run = partial(subprocess.run, command, input=SENTENCES, text=True, capture_output=True, check=True)
    times = [timed(run) for _ in range(COLD_RUNS)]
    return [
        Row(f"`coopex extract` of three sentences, cold, median of {COLD_RUNS}", f"{median(times):.2f} s")
    ]


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def speed(texts: Sequence[str]) -> list[Row]:
    """Time coopex and the bare pipelines on the same texts, after one text of each to warm them."""
    from coopex import Extractor

    extractor = Extractor()
    languages = [extractor.extract(text).language for text in texts]
    rows = []
    for language, label, reader in (
        ("en", "the bare English pipeline", bare_english()),
        ("ru", "bare Natasha (morphology, syntax, names)", bare_natasha()),
    ):
        chosen = [text for text, found in zip(texts, languages, strict=True) if found == language]
        reader(chosen[:1])
        ours = timed(partial(drain, extractor, chosen)) / len(chosen)
        bare = timed(partial(reader, chosen)) / len(chosen)
        rows += [
            Row(f"{len(chosen)} texts in {language}: coopex", f"{ours * 1000:.0f} ms a text"),
            Row(f"{len(chosen)} texts in {language}: {label}", f"{bare * 1000:.0f} ms a text"),
            Row(f"{language}: coopex over {label}", f"{ours / bare:.2f} ×"),
        ]
    return rows


def bare_english() -> Callable[[Sequence[str]], object]:
    """Give a function that runs the English pipeline alone over texts."""
    import spacy

    from coopex.annotate.english import model_directory

    nlp = spacy.load(model_directory())
    return lambda texts: list(nlp.pipe(texts))


def bare_natasha() -> Callable[[Sequence[str]], object]:
    """Give a function that segments, tags, parses and finds names with Natasha alone."""
    from natasha import Doc, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter

    segmenter, embedding = Segmenter(), NewsEmbedding()
    taggers = (NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding))

    def read(texts: Sequence[str]) -> None:
        for text in texts:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(taggers[0])
            doc.parse_syntax(taggers[1])
            doc.tag_ner(taggers[2])

    return read


def memory(folder: Path) -> list[Row]:
    """Measure the peak memory of one and of ten passes over the texts, each in a process of its own."""
    rows = []
    for passes in (1, 10):
        command = [sys.executable, __file__, "--texts", str(folder), "--memory", str(passes)]
        finished = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(Row(f"peak memory, {passes} × all texts", f"{json.loads(finished.stdout):.0f} MB"))
    return rows


def drain(extractor: Extractor, texts: Sequence[str]) -> None:
    """Extract texts, keeping no document."""
    for _ in extractor.pipe(texts):
        pass


def peak_memory(texts: Sequence[str]) -> float:
    """Extract all texts and give the peak resident memory of this process in MB (Linux counts in kB)."""
    from coopex import Extractor

    drain(Extractor(), texts)
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main()
