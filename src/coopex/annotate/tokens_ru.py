"""razdel's words of a text, read from a table for the stretches between white space that were met before.

razdel takes every pair of neighbouring atoms (runs of letters or digits, single marks) through seven rules; that was a
fifth of a text's annotation. No word reaches over white space, and of what stands beyond it the rules see only the kind
of one atom: «научно- технический» keeps its hyphen, «научно- » does not. So the words of a stretch follow from the
stretch and those two kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import razdel
from razdel.segmenters.punct import DASHES
from razdel.segmenters.tokenize import ATOM

LONGEST_KEPT = 40
"""Letters of a stretch that is kept: a web address comes once and would fill the table."""

_STRETCH = re.compile(r"([а-яёА-ЯЁ]+)([,.:;!?»)]?)(?!\S)|\S+")
"""A Russian word with one mark after it at most, which needs no rule, or anything else between white space."""

_LETTER = re.compile(r"\S")
_JOINTS = frozenset(DASHES + "_.,/\\")
"""Marks that join what stands on their two sides, if it is of the right kind."""


def find_tokens(text: str) -> Iterator[tuple[int, str]]:
    """«Да, он» → (0, "Да"), (2, ","), (4, "он"): the words that `razdel.tokenize` finds, with their offsets."""
    before = ""
    for stretch in _STRETCH.finditer(text):
        word, mark = stretch.groups()
        if word:
            yield stretch.start(), word
            if mark:
                yield stretch.start(2), mark
        else:
            yield from _with_offsets(stretch.start(), _tokens(stretch, before))
        before = text[stretch.end() - 1]


def _with_offsets(start: int, tokens: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        yield start, token
        start += len(token)


def _tokens(stretch: re.Match[str], before: str) -> tuple[str, ...]:
    """The words of a stretch, given the letter before it."""
    text = stretch[0]
    following = _LETTER.search(stretch.string, stretch.end()) if text[-1] in _JOINTS else None
    sides = _stand_in(before) if text[0] in _JOINTS else "", _stand_in(following[0] if following else "")
    return _kept(text, *sides) if len(text) <= LONGEST_KEPT else _split(text, *sides)


def _stand_in(letter: str) -> str:
    """"7" → "0", "ы" and "€" → "а", "»" → "": a letter of the same kind to razdel; marks are like nothing."""
    match = ATOM.match(letter)
    kind = match.lastgroup if match else "PUNCT"
    return {"INT": "0", "PUNCT": ""}.get(str(kind), "а")


def _split(stretch: str, before: str, after: str) -> tuple[str, ...]:
    tokens = [token.text for token in razdel.tokenize(f"{before} {stretch} {after}")]
    return tuple(tokens[len(before) : len(tokens) - len(after)])


_kept = lru_cache(maxsize=5_000)(_split)
