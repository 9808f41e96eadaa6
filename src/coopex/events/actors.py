"""Actors in the slots of a match: named ones, bodies that a post implies, and those that references mean."""

from __future__ import annotations

from collections.abc import Iterable

from coopex.matching.engine import SlotMatch
from coopex.matching.phrases import conjuncts
from coopex.resolve.reading import Actor, Reading
from coopex.resolve.references import follow

_SEVERAL = {"parties", "partners", "signatories"}


def actors_in(
    reading: Reading, slots: Iterable[SlotMatch], kinds: set[str] | None = None, *, pronouns: bool = True
) -> list[Actor]:
    """Return the actors in some slots, each entity once, of some `kinds` only; `pronouns` are followed.

    "the rector of Brno University" → [Brno University]
    """
    found: dict[int, Actor] = {}
    for slot in slots:
        named = [reading.actor(filler) for filler in slot.fillers]
        followed = list(_followed(reading, slot, kinds, pronouns))
        for actor in [*named, *_implied(reading, slot), *followed]:
            if kinds is None or actor.entity.kind in kinds:
                found.setdefault(actor.entity.number, actor)
    return list(found.values())


def _implied(reading: Reading, slot: SlotMatch) -> list[Actor]:
    """Return the bodies of posts without a holder: "signed by the Namibian fisheries minister"."""
    if "organization" not in slot.kinds:
        return []
    heads = [(slot.phrase.part.index, token.i) for token in conjuncts(slot.phrase.head)]
    offices = [reading.offices[head] for head in heads if head in reading.offices]
    return [office.actor for office in offices if office.holder is None]


def _followed(reading: Reading, slot: SlotMatch, kinds: set[str] | None, pronouns: bool) -> Iterable[Actor]:
    """Return whom the words of a slot point back to."""
    for ref in slot.phrase.refs:
        is_pronoun = ref.kind == "pronoun"
        if (ref.token.lemma_.lower() == "it" and slot.slot != "parties") or (is_pronoun and not pronouns):
            continue  # "It was met by …": the delegation, not the last body named
        owner = is_pronoun and slot.phrase.group and ref.token.i != slot.phrase.head.i
        meant = follow(reading, slot.phrase.part, ref)
        if len(meant) > 1 and slot.slot not in _SEVERAL:
            continue  # "They toured the port": those who travelled, which the visit tells better
        for actor in meant:
            # "his delegation" need not be with him
            if actor.entity.kind in (kinds or slot.accepted) and not (owner and actor.entity.kind != "organization"):
                yield actor
