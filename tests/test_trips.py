"""Short passages whose trips are told over several clauses: who travelled, led and received."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import srsly

from coopex.pipeline import Extractor
from shares import hold

CASES: list[dict[str, Any]] = list(srsly.read_yaml(Path(__file__).parent / "data" / "trips.yaml"))
SLOTS = ("visitors", "leaders", "hosts", "places")


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def right(case: dict[str, Any]) -> bool:
    """Return whether a passage gives the trips it tells of, each with its people."""
    headline = "Визит делегации\n\n" if case["language"] == "ru" else "News of the day\n\n"
    found = extractor().extract(headline + case["text"]).visits
    return len(found) == len(case["visits"]) and all(
        wanted.get("status", visit.status) == visit.status
        and all(set(wanted.get(slot, ())) <= {party.name for party in getattr(visit, slot)} for slot in SLOTS)
        for visit, wanted in zip(found, case["visits"], strict=True)
    )


def test_trips_hold_their_people() -> None:
    hold("trips", CASES, right)
