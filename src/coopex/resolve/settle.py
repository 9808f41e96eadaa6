"""The last step before records: which actors stay in which slot, which date holds, which technologies belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class
from coopex.matching.text import Mention, Part
from coopex.resolve.instruments import Instrument
from coopex.resolve.names import Entity, words
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.trips import Trip, country

_Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SettledTrip:
    """Final slots of a visit."""

    visitors: list[Actor]
    leaders: list[Actor]
    hosts: list[Actor]
    places: list[Actor]
    date: DateMention | None
    technologies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettledInstrument:
    """Final slots of an agreement."""

    parties: list[Actor]
    signatories: list[Actor]
    date: DateMention | None
    technologies: tuple[str, ...]


def settle_trip(reading: Reading, trip: Trip) -> SettledTrip:
    """Give the slots of a trip their final fillers."""
    if reading.trips and trip is reading.trips[0] and trip.firm:
        _seat_speakers(reading, trip)
    if not trip.places and trip.firm and reading.dateline and _took_place_here(reading, trip):
        trip.places[reading.dateline.entity.number] = reading.dateline
    leaders = dict(trip.leaders)
    hosts = {number: actor for number, actor in trip.hosts.items() if number not in trip.visitors and number not in leaders}
    travellers = [actor for actor in trip.visitors.values() if actor.entity.kind == "person"]
    if not leaders and len(travellers) == 1:
        leaders[travellers[0].entity.number] = travellers[0]
    visitors = _most_specific(_with_bodies(reading, [*trip.visitors.values(), *leaders.values()], set(hosts)))
    places = [actor for number, actor in trip.places.items() if number not in trip.visitors]
    hosts_list = _with_bodies(reading, hosts.values(), {actor.entity.number for actor in visitors})
    return SettledTrip(
        visitors=visitors,
        leaders=list(leaders.values()),
        hosts=_without_countries(hosts_list),
        places=_without_countries(places),
        date=_trip_date(trip),
        technologies=_technologies(reading, {sighting.sentence for sighting in trip.sightings}),
    )


def _took_place_here(reading: Reading, trip: Trip) -> bool:
    """Tell whether a trip without a place went to the town of the dateline: its hosts, and not its visitors, are of that country."""
    here = reading.dateline_country
    coming = {country(reading, actor) for actor in [*trip.visitors.values(), *trip.leaders.values()]} - {None}
    return not trip.sightings[0].cues.recalled and here not in coming


def _seat_speakers(reading: Reading, trip: Trip) -> None:
    """Add people of the host's or the visitors' bodies who speak in the text after the main trip was told.

    "…", says Oskar Yagafarov, technical director of the centre → a host when the centre received the guests.
    """
    start = min(sighting.offset for sighting in trip.sightings if not sighting.vague or len(trip.sightings) == 1)
    known = {number for other in reading.trips for side in (other.visitors, other.leaders, other.hosts) for number in side}
    for entity in reading.entities.all:
        if entity.kind != "person" or entity.number in known:
            continue
        mentions = [mention for mention in entity.mentions if mention.offset > start and _speaks(reading, mention)]
        bodies = {body.entity.number for body in reading.bodies_of(entity) if body.entity.kind == "organization"}
        if not mentions:
            continue
        if bodies & (set(trip.hosts) | set(trip.places)) or (not bodies & set(trip.visitors) and _local(reading, entity, trip)):
            trip.hosts.setdefault(entity.number, Actor(entity, mentions[0], entity.post))
        elif bodies & set(trip.visitors):
            trip.visitors.setdefault(entity.number, Actor(entity, mentions[0], entity.post))


def _local(reading: Reading, entity: Entity, trip: Trip) -> bool:
    """Tell whether a body of a person bears the name of a place of the trip: the Rizhao Port Group, in Rizhao."""
    places = [word for actor in trip.places.values() if not is_country(actor) for name in actor.entity.names for word in words(name) if len(word) > 3]
    own = [word for body in reading.bodies_of(entity) if body.entity.kind == "organization" for name in body.entity.names for word in words(name)]
    return any(word.startswith(place[:-1]) for word in own for place in places)


def _speaks(reading: Reading, mention: Mention) -> bool:
    """Tell whether the sentence of a mention quotes or reports somebody."""
    part = next(part for part in reading.parts if part.index == mention.part)
    sentence = part.doc[mention.start].sent
    return any(in_class(token.lemma_, "speech", part.language) for token in sentence) or any(token.text in "«“\"”»" for token in sentence)


def settle_instrument(reading: Reading, found: Instrument) -> SettledInstrument:
    """Give the slots of an agreement their final fillers."""
    where = {reading.sentence(match.trigger, match.part) for match in found.matches}
    return SettledInstrument(
        parties=_without_countries(found.parties.values()),
        signatories=[actor for actor in found.signatories.values() if actor.entity.kind == "person"],
        date=found.date or found.loose_date,
        technologies=_technologies(reading, where),
    )


def _with_bodies(reading: Reading, actors: Iterable[Actor], others: set[int]) -> list[Actor]:
    """Add the bodies that persons stand for, unless they belong to the other side."""
    found: dict[int, Actor] = {}
    for actor in actors:
        found.setdefault(actor.entity.number, actor)
        if actor.entity.kind == "person":
            for body in reading.bodies_of(actor.entity):
                if body.entity.number not in others and body.entity.kind == "organization":
                    found.setdefault(body.entity.number, body)
    return list(found.values())


def _most_specific(actors: list[Actor]) -> list[Actor]:
    """Drop countries beside anything more specific."""
    return _without_countries(actors)


def _without_countries(actors: Iterable[Actor]) -> list[Actor]:
    chosen = list(actors)
    specific = [actor for actor in chosen if not is_country(actor)]
    if any(actor.entity.kind != "person" for actor in specific):
        covered = {actor.entity.country for actor in specific if actor.entity.kind != "person"}
        return [actor for actor in chosen if not is_country(actor) or (actor.entity.country not in covered and not actor.mention.derived)]
    return chosen


def _trip_date(trip: Trip) -> DateMention | None:
    """Take the date of the trip: the widest stated one of its sightings, else one that stands loosely beside."""
    dates = [found for found in trip.dates if found.first is not None]
    if dates:
        return _span(dates)
    loose = [sighting.loose_date for sighting in trip.sightings if sighting.loose_date]
    return loose[0] if loose else None


def _span(dates: list[DateMention]) -> DateMention:
    """Prefer the first date; a later stop of the same trip does not shorten it."""
    rank = {"day": 0, "range": 0, "week": 1, "part_of_month": 2, "month": 3, "season": 4, "year": 5}
    return min(dates, key=lambda found: rank.get(found.precision, 9))


def _technologies(reading: Reading, where: set[_Where]) -> tuple[str, ...]:
    """Ids of the areas that the sentences of an event name."""
    found = dict[str, None]()
    for area in reading.areas:
        for i, term in area.matches:
            if _sentence_at(reading.parts[i], term.start) in where:
                found[area.id] = None
    return tuple(found)


def _sentence_at(part: Part, char: int) -> _Where:
    span = part.doc.char_span(char, char + 1, alignment_mode="expand")
    return part.index, (span[0].sent.start if span else -1)
