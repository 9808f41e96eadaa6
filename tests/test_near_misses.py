"""Near misses and statuses, read by the whole pipeline: how many records come out, of which status, with which cue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex.matching.lexicon import LANGUAGES
from coopex.pipeline import Extractor
from coopex.reading.article import Article
from coopex.records import Agreement, Document, Visit
from shares import hold

DATA = Path(__file__).with_name("data")
PLAIN = {"occurred", "signed"}


@lru_cache(maxsize=4)
def passages(name: str, language: str) -> tuple[dict[str, Any], ...]:
    groups = srsly.read_yaml(DATA / f"{name}_{language}.yaml")
    return tuple(case for cases in groups.values() for case in cases)


@lru_cache(maxsize=4)
def documents(name: str, language: str) -> tuple[Document, ...]:
    """The documents of all passages of a file, read in one run."""
    extractor = Extractor(lang=language)
    texts = (
        f"{case['title']}\n\n{case['text']}" if "title" in case else case["text"] for case in passages(name, language)
    )
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    found = {document.doc_id: document for document in extractor.pipe(articles)}
    return tuple(found[str(number)] for number in range(len(articles)))


def fits(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether statuses are those wanted: ["planned"] fits ["occurred?", "planned|proposed"]."""
    choices = [set(status.rstrip("?").split("|")) for status in wanted]
    needed = {i for i, status in enumerate(wanted) if not status.endswith("?")}
    return any(
        needed <= set(order) and all(status in choices[i] for status, i in zip(found, order, strict=True))
        for order in permutations(range(len(wanted)), len(found))
    )


def among(count: int, wanted: int | list[int]) -> bool:
    return count in wanted if isinstance(wanted, list) else count == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_near_misses(language: str) -> None:
    cases = passages("near_misses", language)
    read = dict(zip((case["text"] for case in cases), documents("near_misses", language), strict=True))

    def right(case: dict[str, Any]) -> bool:
        document = read[case["text"]]
        return among(len(document.visits), case.get("visits", 0)) and among(
            len(document.agreements), case.get("agreements", 0)
        )

    hold(f"near misses/{language}", cases, right)


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_of_records(language: str) -> None:
    cases = passages("status_records", language)
    read = dict(zip((case["text"] for case in cases), documents("status_records", language), strict=True))

    def right(case: dict[str, Any]) -> bool:
        document = read[case["text"]]
        return fits([visit.status for visit in document.visits], case.get("visits", [])) and fits(
            [found.status for found in document.agreements], case.get("agreements", [])
        )

    hold(f"status of records/{language}", cases, right)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["near_misses", "status_records"])
def test_every_status_but_the_plain_past_has_its_cue(name: str, language: str) -> None:
    """The word that makes a visit planned, or an agreement ended, stands in a sentence given as evidence."""
    records: list[Visit | Agreement] = []
    for document in documents(name, language):
        records += [*document.visits, *document.agreements]
    for record in records:
        if record.status in PLAIN:
            continue
        cue = record.status_cue
        assert cue is not None, record
        assert any(said.start <= cue.start and cue.end <= said.end for said in record.evidence), record


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_are_many_and_a_third_held_out(language: str) -> None:
    for name, least in (("near_misses", 60), ("status_records", 60)):
        cases = passages(name, language)
        assert len(cases) >= least
        assert len({case["text"] for case in cases}) == len(cases)
        assert 3 * sum(bool(case.get("held")) for case in cases) >= 0.85 * len(cases)
    misses = passages("near_misses", language)
    real = [case for case in misses if 1 in (case.get("visits", 0), case.get("agreements", 0))]
    assert 4 * len(real) >= 0.9 * len(misses)
