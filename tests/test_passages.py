"""Passages of news present the areas written beside them, as a whole and by instrument and trip."""

from __future__ import annotations

from typing import Any

import pytest

from shares import hold
from technology_passages import LANGUAGES, PARTS, passages, tally

HELD = [(language, part) for language in ("en", "ru") for part in ("texts", "agreements")]
"""Passages held out: nobody writes terms or cues for them."""


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_present_their_areas(language: str, part: str) -> None:
    read = {one.text: one for one in passages(language, part) if not one.held}

    def right(case: dict[str, Any]) -> bool:
        told = tally(read[case["text"]])
        return not told.spurious and (part == "texts" or not told.missing)

    hold(f"areas of {part}/{language}", [{"text": text} for text in read], right)


@pytest.mark.parametrize(("language", "part"), HELD)
def test_held_passages_stay_above_their_floors(language: str, part: str) -> None:
    read = {one.text: one for one in passages(language, part) if one.held}

    def right(case: dict[str, Any]) -> bool:
        told = tally(read[case["text"]])
        return not told.spurious and not told.missing

    hold(f"areas of {part}, held/{language}", [{"text": text} for text in read], right)


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_are_many_and_of_both_sorts(language: str) -> None:
    texts = passages(language, "texts")
    empty = sum(not any(not area.endswith("?") for area in one.wanted[""].split()) for one in texts)
    assert empty >= 40
    assert len(texts) - empty >= 40
    assert len(passages(language, "agreements")) >= 30
    assert sum(one.held for one in texts) * 3 == len(texts)
