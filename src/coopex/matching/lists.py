"""Names in a row, read by position where the parser broke the coordination.

"Amit Lang, Director General of the Ministry of Economy, and Thomas Rachel, State Secretary, signed": the parser hangs
the second name anywhere. Names of one kind that only commas, "and", posts and bodies stand between are one list.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coopex.matching.lexicon import in_class
from coopex.matching.paths import has
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Token

_GAP = 24  # tokens between two names of a list: posts of ministers run to twenty words
_JOINTS = {"and", "&", "и", ",", "plus"}
_POST_LINKS = {"of", "for", "at", "по", "при", "with"}
_OWNERS = {"its", "his", "her", "their", "его", "её", "ее", "их"}
_STOPS = {";", ":", "—", "–", "-", ".", "!", "?", "«", "»"}


def fellows(part: Part, mention: Mention) -> list[Mention]:
    """Give the names that stand in a row with `mention`, itself left out, in the order of the text.

    "A, rector of B, and C, head of D, signed" at A → [C]; "Siemens, Alstom and Hitachi" at Alstom → [Siemens, Hitachi].
    """
    before = list(_walk(part, mention, -1))[::-1]
    return [*before, *_walk(part, mention, 1)]


def _walk(part: Part, mention: Mention, step: int) -> Iterator[Mention]:
    alike = [other for other in part.mentions if other.kind == mention.kind and not other.derived and not other.event]
    if mention not in alike:
        return
    last, i = mention, alike.index(mention) + step
    while 0 <= i < len(alike) and _in_row(part, *((last, alike[i]) if step > 0 else (alike[i], last))):
        yield alike[i]
        last, i = alike[i], i + step


def _in_row(part: Part, first: Mention, second: Mention) -> bool:
    """Tell whether only joints, posts and, for persons, their bodies stand between two names."""
    between = part.doc[first.end : second.start]
    if not 0 < len(between) <= _GAP or part.sentence_at(first.end) != part.sentence_at(second.start):
        return False
    loose = [token for token in between if part.at(token) is None]
    if not any(token.lower_ in _JOINTS for token in loose):
        return False
    if any(_breaks(token, first.kind == "person") for token in loose):
        return False
    if first.kind == "person":
        return _same_case(part, first, second)
    return all(part.at(token) is None or _in_brackets(part, token) for token in between) and _same_case(
        part, first, second
    )


def _breaks(token: Token, persons: bool) -> bool:
    """Tell whether a word ends a list: a verb, a conjunction of clauses, a preposition outside a post."""
    if token.lower_ in _OWNERS:
        return False  # "Minsk Tractor Works and its dealer Agrotrade"
    if token.text in _STOPS or token.pos_ in {"VERB", "AUX", "SCONJ", "PRON"}:
        return token.text not in {"«", "»"} and not (token.pos_ == "VERB" and has(token, "VerbForm", "Part"))
    return token.pos_ == "ADP" and not (persons and token.lower_ in _POST_LINKS)


def _in_brackets(part: Part, token: Token) -> bool:
    """Tell whether a word stands in brackets: "Jilin University (China) and Ufa University"."""
    left = next((t.text for t in reversed(part.doc[part.sentence(token).start : token.i]) if t.text in "()"), "")
    return left == "("


def _same_case(part: Part, first: Mention, second: Mention) -> bool:
    cases = [str(part.root(mention).morph).partition("Case=")[2][:3] for mention in (first, second)]
    return part.language != "ru" or not all(cases) or cases[0] == cases[1]


def parties_between(part: Part, head: Token) -> list[Mention]:
    """Give the names behind "between" in the clause of a noun, wherever the parser hung them.

    "an agreement on cooperation in space between ISRO and the French agency CNES" at "agreement" → [ISRO, CNES].
    """
    doc = part.doc
    opening = doc[part.sentence(head).start]
    if opening.lower_ == "между" and head.i - opening.i < 40:  # «Между А и Б подписано соглашение»
        return _row_behind(part, opening.i, head.i)
    for i in range(head.i + 1, part.sentence(head).end):
        token = doc[i]
        if part.at(token) is None and (
            token.text in ";:" or (token.pos_ == "VERB" and has(token, "VerbForm", "Fin"))
        ):
            return []
        if in_class(token.lemma_, "instruments", part.language) and token.i != head.i:
            return []
        if token.lower_ in {"between", "между", "among"}:
            return _row_behind(part, i, part.sentence(head).end)
    return []


def pair_before(part: Part, head: Token) -> list[Mention]:
    """Give two names that stand before a noun as a pair: "the Oslo-Lima protocol" at "protocol" → [Oslo, Lima]."""
    near = [m for m in part.mentions if m.kind == "place" and head.i - _PAIR_REACH <= m.start < head.i]
    for first, second in pairwise(near):
        between = part.doc[first.end : second.start].text if first.end < second.start else ""
        if between in _DASHES or (first.start == second.start and first.offset != second.offset):
            return [first, second]
    return []


_PAIR_REACH = 5  # tokens
_DASHES = {"-", "–", "—", "‑"}


def _row_behind(part: Part, index: int, end: int) -> list[Mention]:
    """Give the row of names right behind a preposition, before token `end`."""
    found = [m for m in part.mentions if index < m.start < min(index + 10, end) and not m.derived and not m.event]
    return [found[0], *_walk(part, found[0], 1)] if found else []
