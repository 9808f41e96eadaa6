"""Who travelled to a meeting and who was there: "met" itself does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coopex.events.countries import countries_of, country_of, numbers_of, own_countries, without_countries
from coopex.events.visits.types import VisitCandidate, VisitMention
from coopex.matching.lexicon import in_class
from coopex.resolve.reading import Actor, Reading


def orient(reading: Reading, mention: VisitMention, current: VisitCandidate | None) -> VisitMention:
    """Return a mention with those whose side its clause leaves open put on the side that countries and bodies tell.

    After "Minister Sikora flew to Rabat": "Karim Alaoui met Sikora" → visitor Sikora, host Karim Alaoui
    """
    frame = mention.rule.frame
    if frame in {"attendance", "representation"}:
        return _seat(reading, mention, current)
    if frame == "membership" and current:
        return _without_locals(reading, mention, current)
    if frame == "reception" and current and _met_abroad(mention, current):
        return _sided(mention, mention.told.hosts, mention.told.visitors)
    if frame == "meeting" and mention.told.attendees:
        return _orient_meeting(reading, mention, current)
    return mention


def _sided(mention: VisitMention, visitors: Sequence[Actor], hosts: Sequence[Actor]) -> VisitMention:
    return replace(mention, told=replace(mention.told, visitors=tuple(visitors), hosts=tuple(hosts)))


def _orient_meeting(reading: Reading, mention: VisitMention, current: VisitCandidate | None) -> VisitMention:
    told = mention.told
    place = place_country(reading, mention, current)
    if told.both:
        return _sided(mention, *_both_sides(reading, told.both, place, current))
    first, second = told.visitors, told.hosts
    came = current.told["visitors"].keys() if current else set()
    hosting = current.told["hosts"].keys() if current else set()
    if not first and current and _are_compatriots(reading, second, current):
        return _sided(mention, second, ())
    ours, theirs = numbers_of(without_countries(first)), numbers_of(without_countries(second))
    at_home = place is not None and bool(first) and all(country_of(reading, actor) == place for actor in first)
    if theirs & came or ours & hosting or (at_home and not ours & came):
        return _sided(mention, second, first)
    return mention


def place_country(reading: Reading, mention: VisitMention, current: VisitCandidate | None) -> str | None:
    """Return the country of a meeting: by its own place, the dateline, else the visit told of last."""
    for actor in mention.told.places:
        if actor.entity.country:
            return actor.entity.country
    if reading.dateline_country:
        return reading.dateline_country
    known = current.told["places"].values() if current else ()
    return next((actor.entity.country for actor in known if actor.entity.country), None)


def _both_sides(
    reading: Reading, people: Sequence[Actor], place: str | None, current: VisitCandidate | None
) -> tuple[list[Actor], list[Actor]]:
    """Part those who met into visitors and hosts, by the country where they met.

    "talks in Lima between the Peruvian minister and the head of Petronas" → the head came; both stay out when neither
    is of the country, or nothing tells.
    """
    if not place:
        return [], []
    if current and numbers_of(without_countries(people)) & current.came.keys():
        came = [actor for actor in people if actor.entity.number in current.came]
    else:
        came = _foreigners(reading, people, place)
    return came, [actor for actor in people if actor not in came] if came else []


def _foreigners(reading: Reading, people: Sequence[Actor], place: str) -> list[Actor]:
    at_home = [actor for actor in people if country_of(reading, actor) == place]
    foreign = [actor for actor in people if country_of(reading, actor) not in {place, None}]
    if at_home:
        return foreign or [actor for actor in people if country_of(reading, actor) is None]
    one_country = len(countries_of(reading, foreign)) == 1
    return foreign if one_country and len(foreign) < len(people) else []


def _are_compatriots(reading: Reading, actors: Sequence[Actor], current: VisitCandidate) -> bool:
    """Return whether all of some people are of the visitors' country, and none of a host's."""
    coming = countries_of(reading, current.came.values())
    visited = countries_of(reading, current.received.values())
    own = {country_of(reading, actor) for actor in actors}
    return bool(own) and own <= coming and not own & visited


def _without_locals(reading: Reading, mention: VisitMention, current: VisitCandidate) -> VisitMention:
    """Make hosts of those who go along in their own country: "toured the cannery, accompanied by Minister Morel"."""
    visited = countries_of(reading, current.received.values()) - countries_of(reading, current.came.values())
    local = [actor for actor in mention.told.visitors if country_of(reading, actor) in visited]
    coming = [actor for actor in mention.told.visitors if actor not in local]
    return _sided(mention, coming, (*mention.told.hosts, *local))


def _met_abroad(mention: VisitMention, current: VisitCandidate) -> bool:
    """Return whether who "met" somebody is the traveller told of: "During the trip, Ahn will meet the minister"."""
    if not in_class(mention.trigger.lemma_, "meeting_verbs", mention.part.language):
        return False
    came = current.told["visitors"].keys()
    hosts = numbers_of(without_countries(mention.told.hosts))
    return bool(hosts & came) and not numbers_of(without_countries(mention.told.visitors)) & came


def _seat(reading: Reading, mention: VisitMention, current: VisitCandidate | None) -> VisitMention:
    """Seat those who attended on the side of their country or body; on the hosts' side where nothing tells."""
    told = mention.told
    came = current.came if current else {}
    visiting = countries_of(reading, came.values())
    visited = own_countries(current.told["places"].values()) if current else set()
    of_side = countries_of(reading, told.hosts)
    sides = numbers_of(told.hosts)
    to_guests = bool(sides & came.keys()) or bool(of_side and of_side <= visiting) or told.side == "visitors"
    to_guests |= bool(of_side and visited - visiting and not of_side & visited)
    visitors, hosts = list(told.visitors), list[Actor]()
    for actor in told.attendees:
        own = country_of(reading, actor)
        bodies = {body.entity.number for body in reading.bodies_of(actor.entity)}
        is_guest = to_guests or (not sides and (own in visiting if own else bool(bodies & came.keys())))
        (visitors if is_guest else hosts).append(actor)
    seated = replace(told, visitors=tuple(visitors), hosts=tuple(hosts), is_group=True)
    return replace(mention, told=seated)
