"""Measure what the gate saves on a mixed corpus: processor time without it over processor time with it, in one run.

    python benchmarks/gate.py --texts 400 --relevant 0.1

Both ways read the same generated texts (`corpus.py`) in one process, in turns, after a first pass that loads models
and fills caches with other texts of the same kind. Prints a Markdown table; records of both ways are compared.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from statistics import median
from time import process_time
from typing import Any

from corpus import LANGUAGES, Sample, corpus

from coopex import Extractor
from coopex.records import Document

_COUNTED = 100  # ordinary texts of which the share that is annotated is counted
_RECORDS = {"visits", "agreements", "technologies"}


def main() -> None:
    """Print the table for both languages together and for each."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--texts", type=int, default=400)
    arguments.add_argument("--relevant", type=float, default=0.1)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    gated, whole = Extractor(), Extractor(gate=False)
    print("| texts | without, s | with gate, s | ratio | ordinary texts read | their characters | with records |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for languages in (LANGUAGES, *((language,) for language in LANGUAGES)):
        warm = [*corpus(64, options.relevant, options.seed + 1, languages)]
        samples = [*corpus(options.texts, options.relevant, options.seed, languages)]
        for extractor in (gated, whole):
            _read(extractor, warm)
        print(row("+".join(languages), samples, gated, whole, options.rounds), flush=True)


def row(name: str, samples: Sequence[Sample], gated: Extractor, whole: Extractor, rounds: int) -> str:
    """Measure one set of texts, in turns."""
    with_gate, without = [], []
    for _ in range(rounds):
        seconds, read = _read(gated, samples)
        with_gate.append(seconds)
        seconds, expected = _read(whole, samples)
        without.append(seconds)
    for sample, one, other in zip(samples, read, expected, strict=True):
        if one.model_dump(include=_RECORDS) != other.model_dump(include=_RECORDS):
            print(f"{sample.name}: the gate changes its records")
    ordinary = [(s, d) for s, d in zip(samples, expected, strict=True) if not s.relevant]
    passed, characters = _opened([sample for sample, _ in ordinary][:_COUNTED])
    telling = sum(bool(d.visits or d.agreements or d.technologies) for _, d in ordinary) / len(ordinary)
    off, on = median(without), median(with_gate)
    return (
        f"| {len(samples)} {name} | {off:.2f} | {on:.2f} | {off / on:.2f} | {passed:.0%} | {characters:.0%} |"
        f" {telling:.0%} |"
    )


def _read(extractor: Extractor, samples: Sequence[Sample]) -> tuple[float, list[Document]]:
    start = process_time()
    documents = list(extractor.pipe(sample.text for sample in samples))
    return process_time() - start, documents


def _opened(samples: Sequence[Sample]) -> tuple[float, float]:
    """Share of texts of which anything is annotated, and of their characters."""
    gated, whole = Counting(), Counting(gate=False)
    for extractor in (gated, whole):
        for sample in samples:
            extractor.extract(sample.text)
    return gated.texts / whole.texts, gated.characters / whole.characters


class Counting(Extractor):
    """An extractor that counts the texts of which something is annotated, and the characters."""

    texts = characters = 0
    _fresh = True

    def extract(self, text: str, **told: Any) -> Document:
        """Read one text."""
        self._fresh = True
        return super().extract(text, **told)

    def _annotate(self, pages: Any, wanted: Any) -> Any:
        lengths = [
            sum(page.blocks[i].end - page.blocks[i].start for i in numbers)
            for page, numbers in zip(pages, wanted, strict=True)
        ]
        self.characters += sum(lengths)
        self.texts += self._fresh and any(lengths)
        self._fresh = self._fresh and not any(lengths)
        return super()._annotate(pages, wanted)


if __name__ == "__main__":
    main()
