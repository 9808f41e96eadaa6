"""Passages of news fill the slots of their records, through the whole pipeline; `data/slots_*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.records import Agreement, Visit

DATA = Path(__file__).with_name("data")
LANGUAGES = ("en", "ru")
PUBLISHED = date(2024, 5, 15)
Slots = dict[str, Any]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def cases() -> Iterator[Any]:
    """Every passage as a parameter; what is known to fail is a strict expected failure with its cause."""
    for language in LANGUAGES:
        for passages in srsly.read_yaml(DATA / f"slots_{language}.yaml").values():
            for case in passages:
                known = case.get("known")
                marks = [pytest.mark.xfail(reason=known, strict=True, raises=AssertionError)] if known else []
                yield pytest.param(case, id=f"{language}-{case['text']}", marks=marks)


def names(record: Visit | Agreement, slot: str) -> list[str]:
    return sorted(party.name for party in getattr(record, slot))


def visit_slots(visit: Visit) -> Slots:
    """Slots of a visit as they are written down: each party once."""
    leaders, hosts = names(visit, "leaders"), names(visit, "hosts")
    slots = {
        "visitors": [name for name in names(visit, "visitors") if name not in leaders],
        "leaders": leaders,
        "hosts": hosts,
        "places": [name for name in names(visit, "places") if name not in hosts],
    }
    return {"status": visit.status} | {slot: found for slot, found in slots.items() if found}


def agreement_slots(agreement: Agreement) -> Slots:
    slots = {slot: names(agreement, slot) for slot in ("parties", "signatories")}
    filled = {slot: found for slot, found in slots.items() if found}
    return {"kind": agreement.kind, "status": agreement.status} | filled


def in_order(wanted: Slots) -> Slots:
    return {slot: sorted(value) if isinstance(value, list) else value for slot, value in wanted.items()}


@pytest.mark.parametrize("case", list(cases()))
def test_slots_of_a_passage(case: dict[str, Any]) -> None:
    document = extractor().extract(case["text"], published=PUBLISHED)
    assert [visit_slots(visit) for visit in document.visits] == [in_order(each) for each in case.get("visits", [])]
    found = [agreement_slots(agreement) for agreement in document.agreements]
    assert found == [in_order(each) for each in case.get("agreements", [])]
