"""Which technology areas an agreement is about, and which a visit, among those that the text names.

"After a tour of the tokamak they signed a memorandum on lasers." → lasers. "They signed a memorandum. It covers
hydrogen." → hydrogen. "They signed an agreement on museums. The city makes vaccines." → nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopex.events.agreements.types import AgreementEvent
from coopex.events.area_features import find_area_words, following, has_word, subject_features
from coopex.events.visits.types import VisitEvent
from coopex.matching.text import Part
from coopex.matching.tree import Span
from coopex.resolve.reading import Reading
from coopex.technology.scope import has_cue
from coopex.weights import Features, model

DECISION = "agreement.area"


@dataclass(frozen=True, slots=True)
class SubjectArea:
    """An area of the text, and how likely an agreement is about it."""

    id: str
    probability: float
    features: Features

    @property
    def is_subject(self) -> bool:
        """Return whether it is likely enough that the agreement is about it."""
        return self.probability >= model(DECISION).threshold


def areas_of_agreement(reading: Reading, agreement: AgreementEvent) -> tuple[str, ...]:
    """Return the ids of the areas that an agreement is about.

    "They signed a memorandum on lasers." → lasers
    """
    return tuple(area.id for area in weigh_subjects(reading, agreement) if area.is_subject)


def weigh_subjects(reading: Reading, agreement: AgreementEvent) -> list[SubjectArea]:
    """Return every area that the text names, with the probability that an agreement is about it."""
    weighed = subject_features(find_area_words(reading), agreement)
    return [SubjectArea(area, model(DECISION).probability(held), held) for area, held in weighed.items()]


def areas_of_visit(reading: Reading, visit: VisitEvent) -> tuple[str, ...]:
    """Return the ids of the areas in the sentences of a visit, and in those right after that show its guests something.

    "They came to Oslo. The guests were shown lasers." → lasers
    """
    places = [(mention.part, mention.trigger.sent) for mention in visit.mentions]
    shown = [
        (part, after)
        for part, sentence in places
        for after in following(part, sentence)[:1]
        if has_cue("showcased", part.language, after.text) and has_word(after, "guests", part.language)
    ]
    return tuple(
        area.id
        for area in reading.areas
        if any(_is_among(reading.parts[i], term.start, [*places, *shown]) for i, term in area.matches)
    )


def _is_among(part: Part, start: int, sentences: list[tuple[Part, Span]]) -> bool:
    """Return whether a character of a part stands in one of some sentences."""
    return any(one is part and s.start_char <= start < s.end_char for one, s in sentences)
