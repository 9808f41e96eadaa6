"""Values of the way from matches to agreements; every step takes some and gives new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coopex.dates import DateMention
from coopex.events.argument import Argument
from coopex.matching.engine import Match
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Actor

SLOTS = ("parties", "signatories")
_STATUS = {
    "planned": "planned",
    "proposed": "proposed",
    "ended": "ended",
    "postponed": "planned",
    "moved": "planned",
    "cancelled": "ended",
    "ongoing": "proposed",
}


@dataclass(frozen=True, slots=True)
class StatusCue:
    """What one clause says of the status: an effect, None for a plain signature, and the word that says it.

    A `bare` mention ("the agreement with Peru") says nothing beside one that is not.
    """

    effect: str | None
    part: Part
    cue: Token | None
    bare: bool = False

    @property
    def status(self) -> str:
        """Status that this clause alone would give."""
        return _STATUS.get(self.effect or "", "signed")


@dataclass(frozen=True, slots=True)
class ToldParty:
    """An actor that a rule names at an instrument noun: its slot there, the frame of the rule, and by which way."""

    actor: Actor
    slot: str
    frame: str
    way: str


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """One mention of an agreement: the instrument noun (or the verb where there is none) and what rules say there.

    `trigger` is the word that the strongest rule fired at, else the head itself. `means_both` says that the parties are
    called both or several without a name ("the two sides"). `denied` ones were not signed: "refused to sign".
    """

    part: Part
    head: Token
    trigger: Token
    kind: str
    matches: tuple[Match, ...] = ()
    told: tuple[ToldParty, ...] = ()
    places: tuple[Actor, ...] = ()
    status_cues: tuple[StatusCue, ...] = ()
    means_both: bool = False
    has_noun: bool = True
    denied: bool = False
    date: DateMention | None = None
    loose_date: DateMention | None = None

    @property
    def sentence(self) -> tuple[int, int]:
        """Key of the sentence: number of the part and of its first token."""
        return self.part.index, self.part.sentence(self.head).start

    @property
    def offset(self) -> int:
        """Character offset of the head in the text."""
        return self.part.offset(self.head)

    @property
    def status(self) -> str:
        """Status that this mention alone would give."""
        return combine_status(self.status_cues)

    @property
    def frames(self) -> frozenset[str]:
        """Frames of the rules that fired at it: signing, naming, negotiation and the like."""
        return frozenset(match.rule.frame for match in self.matches)

    @property
    def parties(self) -> list[Actor]:
        """Bodies and places that rules name as parties."""
        return [each.actor for each in self.told if each.actor.entity.kind != "person"]

    @property
    def signers(self) -> list[Actor]:
        """Persons that rules name as signing."""
        return [each.actor for each in self.told if each.actor.entity.kind == "person"]


@dataclass(frozen=True)
class AgreementCandidate:
    """Mentions that tell of one agreement, with the reason why each joined and why other candidates are others."""

    mentions: tuple[AgreementMention, ...]
    reasons: tuple[str, ...] = ("first mention",)
    apart: tuple[tuple[int, str], ...] = ()

    def joined_by(self, mention: AgreementMention, reason: str) -> AgreementCandidate:
        """Return the candidate with one more mention."""
        return AgreementCandidate((*self.mentions, mention), (*self.reasons, reason), self.apart)

    @cached_property
    def parties(self) -> Mapping[int, Actor]:
        """Parties by rules, by the number of their entity, the first mention of each."""
        return _by_entity(actor for mention in self.mentions for actor in mention.parties)

    @cached_property
    def signers(self) -> Mapping[int, Actor]:
        """Persons that rules name as signing."""
        return _by_entity(actor for mention in self.mentions for actor in mention.signers)

    @cached_property
    def kind(self) -> str:
        """Kind: that of the first mention in the text that names one, else in the headline."""
        text = [m.kind for m in self.mentions if m.kind != "other" and m.part.block.kind != "title"]
        return next(iter([*text, *(m.kind for m in self.mentions if m.kind != "other")]), "other")

    @cached_property
    def status(self) -> str:
        """Status: an end that no renewal follows wins, then a signature, then the first plan or proposal.

        "The contract, which expired in 2019, was extended" → signed
        """
        return combine_status([cue for mention in self.mentions for cue in mention.status_cues])

    @property
    def status_cue(self) -> StatusCue | None:
        """The clause with the word that gives the agreement its status."""
        cues = (cue for mention in self.mentions for cue in mention.status_cues)
        return next((said for said in cues if said.cue is not None and said.status == self.status), None)

    @property
    def date(self) -> DateMention | None:
        """Date that its own clauses tell, else the only one of their sentences."""
        own = [mention.date for mention in self.mentions if mention.date]
        return next(iter([*own, *(m.loose_date for m in self.mentions if m.loose_date)]), None)

    @property
    def headline_only(self) -> bool:
        """Whether only the headline tells of it so far."""
        return all(mention.part.block.kind == "title" for mention in self.mentions)

    @property
    def offset(self) -> int:
        """Character offset of the first mention."""
        return self.mentions[0].offset


@dataclass(frozen=True)
class AgreementEvent:
    """An agreement with its decided slots; `probability` says how likely it is one of the text.

    `rejected` holds arguments that were weighed and left out, for `explain`.
    """

    candidate: AgreementCandidate
    arguments: tuple[Argument, ...]
    rejected: tuple[Argument, ...]
    probability: float
    features: Mapping[str, float]
    date: DateMention | None = None

    @property
    def is_possible(self) -> bool:
        """Whether somebody is bound, and not only a refusal is told."""
        return bool(self.parties or self.signatories) and not all(mention.denied for mention in self.mentions)

    @property
    def mentions(self) -> tuple[AgreementMention, ...]:
        """Mentions that tell of it."""
        return self.candidate.mentions

    @property
    def kind(self) -> str:
        """Kind: memorandum, contract and the like."""
        return self.candidate.kind

    @property
    def status(self) -> str:
        """Status: signed, planned, proposed or ended."""
        return self.candidate.status

    def in_slot(self, slot: str) -> dict[int, Actor]:
        """Return the fillers of a slot by the number of their entity."""
        return {each.actor.entity.number: each.actor for each in self.arguments if each.slot == slot}

    @cached_property
    def parties(self) -> dict[int, Actor]:
        """Bodies, states and towns bound."""
        return self.in_slot("parties")

    @cached_property
    def signatories(self) -> dict[int, Actor]:
        """Persons who sign."""
        return self.in_slot("signatories")

    @cached_property
    def places(self) -> dict[int, Actor]:
        """Where it was signed."""
        return dict(_by_entity(actor for mention in self.mentions for actor in mention.places))


def combine_status(cues: Sequence[StatusCue]) -> str:
    """Return the status that several clauses give: an end that no renewal follows, then a signature, then a plan."""
    telling = [said for said in cues if not said.bare]
    renewed = max((i for i, said in enumerate(telling) if said.effect == "renewed"), default=-1)
    found = [said.status for i, said in enumerate(telling) if i >= renewed or said.status != "ended"]
    return next((status for status in ("ended", "signed") if status in found), found[0] if found else "signed")


def _by_entity(actors: Iterable[Actor]) -> dict[int, Actor]:
    found: dict[int, Actor] = {}
    for actor in actors:
        found.setdefault(actor.entity.number, actor)
    return found
