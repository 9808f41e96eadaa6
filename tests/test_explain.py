"""What `coopex explain` tells of events is what the records hold."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from coopex import Extractor
from coopex.build import build_document
from coopex.explain import explanation
from coopex.reading.article import Article
from coopex.records import Agreement, Document, Visit
from coopex.weights import thresholds

ROOT = Path(__file__).parents[1]
SLOTS = ("visitors", "leaders", "hosts", "places", "parties", "signatories")
_EVENT = re.compile(r"^  (visit|agreement) (\d+): ")
_FILLER = re.compile(rf"^    ({'|'.join(SLOTS)}): (.*) \d\.\d\d \(sum ")
Told = dict[tuple[str, int], dict[str, list[str]]]


@cache
def extractor() -> Extractor:
    return Extractor(gate=False)


def texts() -> Iterator[Path]:
    yield from sorted(ROOT.glob("data/raw/*.txt"))
    if "COOPEX_GOLD" in os.environ:
        gold = Path(os.environ["COOPEX_GOLD"])
        yield from chain.from_iterable(
            sorted((gold / name).rglob("*.txt")) for name in ("domain", "domain2", "newswire", "unselected")
        )


def told_slots(lines: Iterator[str]) -> Told:
    """Fillers of each slot of each event that an explanation tells."""
    found: Told = defaultdict(lambda: defaultdict(list))
    current = None
    for line in lines:
        event = _EVENT.match(line)
        if event:
            current = (event[1], int(event[2]))
            found[current] = defaultdict(list)
        elif line.startswith("  no ") or not line.startswith(" "):
            current = None
        filler = _FILLER.match(line)
        if filler and current:
            found[current][filler[1]].append(filler[2])
    return found


def record_slots(document: Document) -> Told:
    records: list[tuple[str, int, Visit | Agreement]] = [("visit", i, v) for i, v in enumerate(document.visits, 1)]
    records += [("agreement", i, a) for i, a in enumerate(document.agreements, 1)]
    return {
        (kind, i): {slot: names for slot in SLOTS if (names := [party.name for party in getattr(record, slot, ())])}
        for kind, i, record in records
    }


@pytest.mark.parametrize("path", list(texts()), ids=lambda path: path.stem)
def test_slots_are_those_of_the_records(path: Path) -> None:
    article = Article(path.stem, path.read_bytes().decode("utf-8-sig"))
    ((_, reading),) = extractor().readings([article])
    told = {key: dict(slots) for key, slots in told_slots(explanation(reading)).items()}
    assert told == record_slots(build_document(article, reading))


def test_evidence_for_and_against_is_told_with_sums() -> None:
    text = "Rector Anna Lind of Oslo University visited Turku on 5 May 2021. The mayor of Turku received her."
    told = "\n".join(explanation(extractor().read(text)))
    assert f"(from {thresholds()['visits']:.2f} on it is one)" in told
    assert re.search(r"  visit 1: occurred, probability 0\.\d\d", told)
    assert re.search(r"    sum [+-]\d+\.\d: .+ [+-]\d\.\d", told)
    assert re.search(r"    leaders: Anna Lind \d\.\d\d \(sum [+-]\d\.\d: ", told)
    assert "visit.travel at 'visited': first mention" in told


def test_what_is_left_out_is_told_with_its_probability() -> None:
    told = "\n".join(explanation(extractor().read("The director of the plant told guests about turbines in Oslo.")))
    assert re.search(r"  no visit: \w+, probability 0\.\d\d", told)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Oulu University and the port of Graz signed a memorandum on hydrogen on Monday.", "about hydrogen, "),
        ("Университет Оулу и порт Граца подписали в понедельник меморандум о водороде.", "about hydrogen, "),
    ],
)
def test_the_areas_of_an_agreement_are_told_with_their_sums(text: str, about: str) -> None:
    told = [line for line in explanation(extractor().read(text)) if line.startswith(f"    {about}")]
    assert len(told) == 1
    assert re.search(r"0\.\d\d: sum [+-]\d+\.\d", told[0])
