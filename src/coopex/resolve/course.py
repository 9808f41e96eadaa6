"""Days of a trip told by words that are no mention of it.

"The visit took place on 4 May. The guests left on Friday."
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class, is_group
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Reading, body_parts
from coopex.resolve.trips import LONGEST_TRIP, Trip
from coopex.resolve.when import is_usable, verb_of

_SUBJECT = {"nsubj", "nsubj:pass", "csubj"}
_PRONOUNS = {"he", "she", "they", "он", "она", "они"}
_FINE = {"day", "range"}
# Blocks after the last mention of a trip in which "the visit" or "the guests" still mean it.
_REACH = 2


def read_course(reading: Reading, trips: Sequence[Trip]) -> None:
    """Give each trip the days on which the text says that it began, took place or ended."""
    used = {(s.date.start, s.date.end) for trip in trips for s in trip.sightings if s.date}
    fine = [found for found in reading.past_dates if found.precision in _FINE]
    dates = [
        found
        for found in fine
        if (is_usable(found) or found.bound == "until") and (found.start, found.end) not in used
    ]
    for part in body_parts(reading.parts):
        for found in dates:
            if part.block.start <= found.start < part.block.end:
                _tell(reading, part, found, trips)


def _tell(reading: Reading, part: Part, found: DateMention, trips: Sequence[Trip]) -> None:
    verb = verb_of(part, found)
    trip = verb and _trip_of(reading, part, verb, trips)
    if not verb or not trip or trip.status == "cancelled" or not _close(found, trip):
        return
    if found.bound == "until" and not in_class(verb.lemma_, "staying", part.language):
        return
    over = found.bound == "until" or any(in_class(verb.lemma_, name, part.language) for name in ("endings", "leaving"))
    known = [date.precision in _FINE for date in trip.dates]
    if found.bound and not any(known):
        return  # "He will stay until Saturday" does not say from when
    if (over and all(known)) or not any(known):
        trip.course.append(found)
        trip.over |= over


def _trip_of(reading: Reading, part: Part, verb: Token, trips: Sequence[Trip]) -> Trip | None:
    """Give the trip that the subject of a verb speaks of: "The visit ended …", "Гости уехали …"."""
    before = [trip for trip in trips if _told_before(trip, part, verb)]
    subject = next((child for child in verb.children if child.dep_ in _SUBJECT), None)
    leaves = any(in_class(verb.lemma_, name, part.language) for name in ("leaving", "staying"))
    if subject is None:
        return _of_clause(before, part, verb.head) if leaves and verb.dep_ == "conj" else None
    if _is_event(part, subject) and _dates_events(part, verb):
        return _latest(before)
    if not leaves:
        return None
    travellers = is_group(subject.lemma_, part.language)
    if travellers or subject.lower_ in _PRONOUNS:
        return _latest(before)
    mention = part.at(subject)
    number = reading.entities.of(mention).number if mention else None
    return _latest(trip for trip in before if number in trip.visitors or number in trip.leaders)


def signing_dates(reading: Reading) -> Iterator[tuple[int, DateMention]]:
    """Give each day on which a signing was, with its block: "The signing ceremony was held on 5 May"."""
    for part in body_parts(reading.parts):
        for found in reading.past_dates:
            if part.block.start <= found.start < part.block.end and is_usable(found) and found.precision == "day":
                verb = verb_of(part, found)
                subject = verb and next((child for child in verb.children if child.dep_ in _SUBJECT), None)
                if verb and subject and _is_signing(part, subject) and _dates_events(part, verb):
                    yield part.index, found


def _is_signing(part: Part, subject: Token) -> bool:
    """Tell whether a noun is the signing just told: "the ceremony", «церемония подписания»."""
    return in_class(subject.lemma_, "signings", part.language) and _is_event(part, subject)


def _told_before(trip: Trip, part: Part, verb: Token) -> bool:
    offset = part.offset(verb)
    return any(s.offset < offset and part.index - s.part.index <= _REACH for s in trip.sightings)


def _of_clause(trips: Iterable[Trip], part: Part, trigger: Token) -> Trip | None:
    """Give the trip with a sighting at a token: "arrived on Monday and left on Friday"."""
    return _latest(trip for trip in trips if any(s.part is part and s.trigger.i == trigger.i for s in trip.sightings))


def _latest(trips: Iterable[Trip]) -> Trip | None:
    return max(trips, key=lambda trip: max(s.offset for s in trip.sightings), default=None)


def _is_event(part: Part, subject: Token) -> bool:
    """Tell whether a noun means the event just told: "the meeting"; not "the next meeting", "the Oslo meeting"."""
    if not in_class(subject.lemma_, "occasions", part.language):
        return False
    return not any(
        part.at(token) or in_class(token.lemma_, "other", part.language) or token.dep_.startswith("acl")
        for token in subject.subtree
        if token.i != subject.i
    )


def _dates_events(part: Part, verb: Token) -> bool:
    return any(in_class(verb.lemma_, name, part.language) for name in ("holding", "endings", "staying"))


def _close(found: DateMention, trip: Trip) -> bool:
    """Tell whether a day can belong to a trip whose days are known."""
    if not found.first or not found.last:
        return False
    return all(
        not known.first
        or not known.last
        or max(found.last, known.last) - min(found.first, known.first) <= max(LONGEST_TRIP, known.last - known.first)
        for known in trip.dates
    )
