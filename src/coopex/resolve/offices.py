"""Bodies that a post and a country give: "Russian energy minister" → the Russian energy ministry.

The body is one that the text names ("the Ministry of Energy of Russia") or, failing that, one made of the words of the
post; it is marked as implied, since the text does not say that the body itself acts.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopex.matching.phrases import holder_of
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token
from coopex.resolve.names import Entity, alike, words
from coopex.resolve.reading import Actor, Reading, body_parts
from coopex.resolve.reference_words import fold, listed, offices

_CONTENT = {"NOUN", "PROPN", "ADJ"}
_REACH = 7  # words of a portfolio: "Minister of Science, Technology and Innovation of Zambia"


@dataclass(frozen=True, slots=True)
class Office:
    """A body given by a post, the word of the post, and who holds it where the text says so."""

    part: Part
    token: Token
    actor: Actor
    holder: Entity | None


@dataclass(frozen=True, slots=True)
class _Words:
    """The phrase of a post: where it begins and ends, the country it names, the words of its portfolio."""

    start: int
    end: int
    country: str
    portfolio: tuple[str, ...]


def read_offices(reading: Reading) -> dict[tuple[int, int], Office]:
    """Give the body of every post that names its country and its portfolio; the keys are part and token."""
    found: dict[tuple[int, int], Office] = {}
    for part in body_parts(reading.parts):
        for token in part.doc:
            phrase = _phrase(part, token) if fold(token.lemma_) in offices(part.language) else None
            if phrase is not None:
                found[part.index, token.i] = _office(reading, part, token, phrase)
    return found


def _phrase(part: Part, token: Token) -> _Words | None:
    """Read the words of a post, or None where it is of no single ministry or names no country."""
    before = _before(part, token)
    if {fold(word.text) for word in before} & listed("no_office", part.language):
        return None
    after = _after(part, token)
    near = [*before, *after]
    country = next((m.country for word in near if (m := part.at(word)) and m.kind == "place" and m.country), None)
    portfolio = tuple(
        fold(word.lemma_) for word in near if part.at(word) is None and word.pos_ in {"NOUN", "PROPN", "ADJ"}
    )
    if country is None or not portfolio:
        return None
    start = before[0].i if before else token.i
    return _Words(start, (after[-1].i if after else token.i) + 1, country, portfolio)


def _before(part: Part, token: Token) -> list[Token]:
    """Words of the post before its noun: "Russian Energy" Minister."""
    i = token.i
    while i > part.sentence(token).start and token.i - i < _REACH and _qualifies(part, part.doc[i - 1]):
        i -= 1
    return list(part.doc[i : token.i])


def _qualifies(part: Part, word: Token) -> bool:
    mention = part.at(word)
    if mention is not None:
        return mention.kind == "place"
    return word.pos_ in _CONTENT and word.dep_ in {"amod", "compound", "nmod:desc", "flat"}


def _after(part: Part, token: Token) -> list[Token]:
    """Words of the post behind its noun, up to the country: Minister "of Energy of Russia", министр «энергетики РФ»."""
    found: list[Token] = []
    for word in part.doc[token.i + 1 : min(token.i + 1 + _REACH, part.sentence(token).end)]:
        mention = part.at(word)
        if mention is not None and mention.kind != "place":
            break
        if part.language == "en" and not found and word.lower_ != "of":
            break
        if mention is None and word.pos_ not in {*_CONTENT, "CCONJ"} and word.lower_ not in {"of", "the", ","}:
            break
        if word.lower_ == "the" and part.doc[word.i - 1].lower_ != "of":
            break
        found.append(word)
        if mention is not None and word.i + 1 >= mention.end:
            return found
    return []


def _office(reading: Reading, part: Part, token: Token, phrase: _Words) -> Office:
    named = _named(reading, part, token, phrase)
    start = part.doc[phrase.start].idx
    end = part.doc[phrase.end - 1].idx + len(part.doc[phrase.end - 1].text)
    offset = part.block.start
    text = part.doc.text[start:end]
    mention = Mention(
        part.index, phrase.start, phrase.end, "organization", text, text, offset + start, offset + end, phrase.country
    )
    entity = named or _made(part, token, phrase, mention)
    holder = holder_of(part, token)
    return Office(part, token, Actor(entity, mention, None, "implied"), reading.entities.of(holder) if holder else None)


def _named(reading: Reading, part: Part, token: Token, phrase: _Words) -> Entity | None:
    """Find the body in the text: one of the same noun, portfolio and country."""
    noun = offices(part.language)[fold(token.lemma_)]
    for entity in reading.entities.all:
        own = [word for name in entity.names for word in words(name)]
        if (
            entity.kind == "organization"
            and entity.country in {None, phrase.country}
            and any(alike(word, noun) for word in own)
            and all(any(alike(word, other) for other in own) for word in phrase.portfolio)
        ):
            return entity
    return None


def _made(part: Part, token: Token, phrase: _Words, mention: Mention) -> Entity:
    """Make a body of the words of a post: "Russian Energy Minister" → "Russian Energy Ministry"."""
    noun = offices(part.language)[fold(token.lemma_)]
    noun = noun.capitalize() if part.language == "en" and token.text[:1].isupper() else noun
    before = part.doc[phrase.start : token.i].text if part.language == "en" else ""
    after = part.doc[token.i + 1 : phrase.end].text
    name = " ".join(piece for piece in (before, noun, after) if piece)
    return Entity(-1 - mention.offset, "organization", name, phrase.country, None, [mention], [name])
