"""Tells whether a term is part of the name of a body or a post: "Ministry of Energy", «министр обороны»."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from coopex.matching.tree import Span, Tree
from coopex.technology.lexicon import split_list
from coopex.technology.matcher import QUOTES, TermMatch
from coopex.technology.words import Word, read_words, spellings
from coopex.yaml_files import parse_yaml

BODIES = Path(__file__).with_name("bodies.yaml")
REACH = 7  # words between the head of a body's name and the term
GENITIVE = re.compile(r"(?:[аяыи]|[ое]го|[оеё]й|[ыи]х|ов|ев|ий|ь)$")
PAST_TENSE = re.compile(r"(?:ли|ла)$")


@dataclass(frozen=True, slots=True)
class Heads:
    """Head words of bodies before and after a term, and the words that may stand between."""

    before: frozenset[str]
    after: frozenset[str]
    linking: frozenset[str]
    sites: frozenset[str]


@cache
def _heads(language: str) -> Heads:
    written = parse_yaml(BODIES.read_text("utf-8")).get(language, {})
    return Heads(*(_keys(written.get(name, "")) for name in ("before", "after", "linking", "sites")))


def _keys(written: str) -> frozenset[str]:
    words = (part for word in split_list(written) for part in word.split("-"))
    return frozenset(key for word in words for key in spellings(word))


def in_body_name(doc: Doc | Tree, match: TermMatch) -> bool:
    """True for a term inside the name of an organisation or a post: "the energy ministry" names a body.

    Looks at the organisations found in the Doc and at the words around, for names that nobody recognised.
    """
    return not outside_bodies(doc, read_words(doc), [match])


def outside_bodies(doc: Doc | Tree, words: Sequence[Word], matches: Iterable[TermMatch]) -> list[TermMatch]:
    """The matches that are not part of the name of a body or a post; `words` are those of the Doc."""
    organisations = [entity for entity in doc.ents if entity.label_ == "ORG" and not _is_site(entity)]
    return [
        match
        for match in matches
        if not any(_covers(entity, match) for entity in organisations)
        and not _is_named_body(words, doc.lang_, match)
    ]


def _is_site(organisation: DocSpan | Span) -> bool:
    """«Республиканский центр ядерной медицины»: a place of work, whose name tells what is done there."""
    heads = _heads(organisation.doc.lang_)
    keys = {key for token in organisation for word in token.text.split("-") for key in spellings(word)}
    return not keys.isdisjoint(heads.sites) and keys.isdisjoint(heads.before)


def _covers(entity: DocSpan | Span, match: TermMatch) -> bool:
    longer = entity.end_char - entity.start_char > match.end - match.start
    return longer and entity.start_char <= match.start and match.end <= entity.end_char


def _is_named_body(words: Sequence[Word], language: str, match: TermMatch) -> bool:
    heads = _heads(language)
    first = bisect_left(words, match.start, key=_start)
    after = bisect_left(words, match.end, key=_start)
    if _is_quoted_name(words, first, after, heads):
        return True
    if language == "ru":
        return _heads_genitives(words, first, heads) or _is_followed(words, after, heads)
    return _heads_phrase(words, first, heads) or _is_followed(words, after, heads)


def _start(word: Word) -> int:
    return word.start


def _is_quoted_name(words: Sequence[Word], first: int, after: int, heads: Heads) -> bool:
    """«Локомотив», «Металлург»: one capitalised word in quotation marks is a name, unless of an event."""
    before, behind = words[first - 1 : first], words[after : after + 1]
    quoted = bool(before and behind) and before[0].text in QUOTES and behind[0].text in QUOTES
    if after - first > 1 or not quoted or not _is_name_part(words[first]):
        return False
    return first < 2 or not _is_one_of(words[first - 2], heads.sites)


def _heads_phrase(words: Sequence[Word], first: int, heads: Heads) -> bool:
    """"Minister of Energy and Coal Industry": a head, "of" or "for", then names and linking words."""
    linked = conjoined = False
    for word in reversed(words[max(0, first - REACH) : first]):
        if linked and _is_one_of(word, heads.before):
            return True
        if word.text.lower() in ("of", "for"):
            linked = True
        elif not (conjoined or _is_name_part(word) or _is_one_of(word, heads.linking) or word.text == ","):
            return False
        conjoined = word.text.lower() in ("and", ",", "&")
    return False


def _heads_genitives(words: Sequence[Word], first: int, heads: Heads) -> bool:
    """«министр промышленности и торговли»: a head, then genitives, «по», «и» down to the term."""
    if not GENITIVE.search(words[first].text.lower()) and not _is_linked_by_po(words, first):
        return False
    for word in reversed(words[max(0, first - REACH) : first]):
        if _is_one_of(word, heads.before):
            return True
        lower = word.text.lower()
        in_name = _is_one_of(word, heads.linking) or _is_name_part(word) or lower == ","
        if not in_name and (not GENITIVE.search(lower) or PAST_TENSE.search(lower)):
            return False
    return False


def _is_linked_by_po(words: Sequence[Word], first: int) -> bool:
    return first > 0 and words[first - 1].text.lower() == "по"


def _is_followed(words: Sequence[Word], after: int, heads: Heads) -> bool:
    """"energy ministry", "Medical University", "Aerospace Information Research Institute"."""
    for word in words[after : after + 4]:
        if _is_one_of(word, heads.after):
            return True
        if not _is_name_part(word):
            return False
    return False


def _is_one_of(word: Word, keys: frozenset[str]) -> bool:
    return word.text in "&" or not keys.isdisjoint(word.keys)


def _is_name_part(word: Word) -> bool:
    return word.is_word and word.text[0].isupper()


def is_part_of_body(word: Word, language: str) -> bool:
    """True for a word that heads the name of a body or a post: "ministry", «министр»."""
    heads = _heads(language)
    return not word.keys.isdisjoint(heads.before | heads.after)
