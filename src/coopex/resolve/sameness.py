"""Whether two mentions tell of one instrument or of two, with the reason; words are in `rules/sameness.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from coopex.matching.lexicon import LANGUAGES, read_rules_file
from coopex.matching.tree import Token

if TYPE_CHECKING:
    from coopex.dates import DateMention
    from coopex.resolve.instruments import Instrument


def compare(old: Instrument, new: Instrument) -> tuple[bool, str]:
    """Tell whether a mention belongs to an instrument found before, and why or why not.

    "a memorandum on water with Tianjin", "a memorandum on tourism with Klaipeda" → False, "another counterparty".
    """
    if any(head.doc is other.doc and head.i == other.i for head in old.heads for other in new.heads):
        return True, "same noun"
    against = _against(old, new)
    if against:
        return False, against
    reason = _joined_by(old, new)
    return bool(reason), reason or _lacking(old, new)


def _against(old: Instrument, new: Instrument) -> str | None:
    """Say what rules out that two mentions are one instrument, whatever else speaks for it."""
    if "other" not in {old.kind, new.kind} and old.kind != new.kind and not _may_be(old, new):
        return "another kind"
    known, other = old.date or old.loose_date, new.date
    if _settled(old) and not _settled(new) and is_definite(new):
        other = None  # "had proposed the agreement in May": how it came about
    if known and other and not _overlap(known, other):
        return "another date"
    if _settled(old) != _settled(new) and not told_by_headline(old) and not is_definite(new):
        return "another status"
    if told_by_headline(old) or is_definite(new):
        return None
    if _said_another(new):
        return "said to be another"
    mine, field = fields(old), fields(new)
    return "another field" if mine and field and not mine & field else None


def _joined_by(old: Instrument, new: Instrument) -> str | None:
    mine, theirs = set(old.parties), set(new.parties)
    same = mine & theirs
    if told_by_headline(old) and (same or not mine or not theirs):
        return "headline"
    if same and (len(same) > 1 or not theirs - mine or not mine - theirs):
        return "same parties" if is_definite(new) or old.kind == new.kind else None
    return "refers to it" if not theirs and is_definite(new) else None


def _lacking(old: Instrument, new: Instrument) -> str:
    if old.parties and new.parties:
        shared = set(old.parties) & set(new.parties)
        return "another counterparty" if shared else "other parties"
    return "nothing refers back to it"


def _may_be(old: Instrument, new: Instrument) -> bool:
    """Tell whether one of two names of different kinds may stand for the other.

    "Ink Declaration" in a headline before a letter of intent; "the deal" after a memorandum; "the declaration" after
    a joint declaration of intent.
    """
    language = new.matches[0].part.language
    if told_by_headline(old):
        return old.heads[0].lemma_.lower() in _words("headline", language)
    lemma = new.heads[0].lemma_.lower()
    again = lemma in _words("general", language) or any(head.lemma_.lower() == lemma for head in old.heads)
    return again and is_definite(new)


def told_by_headline(instrument: Instrument) -> bool:
    """Tell whether only the headline told of an instrument so far."""
    return all(match.part.block.kind == "title" for match in instrument.matches)


def is_definite(instrument: Instrument) -> bool:
    """Tell whether a mention points back: "the memorandum", "this document", «Документ подписали»."""
    head = instrument.heads[0]
    return any(
        child.lower_ in {"the", "this", "that", "these", "этот", "данный", "эти", "это"}
        or child.lemma_.lower() in {"этот", "данный"}
        for child in head.children
        if child.dep_ == "det"
    ) or (instrument.matches[0].part.language == "ru" and not any(True for _ in head.children))


def _said_another(new: Instrument) -> bool:
    """Tell whether a mention is said to be one more: "another agreement", "They also signed a memorandum"."""
    head, language = new.heads[0], new.matches[0].part.language
    if called_another(head, language):
        return True
    if all(said.bare for said in new.tellings):
        return False
    before = head.doc[head.sent.start : head.i].text.lower()
    return bool(_besides()[language].search(before))


def called_another(noun: Token, language: str) -> bool:
    """Tell whether a word before a noun says that it is one more: "another delegation", «второй меморандум»."""
    return any(child.lemma_.lower() in _words("another", language) for child in noun.children if child.i < noun.i)


def fields(instrument: Instrument) -> set[str]:
    """Give the words for what an instrument is about: "a memorandum on cooperation in fish farming" → fish, farming."""
    language = instrument.matches[0].part.language
    found: set[str] = set()
    for head in instrument.heads:
        for child in head.children:
            case = {word.lower_ for word in child.children if word.dep_ == "case"}
            if child.dep_ in {"nmod", "obl"} and child.i > head.i and case & _words("of_field", language):
                found |= _topic(child, language)
    return found


def _topic(head: Token, language: str) -> set[str]:
    """Give the content words of a phrase, without names and words that fit any field."""
    return {
        word.lemma_.lower()
        for word in head.subtree
        if word.pos_ in {"NOUN", "ADJ"} and word.lemma_.lower() not in _words("no_field", language)
    }


def _settled(instrument: Instrument) -> bool:
    return instrument.status in {"signed", "ended"}


def _overlap(a: DateMention, b: DateMention) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


@lru_cache(maxsize=16)
def _words(name: str, language: str) -> frozenset[str]:
    return frozenset(read_rules_file("sameness.yaml")[name][language])


@lru_cache(maxsize=1)
def _besides() -> dict[str, re.Pattern[str]]:
    return {
        language: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _words("besides", language))) + r")(?!\w)")
        for language in LANGUAGES
    }
