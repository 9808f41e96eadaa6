"""Candidates, identity, parties and decisions of agreements, on cached parses of `data/agreements_*.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from coopex.blocks import Block
from coopex.events import find_events
from coopex.events.agreements.candidates import find_agreement_mentions
from coopex.events.agreements.types import AgreementEvent
from coopex.explain import explanation
from coopex.matching.lexicon import LANGUAGES
from coopex.metadata import read_metadata
from coopex.resolve import resolve
from coopex.resolve.reading import Reading
from parses import agreement_cases, cached, unpack

PUBLISHED = date(2024, 5, 15)


def cases(key: str) -> Iterator[Any]:
    """Every passage that tells `key`; what is known to fail is a strict expected failure with its cause."""
    for language in LANGUAGES:
        for case in agreement_cases(language):
            if key in case:
                known = case.get("known")
                marks = [pytest.mark.xfail(reason=known, strict=True, raises=AssertionError)] if known else []
                yield pytest.param(language, case, id=f"{language}-{case['text']}", marks=marks)


@lru_cache
def reading_of(language: str, text: str) -> Reading:
    """Read a passage from its cached parse."""
    packed = cached(language)[text]
    blocks = [Block(0, len(text), "body", language)]
    bases = {(start, end): base for start, end, _, base in packed["ents"]}
    docs = {0: unpack(language, packed)}
    metadata = read_metadata(text, blocks)
    reading = resolve(text, language, metadata, blocks, docs, PUBLISHED, lambda span, _: bases[span.start, span.end])
    return find_events(reading)


def slots_of(event: AgreementEvent) -> dict[str, Any]:
    """Kind, status and filled slots of an agreement as they are written down."""
    found = {
        "parties": sorted(actor.entity.name for actor in event.parties.values()),
        "signatories": sorted(actor.entity.name for actor in event.signatories.values()),
    }
    return {"kind": event.kind, "status": event.status} | {slot: names for slot, names in found.items() if names}


def in_order(wanted: dict[str, Any]) -> dict[str, Any]:
    return {slot: sorted(value) if isinstance(value, list) else value for slot, value in wanted.items()}


@pytest.mark.parametrize(("language", "case"), list(cases("nouns")))
def test_nouns_are_candidates(language: str, case: dict[str, Any]) -> None:
    mentions = find_agreement_mentions(reading_of(language, case["text"]))
    assert [mention.head.text for mention in mentions] == case["nouns"]


@pytest.mark.parametrize(("language", "case"), list(cases("agreements")))
def test_agreements_of_a_passage(language: str, case: dict[str, Any]) -> None:
    found = [slots_of(event) for event in reading_of(language, case["text"]).agreements]
    assert found == [in_order(each) for each in case["agreements"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_candidates_left_out_are_explained(language: str) -> None:
    for case in agreement_cases(language):
        reading = reading_of(language, case["text"])
        lines = [line for line in explanation(reading) if line.startswith(("  agreement ", "  no agreement"))]
        assert len(lines) == len(reading.agreements) + len(reading.rejected_agreements)
        assert all("probability" in line for line in lines)
