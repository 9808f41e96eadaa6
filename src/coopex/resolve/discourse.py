"""What a text has spoken of: every noun phrase in its order, with what agreement needs to know of it.

"Irina Lobova met guests from Izmir." gives the points "Irina Lobova" (a woman, subject), "guests" (several, naming
Izmir) and "Izmir". References choose among the points before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coopex.annotate._pymorphy import known_forms
from coopex.matching.lexicon import in_class, is_group
from coopex.matching.paths import has, prepositions
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.names import Entity
from coopex.resolve.reading import Actor
from coopex.resolve.reference_words import fold, gender_words, given_names, listed

PointKind = Literal["person", "organization", "place", "group", "thing"]
_SUBJECTS = {"nsubj", "nsubj:pass"}
_INSIDE_NAME = {"flat", "appos", "flat:name", "flat:foreign", "compound", "nmod:desc", "conj"}
_GENDERS = {"Masc": "masc", "Fem": "fem", "Neut": "neut"}


@dataclass(frozen=True, slots=True)
class Point:
    """One noun phrase: whom it names or was found to mean (nobody: a mere thing), and how it stands."""

    part: Part
    token: Token
    sentence: int
    kind: PointKind
    actors: tuple[Actor, ...]
    plural: bool
    gender: str | None
    subject: bool
    adverbial: bool

    @property
    def entity(self) -> Entity | None:
        """The only one it means."""
        return self.actors[0].entity if len(self.actors) == 1 else None


def is_subject(token: Token) -> bool:
    """Tell whether a noun, or the name that it is part of, is the subject of its clause."""
    while token.dep_ in _INSIDE_NAME and token.head.i != token.i:
        token = token.head
    return token.dep_ in _SUBJECTS or (token.dep_ in {"root", "ROOT"} and token.pos_ in {"NOUN", "PROPN"})


def clause_of(token: Token) -> Token:
    """Give the verb of the clause that a noun stands in, else the root of its sentence."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return token.sent.root


def is_plural(part: Part, token: Token) -> bool:
    """Tell whether a noun is plural, or counted: "guests", «оба вуза»."""
    if has(token, "Number", "Plur") or counted_two(part, token):
        return True
    if part.language == "ru":
        return False
    return token.tag_ == "NNS" or (token.pos_ == "PROPN" and part.at(token) is None and token.lower_.endswith("s"))


def counted_two(part: Part, token: Token) -> bool:
    """Tell whether "two" or "both" stands with a noun."""
    return any(
        fold(child.lemma_) in listed("two", part.language) or fold(child.text) in listed("two", part.language)
        for child in token.children
        if child.i < token.i
    )


def is_adverbial(token: Token) -> bool:
    """Tell whether a place only says where or when: "in Thessaloniki"."""
    return token.dep_ in {"obl", "nmod"} and bool(
        set(prepositions(token)) & {"in", "at", "into", "to", "on", "near", "в", "во", "на", "под", "к"}
    )


def gender_of_noun(part: Part, token: Token) -> str | None:
    """Grammatical gender of a Russian noun, None in English."""
    if part.language == "en":
        return None
    return next((_GENDERS[value] for value in token.morph.get("Gender", []) if value in _GENDERS), None)


def verb_gender(token: Token) -> str | None:
    """Gender of the past tense that a Russian noun is the subject of: «министр прибыла» → fem."""
    if token.dep_ not in _SUBJECTS:
        return None
    return next((_GENDERS[value] for value in token.head.morph.get("Gender", []) if value in _GENDERS), None)


def gender_of_person(parts: dict[int, Part], entity: Entity) -> str | None:
    """Tell the gender of a person from the words beside the name, the first name, and in Russian from the verb."""
    found = {gender for mention in entity.mentions if (gender := _mention_gender(parts.get(mention.part), mention))}
    return found.pop() if len(found) == 1 else None


def _mention_gender(part: Part | None, mention: Mention) -> str | None:
    if part is None:
        return None
    beside = {fold(word.text.strip(".")) for word in part.doc[max(0, mention.start - 2) : mention.start]}
    beside |= {fold(word.lemma_) for word in part.doc[max(0, mention.start - 2) : mention.start]}
    for gender in ("masc", "fem"):
        if beside & gender_words("honorifics", gender, part.language):
            return gender
    if part.language == "en":
        return given_names().get(mention.name.split()[0].lower()) if " " in mention.name else None
    return _russian_gender(part, mention)


def _russian_gender(part: Part, mention: Mention) -> str | None:
    root = part.root(mention)
    told = [verb_gender(token) for token in (root, root.head) if token.dep_ in _SUBJECTS]
    if told and told[0] in {"masc", "fem"}:
        return told[0]
    words = mention.name.split()
    by_name = [gender for word in words if (gender := _name_gender(word))]
    return by_name[0] if by_name else None


@lru_cache(maxsize=4096)
def _name_gender(word: str) -> str | None:
    """ "Ирина" → fem: what the dictionary says of a first name, a patronymic or a surname."""
    genders = {
        "masc" if "masc" in form.tag else "femn"
        for form in known_forms(word)
        if {"Name", "Patr", "Surn"} & set(str(form.tag).replace(" ", ",").split(",")) and "nomn" in form.tag
    }
    return {"masc": "masc", "femn": "fem"}[genders.pop()] if len(genders) == 1 else None


def noun_kind(part: Part, token: Token) -> PointKind:
    """Tell what a common noun means: people, a body, a place or a thing."""
    lemma = token.lemma_
    if is_group(lemma, part.language):
        return "group"
    if in_class(lemma, "posts", part.language) or (part.language == "ru" and has(token, "Animacy", "Anim")):
        return "person"
    if fold(lemma) in listed("places", part.language):
        return "place"
    if in_class(lemma, "bodies", part.language):
        return "organization"
    return "group" if in_class(lemma, "members", part.language) else "thing"
