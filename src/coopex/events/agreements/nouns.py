"""Instrument nouns: which words name an instrument of cooperation, of which kind; see `rules/kinds.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from coopex.matching.engine import Match
from coopex.matching.lexicon import LANGUAGES, in_class, read_rules_file
from coopex.matching.text import Part
from coopex.matching.tree import Token

_REACH = 4  # tokens between a noun and the words that qualify it


def kind_of(part: Part, noun: Token) -> str:
    """Return the kind of agreement that a noun and the words near it name.

    "letter of intent" → letter_of_intent
    """
    words, near = _forms(noun), _near(noun)
    for kind in _lists()["kinds"]:
        rule = kind.get(part.language, {})
        if words & set(rule.get("noun", ())) and (not rule.get("with") or near & set(rule["with"])):
            return str(kind["kind"])
    return "other"


def is_instrument_noun(part: Part, token: Token) -> bool:
    """Return whether a word names an instrument here: "letter of intent" → True, "letter" → False."""
    if token.pos_ not in {"NOUN", "PROPN"} or not in_class(token.lemma_, "instruments", part.language):
        return False
    qualifiers = _lists()["qualified"][part.language].get(_fold(token.lemma_))
    return qualifiers is None or bool(_near(token) & set(qualifiers))


def is_generic_noun(noun: Token, language: str) -> bool:
    """Return whether a noun often names no instrument of its own: "deal", «документ»."""
    return _fold(noun.lemma_) in _lists()["generic"][language]


def is_definite_noun(noun: Token) -> bool:
    """Return whether a noun points back: "the memorandum", "this document", «Документ подписали» → True."""
    bare_russian = noun.lang_ == "ru" and not noun.children
    return bare_russian or is_demonstrative(noun)


def is_demonstrative(noun: Token) -> bool:
    """Return whether an article or demonstrative before a noun means one told of before: "this document"."""
    return any(
        in_class(child.lemma_, "demonstratives", noun.lang_) or in_class(child.lower_, "demonstratives", noun.lang_)
        for child in noun.children
        if child.dep_ == "det" or child.pos_ == "DET"
    )


def instrument_nouns(part: Part) -> Iterator[Token]:
    """Yield the instrument nouns of a part; of words inside a name those that head it or open it.

    "The Protocol of intentions was signed; NATO was founded by treaty." → Protocol, treaty
    """
    for token in part.doc:
        if is_instrument_noun(part, token):
            mention = part.at(token)
            if mention is None or mention.derived or token.i in {part.root(mention).i, mention.start}:
                yield token


def nouns_of(match: Match) -> list[Token]:
    """Return the instrument nouns that a match of a rule speaks of.

    "signed a memorandum and a protocol" → memorandum, protocol
    """
    part = match.part
    heads = [head for slot in match.slot("instrument") for head in _coordinated(part, slot.phrase.head)]
    if not heads and match.rule.frame == "naming":
        heads = [match.trigger]
    outer = dict.fromkeys(_outermost(part, head).i for head in heads)
    return [part.doc[i] for i in outer if is_instrument_noun(part, part.doc[i])]


def kind_nearby(part: Part, noun: Token) -> str:
    """Return the kind of "the document" by another noun of its sentence before it.

    "a declaration …: they signed the document" → declaration
    """
    for token in part.doc[part.sentence(noun).start : noun.i]:
        if is_instrument_noun(part, token) and kind_of(part, token) != "other":
            return kind_of(part, token)
    return "other"


def _coordinated(part: Part, token: Token) -> list[Token]:
    """Return the instrument nouns in a phrase: "a package of agreements and a protocol" → agreements, protocol."""
    found = [token] if in_class(token.lemma_, "instruments", part.language) else []
    for child in token.children:
        if (
            child.dep_ in {"conj", "nmod", "obl"}
            and in_class(child.lemma_, "instruments", part.language)
            and (not found or child.dep_ == "conj")
        ):
            found.extend(_coordinated(part, child))
    return found


def _outermost(part: Part, noun: Token) -> Token:
    """Go up from an instrument inside another: "an addendum to the agreement between A and B" → addendum."""
    token, found = noun, noun
    for _ in range(4):
        if token.dep_ != "nmod":
            return found
        token = token.head
        if in_class(token.lemma_, "instruments", part.language):
            found = token
    return found


def _near(noun: Token) -> set[str]:
    return {_fold(word.lemma_) for word in noun.subtree if abs(word.i - noun.i) <= _REACH}


def _forms(noun: Token) -> set[str]:
    return {_fold(noun.lemma_), _fold(noun.lower_)}


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    raw = read_rules_file("kinds.yaml")
    generic = {language: frozenset(map(_fold, raw["generic"][language])) for language in LANGUAGES}
    return {**raw, "generic": generic}
