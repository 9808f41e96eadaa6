"""Who "the guests", "the hosts" and "the sides" are: what the trips and agreements of the text tell of them.

Before trips are known a group is followed by its noun alone; once they are, the guests are the visitors of the trip
told of last, the hosts those who received them, the sides both, or the parties of the agreement told of last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coopex.events.agreements.types import AgreementEvent
from coopex.events.visits.types import VisitEvent
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.references import Reference


def name_sides(reading: Reading) -> None:
    """Name the groups, hosts and sides of a text from its trips and agreements."""
    for key, reference in reading.references.items():
        if reference.sort in {"group", "hosts", "sides"}:
            reading.references[key] = _named(reading, reference)


def _named(reading: Reading, reference: Reference) -> Reference:
    trip = _trip_before(reading, reference.offset)
    if reference.sort == "sides":
        return _sides(reading, reference, trip)
    if trip is None:
        return reference
    if reference.sort == "group":
        guests = _specific([*trip.visitors.values(), *trip.leaders.values()])
        return replace(reference, actors=guests, step="visitors of the trip told of last") if guests else reference
    hosts = _specific(trip.hosts.values()) or _specific(trip.places.values())
    if reference.actors or not hosts:
        return reference
    return replace(reference, actors=hosts, step="hosts of the trip told of last")


def _sides(reading: Reading, reference: Reference, trip: VisitEvent | None) -> Reference:
    bound = _agreement_before(reading, reference.offset)
    if bound is not None:
        return replace(reference, actors=tuple(bound.parties.values()), step="parties of the agreement told of last")
    if trip is not None and trip.visitors and (trip.hosts or trip.places):
        both = (*_side(trip.visitors.values()), *_side(trip.hosts.values() or trip.places.values()))
        return replace(reference, actors=both, step="visitors and hosts of the trip told of last")
    return reference


def _side(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The bodies of a side, else all of it."""
    found = _specific(actors)
    return tuple(actor for actor in found if actor.entity.kind != "person") or found


def _specific(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    chosen = tuple({actor.entity.number: actor for actor in actors}.values())
    named = {actor.entity.country for actor in chosen if actor.entity.kind != "person" and not is_country(actor)}
    return (
        tuple(a for a in chosen if not is_country(a) or not named or a.entity.country not in {*named, None}) or chosen
    )


def _trip_before(reading: Reading, offset: int) -> VisitEvent | None:
    """Give the trip whose last clause before an offset is nearest to it."""
    last = {
        i: max((s.offset for s in trip.mentions if s.offset <= offset), default=-1)
        for i, trip in enumerate(reading.visits)
    }
    best = max(last, key=lambda i: last[i], default=None)
    return reading.visits[best] if best is not None and last[best] >= 0 else None


def _agreement_before(reading: Reading, offset: int) -> AgreementEvent | None:
    before = [found for found in reading.agreements if len(found.parties) >= 2 and found.candidate.offset < offset]
    return before[-1] if before else None
