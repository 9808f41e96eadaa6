"""Passages of news with the areas they present, from `data/technology_{en,ru}.yaml`, read by the whole pipeline.

Run as a program it tells precision and recall of each part of them, and what differs in the passages that are
worked on: `python tests/technology_passages.py [en|ru]`. Held passages are counted only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import srsly

from coopex.records import Document
from floors import extractor

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru")
COUNTED = ("right", "spurious", "missing")
PARTS = ("texts", "agreements", "visits")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage; `wanted` are written ids ("lasers|photonics", "space?") by kind of instrument, or under ""."""

    language: str
    part: str
    group: str
    text: str
    wanted: dict[str, str]
    held: bool
    known: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Ids that are right, spurious and missing."""

    right: tuple[str, ...] = ()
    spurious: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        """Count both."""
        return Tally(
            self.right + other.right, self.spurious + other.spurious, self.missing + other.missing
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        wrong = len(self.spurious) + len(self.missing)
        return 2 * len(self.right) / (2 * len(self.right) + wrong) if self.right else float(not wrong)


@cache
def passages(language: str, part: str) -> tuple[Passage, ...]:
    """Give the passages of a part in the order of the file."""
    groups = srsly.read_yaml(DATA / f"technology_{language}.yaml")[part]
    return tuple(
        Passage(
            language,
            part,
            group,
            case["text"],
            case["instruments"] if part == "agreements" else {"": case["ids"]},
            case.get("held", False),
            case.get("known"),
        )
        for group, cases in groups.items()
        for case in cases
    )


def tally(passage: Passage) -> Tally:
    """Read a passage and compare."""
    (document,) = extractor().pipe([passage.text])
    return sum((compare(written, ids) for written, ids in _pairs(passage, document)), Tally())


def _pairs(passage: Passage, document: Document) -> Iterator[tuple[str, set[str]]]:
    if passage.part == "texts":
        yield passage.wanted[""], {area.id for area in document.technologies}
    elif passage.part == "visits":
        yield passage.wanted[""], {area for visit in document.visits for area in visit.technologies}
    else:
        for kinds, written in passage.wanted.items():
            found = [one for one in document.agreements if one.kind in kinds.split("|")]
            yield written, {area for one in found for area in one.technologies}


def compare(written: str, found: set[str]) -> Tally:
    """"lasers|photonics space?", {"photonics", "energy"} -> right photonics, spurious energy."""
    wanted = [item.removesuffix("?").split("|") for item in written.split() if not item.endswith("?")]
    optional = {area for item in written.split() for area in item.removesuffix("?").split("|")}
    right = [next(area for area in item if area in found) for item in wanted if found & set(item)]
    missing = [item[0] for item in wanted if not found & set(item)]
    return Tally(tuple(right), tuple(sorted(found - optional)), tuple(missing))


def main(languages: list[str]) -> None:
    """Print the tallies, and what differs in the passages worked on."""
    for language in languages or LANGUAGES:
        for part in PARTS:
            sums = {False: Tally(), True: Tally()}
            for passage in passages(language, part):
                told = tally(passage)
                sums[passage.held] += told
                if (told.spurious or told.missing) and not passage.held:
                    print(f"  {passage.group}: +{told.spurious} -{told.missing} {passage.text}")
            for held, told in sums.items():
                counts = ", ".join(f"{name} {len(getattr(told, name))}" for name in COUNTED)
                print(language, part, "held" if held else "worked on", counts, f"F1 {told.f1:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
