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
