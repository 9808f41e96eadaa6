"""Which mentions tell of the same agreement: each joins the candidate it fits best, else it begins another.

The features of a pair are weighed by the model "agreement.identity"; a few constraints hold whatever the weights say.
Words are in `rules/sameness.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coopex.dates import days_between
from coopex.events.agreements.nouns import is_definite_noun, is_demonstrative, is_generic_noun
from coopex.events.agreements.types import AgreementCandidate, AgreementMention
from coopex.events.grouping import group, rate_pair
from coopex.matching.lexicon import LANGUAGES, in_class, read_rules_file
from coopex.matching.paths import has
from coopex.matching.tree import Token
from coopex.resolve.cues import called_another

Features = dict[str, float]
_SETTLED = {"signed", "ended"}


def group_agreement_mentions(mentions: Iterable[AgreementMention]) -> list[AgreementCandidate]:
    """Group mentions into candidates, in the order of the text.

    "A and B signed a memorandum. The document is on lasers. They also signed a contract." → two candidates
    """
    return group(
        mentions,
        begin=lambda mention, apart: AgreementCandidate((mention,), ("first mention",), apart),
        rate=lambda known, mention, is_last: rate_pair(
            "agreement.identity",
            agreement_constraint(known, mention),
            lambda: identity_features(known, mention, is_last),
        ),
        name="agreement.identity",
    )


def agreement_constraint(known: AgreementCandidate, mention: AgreementMention) -> str | None:
    """Return what rules out that a mention tells of a candidate, or None."""
    if called_another(mention.head, mention.part.language):
        return "said to be another"
    dates = [other.date for other in known.mentions if other.date]
    language = mention.part.language
    if mention.date and dates and all(days_between(day, mention.date, language) > _LONGEST_GAP for day in dates):
        settled = mention.status in _SETTLED and known.status in _SETTLED
        return "another date" if settled or not is_definite(mention) else None
    return None


_LONGEST_GAP = 31  # days: "was agreed on in May and signed in June" may be one, three years apart are two


def identity_features(known: AgreementCandidate, mention: AgreementMention, is_last: bool) -> Features:
    """Return the features of a pair of a candidate and a mention that may tell of it."""
    held = {
        **_of_noun(known, mention),
        **_of_parties(known, mention),
        **_of_time(known, mention),
        **_of_discourse(known, mention, is_last),
    }
    return {name: 1.0 for name, holds in held.items() if holds}


def _of_noun(known: AgreementCandidate, mention: AgreementMention) -> dict[str, bool]:
    language = mention.part.language
    lemma = _lemma(mention.head)
    definite, same = is_definite(mention), any(_lemma(m.head) == lemma for m in known.mentions)
    kinds = {known.kind, mention.kind}
    open_kind = "other" in kinds or lemma in _words("general", language)
    mine, theirs = _fields(known.mentions), _fields([mention])
    several = [is_several(m.head) for m in known.mentions if m.has_noun]
    return {
        "the same noun": same and not definite,
        "the same noun, definite": same and definite,
        "another noun, definite": definite and not same,
        "another noun": not definite and not same,
        "the same kind": len(kinds) == 1,
        "another kind": len(kinds) == 2 and not open_kind,
        "a noun that may name any kind": open_kind and mention.has_noun,
        "a noun of the headline": known.headline_only
        and _lemma(known.mentions[0].head) in _words("headline", language),
        "no noun": not mention.has_noun,
        "the same field": bool(mine & theirs),
        "another field": bool(mine and theirs and not mine & theirs),
        "names its field": bool(theirs) and not mine,
        "several and one": bool(several) and mention.has_noun and any(several) != is_several(mention.head),
        "both are several": bool(several) and mention.has_noun and any(several) and is_several(mention.head),
        "demonstrative": mention.has_noun and is_demonstrative(mention.head),
        "a generic noun, indefinite": mention.has_noun and is_generic_noun(mention.head, language) and not definite,
        "a generic noun, definite": mention.has_noun and is_generic_noun(mention.head, language) and definite,
    }


def _of_parties(known: AgreementCandidate, mention: AgreementMention) -> dict[str, bool]:
    mine = set(known.parties)
    theirs = {actor.entity.number for actor in mention.parties}
    signers = {actor.entity.number for actor in mention.signers}
    shared = mine & theirs
    return {
        "the same two parties": len(shared) > 1,
        "the same parties and no other": bool(shared) and (not theirs - mine or not mine - theirs),
        "one party in common and others": bool(shared) and bool(theirs - mine) and bool(mine - theirs),
        "other parties": bool(mine and theirs and not shared),
        "names no party": not theirs,
        "names parties where none were named": bool(theirs) and not mine,
        "the same signatory": bool(signers & set(known.signers)),
        "other signatories": bool(signers and known.signers and not signers & set(known.signers)),
        "adds signatories": bool(signers) and not known.signers,
        "speaks of all parties": mention.means_both,
    }


def _of_time(known: AgreementCandidate, mention: AgreementMention) -> dict[str, bool]:
    old, new = known.status, mention.status
    language = mention.part.language
    gaps = [days_between(known.date, mention.date, language)] if known.date and mention.date else []
    bare = all(cue.bare for cue in mention.status_cues)
    return {
        "the same date": bool(gaps) and gaps[0] == 0,
        "another date": bool(gaps) and gaps[0] > 0,
        "the same status": old == new and not bare,
        "signed and not yet": (old in _SETTLED) != (new in _SETTLED) and not bare,
        "its clause tells no status": bare,
        "ended": "ended" in {old, new} and old != new,
    }


def _of_discourse(known: AgreementCandidate, mention: AgreementMention, is_last: bool) -> dict[str, bool]:
    last = max(known.mentions, key=lambda other: other.offset)
    blocks = mention.part.index - last.part.index
    same = any(other.sentence == mention.sentence for other in known.mentions)
    return {
        "the agreement told of last": is_last,
        "points back to the one told of last": is_last and (is_definite(mention) or not mention.has_noun),
        "told right after": is_last and (same or 0 <= blocks <= 1),
        "in the same sentence": same,
        "coordinated with it": same and any(_are_coordinated(other.head, mention.head) for other in known.mentions),
        "hangs on it": same and any(other.head.i in {t.i for t in mention.head.ancestors} for other in known.mentions),
        "in the same block": blocks == 0 and not same,
        "in the next block": blocks == 1 and not known.headline_only,
        "far apart": blocks > 3 and not known.headline_only,
        "told only by the headline": known.headline_only,
        "also, besides": _is_added(mention),
        "a rule signs it anew": "signing" in mention.frames and any("signing" in m.frames for m in known.mentions),
        "a rule signs it": "signing" in mention.frames and not any("signing" in m.frames for m in known.mentions),
        "under it": in_class_before(mention, "under_prepositions"),
    }


def in_class_before(mention: AgreementMention, name: str) -> bool:
    """Return whether a preposition of a class stands before the noun: "under the agreement"."""
    from coopex.matching.paths import prepositions

    return any(in_class(case, name, mention.part.language) for case in prepositions(mention.head))


def _are_coordinated(a: Token, b: Token) -> bool:
    return any(b.head.i == a.i and b.dep_ == "conj" for a, b in ((a, b), (b, a)))


def is_definite(mention: AgreementMention) -> bool:
    """Return whether a mention points back: "the memorandum", "this document", «Документ подписали»."""
    if not mention.has_noun:
        return False
    return is_definite_noun(mention.head)


def is_several(noun: Token) -> bool:
    """Return whether a noun stands for several agreements: "memoranda", "a package of documents"."""
    return has(noun, "Number", "Plur")


def _is_added(mention: AgreementMention) -> bool:
    """Return whether words before a mention add it to what was told: "They also signed a memorandum"."""
    head = mention.head
    before = head.doc[mention.part.sentence(head).start : head.i].text.lower()
    return bool(_besides()[mention.part.language].search(before))


def _fields(mentions: Iterable[AgreementMention]) -> set[str]:
    """Return the words for what agreements are about: "a memorandum on cooperation in fish farming" → fish, farming."""
    found: set[str] = set()
    for mention in mentions:
        language = mention.part.language
        for child in mention.head.children if mention.has_noun else ():
            case = {word.lower_ for word in child.children if word.dep_ == "case"}
            if child.dep_ in {"nmod", "obl"} and child.i > mention.head.i and case & _words("of_field", language):
                found |= _topic(child, language)
    return found


def _topic(head: Token, language: str) -> set[str]:
    """Return the content words of a phrase, without names and words that fit any field."""
    return {
        word.lemma_.lower()
        for word in head.subtree
        if word.pos_ in {"NOUN", "ADJ"} and word.lemma_.lower() not in _words("no_field", language)
    }


def _lemma(token: Token) -> str:
    return token.lemma_.lower().replace("ё", "е")


@lru_cache(maxsize=16)
def _words(name: str, language: str) -> frozenset[str]:
    return frozenset(read_rules_file("sameness.yaml")[name][language])


@lru_cache(maxsize=1)
def _besides() -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _words("besides", language))) + r")(?!\w)")
        for language in LANGUAGES
    }
