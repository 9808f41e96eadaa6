"""Short passages whose trips are told over several clauses: who travelled, led and received."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex.pipeline import Extractor

CASES: list[dict[str, Any]] = list(srsly.read_yaml(Path(__file__).parent / "data" / "trips.yaml"))


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_trips_hold_their_people(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "known" in case:
        request.applymarker(pytest.mark.xfail(reason=case["known"], strict=True))
    headline = "Визит делегации\n\n" if case["language"] == "ru" else "News of the day\n\n"
    found = extractor().extract(headline + case["text"]).visits
    assert len(found) == len(case["visits"])
    for visit, wanted in zip(found, case["visits"], strict=True):
        assert wanted.get("status", visit.status) == visit.status
        for slot in ("visitors", "leaders", "hosts", "places"):
            assert set(wanted.get(slot, ())) <= {party.name for party in getattr(visit, slot)}, slot
