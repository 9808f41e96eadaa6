"""Who takes part in a visit, and on which side: every entity of its passage is weighed for every slot.

The passage is the sentences that tell of the visit, those around them, and the headline. The models
"visit.visitors", "visit.leaders", "visit.hosts" and "visit.places" weigh named features; then constraints hold:
nobody is on both sides, and nobody is both visitor and place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopex.events.argument import Argument
from coopex.events.passages import Passages
from coopex.events.visits.features import ArgumentFeatures
from coopex.events.visits.surroundings import Surroundings
from coopex.events.visits.types import SLOTS, VisitCandidate
from coopex.resolve.reading import Actor, Reading
from coopex.weights import model

KINDS = {
    "visitors": {"person", "organization", "place"},
    "leaders": {"person"},
    "hosts": {"person", "organization", "place"},
    "places": {"place", "organization"},
}
"""Kinds of entities that a slot takes."""

_BEFORE, _AFTER = 1, 2  # sentences around a mention of the visit that belong to its passage


def weigh_arguments(
    reading: Reading, passages: Passages, candidate: VisitCandidate, around: Surroundings
) -> list[Argument]:
    """Return every entity of the passage of a visit as an argument of every slot that takes its kind."""
    features = ArgumentFeatures(reading, passages, candidate, around)
    return [
        Argument(actor, slot, model(f"visit.{slot}").probability(found), found)
        for actor in _actors(reading, passages, candidate, around)
        if actor.entity.number not in candidate.others
        for slot in SLOTS
        if actor.entity.kind in KINDS[slot]
        for found in [features.of(actor)]
    ]


def _actors(reading: Reading, passages: Passages, candidate: VisitCandidate, around: Surroundings) -> Iterator[Actor]:
    """Yield who may take part: those whom rules name first, then everyone mentioned in the passage."""
    found: dict[int, Actor] = {}
    for slot in SLOTS:
        for number, actor in candidate.told[slot].items():
            found.setdefault(number, actor)
    for mention in candidate.mentions:
        for actor in (*mention.told.attendees, *mention.meant):
            found.setdefault(actor.entity.number, actor)
    for actor in list(found.values()):
        for body in reading.bodies_of(actor.entity) if actor.entity.kind == "person" else ():
            found.setdefault(body.entity.number, body)
    own = passages.numbers_of(candidate.mentions)
    numbers = passages.near(own, _BEFORE, _AFTER) | {s.number for s in passages.sentences if s.is_title}
    numbers |= nearest_sentences(passages, candidate, around)
    for number in passages.entities_in(numbers):
        if number not in found:
            found[number] = passages.nearest_actor(number, own)
    if reading.dateline is not None:
        found.setdefault(reading.dateline.entity.number, reading.dateline)
    yield from found.values()


def nearest_sentences(passages: Passages, candidate: VisitCandidate, around: Surroundings) -> set[int]:
    """Return the numbers of the sentences that stand nearer to a visit than to any other that the text may tell of."""
    own = passages.numbers_of(candidate.mentions)
    return {
        sentence.number
        for sentence in passages.sentences
        if own and min(abs(sentence.number - n) for n in own) <= around.nearest[sentence.number]
    }


def decide_arguments(weighed: Sequence[Argument]) -> tuple[list[Argument], list[Argument]]:
    """Return the arguments that fill slots and those left out; nobody is on both sides of a visit."""
    accepted = [each for each in weighed if each.probability >= model(f"visit.{each.slot}").threshold]
    chosen: list[Argument] = []
    taken: dict[int, set[str]] = {}
    for each in sorted(accepted, key=lambda a: -a.probability):
        slots = taken.setdefault(each.actor.entity.number, set())
        if all(_may_fill_both(each, slot) for slot in slots):
            slots.add(each.slot)
            chosen.append(each)
    order = {id(each): i for i, each in enumerate(weighed)}
    chosen.sort(key=lambda each: order[id(each)])
    kept = {id(each) for each in chosen}
    return chosen, [each for each in weighed if id(each) not in kept]


def _may_fill_both(argument: Argument, other: str) -> bool:
    """Return whether an entity may fill another slot besides: a leader is a visitor, a host's site a place."""
    slots = {argument.slot, other}
    is_site = slots == {"hosts", "places"} and argument.actor.entity.kind == "organization"
    return is_site or slots == {"visitors", "leaders"}
