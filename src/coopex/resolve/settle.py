"""The last step before records: which actors stay in which slot, which date holds, which technologies belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class
from coopex.matching.text import Mention
from coopex.resolve.names import Entity, words
from coopex.resolve.reading import Actor, Reading, headline_bodies, is_country
from coopex.resolve.sightings import Sighting
from coopex.resolve.subjects import areas_of_trip
from coopex.resolve.trips import LONGEST_TRIP, Trip, countries
from coopex.resolve.when import verb_of


@dataclass(frozen=True, slots=True)
class SettledTrip:
    """Final slots of a visit."""

    visitors: list[Actor]
    leaders: list[Actor]
    hosts: list[Actor]
    places: list[Actor]
    date: DateMention | None
    technologies: tuple[str, ...]


def settle_trip(reading: Reading, trip: Trip) -> SettledTrip:
    """Give the slots of a trip their final fillers."""
    if reading.trips and trip is reading.trips[0]:
        _name_visitors_side(reading, trip)
        if trip.firm:
            _seat_speakers(reading, trip)
    if not trip.places and trip.firm and reading.dateline and _took_place_here(reading, trip):
        trip.places[reading.dateline.entity.number] = reading.dateline
    leaders = dict(trip.leaders)
    hosts = {
        number: actor for number, actor in trip.hosts.items() if number not in trip.visitors and number not in leaders
    }
    if not leaders:
        leaders = _single_traveller(trip)
    coming = [actor for number, actor in trip.visitors.items() if number not in trip.places]
    coming = coming or list(trip.visitors.values())  # "from Beijing they went on to Chengdu": Beijing is a stop
    visitors = _without_countries(_with_bodies(reading, [*coming, *leaders.values()], set(hosts)))
    came = {actor.entity.number for actor in visitors}
    places = [actor for number, actor in trip.places.items() if number not in came]
    hosts_list = _with_bodies(reading, hosts.values(), {actor.entity.number for actor in visitors})
    return SettledTrip(
        visitors=visitors,
        leaders=list(leaders.values()),
        hosts=_without_countries(hosts_list),
        places=_without_countries(places),
        date=_trip_date(trip) or _signing_date(reading, trip),
        technologies=areas_of_trip(reading, trip),
    )


def _name_visitors_side(reading: Reading, trip: Trip) -> None:
    """Give the main trip's visitors their country or body from the headline when the clauses name only persons."""
    if any(actor.entity.kind != "person" for actor in trip.came.values()):
        return
    if any(reading.bodies_of(actor.entity) for actor in trip.came.values()):
        return
    visited = {actor.entity.country for actor in trip.received.values()} - {None}
    for actor in headline_bodies(reading):
        if (
            actor.entity.country not in visited
            and actor.entity.number not in trip.hosts
            and actor.entity.number not in trip.places
        ):
            trip.visitors.setdefault(actor.entity.number, actor)
            return


def _single_traveller(trip: Trip) -> dict[int, Actor]:
    """Give the only person who travelled, leaving out companions, members of lists and people who merely speak."""
    found = {
        actor.entity.number: actor
        for sighting in trip.sightings
        if sighting.rule not in {"visit.members", "visit.accompany", "visit.attend", "visit.present", "visit.send"}
        for actor in sighting.visitors
        if actor.entity.kind == "person"
        and actor.entity.number not in sighting.companions
        and actor.entity.number in trip.visitors
    }
    return found if len(found) == 1 else {}


def _took_place_here(reading: Reading, trip: Trip) -> bool:
    """Tell whether a trip without a place went to the town of the dateline.

    Its hosts, and not its visitors, are of that country.
    """
    here = reading.dateline_country
    coming = countries(reading, trip.came.values())
    return not trip.sightings[0].cues.recalled and here not in coming


def _seat_speakers(reading: Reading, trip: Trip) -> None:
    """Add people of the host's or the visitors' bodies who speak in the text after the main trip was told.

    "…", says Oskar Yagafarov, technical director of the centre → a host when the centre received the guests.
    """
    telling = [sighting for sighting in trip.sightings if not sighting.vague] or trip.sightings
    start = min(sighting.offset for sighting in telling)
    known = {
        number for other in reading.trips for side in (other.visitors, other.leaders, other.hosts) for number in side
    }
    for entity in reading.entities.all:
        if entity.kind != "person" or entity.number in known:
            continue
        mentions = [mention for mention in entity.mentions if mention.offset > start and _speaks(reading, mention)]
        bodies = {body.entity.number for body in reading.bodies_of(entity) if body.entity.kind == "organization"}
        if not mentions:
            continue
        if bodies & (set(trip.hosts) | set(trip.places)) or (
            not bodies & set(trip.visitors) and _local(reading, entity, trip)
        ):
            trip.hosts.setdefault(entity.number, Actor(entity, mentions[0], entity.post))
        elif bodies & set(trip.visitors):
            trip.visitors.setdefault(entity.number, Actor(entity, mentions[0], entity.post))


def _local(reading: Reading, entity: Entity, trip: Trip) -> bool:
    """Tell whether a body of a person bears the name of a place of the trip: the Rizhao Port Group, in Rizhao."""
    places = [
        word
        for actor in trip.places.values()
        if not is_country(actor)
        for name in actor.entity.names
        for word in words(name)
        if len(word) > 3
    ]
    own = [
        word
        for body in reading.bodies_of(entity)
        if body.entity.kind == "organization"
        for name in body.entity.names
        for word in words(name)
    ]
    return any(word.startswith(place[:-1]) for word in own for place in places)


def _speaks(reading: Reading, mention: Mention) -> bool:
    """Tell whether the sentence of a mention quotes or reports somebody."""
    part = next(part for part in reading.parts if part.index == mention.part)
    sentence = part.sentence_at(mention.start)
    return any(in_class(token.lemma_, "speech", part.language) for token in sentence) or any(
        token.text in '«“"”»' for token in sentence
    )


def _with_bodies(reading: Reading, actors: Iterable[Actor], others: set[int]) -> list[Actor]:
    """Add the bodies that persons stand for, unless they belong to the other side."""
    found: dict[int, Actor] = {}
    for actor in actors:
        found.setdefault(actor.entity.number, actor)
        if actor.entity.kind == "person":
            for body in reading.bodies_of(actor.entity):
                if body.entity.number not in others and (body.entity.kind == "organization" or not is_country(body)):
                    found.setdefault(body.entity.number, body)
    return list(found.values())


def _without_countries(actors: Iterable[Actor]) -> list[Actor]:
    """Leave out countries beside bodies of theirs; a body that only a post implies covers no country."""
    chosen = list(actors)
    named = [actor for actor in chosen if actor.entity.kind != "person" and actor.how != "implied"]
    covered = {actor.entity.country for actor in named if not is_country(actor)}
    if not any(not is_country(actor) for actor in named):
        return chosen
    return [
        actor
        for actor in chosen
        if not is_country(actor) or (actor.entity.country not in covered and not actor.mention.derived)
    ]


def _trip_date(trip: Trip) -> DateMention | None:
    """Give the days of a trip: from the first to the last day that its sightings name, else a date that stands beside.

    "flew in on Sunday", "held talks on Tuesday" → Sunday to Tuesday; "a three-day visit" from the 5th → 5th to 7th.
    """
    dates = [found for found in [*trip.dates, *trip.course] if found.first is not None]
    if not dates:
        loose = [sighting.loose_date for sighting in trip.sightings if sighting.loose_date]
        return loose[0] if loose else None
    days = [found for found in dates if found.precision in {"day", "range"}]
    if not days:
        return min(dates, key=lambda found: _COARSENESS.get(found.precision, 9))
    return _lengthened(trip, _spanning(days))


def _signing_date(reading: Reading, trip: Trip) -> DateMention | None:
    """Give a trip without days the day of what was signed on it.

    "They signed a memorandum during the visit. The document was inked on Saturday." → Saturday.
    """
    told = {sighting.sentence for sighting in trip.sightings}
    for found in reading.instruments if trip.firm else ():
        signed = found.status == "signed" and found.date and found.date.precision == "day"
        if signed and any(reading.sentence(match.trigger, match.part) in told for match in found.matches):
            return found.date
    return None


_COARSENESS = {"week": 2, "part_of_month": 3, "month": 4, "season": 5, "year": 6}


def _spanning(days: list[DateMention]) -> DateMention:
    first = min(days, key=lambda found: found.first or date.max)
    last = max(days, key=lambda found: found.last or date.min)
    if first is last or not first.first or not last.last or last.last - first.first > LONGEST_TRIP:
        return days[0]
    return replace(first, last=last.last, precision="range")


def _lengthened(trip: Trip, found: DateMention) -> DateMention:
    """Lengthen a single day by the stated number of days, backwards when the trip ended on that day."""
    days = next((sighting.days for sighting in trip.sightings if sighting.days), None)
    if not days or days < 2 or found.first is None or found.last is None or found.first != found.last:
        return found
    rest = timedelta(days=days - 1)
    if trip.over or any(_ended(sighting) for sighting in trip.sightings if sighting.days):
        return replace(found, first=found.first - rest, precision="range")
    return replace(found, last=found.last + rest, precision="range")


def _ended(sighting: Sighting) -> bool:
    """Tell whether the verb over a trip or its date says that it is over: «завершился двухдневный визит»."""
    part = sighting.part
    dating = verb_of(part, sighting.date) if sighting.date else None
    verbs = [sighting.trigger.head, *([dating] if dating else [])]
    return any(in_class(verb.lemma_, "endings", part.language) for verb in verbs)
