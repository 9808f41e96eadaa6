"""From sightings to trips: which mentions are one trip and which are two.

A sighting joins the trip it fits best: same visitors or leader, compatible dates, places and status. A recalled,
returning or proposed trip never joins the main one. The policy is told in `docs/architecture.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from coopex.dates import DateMention
from coopex.matching.lexicon import in_class
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.cues import called_another
from coopex.resolve.sightings import FOUNDING, MEETING, Sighting

_LONGEST_GAP = 4  # days between two stops of one trip
_VETOED = -9.0  # below any sum of signs
LONGEST_TRIP = timedelta(days=21)
MOST_COMPARED = 12
"""Trips told of last, and instruments, with which a new mention is compared: twice as many as any of 169 news texts
tells of; a calendar of a thousand events would be compared with itself."""


@dataclass(slots=True)
class Trip:
    """One trip: its sightings and the actors they gave, by entity number, first mention first.

    `course` holds days that the text tells of it besides, see `resolve/course.py`; `over` says that one of them is the
    last. `apart` says of each trip found before why this one is another.
    """

    sightings: list[Sighting] = field(default_factory=list)
    visitors: dict[int, Actor] = field(default_factory=dict)
    leaders: dict[int, Actor] = field(default_factory=dict)
    hosts: dict[int, Actor] = field(default_factory=dict)
    places: dict[int, Actor] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    apart: list[tuple[Trip, str]] = field(default_factory=list)
    date: DateMention | None = None
    course: list[DateMention] = field(default_factory=list)
    over: bool = False

    @property
    def came(self) -> dict[int, Actor]:
        """Those who travelled: visitors and leaders."""
        return {**self.visitors, **self.leaders}

    @property
    def received(self) -> dict[int, Actor]:
        """Those who received them and where they were."""
        return {**self.hosts, **self.places}

    @property
    def dates(self) -> list[DateMention]:
        """Dates that its sightings gave."""
        return [sighting.date for sighting in self.sightings if sighting.date]

    @property
    def status(self) -> str:
        """Status of the trip: cancelled wins, then what the first definite sighting says."""
        telling = [sighting for sighting in self.sightings if not sighting.vague]
        known = [s.status for i, s in enumerate(telling) if i == 0 or not s.guests] or ["occurred"]
        if any(sighting.status == "cancelled" for sighting in telling):
            return "cancelled"
        if "occurred" in known:
            return "ongoing" if known[0] == "ongoing" else "occurred"
        return known[0]

    @property
    def firm(self) -> bool:
        """Whether it did or does take place."""
        return self.status in {"occurred", "ongoing"}


def assemble_trips(reading: Reading, sightings: Iterable[Sighting]) -> list[Trip]:
    """Bring the sightings of each trip together, in the order of the text."""
    assembly = _Assembly(reading)
    for _, group in groupby(sightings, key=lambda sighting: sighting.sentence):
        members = list(group)
        for sighting in members:
            sighting.kin = tuple(other for other in members if other is not sighting and _kindred(sighting, other))
        left = [sighting for sighting in members if not assembly.place(sighting)]
        for sighting in left:  # a trip may have been founded later in the sentence
            assembly.place(sighting)
    return [trip for trip in assembly.trips if trip.visitors or trip.leaders]


def _kindred(a: Sighting, b: Sighting) -> bool:
    """Tell whether two clauses of a sentence speak of the same travellers: "a delegation led by Li Wei visited"."""
    people = {actor.entity.number for actor in [*a.visitors, *a.leaders] if not is_country(actor)}
    if a.rule == "visit.meet" and b.rule == "visit.lead":
        people |= {actor.entity.number for actor in a.attendees}  # "met with Nader, who led a delegation"
    return bool(a.groups & b.groups) or any(actor.entity.number in people for actor in [*b.visitors, *b.leaders])


class _Assembly:
    """Trips found so far and the one told of last."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.trips: list[Trip] = []
        self.current: Trip | None = None

    def place(self, sighting: Sighting) -> bool:
        """Put a sighting into the trip it fits best, or found a trip with it; False when neither works."""
        if sighting.cues.remote or (sighting.cues.generic and sighting.guests):
            return True
        orient(self.reading, sighting, self.current)
        first = max(0, len(self.trips) - MOST_COMPARED)
        recent = enumerate(self.trips[first:], start=first)
        scored = [(fit(self.reading, trip, sighting, self.current), i) for i, trip in recent]
        best = max(scored, default=((0.0, ""), -1), key=lambda item: (item[0][0], item[1]))
        if best[0][0] >= 1:
            self.current = self.trips[best[1]]
            join(self.current, sighting, best[0][1])
        elif founds(self.reading, sighting):
            if not sighting.travellers:
                sighting.visitors = list(sighting.meant)
            self.current = Trip(apart=[(self.trips[i], _why_not(score, why)) for (score, why), i in scored])
            join(self.current, sighting, "first mention")
            self.trips.append(self.current)
        else:
            return False
        return True


def _why_not(score: float, reason: str) -> str:
    """Say why a sighting did not join a trip: "another date", or how little spoke for it."""
    if score == _VETOED:
        return reason
    return f"too little in common ({reason})" if reason else "nothing in common"


def founds(reading: Reading, sighting: Sighting) -> bool:
    """Tell whether a sighting says enough to stand for a trip of its own."""
    if sighting.cues.generic:
        return False
    if sighting.rule in {"visit.lead", "visit.headed", "visit.head", "visit.at_head"}:
        return bool(sighting.leaders and (sighting.visitors or sighting.places))
    if sighting.rule not in FOUNDING:
        return False
    if sighting.rule in MEETING and not _foreign(reading, sighting):
        return False
    named = [*sighting.visitors, *sighting.leaders]
    if sighting.rule in MEETING and sighting.attendees and not named:
        return False
    named = named or list(sighting.meant)
    if not named and not (sighting.guests and (sighting.hosts or sighting.date)):
        return False
    if sighting.rule == "visit.tour" and (sighting.by_pronoun or not (sighting.places or sighting.hosts)):
        return False  # "The accountant retired. The plant showed him its archive": nobody travelled
    if sighting.cues.returning and named:
        return True
    if sighting.status == "cancelled" and named:
        return True
    here = sighting.rule == "visit.visiting" and reading.dateline_country is not None
    return bool(sighting.places or sighting.hosts or sighting.date or sighting.vague or sighting.received or here)


def _foreign(reading: Reading, sighting: Sighting) -> bool:
    if sighting.guests or any(actor.how == "origin" for actor in sighting.visitors):
        return True
    from_where = countries(reading, sighting.visitors) - {reading.dateline_country}
    if sighting.received and from_where:
        return True
    place = _where(reading, sighting)
    ours = countries(reading, sighting.visitors)
    theirs = countries(reading, sighting.hosts)
    return bool(place and (place in theirs or place in ours) and ours != theirs)


def _where(reading: Reading, sighting: Sighting) -> str | None:
    """Country where a meeting takes place: its own place, else that of the dateline."""
    for actor in sighting.places:
        if actor.entity.country:
            return actor.entity.country
    return reading.dateline_country


def country(reading: Reading, actor: Actor) -> str | None:
    """Country that an actor belongs to."""
    if actor.entity.country:
        return actor.entity.country
    return next((body.entity.country for body in reading.bodies_of(actor.entity) if body.entity.country), None)


def countries(reading: Reading, actors: Iterable[Actor]) -> set[str]:
    """Countries that some actors belong to, as far as they are known."""
    return {code for actor in actors if (code := country(reading, actor))}


def _own_countries(actors: Iterable[Actor]) -> set[str]:
    """Countries of some actors by their names alone, their bodies left out."""
    return {actor.entity.country for actor in actors if actor.entity.country}


def orient(reading: Reading, sighting: Sighting, current: Trip | None) -> None:
    """Decide who travelled to a meeting: "met" itself does not say."""
    if sighting.rule in {"visit.attend", "visit.present", "visit.represent"}:
        _seat(reading, sighting, current)
        return
    if sighting.rule in {"visit.accompany", "visit.among"} and current:
        _leave_locals(reading, sighting, current)
    if sighting.rule == "visit.receive" and current and _met_abroad(sighting, current):
        sighting.visitors, sighting.hosts = sighting.hosts, sighting.visitors
    if sighting.rule not in MEETING or not sighting.attendees:
        return
    known = current.visitors if current else {}
    hosting = current.hosts if current else {}
    place = _where(reading, sighting) or (_trip_country(current) if current else None)
    if sighting.both:
        sighting.visitors, sighting.hosts = _both_sides(reading, sighting.both, place, current)
        return
    first, second = sighting.visitors, sighting.hosts
    led = {actor.entity.number: actor for kin in sighting.kin if kin.rule == "visit.lead" for actor in kin.leaders}
    if led and _share(first, led) != _share(second, led):
        came, stayed = (first, second) if _share(first, led) else (second, first)
        sighting.visitors, sighting.hosts, sighting.guests = came, stayed, True
        return
    if not first and current and _compatriots(reading, second, current):
        sighting.visitors, sighting.hosts = second, []
        return
    if (
        _share(_distinct(second), known)
        or _share(_distinct(first), hosting)
        or (place and _all_from(reading, first, place) and not _share(_distinct(first), known))
    ):
        sighting.visitors, sighting.hosts = second, first


def _both_sides(
    reading: Reading, people: list[Actor], place: str | None, current: Trip | None
) -> tuple[list[Actor], list[Actor]]:
    """Part those who met into visitors and hosts, by the country where they met.

    "talks in Lima between the Peruvian minister and the head of Petronas" → the head came; both stay out when neither
    is of the country, or nothing tells.
    """
    if current and _share(_distinct(people), current.came):
        came = [actor for actor in people if actor.entity.number in current.came]
    else:
        at_home = [actor for actor in people if country(reading, actor) == place]
        foreign = [actor for actor in people if country(reading, actor) not in {place, None}]
        came = foreign if at_home else []
        if at_home and not foreign:
            came = [actor for actor in people if country(reading, actor) is None]
        if foreign and not at_home and len(countries(reading, foreign)) == 1:
            came = foreign if len(foreign) < len(people) else []
    came = came if place else []
    return came, [actor for actor in people if actor not in came] if came else []


def _compatriots(reading: Reading, actors: list[Actor], trip: Trip) -> bool:
    """Tell whether all of some people are of the visitors' country, and none of a host's."""
    coming = countries(reading, trip.came.values())
    visited = countries(reading, trip.received.values())
    own = {country(reading, actor) for actor in actors}
    return bool(own) and own <= coming and not own & visited


def _leave_locals(reading: Reading, sighting: Sighting, current: Trip) -> None:
    """Make hosts of those who go along in their own country: "toured the cannery, accompanied by Minister Morel"."""
    visited = countries(reading, current.received.values())
    coming = countries(reading, current.came.values())
    local = [actor for actor in sighting.visitors if country(reading, actor) in visited - coming]
    sighting.visitors = [actor for actor in sighting.visitors if actor not in local]
    sighting.hosts = [*sighting.hosts, *local]


def _met_abroad(sighting: Sighting, current: Trip) -> bool:
    """Tell whether who "met" somebody is the traveller told of: "During the trip, Ahn will meet the minister"."""
    return (
        in_class(sighting.trigger.lemma_, "meeting_verbs", sighting.part.language)
        and _share(_distinct(sighting.hosts), current.visitors)
        and not _share(_distinct(sighting.visitors), current.visitors)
    )


def _distinct(actors: Iterable[Actor]) -> list[Actor]:
    """Leave out countries and what only qualifies a person: "the Cuba friendship group" makes nobody Cuban."""
    return [actor for actor in actors if not is_country(actor) and actor.how != "affiliation"]


def _all_from(reading: Reading, actors: list[Actor], place: str) -> bool:
    return bool(actors) and all(country(reading, actor) == place for actor in actors)


def _share(actors: Iterable[Actor], known: dict[int, Actor]) -> bool:
    return any(actor.entity.number in known for actor in actors)


def _trip_country(trip: Trip) -> str | None:
    return next((actor.entity.country for actor in trip.places.values() if actor.entity.country), None)


def _seat(reading: Reading, sighting: Sighting, current: Trip | None) -> None:
    """Seat the people who attended on the side of their country or body; the host's side when nothing tells."""
    sides = {actor.entity.number for actor in sighting.hosts}
    guests = current.came if current else {}
    visiting = countries(reading, guests.values())
    of_side = countries(reading, sighting.hosts)
    visited = countries(reading, current.places.values()) if current else set()
    to_guests = bool(sides & set(guests)) or bool(of_side and of_side <= visiting) or sighting.side == "visitors"
    to_guests |= bool(of_side and visited - visiting and not of_side & visited)
    told = bool(current and _share(sighting.hosts, current.received)) or sighting.side == "hosts"
    if sighting.rule == "visit.represent" and not (to_guests or told or of_side - visiting):
        sighting.hosts, sighting.attendees = [], []  # a body of no known side
    sighting.hosts = []
    for actor in sighting.attendees:
        own = country(reading, actor)
        bodies = {body.entity.number for body in reading.bodies_of(actor.entity)}
        is_guest = to_guests or (not sides and (own in visiting if own else bool(bodies & set(guests))))
        (sighting.visitors if is_guest else sighting.hosts).append(actor)
    sighting.guests = True


def fit(reading: Reading, trip: Trip, sighting: Sighting, current: Trip | None) -> tuple[float, str]:
    """Score how well a sighting fits a trip, with the reason; 0 or less: not the same trip."""
    veto = _veto(reading, trip, sighting)
    if veto:
        return _VETOED, veto
    points, reasons = 0.0, []
    for weight, holds, reason in _signs(reading, trip, sighting, current):
        if holds:
            points += weight
            reasons.append(reason)
    return points, ", ".join(reasons)


def _signs(reading: Reading, trip: Trip, sighting: Sighting, current: Trip | None) -> list[tuple[float, bool, str]]:
    travellers = sighting.travellers
    named = [actor for actor in travellers if not actor.mention.derived]
    visiting = countries(reading, trip.visitors.values())
    coming = countries(reading, travellers)
    specific = [actor for actor in travellers if not is_country(actor)]
    same_sentence = _same_sentence(trip, sighting)
    return [
        (5.0, _same_group(trip, sighting), "the same group"),
        (2.0, _share(specific, trip.came), "same visitors"),
        (1.0, bool(coming & visiting) or _share(travellers, trip.visitors), "visitors of the same country"),
        (-0.8, _far(trip, sighting) and not sighting.guests, "far apart"),
        (-1.5, _other_people(trip, sighting) and not (sighting.cues.together or sighting.there), "other people"),
        (-1.0, _elsewhere(trip, sighting) and not sighting.cues.together, "others, elsewhere"),
        (1.0, sighting.there and trip is current and bool(trip.places or trip.hosts), "to the place just named"),
        (1.5, sighting.guests and trip is current, "refers to the visitors just named"),
        (0.6, sighting.guests and trip is not current, "refers to visitors"),
        (1.0, not travellers and trip is current, "no visitors named"),
        (1.0, _share(sighting.hosts, trip.hosts), "same host"),
        (0.7, _share(sighting.places, trip.places) or _share(sighting.places, trip.hosts), "same place"),
        (0.5, trip is current and not named, "the trip told of last"),
        (0.5, bool(trip.dates and sighting.date and _near(trip.dates[0], sighting.date)), "same date"),
        (
            0.6,
            same_sentence
            and bool(travellers)
            and sighting.rule
            in {
                "visit.lead",
                "visit.headed",
                "visit.head",
                "visit.at_head",
                "visit.invite",
                "visit.members",
                "visit.among",
                "visit.accompany",
            },
            "same sentence",
        ),
        (0.5, trip.sightings[0].vague and trip.sightings[0].part.block.kind == "title", "headline"),
    ]


def _same_sentence(trip: Trip, sighting: Sighting) -> bool:
    here = sighting.sentence
    return any(other.part is sighting.part and other.sentence == here for other in trip.sightings)


def _same_group(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether the very same noun ("delegation") stands in a sighting of the trip."""
    return any(other.part is sighting.part and other.groups & sighting.groups for other in trip.sightings)


def _far(trip: Trip, sighting: Sighting) -> bool:
    return (
        sighting.part.index - max(other.part.index for other in trip.sightings) > 2
        and trip.sightings[0].part.block.kind != "title"
    )


def _other_people(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether both name people and none is the same."""
    mine = {n for n, actor in [*trip.visitors.items(), *trip.leaders.items()] if actor.entity.kind == "person"}
    new = {actor.entity.number for actor in [*sighting.visitors, *sighting.leaders] if actor.entity.kind == "person"}
    return bool(mine and new and not mine & new) and sighting.rule not in {
        "visit.members",
        "visit.among",
        "visit.accompany",
        "visit.attend",
    }


def _elsewhere(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether others are told of in another town: "the mayor of Hue arrived in Oslo", after miners in Bergen.

    Who came from one town and who from another are others wherever they went.
    """
    new, mine = _distinct(sighting.travellers), _distinct(trip.came.values())
    if not new or not mine or _share(new, trip.came):
        return False
    there, here = _towns(sighting.places), _towns(trip.places.values())
    home, other_home = _towns(new), _towns(mine)
    return bool(there and here and not there & here) or bool(home and other_home and not home & other_home)


def _towns(actors: Iterable[Actor]) -> set[int]:
    return {a.entity.number for a in actors if a.entity.kind == "place" and not is_country(a)}


def _veto(reading: Reading, trip: Trip, sighting: Sighting) -> str | None:
    if trip.dates and sighting.date and not any(_near(known, sighting.date) for known in trip.dates):
        return "another date"
    if not _status_fits(trip, sighting):
        return "another status"
    if _reversed(reading, trip, sighting):
        return "the other direction"
    if _other_country(reading, trip, sighting):
        return "visitors of another country"
    if _homeward(reading, trip, sighting):
        return "a trip to the visitors' own country"
    if _returns(trip, sighting):
        return "a return visit"
    if _another_group(sighting) and not any(_another_group(other) for other in trip.sightings):
        return "said to be another group"
    same_sentence = _same_sentence(trip, sighting)
    if (
        sighting.cues.recalled
        and not same_sentence
        and not any(other.cues.recalled for other in trip.sightings)
        and sighting.rule in FOUNDING
    ):
        return "recalled"
    return None


def _near(a: DateMention, b: DateMention) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    gap = max((max(a.first, b.first) - min(a.last, b.last)).days, 0)
    return gap <= _LONGEST_GAP


def _tells_aim(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether a noun only says what sort of trip its verb tells of: "goes to Japan for a working visit"."""
    return sighting.rule == "visit.noun" and not sighting.effect and _same_group(trip, sighting)


def _status_fits(trip: Trip, sighting: Sighting) -> bool:
    if sighting.vague or all(other.vague for other in trip.sightings) or _tells_aim(trip, sighting):
        return True
    pair = {trip.status, sighting.status}
    if "cancelled" in pair:
        return pair <= {"cancelled", "planned", "proposed"}
    if pair <= {"occurred", "ongoing"}:
        return True
    if sighting.status == "planned" and trip.status == "occurred":
        return (sighting.guests and sighting.rule != "visit.invite") or _next_stop(trip, sighting)
    if pair == {"ongoing", "planned"}:
        return sighting.guests or _same_people(trip, sighting)
    if pair == {"occurred", "planned"}:
        return sighting.guests or _next_stop(trip, sighting)
    return pair <= {"planned", "proposed"} and ("proposed" not in pair or len(pair) == 1 or sighting.guests)


_STOPS = {"visit.meet", "visit.tour", "visit.site", "visit.programme", "visit.brief", "visit.call"}


def _next_stop(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether a plan is a stop ahead of the same trip: "Luo arrived on Sunday. On Tuesday he is to inspect …"."""
    soon = any(sighting.date and known.first and _near(known, sighting.date) for known in trip.dates)
    soon |= sighting.date is None and sighting.rule in _STOPS  # "During the visit he plans to meet with the governor"
    soon |= any(other.sentence == sighting.sentence for other in trip.sightings)
    goal = _own_countries(sighting.places)
    been = _own_countries(trip.places.values())
    return soon and _same_people(trip, sighting) and not (goal and been and not goal & been)


def _same_people(trip: Trip, sighting: Sighting) -> bool:
    known = set(trip.visitors) | set(trip.leaders)
    return any(actor.entity.number in known and not is_country(actor) for actor in sighting.travellers)


def _reversed(reading: Reading, trip: Trip, sighting: Sighting) -> bool:
    travellers = [*sighting.visitors, *sighting.leaders]
    if _share(travellers, trip.came):
        return False
    return _share(travellers, trip.hosts) and sighting.rule in {
        "visit.travel",
        "visit.come",
        "visit.work",
        "visit.noun",
        "visit.invite",
        "visit.set_out",
        "visit.expected",
    }


def _other_country(reading: Reading, trip: Trip, sighting: Sighting) -> bool:
    coming = countries(reading, sighting.travellers)
    known = countries(reading, trip.came.values())
    return bool(coming and known and not coming & known) and sighting.rule not in {
        "visit.members",
        "visit.accompany",
    }


def _homeward(reading: Reading, trip: Trip, sighting: Sighting) -> bool:
    """Tell whether someone goes to where the visitors come from: "The minister plans to come to Moscow in turn"."""
    home = countries(reading, trip.visitors.values())
    abroad = _own_countries(trip.places.values())
    goal = _own_countries(sighting.places)
    known = _share(sighting.travellers, trip.came)
    return bool(goal and abroad and goal <= home and not goal & abroad) and not known and sighting.status == "planned"


def _returns(trip: Trip, sighting: Sighting) -> bool:
    """Tell whether others pay a visit in return: "The rector of Hokkaido will pay a return visit to Oulu"."""
    named = _distinct(sighting.travellers)
    known = _share(named, trip.came)
    return sighting.cues.returning and bool(named) and not known and not _same_group(trip, sighting)


def _another_group(sighting: Sighting) -> bool:
    """Tell whether those who travel are called one more: "another delegation", "the second mission"."""
    language = sighting.part.language
    groups = (sighting.part.doc[i] for i in sighting.groups)
    return any(in_class(group.lemma_, "groups", language) and called_another(group, language) for group in groups)


def join(trip: Trip, sighting: Sighting, reason: str) -> None:
    """Add a sighting and its actors to a trip."""
    trip.sightings.append(sighting)
    trip.reasons.append(reason)
    for mine, new in (
        (trip.visitors, sighting.visitors),
        (trip.leaders, sighting.leaders),
        (trip.hosts, sighting.hosts),
        (trip.places, sighting.places),
    ):
        for actor in new:
            mine.setdefault(actor.entity.number, actor)
