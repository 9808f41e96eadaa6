"""The days of visits and agreements, from short news through the whole pipeline; cases in `data/when_*.yaml`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.matching.lexicon import LANGUAGES
from coopex.records import DateRange
from shares import hold

DATA = Path(__file__).parent / "data"


def cases(language: str) -> list[dict[str, Any]]:
    data = srsly.read_yaml(DATA / f"when_{language}.yaml")
    return [{"published": data["published"], **case} for group in data["groups"] for case in group["cases"]]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def say(found: DateRange | None) -> str:
    if found is None:
        return "none"
    return str(found.start) if found.start == found.end else f"{found.start}..{found.end}"


def right(case: dict[str, Any]) -> bool:
    """Return whether the records of a passage have the days written beside it."""
    published = date.fromisoformat(str(case["published"])) if case["published"] else None
    document = extractor().extract(case["text"], published=published)
    return all(
        {say(record.date) for record in getattr(document, kind)} == {str(d) for d in case[kind]}
        for kind in ("visits", "agreements")
        if kind in case
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_of_records(language: str) -> None:
    hold(f"days/{language}", cases(language), right)
