"""What a text tells of its persons: the bodies they stand for, and through them their country."""

from __future__ import annotations

from coopex.matching.lexicon import in_class
from coopex.matching.phrases import Ref, affiliations, post_words
from coopex.matching.text import Mention, Part
from coopex.resolve.reading import Actor, Reading, body_parts
from coopex.resolve.references import follow


def learn_persons(reading: Reading) -> None:
    """Note post and bodies of every person, from all its mentions."""
    for part in body_parts(reading.parts):
        for mention in part.mentions:
            if mention.kind == "person":
                _learn_person(reading, part, mention)
    for office in reading.offices.values():
        if office.holder is not None and not any(
            body.entity.kind == "organization" for body in reading.bodies_of(office.holder)
        ):
            reading.person_bodies.setdefault(office.holder.number, []).append(office.actor)


def _learn_person(reading: Reading, part: Part, mention: Mention) -> None:
    person = reading.entities.of(mention)
    known = reading.person_bodies.setdefault(person.number, [])
    for actor in _bodies(reading, part, mention):
        if all(other.entity is not actor.entity for other in known):
            known.append(actor)
        person.country = person.country or actor.entity.country


def _bodies(reading: Reading, part: Part, mention: Mention) -> list[Actor]:
    """Give the bodies that a person's post names or points back to: "the director of the plant, Ivan Petrov"."""
    named = [
        Actor(reading.entities.of(filler.mention), filler.mention, None, "affiliation")
        for filler in affiliations(part, mention)
    ]
    if named:
        return named
    nouns = [token for token in post_words(part, mention) if in_class(token.lemma_, "bodies", part.language)]
    followed = [actor for token in nouns[:1] for actor in follow(reading, part, Ref(token, "body", None))]
    return [Actor(actor.entity, actor.mention, None, "affiliation") for actor in followed]
