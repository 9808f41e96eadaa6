"""What each frame of a rule reads off a match: who came, who received them, where.

A reader drops nothing: what makes a visit unlikely is told as a doubt, which the decision weighs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from coopex.events.actors import actors_in
from coopex.events.visits.types import Told
from coopex.matching.engine import Match, SlotMatch, is_instrument, is_people
from coopex.matching.lexicon import in_class
from coopex.matching.paths import prepositions
from coopex.matching.tree import Token
from coopex.resolve.reading import Actor, Reading, is_country

Reader = Callable[[Reading, Match], Told]
_PLACES = {"place", "organization"}


def read_frame(reading: Reading, match: Match) -> Told:
    """Return what the frame of a rule reads off its match.

    "The rector received a delegation from Izmir." → hosts: the rector; visitors: Izmir; a group, received
    """
    return _READERS[match.rule.frame](reading, match)


def _is_group(slots: Iterable[SlotMatch]) -> bool:
    return any(slot.phrase.reference in {"guests", "pronoun"} or slot.phrase.group for slot in slots)


def _only_refers(slots: Iterable[SlotMatch], found: Iterable[Actor]) -> bool:
    """Return whether slots name nobody but point to people: "the delegation", "they", "the rector"."""
    refers = any(
        slot.phrase.reference in {"guests", "pronoun", "post"} or slot.phrase.group or is_people(slot.phrase)
        for slot in slots
    )
    return refers and not any(not actor.mention.derived for actor in found)


def _doubts(**found: bool) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name, holds in found.items() if holds)


# --- travel --------------------------------------------------------------------------------------------------------


def _travel(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    named = [*actors_in(reading, slots), *actors_in(reading, match.slot("origins"))]
    companions = actors_in(reading, match.slot("companions"))
    places, hosts = _places(reading, match)
    leaders = actors_in(reading, match.slot("leaders"), {"person"})
    visited = match.slot("hosts")
    posts = any(f.post for slot in visited for f in slot.fillers) or any(s.phrase.reference == "post" for s in visited)
    by_hosts = any(slot.phrase.reference in {"hosts", "sides"} and not slot.fillers for slot in slots)
    return Told(
        visitors=(*named, *companions),
        leaders=tuple(leaders),
        hosts=(*actors_in(reading, visited), *hosts),
        places=tuple(places),
        companions=tuple(companions),
        is_group=_only_refers(slots, named) or (not named and match.rule.creates == "visit" and not slots),
        doubts=_doubts(the_hosts_travel=by_hosts, visits_a_person_of_no_post=bool(visited) and not posts),
    )


def _presence(reading: Reading, match: Match) -> Told:
    """ "A government delegation is in Israel this week"."""
    told = _travel(reading, match)
    words = [*match.trigger.children, *match.trigger.head.children]
    now = any(in_class(word.lower_, "at_present", match.part.language) for word in words)
    group = any(slot.phrase.group for slot in match.slot("visitors"))
    return replace(told, doubts=(*told.doubts, *_doubts(said_to_be_there_at_no_time=not (now or group))))


def _sending(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    people = any(slot.phrase.group or slot.phrase.classes & {"members", "posts"} for slot in slots)
    senders = [actor for actor in actors_in(reading, match.slot("senders")) if actor.entity.kind != "person"]
    places, hosts = _places(reading, match)
    return Told(
        visitors=(*actors_in(reading, slots), *senders),
        hosts=tuple(hosts),
        places=tuple(places),
        doubts=_doubts(sends_no_people=not people),
    )


def _trip(reading: Reading, match: Match) -> Told:
    """Read a noun for a trip; a place before it is where it goes: "calls off Vienna trip"."""
    told = _travel(reading, match)
    goals = {
        filler.mention.start
        for slot in match.slot("visitors")
        if slot.path.startswith(">compound") and not slot.phrase.group
        for filler in slot.fillers
        if filler.mention.kind == "place" and not filler.mention.derived
    }
    named = tuple(actor for actor in told.visitors if actor.mention.start in goals)
    rest = tuple(actor for actor in told.visitors if actor.mention.start not in goals)
    return replace(told, visitors=rest, places=(*named, *told.places))


def _places(reading: Reading, match: Match) -> tuple[list[Actor], list[Actor]]:
    """Return where a match leads, and whom there: a body that was visited is its host as well."""
    places, hosts = [], []
    for actor in actors_in(reading, match.slot("places")) + actors_in(reading, match.slot("sites")):
        if actor.mention.derived and actor.how != "named":
            continue  # "an exhibition of Chinese porcelain" is not in China
        if actor.entity.kind in _PLACES and actor.how != "affiliation":
            places.append(actor)
        if actor.entity.kind == "person" or (actor.entity.kind == "organization" and actor in places):
            hosts.append(actor)
    return places, hosts


# --- receiving -----------------------------------------------------------------------------------------------------


def _reception(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    found = [*actors_in(reading, slots), *actors_in(reading, match.slot("origins"))]
    group = _is_group(slots)
    people = any(actor.entity.kind == "person" or _is_inhabitants(actor) for actor in found)
    members = any(slot.phrase.classes & {"members", "posts"} and slot.phrase.fillers for slot in slots)
    merely_met = (
        match.form == "active" and not group and in_class(match.trigger.lemma_, "meeting_verbs", match.part.language)
    )
    places, hosts = _places(reading, match)
    return Told(
        visitors=tuple(found),
        hosts=(*actors_in(reading, match.slot("hosts")), *hosts),
        places=tuple(places),
        is_group=_only_refers(slots, found),
        received=True,
        doubts=_doubts(receives_no_people=not (group or people or members), merely_met=merely_met),
    )


def _is_inhabitants(actor: Actor) -> bool:
    return actor.mention.derived and actor.mention.end - actor.mention.start == 1


def _tour(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    by_pronoun = any(_means_people(reading, slot) for slot in slots)
    from_elsewhere = any(_comes_from_somewhere(slot) for slot in slots)
    found = actors_in(reading, slots)
    places, hosts = _places(reading, match)
    return Told(
        visitors=tuple(found) if by_pronoun or from_elsewhere else (),
        hosts=(*actors_in(reading, match.slot("hosts")), *hosts),
        places=tuple(places),
        is_group=_only_refers(slots, found),
        received=True,
        by_pronoun=by_pronoun,
        doubts=_doubts(shown_to_nobody_from_elsewhere=not (by_pronoun or from_elsewhere)),
    )


def _comes_from_somewhere(slot: SlotMatch) -> bool:
    """Return whether a phrase speaks of visitors: "the guests", «представителям Китая», "Chinese partners"."""
    if slot.phrase.group or slot.phrase.reference == "guests" or is_people(slot.phrase):
        return True
    return "members" in slot.phrase.classes and any(filler.mention.kind == "place" for filler in slot.phrase.fillers)


def _means_people(reading: Reading, slot: SlotMatch) -> bool:
    """Return whether a pronoun means people.

    "Rector Holm arrived. The institute showed him a nursery" → True; «Делегация прибыла. Ей показали питомник» → True;
    "The plant brought a lathe. The director showed it" → False
    """
    reference = reading.references.get((slot.phrase.part.index, slot.phrase.head.i))
    if slot.phrase.reference != "pronoun" or reference is None or not reference.actors:
        return False
    person = any(actor.entity.kind == "person" for actor in reference.actors)
    group = reference.sort == "several" or (reference.sort == "any" and slot.path != ">obj")
    return person or group


def _stop(reading: Reading, match: Match) -> Told:
    places, hosts = _places(reading, match)
    site = any(actor.entity.kind == "organization" or not is_country(actor) for actor in places)
    return Told(hosts=tuple(hosts), places=tuple(places), is_group=True, doubts=_doubts(stops_at_no_site=not site))


def _invitation(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    if match.form == "noun" and _is_at_invitation(match.trigger):
        inviting = (slot for slot in match.slot("hosts") if slot.path.startswith(">nmod"))
        return Told(hosts=tuple(actors_in(reading, inviting)), is_group=True, at_invitation=True)
    found = actors_in(reading, slots)
    return Told(
        visitors=tuple(found),
        hosts=tuple(actors_in(reading, match.slot("hosts"))),
        places=tuple(actors_in(reading, match.slot("places"), _PLACES)),
        is_group=_only_refers(slots, found),
        effect="cancelled" if match.status.effect == "cancelled" else "proposed",
    )


def _is_at_invitation(trigger: Token) -> bool:
    """Return whether visitors came "at the invitation of" someone, who is the host of the visit told of."""
    return any(case in {"at", "on", "upon", "by", "по"} for case in prepositions(trigger))


# --- meeting -------------------------------------------------------------------------------------------------------


def _meeting(reading: Reading, match: Match) -> Told:
    first, second = match.slot("visitors"), match.slot("partners")
    one, other = tuple(actors_in(reading, first)), tuple(actors_in(reading, second))
    places = tuple(actors_in(reading, match.slot("places") or match.slot("nearby"), _PLACES))
    told = Told(places=places)
    if any({"between", "между"} & set(prepositions(slot.phrase.head)) for slot in second):
        return replace(told, attendees=other, both=other)
    if not second and sum(actor.entity.kind == "person" for actor in one) > 1:
        return replace(told, attendees=one, both=one)
    if not first and other and not _is_group(second):
        return _met_somewhere(match, told, second, other)
    if _is_group(second) and not _is_group(first):
        return replace(told, visitors=other, hosts=one, is_group=_only_refers(second, other))
    if _is_group(first):
        return replace(told, visitors=one, hosts=other, is_group=_only_refers(first, one))
    if not one and not other:
        return replace(told, is_group=True, doubts=("nobody is met",))
    return replace(told, visitors=one, hosts=other, attendees=(*one, *other))


def _met_somewhere(match: Match, told: Told, slots: tuple[SlotMatch, ...], people: tuple[Actor, ...]) -> Told:
    """Read a meeting that names one side: "a meeting with Li Wei at the plant"."""
    if any(actor.entity.kind == "organization" for actor in told.places):
        return replace(told, visitors=people, hosts=told.places, received=True)
    sat = match.trigger.lemma_.lower() in {"meeting", "встреча", "meet", "встретиться"}
    persons = any(
        slot.phrase.classes & {"members", "posts"} or any(f.mention.kind == "person" for f in slot.fillers)
        for slot in slots
    )
    doubts = _doubts(met_by_no_person=not (sat or persons))
    return replace(told, hosts=people, attendees=people, is_group=True, doubts=doubts)


def _representation(reading: Reading, match: Match) -> Told:
    """ "The Nepalese side was represented by Energy Minister Bishnu Rai": he sits on the side of his country."""
    sides = match.slot("sides")
    side = None
    for slot in sides:
        words = {child.lemma_.lower() for child in slot.phrase.head.children}
        if words & {"принимающий", "host", "hosting", "receiving", "встречающий"}:
            side = "hosts"
        elif words & {"visiting", "гостевой", "приезжий"} or slot.phrase.group:
            side = "visitors"
    return Told(
        attendees=tuple(actors_in(reading, match.slot("attendees"), {"person"})),
        hosts=tuple(actor for actor in actors_in(reading, sides) if actor.entity.kind != "person"),
        side=side,
    )


def _attendance(reading: Reading, match: Match) -> Told:
    places = actors_in(reading, match.slot("places"), _PLACES)
    attending = match.slot("attendees")
    return Told(
        attendees=tuple(actors_in(reading, attending)),
        hosts=tuple(actors_in(reading, match.slot("sides"))),
        places=tuple(actor for actor in places if not actor.mention.derived),  # "Chinese talks" may be anywhere
        doubts=_doubts(attended_by_no_group=not any(slot.phrase.group for slot in attending)),
    )


# --- the visiting side ---------------------------------------------------------------------------------------------


def _leadership(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    leaders = actors_in(reading, match.slot("leaders"))
    persons = tuple(actor for actor in leaders if actor.entity.kind == "person")
    if not match.rule.triggers["en"] and not match.rule.triggers["ru"]:  # a fixed phrase: "headed by"
        return _headed(reading, match, slots, persons[:1])
    led = actors_in(reading, slots, pronouns=False)
    places, hosts = _places(reading, match)
    return Told(
        visitors=(*led, *(actor for actor in leaders if actor.entity.kind != "person")),
        leaders=persons,
        hosts=tuple(hosts),
        places=tuple(places),
        is_group=_only_refers(slots, led),
        doubts=_doubts(leads_no_group=not _is_group(slots)),
    )


def _headed(reading: Reading, match: Match, slots: tuple[SlotMatch, ...], leaders: tuple[Actor, ...]) -> Told:
    after = match.trigger.i + 1
    if after < len(match.part.doc) and match.part.doc[after].lower_ == "of":
        return Told(leaders=leaders, is_group=True)  # "at the head of a delegation": the group stands behind
    found = actors_in(reading, slots)
    return Told(visitors=tuple(found), leaders=leaders, is_group=_only_refers(slots, found))


def _membership(reading: Reading, match: Match) -> Told:
    slots = match.slot("visitors")
    whole = actors_in(reading, slots, pronouns=False)
    members = [slot for slot in match.slot("members") if not is_instrument(match.part, slot.phrase.head)]
    return Told(
        visitors=(*whole, *actors_in(reading, members)),
        is_group=_only_refers(slots, whole),
        doubts=_doubts(members_of_no_group=not _is_group(slots)),
    )


_READERS: dict[str, Reader] = {
    "travel": _travel,
    "presence": _presence,
    "sending": _sending,
    "trip": _trip,
    "group": _travel,
    "reception": _reception,
    "tour": _tour,
    "stop": _stop,
    "briefing": _tour,
    "meeting": _meeting,
    "representation": _representation,
    "invitation": _invitation,
    "leadership": _leadership,
    "membership": _membership,
    "attendance": _attendance,
}
