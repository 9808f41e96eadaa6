"""Passages of news fill the slots of their records, through the whole pipeline; `data/slots_*.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.records import Agreement, Visit
from shares import hold

DATA = Path(__file__).with_name("data")
LANGUAGES = ("en", "ru")
PUBLISHED = date(2024, 5, 15)
Slots = dict[str, Any]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def cases(language: str) -> list[dict[str, Any]]:
    """Give the passages of a language."""
    groups = srsly.read_yaml(DATA / f"slots_{language}.yaml").values()
    return [case for passages in groups for case in passages]


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


def right(case: dict[str, Any]) -> bool:
    """Return whether a passage gives as many records as it should, each with the fillers it must hold."""
    document = extractor().extract(case["text"], published=PUBLISHED)
    found: dict[str, Sequence[Visit | Agreement]] = {"visits": document.visits, "agreements": document.agreements}
    return all(
        len(records) == len(case.get(kind, []))
        and not any(lacking(record, slots) for record, slots in zip(records, case.get(kind, []), strict=True))
        for kind, records in found.items()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_slots_of_passages(language: str) -> None:
    hold(f"slots/{language}", cases(language), right)
