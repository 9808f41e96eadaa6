"""Which mentions are one trip or instrument and which are two, through the whole pipeline; `data/assembly_*.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.explain import explanation
from coopex.records import Agreement, Document, Party, Visit
from shares import hold

DATA = Path(__file__).with_name("data")
LANGUAGES = ("en", "ru")
PUBLISHED = date(2024, 5, 15)


@lru_cache(maxsize=2)
def passages(language: str) -> tuple[dict[str, Any], ...]:
    groups = srsly.read_yaml(DATA / f"assembly_{language}.yaml")
    return tuple(case for cases in groups.values() for case in cases)


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def read(case: dict[str, Any]) -> Document:
    text = f"{case['title']}\n\n{case['text']}" if "title" in case else case["text"]
    return extractor().extract(text, published=PUBLISHED)


def named(parties: Sequence[Party], wanted: str) -> bool:
    """Tell whether one of the parties bears one of the names: "Nantes|France"."""
    told = " ".join(form for party in parties for form in (party.name, party.text, *party.aliases))
    return any(name.strip() in told for name in wanted.split("|"))


def fits(record: Visit | Agreement, wanted: str) -> bool:
    """Tell whether a record is the one written down as "memorandum signed: Ghent, Haiphong"."""
    head, names = wanted.split(": ")
    *kind, status = head.rstrip("?").split()
    if record.status not in status.rstrip("?").split("|"):
        return False
    if isinstance(record, Visit):
        return named([*record.visitors, *record.leaders], names)
    parties = [*record.parties, *record.signatories]
    return record.kind in kind[0].split("|") and all(named(parties, name) for name in names.split(","))


def told_right(records: Sequence[Visit | Agreement], wanted: Sequence[str]) -> bool:
    """Tell whether every record is a wanted one and none is missing but those with a question mark."""
    needed = {i for i, line in enumerate(wanted) if line.split(":")[0].endswith("?")} ^ set(range(len(wanted)))
    return any(
        needed <= set(order) and all(fits(found, wanted[i]) for found, i in zip(records, order, strict=True))
        for order in permutations(range(len(wanted)), len(records))
    )


def right(case: dict[str, Any]) -> bool:
    document = read(case)
    return told_right(document.visits, case.get("visits", [])) and (
        "agreements" not in case or told_right(document.agreements, case["agreements"])
    )


@pytest.mark.parametrize("is_held", [False, True], ids=["worked on", "held"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_events_of_passages(language: str, is_held: bool) -> None:
    cases = [case for case in passages(language) if bool(case.get("held")) == is_held]
    hold(f"events{', held' if is_held else ''}/{language}", cases, right)


EXPLAINED = [
    (
        "A delegation from Leuven visited Hue on Monday. The guests toured the Hue citadel. In 2019, a delegation from "
        "Hue visited Leuven. The mayor of Hue will pay a return visit to Leuven in June.",
        ["the visit told of last, the same place", "not visit 1: another date"],
    ),
    (
        "Делегация Калужской области 13 мая посетила Минск. Гости осмотрели технопарк. "
        "В 2019 году Минск посетила делегация Рязанской области.",
        ["not visit 1: another date"],
    ),
    (
        "Uruguay and Latvia signed a memorandum on customs on Tuesday. The document was signed in Riga. "
        "Uruguay and Latvia also signed an agreement on air services. "
        "A separate memorandum on fishing was signed by Uruguay and Latvia.",
        ["points back to the one told of last", "not agreement 1: another kind", "not agreement 1: said to be another"],
    ),
    (
        "Чили и Таиланд подписали меморандум об астрономии. Документ подписали министры. "
        "Чили и Таиланд подписали меморандум о лесном хозяйстве.",
        ["points back to the one told of last"],
    ),
]


@pytest.mark.parametrize(("text", "reasons"), EXPLAINED)
def test_explain_says_why_events_are_one_or_two(text: str, reasons: list[str]) -> None:
    told = "\n".join(explanation(extractor().read(text, published=PUBLISHED)))
    for reason in reasons:
        assert reason in told, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_are_many_and_a_third_held_out(language: str) -> None:
    cases = passages(language)
    assert len(cases) >= 45
    assert len({case["text"] for case in cases}) == len(cases)
    assert 3 * sum(bool(case.get("held")) for case in cases) >= 0.9 * len(cases)
