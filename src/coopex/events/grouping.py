"""Which mentions tell of the same event: each joins the candidate it fits best, else it begins another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, Self, TypeVar

from coopex.weights import model

MOST_COMPARED = 12
"""Candidates told of last with which a mention is compared: a calendar of a thousand events would be compared with
itself."""


class Mention(Protocol):
    """A mention of an event, as far as grouping looks at it."""

    @property
    def offset(self) -> int:
        """Character offset in the text."""


M = TypeVar("M", bound=Mention)


class Candidate(Protocol[M]):
    """Mentions that tell of one event."""

    @property
    def mentions(self) -> tuple[M, ...]:
        """The mentions, in the order in which they joined."""

    def joined_by(self, mention: M, reason: str) -> Self:
        """Return the candidate with one more mention."""


C = TypeVar("C", bound=Candidate)  # type: ignore[type-arg]
Begin = Callable[[M, tuple[tuple[int, str], ...]], C]
"""Makes a candidate of a mention, and of why it is another than each candidate told of before."""
Rate = Callable[[C, M, bool], tuple[float, str]]
"""Gives the probability that a mention tells of a candidate, and why; the flag says it is the one told of last."""


def group(
    mentions: Iterable[M],
    begin: Begin[M, C],
    rate: Rate[C, M],
    name: str,
    orient: Callable[[M, C | None], M] | None = None,
) -> list[C]:
    """Group mentions into candidates, in the order of the text, by the threshold of the model of a name.

    `orient` reads each mention anew in the light of the candidate told of last.
    """
    found: list[C] = []
    current: int | None = None
    for each in mentions:
        mention = orient(each, found[current] if current is not None else None) if orient else each
        first = max(0, len(found) - MOST_COMPARED)
        rated = [(rate(found[i], mention, i == current), i) for i in range(first, len(found))]
        best = max(rated, key=lambda pair: (pair[0][0], pair[1]), default=None)
        if best is not None and best[0][0] >= model(name).threshold:
            current = best[1]
            found[current] = found[current].joined_by(mention, best[0][1])
        else:
            found.append(begin(mention, tuple((found[i].mentions[0].offset, reason) for (_, reason), i in rated)))
            current = len(found) - 1
    return found


def rate_pair(name: str, ruled_out: str | None, features: Callable[[], Mapping[str, float]]) -> tuple[float, str]:
    """Return the probability by the model of a name, and its strongest features; 0 and the reason if ruled out."""
    if ruled_out:
        return 0.0, ruled_out
    fitted, found = model(name), features()
    return fitted.probability(found), ", ".join(each for each, _ in fitted.strongest(found, 3))
