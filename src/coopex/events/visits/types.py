"""Values of the way from matches to visits; every step takes some and gives new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from coopex.dates import DateMention
from coopex.events.argument import Argument
from coopex.matching.rules import Rule
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.cues import Cues
from coopex.resolve.reading import Actor

SLOTS = ("visitors", "leaders", "hosts", "places")
_STATUS = {
    "planned": "planned",
    "proposed": "proposed",
    "cancelled": "cancelled",
    "postponed": "cancelled",
    "moved": "planned",
    "ongoing": "ongoing",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a frame reads off a match: who is told of in which slot, and what speaks against a visit.

    `attendees` are people whose side the clause leaves open, `both` those of both sides of a meeting. `is_group` says
    that the visitors are only referred to ("the delegation"), `by_pronoun` that they are only meant by a pronoun,
    `received` that a host receives them. `doubts` name what makes it unlikely that anybody travelled.
    """

    visitors: tuple[Actor, ...] = ()
    leaders: tuple[Actor, ...] = ()
    hosts: tuple[Actor, ...] = ()
    places: tuple[Actor, ...] = ()
    companions: tuple[Actor, ...] = ()
    attendees: tuple[Actor, ...] = ()
    both: tuple[Actor, ...] = ()
    side: str | None = None
    is_group: bool = False
    received: bool = False
    by_pronoun: bool = False
    at_invitation: bool = False
    effect: str | None = None
    doubts: tuple[str, ...] = ()

    def in_slot(self, slot: str) -> tuple[Actor, ...]:
        """Return the actors of one of the four slots of a visit."""
        return getattr(self, slot)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class VisitMention:
    """One match that may tell of a visit: who, where, when as far as its clause says.

    `groups` holds the tokens of the nouns for those who come, `meant` whom such a noun was found to mean, `fellows`
    who travelled by other clauses of the sentence about the same people. `vague` says that the status is open (a
    headline in the present tense), `there` that the goal is the place just told of. `others` are the entities of the
    other half of a sentence whose second verb is left out (`is_gapped` in that half).
    """

    rule: Rule
    part: Part
    trigger: Token
    told: Told
    effect: str | None
    cue: Token | None
    cues: Cues
    groups: frozenset[int] = frozenset()
    meant: tuple[Actor, ...] = ()
    fellows: tuple[Actor, ...] = ()
    lacking: tuple[str, ...] = ()
    date: DateMention | None = None
    loose_date: DateMention | None = None
    days: int | None = None
    vague: bool = False
    there: bool = False
    is_gapped: bool = False
    others: frozenset[int] = frozenset()

    @property
    def sentence(self) -> tuple[int, int]:
        """Key of the sentence: number of the part and of its first token."""
        return self.part.index, self.part.sentence(self.trigger).start

    @property
    def offset(self) -> int:
        """Character offset of the trigger in the text."""
        return self.part.offset(self.trigger)

    @property
    def travellers(self) -> list[Actor]:
        """Those who travelled, by this clause and by others of the sentence about the same people."""
        return [*self.told.visitors, *self.told.leaders, *self.fellows]

    @property
    def status(self) -> str:
        """Status that this clause gives the visit."""
        return _STATUS.get(self.effect or "", "occurred")


@dataclass(frozen=True)
class VisitCandidate:
    """Mentions that tell of one visit, with the reason why each joined.

    `apart` gives the offset of each candidate told of before, and why this one is another.
    """

    mentions: tuple[VisitMention, ...]
    reasons: tuple[str, ...] = ("first mention",)
    apart: tuple[tuple[int, str], ...] = ()

    def joined_by(self, mention: VisitMention, reason: str) -> VisitCandidate:
        """Return the candidate with one more mention."""
        return VisitCandidate((*self.mentions, mention), (*self.reasons, reason), self.apart)

    @cached_property
    def told(self) -> Mapping[str, dict[int, Actor]]:
        """Actors that rules put into each slot, by the number of their entity, the first mention of each."""
        return {slot: _by_entity(a for m in self.mentions for a in m.told.in_slot(slot)) for slot in SLOTS}

    @cached_property
    def came(self) -> dict[int, Actor]:
        """Visitors and leaders by rules."""
        return {**self.told["visitors"], **self.told["leaders"]}

    @cached_property
    def received(self) -> dict[int, Actor]:
        """Hosts and places by rules."""
        return {**self.told["hosts"], **self.told["places"]}

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates that the mentions give."""
        return [mention.date for mention in self.mentions if mention.date]

    @cached_property
    def status(self) -> str:
        """Status: cancelled wins, then that "the visit took place", then what the first definite mention says."""
        whole = [mention for mention in self.mentions if not mention.lacking] or self.mentions
        telling = [mention for mention in whole if not mention.vague]
        known = [m.status for i, m in enumerate(telling) if i == 0 or not m.told.is_group] or ["occurred"]
        if any(mention.status == "cancelled" and not mention.vague for mention in self.mentions):
            return "cancelled"
        if any(mention.effect == "realised" for mention in self.mentions):
            return "occurred"
        if "occurred" in known:
            return "ongoing" if known[0] == "ongoing" else "occurred"
        return known[0]

    @property
    def firm(self) -> bool:
        """Whether it did or does take place."""
        return self.status in {"occurred", "ongoing"}

    @cached_property
    def others(self) -> frozenset[int]:
        """Entities that only the other half of a sentence names, whose second verb is left out."""
        own = {number for slot in SLOTS for number in self.told[slot]}
        return frozenset(number for mention in self.mentions for number in mention.others) - own

    @cached_property
    def may_be_visit(self) -> bool:
        """Whether a rule that creates visits found all that it asks for."""
        return any(m.rule.creates == "visit" and not m.lacking for m in self.mentions)


@dataclass(frozen=True)
class VisitEvent:
    """A visit with its decided slots; `probability` says how likely the text tells of it.

    `rejected` holds arguments that were weighed and left out, for `explain`.
    """

    candidate: VisitCandidate
    arguments: tuple[Argument, ...]
    rejected: tuple[Argument, ...]
    probability: float
    features: Mapping[str, float]
    date: DateMention | None = None

    @property
    def mentions(self) -> tuple[VisitMention, ...]:
        """Mentions that tell of it."""
        return self.candidate.mentions

    @property
    def status(self) -> str:
        """Status: occurred, ongoing, planned, proposed or cancelled."""
        return self.candidate.status

    @property
    def firm(self) -> bool:
        """Whether it did or does take place."""
        return self.candidate.firm

    @property
    def is_possible(self) -> bool:
        """Whether it has a traveller, or a stated group and where or to whom it went."""
        if self.visitors or self.leaders:
            return True
        states_group = any(mention.groups for mention in self.mentions)
        return states_group and bool(self.places or self.hosts)

    def in_slot(self, slot: str) -> dict[int, Actor]:
        """Return the fillers of a slot by the number of their entity."""
        return {each.actor.entity.number: each.actor for each in self.arguments if each.slot == slot}

    @cached_property
    def visitors(self) -> dict[int, Actor]:
        """Those who came."""
        return self.in_slot("visitors")

    @cached_property
    def leaders(self) -> dict[int, Actor]:
        """Persons who head those who came."""
        return self.in_slot("leaders")

    @cached_property
    def hosts(self) -> dict[int, Actor]:
        """Those who received them."""
        return self.in_slot("hosts")

    @cached_property
    def places(self) -> dict[int, Actor]:
        """Where it took place."""
        return self.in_slot("places")


def _by_entity(actors: Iterable[Actor]) -> dict[int, Actor]:
    found: dict[int, Actor] = {}
    for actor in actors:
        found.setdefault(actor.entity.number, actor)
    return found
