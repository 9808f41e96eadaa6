"""Stages of fitting for technology areas: whether a text presents an area that it names.

Besides the gold it is fitted to the passages of `tests/data/technology_*.yaml`, which tell in two sentences of areas
presented and of words in passing; those that are `held` are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import srsly
from corpus import ROOT, GoldText
from logistic import NEWS, STEPS, Example
from stages import Stage

from coopex.evaluation.gold import Gold, GoldTechnology
from coopex.resolve.reading import Reading

PASSAGES = "passages"
DOMAIN = ("domain", "domain2")


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
            yield Example(area.features, area.id in required, text)


def threshold(examples: Sequence[Example], rated: Sequence[float]) -> float:
    """Choose the threshold with the best mean of two F1: of the sets of the domain and of open news."""
    kinds = {**dict.fromkeys(DOMAIN, False), **dict.fromkeys(NEWS, True)}
    answers = [(kinds[e.text.set], e.label, p) for e, p in zip(examples, rated, strict=True) if e.text.set in kinds]

    def f1(step: float, news: bool) -> float:
        pairs = [(label, p >= step) for is_news, label, p in answers if is_news == news]
        right = sum(label and yes for label, yes in pairs)
        return 2 * right / (2 * right + sum(label != yes for label, yes in pairs) or 1)

    def around(step: float) -> float:
        """Mean over the steps beside it, as single texts make the figures jump."""
        return sum(f1(near, news) for near in (step - 0.02, step, step + 0.02) for news in (False, True))

    return max(STEPS, key=lambda step: (round(around(step), 4), -abs(step - 0.5)))


STAGES = (Stage("area.decision", decision, {"strength": 0.4, "balance": 1.0}, threshold, further_texts=read_passages),)
