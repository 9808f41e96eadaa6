"""What a stage of fitting is: one decision, its examples, and how its threshold is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus import GoldText
from logistic import Example

from coopex.evaluation.comparing import compare_record, pair
from coopex.evaluation.counts import Counts
from coopex.evaluation.gold import FoundRecord
from coopex.matching.text import Part
from coopex.matching.tree import Token
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


IN_SENTENCE = 0.5


def is_cued(text: GoldText, kind: str, number: int, part: Part, trigger: Token) -> float:
    """1 when a trigger stands in the cue of a record of the gold, IN_SENTENCE when in its sentence, else 0."""
    spans, offset = text.cues(kind, number), part.offset(trigger)
    if any(start <= offset < end for start, end in spans):
        return 1.0
    sentence = part.sentence(trigger)
    start, end = part.block.start + sentence.start_char, part.block.start + sentence.end_char
    return IN_SENTENCE if any(start < b and a < end for a, b in spans) else 0.0


def decision_examples(
    text: GoldText, kind: str, found: Sequence[FoundRecord], features: Sequence[Mapping[str, float]]
) -> Iterator[Example]:
    """Every candidate as a record, with its features, and whether it pairs with a record of the gold."""
    golds = text.gold.records[kind]
    pairs = pair(found, golds, kind)
    for i, (record, weighed) in enumerate(zip(found, features, strict=True)):
        if i not in pairs:
            spurious = sum(map(len, record.slots.values())) + (record.date is not None) + 1
            yield Example(weighed, False, text, 1.0, (0, spurious, 0))
        elif golds[pairs[i]].optional:
            yield Example(weighed, True, text, 0.3)
        else:
            counts = sum(compare_record(record, golds[pairs[i]], kind).counts.values(), Counts())
            yield Example(weighed, True, text, 1.0, (counts.right, counts.spurious, counts.right + counts.missed))


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
