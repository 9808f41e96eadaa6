"""A text cut into pieces, each with the marks that lie over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Judgement = Literal["right", "wrong", "tolerated", "missed"]

SIGNS: dict[Judgement, str] = {"right": "✓", "wrong": "✗", "missed": "–", "tolerated": "○"}
"""The sign of each judgement, which must not be told by colour alone."""

_GRAVEST: tuple[Judgement, ...] = ("wrong", "missed", "right", "tolerated")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, how the value read from it was judged, and what it says."""

    start: int
    end: int
    judgement: Judgement
    told: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text; without a judgement it is plain."""

    text: str
    judgement: Judgement | None = None
    told: str = ""


def pieces_of(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut the text wherever a mark begins or ends; where marks overlap the gravest judgement shows."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    for start, end in pairwise(edges):
        over = [mark for mark in inside if mark.start <= start and end <= mark.end]
        if over:
            gravest = min((mark.judgement for mark in over), key=_GRAVEST.index)
            told = "\n".join(dict.fromkeys(f"{SIGNS[mark.judgement]} {mark.told}" for mark in over))
            yield Piece(text[start:end], gravest, told)
        else:
            yield Piece(text[start:end])


def name_marks(text: str, names: Sequence[str], told: str) -> Iterator[Mark]:
    """Mark where the first of some names that occurs in the text stands: what was missed there."""
    for name in names:
        found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)] if name else []
        if found:
            yield from (Mark(start, end, "missed", told) for start, end in found)
            return
