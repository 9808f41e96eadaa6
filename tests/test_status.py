"""Whether what a trigger names happened, from the words around it: planned, proposed, called off, denied …"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from coopex.matching.engine import form_of
from coopex.matching.lexicon import LANGUAGES
from coopex.matching.status import Status, read_status
from coopex.matching.text import Part
from coopex.matching.tree import Token
from parses import cached_part, status_cases, tree

EFFECTS = {None, "planned", "proposed", "cancelled", "ongoing", "ended", "denied"}


def cases() -> Iterator[Any]:
    for language in LANGUAGES:
        for case in status_cases(language):
            known = case.get("known")
            marks = [pytest.mark.xfail(reason=known, strict=True, raises=AssertionError)] if known else []
            name = f"{language}-{case['trigger']}-{case['text']}"
            yield pytest.param(language, case, id=name, marks=marks)


def find(part: Part, word: str) -> Token:
    found = [token for token in part.doc if token.text == word]
    assert len(found) == 1, f"{word!r} stands {len(found)} times in {part.doc.text!r}"
    return found[0]


def told(status: Status) -> str | None:
    """Fold the effects that all say "it did not happen" into one; what is put off is called off, or planned anew."""
    effect = {"postponed": "cancelled", "moved": "planned"}.get(status.effect or "", status.effect)
    return "denied" if status.denied else effect


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_status(language: str, case: dict[str, Any]) -> None:
    part = cached_part(language, case["text"], case.get("block", "body"))
    trigger = find(part, case["trigger"])
    status = read_status(part, trigger, form_of(trigger))
    message = f"read as {told(status)} from {status.cue_text!r}, not {case['effect']}: {case['text']}\n"
    assert told(status) == case["effect"], message + tree(part.doc)


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_cover_every_effect(language: str) -> None:
    found = status_cases(language)
    assert {case["effect"] for case in found} == EFFECTS
    assert len(found) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_past_event_has_no_cue(language: str) -> None:
    """What happened plainly is marked so, with nothing to blame."""
    for case in status_cases(language):
        if case["effect"] is None and not case.get("known"):
            part = cached_part(language, case["text"], case.get("block", "body"))
            trigger = find(part, case["trigger"])
            assert read_status(part, trigger, form_of(trigger)).cue is None
