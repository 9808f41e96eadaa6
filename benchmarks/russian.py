"""Measure how fast Russian texts are annotated, and read as a whole, beside bare Natasha on the same texts.

Bare Natasha is its ordinary loop: a `Doc` a text, `segment`, `tag_morph`, `parse_syntax`, `tag_ner`. All figures are
processor time of one process, the rounds of one in between those of the other, medians. The texts are the Russian ones
of data/raw, first as they are, so that every word has been met before, then with half of their capitalised words made
up anew for every round, so that names have not. Prints a Markdown table; `python benchmarks/russian.py` runs it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is loaded: a worker has one core

from run import Row, bare_natasha, drain, table

from coopex import Extractor
from coopex.annotate.russian import RussianAnnotator

TEXTS = Path(__file__).parents[1] / "data" / "raw"
ROUNDS = 7
_NAME = re.compile(r"\b[А-ЯЁ][а-яё]{3,}\b")
_SYLLABLES = ("ба", "ри", "сян", "ев", "ин", "ко", "тум", "жэн", "лаз", "ова", "ский", "ход", "пре", "мур")


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = arguments.parse_args().rounds
    extractor = Extractor()
    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    texts = [text for text in texts if extractor.extract(text).language == "ru"]
    annotator = RussianAnnotator()
    readers: dict[str, Callable[[Sequence[str]], object]] = {
        "bare Natasha": bare_natasha(),
        "annotation": lambda batch: sum(1 for _ in annotator.annotate(batch)),
        "the whole way to records": partial(drain, extractor),
    }
    rows = [*compare(readers, texts, rounds, "as they are"), *compare(readers, variants(texts), rounds, "new names")]
    print(table([Row("Russian texts", str(len(texts))), *rows]))


def compare(
    readers: dict[str, Callable[[Sequence[str]], object]],
    texts: Sequence[str] | Iterator[list[str]],
    rounds: int,
    label: str,
) -> list[Row]:
    """Time every reader on the texts of every round; the first reader is what the others are compared with."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):
        batch = next(texts) if isinstance(texts, Iterator) else texts
        for name, read in readers.items():
            start = process_time()
            read(batch)
            if number:  # the first round loads models and fills tables
                times[name].append((process_time() - start) / len(batch))
    medians = {name: median(seconds) for name, seconds in times.items()}
    first = next(iter(medians.values()))
    return [
        Row(f"{label}: {name}", f"{seconds * 1000:.1f} ms a text, {first / seconds:.2f} × the speed of bare Natasha")
        for name, seconds in medians.items()
    ]


def variants(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts again and again, half of the capitalised words replaced by made-up ones."""
    generator = random.Random(1)

    def made_up(match: re.Match[str]) -> str:
        if generator.random() < 0.5:
            return match[0]
        return "".join(generator.choices(_SYLLABLES, k=generator.randint(2, 4))).capitalize()

    while True:
        yield [_NAME.sub(made_up, text) for text in texts]


if __name__ == "__main__":
    main()
