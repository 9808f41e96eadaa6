"""Stages of fitting for technology areas: whether a text presents an area that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus import GoldText
from logistic import NEWS, STEPS, Example
from stages import Stage

from coopex.resolve.reading import Reading


def decision(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every area that a text names; one that is right but not required teaches nothing."""
    required = {area for gold in text.gold.technologies if not gold.optional for area in gold.ids}
    optional = {area for gold in text.gold.technologies if gold.optional for area in gold.ids}
    for area in [*reading.areas, *reading.rejected_areas]:
        if area.id in required or area.id not in optional:
            yield Example(area.features, area.id in required, text)


def threshold(examples: Sequence[Example], rated: Sequence[float]) -> float:
    """Choose the threshold with the best mean of two F1: of texts of the domain and of open news."""

    def f1(step: float, news: bool) -> float:
        pairs = [(e.label, p >= step) for e, p in zip(examples, rated, strict=True) if (e.text.set in NEWS) == news]
        right = sum(label and yes for label, yes in pairs)
        return 2 * right / (2 * right + sum(label != yes for label, yes in pairs) or 1)

    return max(STEPS, key=lambda step: (round(f1(step, False) + f1(step, True), 4), -abs(step - 0.5)))


STAGES = (Stage("area.decision", decision, {"strength": 0.4}, threshold),)
