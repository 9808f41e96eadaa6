"""Following references: "the university", «российская компания», "the rector", "he" → the entity meant.

The nearest earlier entity that fits wins: the same noun in its name or post, the same country, the right kind.
Visitors and sides ("the guests", "the two sides") are followed where trips are assembled.
"""

from __future__ import annotations

from functools import lru_cache

from coopex.matching.lexicon import LANGUAGES, read_rules_file
from coopex.matching.phrases import Ref
from coopex.matching.text import Mention, Part
from coopex.resolve.names import Entity, alike, words
from coopex.resolve.reading import Actor, Reading


@lru_cache(maxsize=1)
def _kin() -> dict[str, dict[str, frozenset[str]]]:
    """Words that may stand for one another: вуз for университет; see `rules/references.yaml`."""
    raw = read_rules_file("references.yaml")["kin"]
    return {language: {word: frozenset(group) for group in raw[language] for word in group} for language in LANGUAGES}


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    return frozenset(word for words_ in read_rules_file("references.yaml")["places"].values() for word in words_)


_PERSONAL = {"он", "она", "he", "she", "his", "her", "him", "его", "ее", "её"}


def follow(reading: Reading, part: Part, ref: Ref) -> Actor | None:
    """Give the entity that `ref` points back to, or None when nothing fits."""
    offset = part.offset(ref.token)
    if ref.kind == "body":
        exact = _nearest(reading, offset, lambda entity: _body_fits(entity, ref, part) and _named_so(entity, ref))
        return exact or _nearest(reading, offset, lambda entity: _body_fits(entity, ref, part))
    if ref.kind == "event":
        return _event_before(reading, offset)
    if ref.kind == "post":
        return _nearest(reading, offset, lambda entity: _post_fits(entity, ref))
    if ref.kind == "pronoun" and ref.token.lemma_.lower() in _PERSONAL:
        before = _person_meant(reading, part, ref) or _nearest(reading, offset, lambda entity: entity.kind == "person")
        return before or _person_after(reading, part, ref)
    if ref.kind == "pronoun" and ref.token.lemma_.lower() in {"it", "оно"}:
        return _subject_before(reading, part, ref)
    return None


def _person_meant(reading: Reading, part: Part, ref: Ref) -> Actor | None:
    """Give the last person before a pronoun who was a subject: "A held talks with B as a group led by him" → A."""
    for mention in reversed(part.mentions):
        if mention.kind == "person" and mention.start < ref.token.i and _is_subject(part, mention):
            entity = reading.entities.of(mention)
            return Actor(entity, mention, entity.post, "reference")
    return None


def _person_after(reading: Reading, part: Part, ref: Ref) -> Actor | None:
    """Give the subject of the sentence that a pronoun opens: "During his visit to Rabat, Minister Sikora …"."""
    for mention in part.mentions:
        inside = ref.token.i < mention.start < ref.token.sent.end
        if inside and mention.kind == "person" and _is_subject(part, mention):
            entity = reading.entities.of(mention)
            return Actor(entity, mention, entity.post, "reference")
    return None


def _is_subject(part: Part, mention: Mention) -> bool:
    token = part.root(mention)
    while token.dep_ in {"flat", "flat:name", "appos", "compound", "nmod:desc"} and token.head.i != token.i:
        token = token.head
    return token.dep_ in {"nsubj", "nsubj:pass"}


def _event_before(reading: Reading, offset: int) -> Actor | None:
    """Give the fair or forum named last."""
    named = [
        mention for part in reading.parts for mention in part.mentions if mention.event and mention.offset < offset
    ]
    return Actor(reading.entities.of(named[-1]), named[-1], None, "reference") if named else None


def _subject_before(reading: Reading, part: Part, ref: Ref) -> Actor | None:
    """Give the last body or place before a pronoun that was a subject: "Fort Wayne has one: it concluded …"."""
    for mention in reversed(part.mentions):
        if mention.start >= ref.token.i or mention.kind == "person" or mention.derived:
            continue
        if part.root(mention).dep_ in {"nsubj", "nsubj:pass", "root", "ROOT"}:
            return Actor(reading.entities.of(mention), mention, None, "reference")
    return None


def _nearest(reading: Reading, offset: int, fits) -> Actor | None:  # type: ignore[no-untyped-def]
    best: tuple[tuple[bool, int], Entity, Mention] | None = None
    for entity in reading.entities.all:
        earlier = [mention for mention in entity.mentions if mention.offset < offset and not mention.derived]
        if not earlier or not fits(entity):
            continue
        rank = (len(earlier) > 1, earlier[-1].offset)
        if best is None or rank > best[0]:
            best = (rank, entity, earlier[-1])
    return Actor(best[1], best[2], best[1].post, "reference") if best else None


def _body_fits(entity: Entity, ref: Ref, part: Part) -> bool:
    noun = ref.token.lemma_.lower().replace("ё", "е")
    if ref.country and entity.country and ref.country != entity.country:
        return False
    if noun in _place_words():
        return (
            entity.kind == "place"
            and bool(not ref.country or entity.country == ref.country)
            and entity.name != entity.country
        )
    if entity.kind != "organization":
        return False
    kin = _kin()[part.language].get(noun, frozenset({noun}))
    named = any(
        alike(word, other) or (len(other) > 5 and word.startswith(other))
        for name in entity.names
        for word in words(name)
        for other in kin
    )
    return named or (noun in {"company", "firm", "компания", "фирма", "корпорация", "corporation"} and _brand(entity))


def _named_so(entity: Entity, ref: Ref) -> bool:
    """Tell whether the noun itself, or its beginning, stands in the name.

    «Политех» for a «политехнический университет».
    """
    noun = ref.token.lemma_.lower().replace("ё", "е")
    return any(
        alike(word, noun) or (len(noun) > 5 and word.startswith(noun)) for name in entity.names for word in words(name)
    )


def _brand(entity: Entity) -> bool:
    """Tell whether a body's name holds no noun of a public body: Huawei, «Лаборатория Касперского» aside from kin."""
    public = read_public_nouns()
    return not any(word in public for name in entity.names for word in words(name))


@lru_cache(maxsize=1)
def read_public_nouns() -> frozenset[str]:
    """Nouns of public bodies in both languages."""
    return frozenset(word for words_ in read_rules_file("references.yaml")["public"].values() for word in words_)


def _post_fits(entity: Entity, ref: Ref) -> bool:
    if entity.kind != "person" or not (entity.post or ref.country):
        return False
    if ref.country and entity.country and ref.country != entity.country:
        return False
    noun = ref.token.lemma_.lower()
    if noun in {"counterpart", "colleague", "коллега"}:
        return bool(ref.country) and ref.country == entity.country
    return bool(entity.post) and any(alike(word, noun) for word in words(entity.post or ""))
