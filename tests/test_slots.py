"""Passages of news fill the slots of their records, through the whole pipeline; `data/slots_*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def names(record: Visit | Agreement, slot: str) -> set[str]:
    """All names of the fillers of a slot; a leader counts among visitors, and a host among places, as in gold."""
    beside = {"visitors": "leaders", "leaders": "visitors", "hosts": "places", "places": "hosts"}.get(slot, slot)
    parties = [*getattr(record, slot), *getattr(record, beside)]
    return {name for party in parties for name in (party.name, party.text, *party.aliases)}


def lacking(record: Visit | Agreement, wanted: Slots) -> list[str]:
    """What a record lacks of what it must hold; other fillers may stand beside."""
    told = [
        f"{slot}: {name}"
        for slot, values in wanted.items()
        if isinstance(values, list)
        for name in values
        if name not in names(record, slot)
    ]
    return told + [
        f"{key}: {wanted[key]}"
        for key in ("status", "kind")
        if wanted.get(key, getattr(record, key, None)) != getattr(record, key, None)
    ]


@pytest.mark.parametrize("case", list(cases()))
def test_slots_of_a_passage(case: dict[str, Any]) -> None:
    document = extractor().extract(case["text"], published=PUBLISHED)
    found: dict[str, Sequence[Visit | Agreement]] = {"visits": document.visits, "agreements": document.agreements}
    for kind, records in found.items():
        wanted = case.get(kind, [])
        assert len(records) == len(wanted), records
        for record, slots in zip(records, wanted, strict=True):
            assert lacking(record, slots) == []
