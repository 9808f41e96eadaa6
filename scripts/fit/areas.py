"""Stages of fitting for technology areas: whether a text presents an area that it names.

Besides the gold it is fitted to the passages of `tests/data/technology_*.yaml`, which tell in two sentences of areas
presented and of words in passing; those that are `held` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import srsly
from corpus import ROOT, GoldText
from logistic import Example
from stages import Stage

from coopex.evaluation.gold import Gold, GoldTechnology
from coopex.resolve.reading import Reading

PASSAGES = "passages"
PASSAGE_WEIGHT = 0.5  # beside a candidate of a whole text


def read_passages() -> list[GoldText]:
    """Passages of news with their areas, as texts of gold."""
    return [
        GoldText(PASSAGES, f"{language}-{number}", case["text"], _gold_of(case, language), {})
        for language in ("en", "ru")
        for number, case in enumerate(_cases(language))
        if not case.get("held")
    ]


def _cases(language: str) -> list[dict[str, Any]]:
    groups = srsly.read_yaml(ROOT / "tests" / "data" / f"technology_{language}.yaml")["texts"]
    return [case for cases in groups.values() for case in cases]


def _gold_of(case: dict[str, Any], language: str) -> Gold:
    """{"ids": "lasers|photonics space?"} → lasers or photonics, and space, which is optional."""
    items = [(item.removesuffix("?").split("|"), item.endswith("?")) for item in case["ids"].split()]
    areas = tuple(GoldTechnology(tuple(ids), optional) for ids, optional in items)
    return Gold(language, {}, {"visits": (), "agreements": ()}, areas)


def decision(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every area that a text names; one that is right but not required teaches nothing."""
    required = {area for gold in text.gold.technologies if not gold.optional for area in gold.ids}
    optional = {area for gold in text.gold.technologies if gold.optional for area in gold.ids}
    for area in [*reading.areas, *reading.rejected_areas]:
        if area.id in required or area.id not in optional:
            yield Example(area.features, area.id in required, text, PASSAGE_WEIGHT if text.set == PASSAGES else 1.0)


# Probabilities are calibrated, so the even threshold stands: out of fold precision on open news is .65, recall .80.
STAGES = (Stage("area.decision", decision, {"strength": 0.8, "balance": 0.5}, further_texts=read_passages),)
