"""What stands around the candidates of a text, found once: which sentences and entities other candidates tell of."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopex.events.passages import Passages
from coopex.events.visits.types import SLOTS, VisitCandidate
from coopex.matching.lexicon import classes_with, in_class
from coopex.resolve.reading import Reading

CONTEXTS = ("cooperation", "conflict", "crime", "play", "leisure", "household", "market")
_NOWHERE = 99  # sentences to a candidate that the text does not have


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Candidates of a text, and by whom its sentences and entities are told.

    `creating` names the candidates that a sentence may begin, `tellers` those whose rules name an entity, both by their
    place among the `candidates`; `nearest` gives how many sentences lie between a sentence and the nearest candidate
    that may be a visit. `contexts` holds the share of words of each context in the text.
    """

    candidates: tuple[VisitCandidate, ...]
    creating: Mapping[int, frozenset[int]]
    tellers: Mapping[int, frozenset[int]]
    nearest: tuple[int, ...]
    contexts: Mapping[str, float]
    names_agreement: bool

    def place_of(self, candidate: VisitCandidate) -> int:
        """Return the place of a candidate among all."""
        return next(i for i, other in enumerate(self.candidates) if other is candidate)

    def has_rivals(self, candidate: VisitCandidate) -> bool:
        """Return whether another candidate may be a visit."""
        return any(other.may_be_visit for other in self.candidates if other is not candidate)


def read_surroundings(reading: Reading, passages: Passages, candidates: Sequence[VisitCandidate]) -> Surroundings:
    """Return what stands around the candidates of a text."""
    creating: dict[int, set[int]] = defaultdict(set)
    tellers: dict[int, set[int]] = defaultdict(set)
    told: set[int] = set()
    for i, candidate in enumerate(candidates):
        for mention in candidate.mentions:
            if mention.rule.creates == "visit" and not mention.lacking and mention.sentence in passages.by_key:
                creating[passages.by_key[mention.sentence].number].add(i)
        if candidate.may_be_visit:
            told |= passages.numbers_of(candidate.mentions)
            for slot in SLOTS:
                for number in candidate.told[slot]:
                    tellers[number].add(i)
    return Surroundings(
        tuple(candidates),
        {number: frozenset(found) for number, found in creating.items()},
        {number: frozenset(found) for number, found in tellers.items()},
        _distances(len(passages.sentences), sorted(told)),
        _contexts(reading),
        any(in_class(token.lemma_, "instruments", part.language) for part in reading.parts for token in part.doc),
    )


def _distances(number: int, told: Sequence[int]) -> tuple[int, ...]:
    """Return for each sentence how far the nearest of some sentences is: 4, [1] → (1, 0, 1, 2)."""
    found = []
    for n in range(number):
        i = bisect_left(told, n)
        found.append(min((abs(other - n) for other in told[max(0, i - 1) : i + 1]), default=_NOWHERE))
    return tuple(found)


def _contexts(reading: Reading) -> Mapping[str, float]:
    """Return the share of words of each context among the words of a text."""
    counts: Counter[str] = Counter()
    total = 0
    for part in reading.parts:
        total += len(part.doc)
        for token in part.doc:
            counts.update(classes_with(token.lemma_, part.language))
    return {name: counts[f"context_{name}"] / (total or 1) for name in CONTEXTS}
