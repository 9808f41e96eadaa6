"""What an instrument is about and what a trip was for, as pieces of the text.

"a memorandum of understanding on student exchanges" → "student exchanges"; "visited Ufa to discuss lasers" →
"to discuss lasers". Both are word for word and given with their offsets.
"""

from __future__ import annotations

from collections.abc import Iterable

from coopex.dates import DateMention
from coopex.matching.paths import prepositions
from coopex.matching.text import Part
from coopex.matching.tree import Token

_ABOUT = {
    "on",
    "about",
    "regarding",
    "concerning",
    "о",
    "об",
    "обо",
    "по",
    "in the field of",
    "в области",
    "в сфере",
    "for",
}
_BETWEEN = {"between", "между"}
_AIM_RELATIONS = {"advcl", "xcomp", "acl"}
_AIM_WORDS = {"чтобы", "to"}
_AIM_NOUNS = {"целью", "обсуждения", "цель"}
_SHORT_WORD = 4  # characters
_LONGEST = 300  # characters: beyond this the parser has swallowed a clause

Piece = tuple[int, int]


def subject_of(part: Part, head: Token, dates: Iterable[DateMention]) -> Piece | None:
    """Give the offsets of what an instrument noun says that it is about, or None; one of the `dates` is no subject."""
    for child in sorted(head.subtree, key=lambda token: token.i):
        near = child.head.i == head.i or child.head.head.i == head.i
        if child.dep_ in {"nmod", "obl"} and near and child.i > head.i and set(prepositions(child)) & _ABOUT:
            piece = _piece(part, child, skip_preposition=True)
            if piece is None or not any(_nearly_fills(date, piece) for date in dates):
                return piece
    return None


def _nearly_fills(date: DateMention, piece: Piece) -> bool:
    """Tell whether a piece is a date and at most a short word: "signed two memoranda on Tuesday"."""
    inside = piece[0] <= date.start and date.end <= piece[1]
    return inside and date.end - date.start >= piece[1] - piece[0] - _SHORT_WORD


def purpose_of(part: Part, trigger: Token) -> Piece | None:
    """Give the offsets of the aim of a trip that its own clause tells, or None."""
    for holder in (trigger, trigger.head):
        for child in holder.children:
            words = {token.lower_ for token in child.children if token.dep_ == "mark"}
            if child.i > trigger.i and child.dep_ in _AIM_RELATIONS and words & _AIM_WORDS and child.pos_ == "VERB":
                return _piece(part, child, skip_preposition=False)
            if child.i > trigger.i and child.dep_ in {"obl", "nmod"} and child.lower_ in _AIM_NOUNS:
                return _piece(part, child, skip_preposition=False)
    return None


def _piece(part: Part, token: Token, *, skip_preposition: bool) -> Piece | None:
    words = sorted(token.subtree, key=lambda word: word.i)
    if skip_preposition:
        marks = {child.i for child in token.children if child.dep_ in {"case", "fixed"}}
        words = [word for word in words if word.i not in marks]
    words = _contiguous(words, token)
    if skip_preposition:
        words = _before_parties(words)
    start, end = words[0].idx, words[-1].idx + len(words[-1].text)
    return (part.block.start + start, part.block.start + end) if end - start <= _LONGEST else None


def _before_parties(words: list[Token]) -> list[Token]:
    """Cut what names the parties: "hydrogen production between A and B"."""
    end = next((n for n, word in enumerate(words) if n and word.lower_ in _BETWEEN), len(words))
    return words[:end]


def _contiguous(words: list[Token], root: Token) -> list[Token]:
    """Keep the unbroken run of words around the root, without punctuation at its ends."""
    run = [root]
    for word in reversed([word for word in words if word.i < root.i]):
        if word.i != run[0].i - 1:
            break
        run.insert(0, word)
    for word in (word for word in words if word.i > root.i):
        if word.i != run[-1].i + 1:
            break
        run.append(word)
    while len(run) > 1 and run[-1].is_punct:
        run.pop()
    while len(run) > 1 and run[0].is_punct:
        run.pop(0)
    return run
