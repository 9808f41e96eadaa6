"""The visits of a text as sides that may have signed an agreement; the only module here that knows visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopex.dates import DateMention
from coopex.events.passages import Passages
from coopex.resolve.reading import Actor, Reading

_BEFORE = 2  # sentences between a visit and what was signed on it


@dataclass(frozen=True, slots=True)
class VisitSides:
    """Who came, who received them, where; whether it is told within the last sentences, and its days."""

    came: Mapping[int, Actor]
    hosts: Mapping[int, Actor]
    places: Mapping[int, Actor]
    is_near: bool
    firm: bool
    date: DateMention | None

    @property
    def everyone(self) -> set[int]:
        """Numbers of all entities of the visit."""
        return {*self.came, *self.hosts, *self.places}


def visits_near(reading: Reading, passages: Passages, own: set[int]) -> list[VisitSides]:
    """Return the visits of a text; near ones are told in some sentences, or up to two before them."""
    found = []
    for visit in reading.visits:
        told = passages.numbers_of(visit.mentions)
        found.append(
            VisitSides(
                came={**visit.visitors, **visit.leaders},
                hosts=visit.hosts,
                places=visit.places,
                is_near=any(0 <= number - other <= _BEFORE for number in own for other in told),
                firm=visit.firm,
                date=visit.date,
            )
        )
    return found
