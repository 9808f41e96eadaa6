"""Who is bound by an agreement and who signs it: every entity of its passage is weighed for both slots.

The passage is the sentences that tell of the agreement, those around them, the visit it was signed on, and the
headline. The model "agreement.parties.alone" weighs each body by itself, "agreement.parties" weighs it beside the
others: two that are sure leave little room for a third. "agreement.signatories" weighs persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coopex.events.agreements.features import ArgumentFeatures, beside_features, references_in
from coopex.events.agreements.nouns import is_instrument_noun
from coopex.events.agreements.types import SLOTS, AgreementCandidate
from coopex.events.agreements.visits import visits_near
from coopex.events.argument import Argument
from coopex.events.passages import Passages
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.weights import model

KINDS = {"parties": {"organization", "place", "person"}, "signatories": {"person"}}
"""Kinds of entities that a slot takes; a person may be a party on its own."""

_BEFORE, _AFTER = 2, 1  # sentences around a mention of the agreement that belong to its passage


def weigh_parties(
    reading: Reading, passages: Passages, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]
) -> list[Argument]:
    """Return every entity of the passage of an agreement as an argument of every slot that takes its kind."""
    alone = weigh_parties_alone(reading, passages, candidate, others)
    parties, rest = [[a for a in alone if (a.slot == "parties") is wanted] for wanted in (True, False)]
    found = [(party, beside_features(reading, party, parties)) for party in parties]
    fitted = model("agreement.parties")
    return [*(replace(p, probability=fitted.probability(f), features=f) for p, f in found), *rest]


def weigh_parties_alone(
    reading: Reading, passages: Passages, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]
) -> list[Argument]:
    """Return the arguments of an agreement, each weighed by itself."""
    features = ArgumentFeatures(reading, passages, candidate, others)
    weighed = []
    for actor in _actors(reading, passages, candidate, others):
        found = features.of(actor)
        for slot in SLOTS:
            if actor.entity.kind in KINDS[slot]:
                weighed.append(Argument(actor, slot, model(MODELS[slot]).probability(found), found))
    return weighed


MODELS = {"parties": "agreement.parties.alone", "signatories": "agreement.signatories"}
"""Models of the first look by slot."""


def _actors(
    reading: Reading, passages: Passages, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]
) -> Iterator[Actor]:
    """Yield who may be bound: those whom rules name first, sides of the visit near by, then all of the passage."""
    found: dict[int, Actor] = {**candidate.parties, **candidate.signers}
    own = passages.numbers_of(candidate.mentions)
    for visit in visits_near(reading, passages, own):
        for number, actor in {**visit.came, **visit.hosts}.items() if visit.is_near else ():
            found.setdefault(number, actor)
    for number, actor in _from_afar(reading, candidate, others).items():
        found.setdefault(number, actor)
    numbers = passages.near(own, _BEFORE, _AFTER) | {s.number for s in passages.sentences if s.is_title}
    for number in passages.entities_in(numbers):
        if number not in found:
            found[number] = passages.nearest_actor(number, own)
    for actor in list(found.values()):
        for body in reading.bodies_of(actor.entity) if actor.entity.kind == "person" else ():
            found.setdefault(body.entity.number, body)
    yield from (actor for actor in found.values() if not _is_noun_only(reading, actor))


def _from_afar(
    reading: Reading, candidate: AgreementCandidate, others: Sequence[AgreementCandidate]
) -> dict[int, Actor]:
    """Return who may be bound without being named near by: meant by a word, bound before, or what the text is about."""
    found = {actor.entity.number: actor for each in references_in(reading, candidate) for actor in each.actors}
    before = [other for other in others if other.offset < candidate.offset and other.parties]
    found |= max(before, key=lambda other: other.offset).parties if before else {}
    bodies = [entity for entity in reading.entities.all if entity.kind == "organization" and entity.mentions]
    for entity in sorted(bodies, key=lambda entity: -len(entity.mentions))[:_MAIN]:
        found.setdefault(entity.number, Actor(entity, entity.mentions[0]))
    return found


_MAIN = 2  # bodies named most often that may be party to any agreement of the text


def _is_noun_only(reading: Reading, actor: Actor) -> bool:
    """Return whether what was taken for a name is only an instrument noun: "MoU signed" at MoU."""
    part = next((part for part in reading.parts if part.index == actor.mention.part), None)
    words = list(part.doc[actor.mention.start : actor.mention.end]) if part is not None else []
    return bool(words) and part is not None and is_instrument_noun(part, words[0]) and actor.entity.kind != "place"


def decide_parties(weighed: Sequence[Argument]) -> tuple[list[Argument], list[Argument]]:
    """Return the arguments that fill slots and those left out; a country gives way to its own body."""
    accepted = [each for each in weighed if each.probability >= model(f"agreement.{each.slot}").threshold]
    chosen = [each for each in accepted if not _is_broader(each.actor, _others(each, accepted))]
    kept = {id(each) for each in chosen}
    return chosen, [each for each in weighed if id(each) not in kept]


def _others(argument: Argument, arguments: Sequence[Argument]) -> list[Actor]:
    return [each.actor for each in arguments if each.slot == argument.slot and each is not argument]


def _is_broader(actor: Actor, others: Sequence[Actor]) -> bool:
    """Return whether an actor is the country of a body or town beside it."""
    if not is_country(actor):
        return False
    specific = [other for other in others if other.how != "implied" and not is_country(other)]
    return any(other.entity.country == actor.entity.country for other in specific if other.entity.kind != "person")
