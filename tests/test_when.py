"""The days of visits and agreements, from short news through the whole pipeline; cases in `data/when_*.yaml`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.records import DateRange

DATA = Path(__file__).parent / "data"


def cases() -> list[dict[str, Any]]:
    found = []
    for language in ("en", "ru"):
        data = srsly.read_yaml(DATA / f"when_{language}.yaml")
        found += [{"published": data["published"], **case} for group in data["groups"] for case in group["cases"]]
    return found


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def say(found: DateRange | None) -> str:
    if found is None:
        return "none"
    return str(found.start) if found.start == found.end else f"{found.start}..{found.end}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"][:60])
def test_days_of_records(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=case["fails"], strict=True))
    published = date.fromisoformat(str(case["published"])) if case["published"] else None
    document = extractor().extract(case["text"], published=published)
    for kind in ("visits", "agreements"):
        if kind in case:
            assert {say(record.date) for record in getattr(document, kind)} == {str(d) for d in case[kind]}
