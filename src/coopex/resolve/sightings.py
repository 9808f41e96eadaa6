"""Sightings: what one match says of a trip, before sightings of the same trip are brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coopex.dates import DateMention, find_durations
from coopex.matching.engine import Match, SlotMatch, is_instrument, is_people
from coopex.matching.lexicon import in_class
from coopex.matching.paths import has, prepositions
from coopex.matching.phrases import conjuncts
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.cues import Cues, read_cues
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.references import follow
from coopex.resolve.when import any_date, date_of, event_date

_JOINING = {"visit.travel", "visit.work", "visit.come", "visit.noun", "visit.headed", "visit.lead"}
_STATUS_FREE = {
    "visit.lead",
    "visit.headed",
    "visit.head",
    "visit.at_head",
    "visit.members",
    "visit.among",
    "visit.accompany",
}
MEETING = {"visit.meet", "visit.sit_down", "visit.see"}
FOUNDING = {
    "visit.send",
    "visit.group",
    "visit.expected",
    "visit.visiting",
    "visit.travel",
    "visit.come",
    "visit.call",
    "visit.person",
    "visit.work",
    "visit.set_out",
    "visit.intend",
    "visit.stay",
    "visit.walk",
    "visit.bring",
    "visit.sit_down",
    "visit.be",
    "visit.receive",
    "visit.noun",
    "visit.invite",
    "visit.meet",
    "visit.tour",
}


@dataclass(slots=True)
class Sighting:
    """One mention of a trip: who, where, when as far as this clause tells.

    `guests` says that the visitors are only referred to ("the delegation"), `meant` whom that group was named after
    before any trip, `vague` that the status is open (a headline in the present tense); `both` holds the people of
    both sides of a meeting; `there` says that the goal is the place just told of ("went there"); `by_pronoun` that the
    visitors are only meant by a pronoun ("showed him"); `sentence` is the key of the sentence.
    """

    rule: str
    part: Part
    trigger: Token
    effect: str | None
    cue: Token | None
    visitors: list[Actor] = field(default_factory=list)
    leaders: list[Actor] = field(default_factory=list)
    hosts: list[Actor] = field(default_factory=list)
    places: list[Actor] = field(default_factory=list)
    attendees: list[Actor] = field(default_factory=list)
    both: list[Actor] = field(default_factory=list)
    meant: tuple[Actor, ...] = ()
    side: str | None = None
    guests: bool = False
    received: bool = False
    groups: frozenset[int] = frozenset()
    companions: frozenset[int] = frozenset()
    days: int | None = None
    kin: tuple[Sighting, ...] = ()
    date: DateMention | None = None
    loose_date: DateMention | None = None
    cues: Cues = field(default_factory=Cues)
    vague: bool = False
    there: bool = False
    by_pronoun: bool = False
    sentence: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.sentence = self.part.index, self.part.sentence(self.trigger).start

    @property
    def travellers(self) -> list[Actor]:
        """Who travelled, as far as this clause and those of its sentence about the same people tell."""
        return [actor for sighting in (self, *self.kin) for actor in [*sighting.visitors, *sighting.leaders]]

    @property
    def offset(self) -> int:
        """Character offset of the trigger in the text."""
        return self.part.offset(self.trigger)

    @property
    def status(self) -> str:
        """Status that this clause gives the trip."""
        known = {
            "planned": "planned",
            "proposed": "proposed",
            "cancelled": "cancelled",
            "postponed": "cancelled",
            "ongoing": "ongoing",
        }
        return known.get(self.effect or "", "occurred")


def read_sightings(reading: Reading, matches: Iterable[Match]) -> list[Sighting]:
    """Read every visit match of a text, in the order of the text."""
    chosen = [match for match in matches if match.rule.record == "visit"]
    rivals: dict[tuple[int, int], list[Token]] = {}
    for match in reading.matches:
        rivals.setdefault(reading.sentence(match.trigger, match.part), []).append(match.trigger)
    found = [_read(reading, match, rivals[reading.sentence(match.trigger, match.part)]) for match in chosen]
    return sorted((sighting for sighting in found if sighting), key=_order)


def _meant(reading: Reading, match: Match) -> tuple[Actor, ...]:
    """Give those that a group without a name was named after: "engineers of Nordvik … The guests toured the port"."""
    heads = [(match.part.index, slot.phrase.head.i) for slot in match.slot("visitors")]
    found = [reading.references[head] for head in heads if head in reading.references]
    return tuple(actor for reference in found if reference.sort == "group" for actor in reference.actors)


def _is_ahead(reading: Reading, trigger: Token, date: DateMention) -> bool:
    """Tell whether a clause in the present tells of a later day: "goes to Japan on Saturday", published on Friday."""
    past = any(has(word, "Tense", "Past") for word in (trigger, trigger.head))
    return not past and bool(reading.published and date.first and date.first > reading.published)


def _days(match: Match) -> int | None:
    """Give how many days a trip lasts: "a three-day visit" → 3."""
    sentence = match.part.sentence(match.trigger)
    found = [
        duration
        for duration in find_durations(sentence.text, match.part.language)
        if abs(duration.start + sentence.start_char - match.trigger.idx) < 60
    ]
    return found[0].days if found else None


def _order(sighting: Sighting) -> tuple[tuple[int, int], bool, int]:
    """Order by sentence; in a sentence what may found a trip comes before what only adds to it."""
    return sighting.sentence, sighting.rule not in FOUNDING, sighting.offset


def _read(reading: Reading, match: Match, rivals: list[Token]) -> Sighting | None:
    if is_sport_or_tourism(match):
        return None
    title = match.part.block.kind == "title" or match.rule.id in _STATUS_FREE
    effect: str | None = match.status.effect
    cue = match.status.cue
    if match.rule.status != "occurred" and effect in {None, "ongoing"}:
        effect, cue = match.rule.status, match.trigger  # "is expected in Harbin": the trigger says it all
    sighting = Sighting(match.rule.id, match.part, match.trigger, effect, cue, vague=title and not effect)
    if not _READERS[match.rule.id](reading, match, sighting):
        return None
    sighting.groups = frozenset(slot.phrase.head.i for slot in match.slot("visitors"))
    sighting.meant = _meant(reading, match)
    future = sighting.status in {"planned", "proposed"}
    sighting.date = date_of(reading, match.part, match.trigger, future, rivals)
    if (
        match.rule.id == "visit.be"
        and not sighting.date
        and sighting.status != "planned"
        and not _at_present(match)
        and not any(slot.phrase.group for slot in match.slot("visitors"))
    ):
        return None
    if not effect and sighting.date and _is_ahead(reading, match.trigger, sighting.date):
        sighting.effect, sighting.vague = "planned", title
    sighting.loose_date = None if sighting.date else any_date(reading, match.part, match.trigger, future)
    if future and not sighting.date and not sighting.loose_date:
        sighting.loose_date = event_date(reading, match.part, match.trigger)
    sighting.days = _days(match)
    sighting.there = any(
        in_class(child.lower_, "there", match.part.language)
        for child in match.trigger.children
        if child.dep_ == "advmod"
    )
    sighting.cues = read_cues(match.part, match.trigger)
    sighting.guests |= sighting.cues.together and match.rule.id in _JOINING
    return sighting


def is_sport_or_tourism(match: Match) -> bool:
    """Tell whether those who come are a team that plays or thousands of people."""
    return any(_plays(match.part, slot.phrase.head) or _crowd(slot.phrase.head) for slot in match.slot("visitors"))


def _crowd(head: Token) -> bool:
    """Tell whether a phrase counts people by the thousand: "received 480,000 visitors" tells of tourism."""
    numbers = [child.text.replace(",", "").replace("\xa0", "") for child in head.children if child.dep_ == "nummod"]
    return any(number.isdigit() and len(number) > 3 for number in numbers)


def _at_present(match: Match) -> bool:
    """Tell whether a clause says that it holds just now: "The minister is currently in Cuba"."""
    words = [*match.trigger.children, *match.trigger.head.children]
    return any(in_class(word.lower_, "at_present", match.part.language) for word in words)


def _plays(part: Part, head: Token) -> bool:
    """Tell whether a group came to play: "the national rugby team arrived in Lyon"."""
    return in_class(head.lemma_, "groups", part.language) and any(
        in_class(child.lemma_, "sports", part.language)
        for child in head.subtree
        if child.dep_ in {"amod", "compound", "nmod:poss"} and child.i < head.i
    )


# --- one reader per rule -----------------------------------------------------------------------------------------


def actors(
    reading: Reading, slots: Iterable[SlotMatch], kinds: set[str] | None = None, *, pronouns: bool = True
) -> list[Actor]:
    """Give the actors in some slots, without doubles; pronouns are followed unless `pronouns` is false."""
    found: dict[int, Actor] = {}
    for slot in slots:
        for filler in slot.fillers:
            actor = reading.actor(filler)
            if kinds is None or actor.entity.kind in kinds:
                found.setdefault(actor.entity.number, actor)
        for actor in _implied(reading, slot):
            if kinds is None or actor.entity.kind in kinds:
                found.setdefault(actor.entity.number, actor)
        for ref in slot.phrase.refs:
            if (ref.token.lemma_.lower() == "it" and slot.slot != "parties") or (
                ref.kind == "pronoun" and not pronouns
            ):
                continue  # "It was met by …": the delegation, not the last body named
            owner = ref.kind == "pronoun" and slot.phrase.group and ref.token.i != slot.phrase.head.i
            meant = follow(reading, slot.phrase.part, ref)
            if len(meant) > 1 and slot.slot not in {"parties", "partners", "signatories"}:
                continue  # "They toured the port": those who travelled, which the trip tells better
            wanted = kinds or slot.accepted
            for followed in meant:
                if owner and followed.entity.kind != "organization":
                    continue  # "his delegation" need not be with him
                if followed.entity.kind in wanted:
                    found.setdefault(followed.entity.number, followed)
    return list(found.values())


def _implied(reading: Reading, slot: SlotMatch) -> list[Actor]:
    """Give the bodies of posts without a holder: "signed by the Namibian fisheries minister"."""
    if "organization" not in slot.kinds:
        return []
    heads = [(slot.phrase.part.index, token.i) for token in conjuncts(slot.phrase.head)]
    offices = [reading.offices[head] for head in heads if head in reading.offices]
    return [office.actor for office in offices if office.holder is None]


def _is_guests(slots: Iterable[SlotMatch]) -> bool:
    return any(slot.phrase.reference in {"guests", "pronoun"} or slot.phrase.group for slot in slots)


def _only_reference(slots: Iterable[SlotMatch], found: list[Actor]) -> bool:
    return any(
        slot.phrase.reference in {"guests", "pronoun", "post"} or slot.phrase.group or is_people(slot.phrase)
        for slot in slots
    ) and not any(not actor.mention.derived for actor in found)


def _travel(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    if any(slot.phrase.reference in {"hosts", "sides"} and not slot.fillers for slot in slots):
        return False
    sighting.visitors = actors(reading, slots) + actors(reading, match.slot("origins"))
    sighting.guests = _only_reference(slots, sighting.visitors)
    companions = actors(reading, match.slot("companions"))
    sighting.visitors += companions
    sighting.companions = frozenset(actor.entity.number for actor in companions)
    _put_places(reading, match, sighting)
    return bool(sighting.visitors or sighting.guests or sighting.places)


def _call(reading: Reading, match: Match, sighting: Sighting) -> bool:
    sighting.hosts = actors(reading, match.slot("places"), {"person"})
    return _travel(reading, match, sighting)


def _person(reading: Reading, match: Match, sighting: Sighting) -> bool:
    """ "The envoy visited Dr. Salma Idris, vice president of the fund": who is visited for a post receives."""
    slots = match.slot("partners")
    told = any(filler.post for slot in slots for filler in slot.fillers)
    told |= any(slot.phrase.reference == "post" for slot in slots)
    sighting.hosts = actors(reading, slots)
    return told and bool(sighting.hosts) and _travel(reading, match, sighting)


def _be(reading: Reading, match: Match, sighting: Sighting) -> bool:
    """ "A government delegation is in Israel this week"; of a person only with a date, see `_read`."""
    return _travel(reading, match, sighting)


def _visiting(reading: Reading, match: Match, sighting: Sighting) -> bool:
    return match.trigger.lower_ == "visiting" and match.trigger.dep_ == "amod" and _travel(reading, match, sighting)


def _group(reading: Reading, match: Match, sighting: Sighting) -> bool:
    return match.part.block.kind == "title" and _travel(reading, match, sighting)


def _acquaint(reading: Reading, match: Match, sighting: Sighting) -> bool:
    _travel(reading, match, sighting)
    sighting.guests |= not sighting.visitors
    return bool(sighting.places)


def _send(reading: Reading, match: Match, sighting: Sighting) -> bool:
    if not any(slot.phrase.group or slot.phrase.classes & {"members", "posts"} for slot in match.slot("visitors")):
        return False
    sighting.visitors = actors(reading, match.slot("visitors")) + [
        actor for actor in actors(reading, match.slot("senders")) if actor.entity.kind != "person"
    ]
    _put_places(reading, match, sighting)
    return bool(sighting.visitors)


def _taken(reading: Reading, match: Match, sighting: Sighting) -> bool:
    return match.form == "passive" and _travel(reading, match, sighting)


def _put_places(reading: Reading, match: Match, sighting: Sighting) -> None:
    """Note where it went; a body that was visited is its host as well."""
    for actor in actors(reading, match.slot("places")) + actors(reading, match.slot("sites")):
        if actor.mention.derived and actor.how != "named":
            continue  # "an exhibition of Chinese porcelain" is not in China
        if actor.entity.kind in {"place", "organization"} and actor.how != "affiliation":
            sighting.places.append(actor)
            if actor.entity.kind == "organization":
                sighting.hosts.append(actor)
        elif actor.entity.kind == "person":
            sighting.hosts.append(actor)


def _receive(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    found = [*actors(reading, slots), *actors(reading, match.slot("origins"))]
    group = any(slot.phrase.group or slot.phrase.reference in {"guests", "pronoun"} for slot in slots)
    people = any(
        actor.entity.kind == "person" or (actor.mention.derived and actor.mention.end - actor.mention.start == 1)
        for actor in found
    )
    members = any(slot.phrase.classes & {"members", "posts"} and slot.phrase.fillers for slot in slots)
    if not (group or people or members or not slots) or _merely_met(match, group=group):
        return False
    if not slots and match.form != "passive":
        return False
    sighting.hosts = actors(reading, match.slot("hosts"))
    sighting.visitors = found
    sighting.guests = _only_reference(slots, found)
    sighting.received = True
    _put_places(reading, match, sighting)
    return bool(sighting.hosts or sighting.places or found)


def _merely_met(match: Match, *, group: bool) -> bool:
    """Tell whether "met" says no more than that two people met: "He met the rector"; "met the guests" receives."""
    return match.form == "active" and not group and in_class(match.trigger.lemma_, "meeting_verbs", match.part.language)


def _noun(reading: Reading, match: Match, sighting: Sighting) -> bool:
    found = _travel(reading, match, sighting) and bool(sighting.visitors or sighting.places)
    goals = {
        filler.mention.start
        for slot in match.slot("visitors")
        if slot.path.startswith(">compound") and not slot.phrase.group
        for filler in slot.fillers
        if filler.mention.kind == "place" and not filler.mention.derived
    }
    if goals:  # "calls off Vienna trip": a place before the noun is where it goes
        named = [actor for actor in sighting.visitors if actor.mention.start in goals]
        sighting.visitors = [actor for actor in sighting.visitors if actor.mention.start not in goals]
        sighting.places = [*named, *sighting.places]
    return found


def _tour(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    sighting.by_pronoun = any(_means_people(reading, slot) for slot in slots)
    if not sighting.by_pronoun and not any(_come_from_somewhere(slot) for slot in slots):
        return False
    sighting.visitors = actors(reading, slots)
    sighting.guests = _only_reference(slots, sighting.visitors)
    sighting.hosts = actors(reading, match.slot("hosts"))
    sighting.received = True
    _put_places(reading, match, sighting)
    return True


def _come_from_somewhere(slot: SlotMatch) -> bool:
    """Tell whether a phrase speaks of visitors: "the guests", «представителям Китая», "Chinese partners"."""
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


def _site(reading: Reading, match: Match, sighting: Sighting) -> bool:
    sighting.guests = True
    _put_places(reading, match, sighting)
    return any(actor.entity.kind == "organization" or not is_country(actor) for actor in sighting.places)


def _brief(reading: Reading, match: Match, sighting: Sighting) -> bool:
    return _tour(reading, match, sighting) and bool(sighting.hosts)


def _meet(reading: Reading, match: Match, sighting: Sighting) -> bool:
    first, second = match.slot("visitors"), match.slot("partners")
    one, other = actors(reading, first), actors(reading, second)
    where = match.slot("places") or match.slot("nearby")
    sighting.places = actors(reading, where, {"place", "organization"})
    if any(_BETWEEN & set(prepositions(slot.phrase.head)) for slot in second):
        sighting.attendees = sighting.both = other
        return len(other) > 1
    if len([actor for actor in one if actor.entity.kind == "person"]) > 1 and not second:
        sighting.attendees = sighting.both = one
        return True
    host_site = any(actor.entity.kind == "organization" for actor in sighting.places)
    if not first and other and host_site and not _is_guests(second):
        sighting.visitors, sighting.hosts, sighting.received = other, list(sighting.places), True
        return True
    if not first and other and not _is_guests(second) and _told_of_people(match, second):
        sighting.hosts, sighting.attendees, sighting.guests = other, other, True
        return True
    if _is_guests(second) and not _is_guests(first):
        sighting.visitors, sighting.hosts, sighting.guests = other, one, _only_reference(second, other)
    elif _is_guests(first):
        sighting.visitors, sighting.hosts, sighting.guests = one, other, _only_reference(first, one)
    elif not one and not other:
        sighting.guests = True
        return bool(sighting.places)
    else:
        sighting.attendees = [*one, *other]
        sighting.visitors, sighting.hosts = one, other
        return bool(one and other) or (len(one) > 1)
    return True


_BETWEEN = {"between", "между"}


def _told_of_people(match: Match, slots: Iterable[SlotMatch]) -> bool:
    """Tell whether a meeting is one of people: "a meeting with the firm", "talks with Li Wei"; not "with Iran"."""
    sat = match.trigger.lemma_.lower() in {"meeting", "встреча", "meet", "встретиться"}
    return any(
        sat or slot.phrase.classes & {"members", "posts"} or any(f.mention.kind == "person" for f in slot.fillers)
        for slot in slots
    )


def _invite(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    sighting.hosts = actors(reading, match.slot("hosts"))
    sighting.visitors = actors(reading, slots)
    sighting.guests = _only_reference(slots, sighting.visitors)
    sighting.places = actors(reading, match.slot("places"), {"place", "organization"})
    if match.form == "noun" and _at_invitation(match.trigger):
        sighting.hosts = actors(reading, (slot for slot in match.slot("hosts") if slot.path.startswith(">nmod")))
        sighting.guests, sighting.effect, sighting.cue, sighting.vague = True, None, None, True
        return bool(sighting.hosts)
    sighting.effect = sighting.effect if sighting.effect == "cancelled" else "proposed"
    return bool(sighting.places or (sighting.hosts and sighting.visitors))


def _at_invitation(trigger: Token) -> bool:
    """Tell whether visitors came "at the invitation of" someone: the inviter is the host of the trip told of."""
    return any(case in {"at", "on", "upon", "by", "по"} for case in prepositions(trigger))


def _lead(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    if not any(slot.phrase.group or slot.phrase.reference in {"guests", "pronoun"} for slot in slots):
        return False
    leaders = actors(reading, match.slot("leaders"))
    sighting.leaders = [actor for actor in leaders if actor.entity.kind == "person"]
    led = actors(reading, slots, pronouns=False)
    sighting.visitors = led + [actor for actor in leaders if actor.entity.kind != "person"]
    sighting.guests = _only_reference(slots, led)
    _put_places(reading, match, sighting)
    return bool(leaders)


def _headed(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    leaders = actors(reading, match.slot("leaders"))
    sighting.leaders = [actor for actor in leaders if actor.entity.kind == "person"][:1]
    of_group = match.trigger.i + 1 < len(match.part.doc) and match.part.doc[match.trigger.i + 1].lower_ == "of"
    if of_group:  # "Luo arrived at the head of a delegation": the group stands behind, and is not named
        sighting.guests = True
        return bool(sighting.leaders)
    sighting.visitors = actors(reading, slots)
    sighting.guests = _only_reference(slots, sighting.visitors)
    return bool(sighting.leaders)


def _bring(reading: Reading, match: Match, sighting: Sighting) -> bool:
    """ "The governor brought a delegation of entrepreneurs to Hanoi": he leads it."""
    sighting.leaders = actors(reading, match.slot("leaders"), {"person"})
    return _travel(reading, match, sighting) and bool(sighting.leaders)


def _see(reading: Reading, match: Match, sighting: Sighting) -> bool:
    """ "He will also see the president of the academy": only people of some post are called on so."""
    posts = any(filler.post for slot in match.slot("partners") for filler in slot.fillers)
    return posts and _meet(reading, match, sighting)


def _represent(reading: Reading, match: Match, sighting: Sighting) -> bool:
    """ "The Nepalese side was represented by Energy Minister Bishnu Rai": he sits on the side of his country."""
    sides = match.slot("sides")
    sighting.attendees = actors(reading, match.slot("attendees"), {"person"})
    sighting.hosts = [actor for actor in actors(reading, sides) if actor.entity.kind != "person"]
    for slot in sides:
        words = {child.lemma_.lower() for child in slot.phrase.head.children}
        if words & _RECEIVING:
            sighting.side = "hosts"
        elif words & _COMING or slot.phrase.group:
            sighting.side = "visitors"
    return bool(sighting.attendees and (sighting.hosts or sighting.side))


_RECEIVING = {"принимающий", "host", "hosting", "receiving", "встречающий"}
_COMING = {"visiting", "гостевой", "приезжий"}


def _members(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    if not any(slot.phrase.group or slot.phrase.reference in {"guests", "pronoun"} for slot in slots):
        return False
    members = [slot for slot in match.slot("members") if not is_instrument(match.part, slot.phrase.head)]
    whole = actors(reading, slots, pronouns=False)
    sighting.visitors = whole + actors(reading, members)
    sighting.guests = _only_reference(slots, whole)
    return bool(actors(reading, members))


def _accompany(reading: Reading, match: Match, sighting: Sighting) -> bool:
    slots = match.slot("visitors")
    sighting.visitors = actors(reading, slots) + actors(reading, match.slot("members"))
    sighting.guests = _only_reference(slots, actors(reading, slots))
    return bool(sighting.visitors)


def _attend(reading: Reading, match: Match, sighting: Sighting) -> bool:
    sighting.attendees = actors(reading, match.slot("attendees"))
    places = actors(reading, match.slot("places"), {"place", "organization"})
    sighting.places = [actor for actor in places if not actor.mention.derived]  # "Chinese talks" may be anywhere
    sides = match.slot("sides")
    for slot in sides:
        for actor in actors(reading, [slot]):
            sighting.hosts.append(actor)
    referred = any(slot.phrase.group for slot in match.slot("attendees"))
    return bool(sighting.attendees) or (referred and bool(sighting.places))


_READERS: dict[str, Callable[[Reading, Match, Sighting], bool]] = {
    "visit.travel": _travel,
    "visit.come": _travel,
    "visit.acquaint": _acquaint,
    "visit.send": _send,
    "visit.group": _group,
    "visit.call": _call,
    "visit.person": _person,
    "visit.work": _travel,
    "visit.set_out": _travel,
    "visit.intend": _travel,
    "visit.stay": _travel,
    "visit.walk": _travel,
    "visit.bring": _bring,
    "visit.sit_down": _meet,
    "visit.see": _see,
    "visit.represent": _represent,
    "visit.turn_up": _travel,
    "visit.be": _be,
    "visit.expected": _be,
    "visit.visiting": _visiting,
    "visit.taken": _taken,
    "visit.present": _attend,
    "visit.receive": _receive,
    "visit.noun": _noun,
    "visit.tour": _tour,
    "visit.site": _site,
    "visit.programme": _site,
    "visit.brief": _brief,
    "visit.address": _brief,
    "visit.meet": _meet,
    "visit.invite": _invite,
    "visit.lead": _lead,
    "visit.headed": _headed,
    "visit.head": _headed,
    "visit.at_head": _headed,
    "visit.members": _members,
    "visit.among": _members,
    "visit.accompany": _accompany,
    "visit.attend": _attend,
}
