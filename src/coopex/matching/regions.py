"""Places that adjectives and inhabitants stand for: «пермская делегация», «вологжане», "Bavarian team".

An adjective counts only before a word for people. It means the place of its stem that the text names, else the best
known one; inhabitants mean only a place that the text names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coopex.gazetteer import gazetteer
from coopex.matching.lexicon import classes_with, fold_word, word_classes
from coopex.matching.paths import has
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token

_PEOPLE = {"groups", "guests", "members", "posts"}
_REACH = 3  # tokens between an adjective and its noun
_SHORTEST = 3  # letters of a stem


def add_regional_mentions(parts: Sequence[Part]) -> None:
    """Add mentions of the places that adjectives and inhabitants stand for to parts that are not matched yet.

    «Пермский край ждёт гостей. Пермская делегация вылетела.» → "Пермская" means Пермский край
    """
    named = [mention for part in parts for mention in part.mentions if mention.kind == "place" and not mention.derived]
    for part in parts:
        added = [mention for token in part.doc if (mention := _regional(part, token, named)) is not None]
        for mention in added:
            part.mentions.append(mention)
            part.by_token[mention.start] = mention
        if added:
            part.mentions.sort(key=lambda mention: mention.start)


def _regional(part: Part, token: Token, named: Sequence[Mention]) -> Mention | None:
    if token.i in part.by_token or not token.is_alpha:
        return None
    if token.pos_ == "ADJ" or (part.language == "en" and token.pos_ == "PROPN"):
        return _by_adjective(part, token, named)
    return _by_inhabitants(part, token, named) if token.pos_ in {"NOUN", "PROPN"} else None


def _by_adjective(part: Part, token: Token, named: Sequence[Mention]) -> Mention | None:
    places = gazetteer().adjective_places(token.text, part.language) if _qualifies_people(part, token) else ()
    if not places:
        return None
    known = {fold_word(place.name) for place in places}
    own = next((mention for mention in named if fold_word(mention.name) in known), None)
    place = places[0]
    return _mention(part, token, own.name if own else place.name, own.country if own else place.country)


def _qualifies_people(part: Part, token: Token) -> bool:
    """Return whether a word stands before a noun for people: «пермская делегация», «московских специалистов»."""
    noun = token.head
    if token.dep_ not in {"amod", "compound"} or not token.i < noun.i <= token.i + _REACH or part.at(noun):
        return False
    return bool(classes_with(noun.lemma_, part.language) & _PEOPLE)


def _by_inhabitants(part: Part, token: Token, named: Sequence[Mention]) -> Mention | None:
    if not has(token, "Number", "Plur"):
        return None
    for stem in _stems(token, part.language):
        for mention in named:
            if fold_word(mention.name).startswith(stem):
                return _mention(part, token, mention.name, mention.country)
    return None


def _stems(token: Token, language: str) -> Iterator[str]:
    """Yield what may be the stem of a place: «вологжане» → "волог"."""
    lemma = fold_word(token.lemma_)
    for ending in sorted(word_classes()["inhabitant_endings"][language], key=len, reverse=True):
        stem = lemma.removesuffix(ending)
        if stem != lemma and len(stem) >= _SHORTEST:
            yield stem


def _mention(part: Part, token: Token, name: str, country: str | None) -> Mention:
    start = part.offset(token)
    return Mention(
        part.index, token.i, token.i + 1, "place", token.text, name, start, start + len(token.text), country, True
    )
