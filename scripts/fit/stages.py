"""What a stage of fitting is: one decision, its examples, and how its threshold is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus import GoldText
from logistic import Example

from coopex.resolve.reading import Reading

Threshold = Callable[[Sequence[Example], Sequence[float]], float]


@dataclass(frozen=True)
class Stage:
    """One decision: the name of its model, how its examples are read off a text, and options of the fit.

    Stages run in order; the examples of a stage are read with the models of those before, fitted without the text,
    while later decisions accept everything.
    """

    model: str
    collect: Callable[[GoldText, Reading], Iterable[Example]]
    options: Mapping[str, Any] = field(default_factory=dict)
    threshold: Threshold | None = None
    passages: bool = False
    """Whether the passages of tests/data give examples as well."""
    further_texts: Callable[[], Sequence[GoldText]] = tuple
    """Texts besides the gold that this decision is fitted to."""


def passage_examples(
    text: GoldText, wanted: Sequence[Mapping[str, Any]], candidates: Sequence[tuple[Mapping[str, float], int]]
) -> Iterable[Example]:
    """Examples of a decision from a passage: features and number of fillers of its candidates.

    None is an event where none is told of, each is where there are no more than told of; else nothing is learnt.
    """
    if any(each.get("maybe") for each in wanted) or (wanted and len(candidates) > len(wanted)):
        return
    for features, size in candidates:
        counts = (size, 0, size) if wanted else (0, size, 0)
        yield Example(features, bool(wanted), text, 0.5, counts)
