"""What reading dates yields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of text that names a day or a period: "8–9 September 2021" → 2021-09-08 … 2021-09-09.

    `start` and `end` are code-point offsets into the text read, end exclusive. `first` and `last` are both
    included; both are None when the text and the publication date do not determine them. `precision` is
    one of day, week, part_of_month, month, season, year, range; `origin` is "stated" when the text alone
    says which day it is and "relative" when the publication date was needed. `rule` is the id of the rule
    that read it, with the bound that stands in front, if any, behind a colon ("month:since").
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: str
    origin: str
    rule: str

    @property
    def bound(self) -> str | None:
        """“since March” → “since”; one of since, until, by, before, after, or None for a plain date."""
        return self.rule.partition(":")[2] or None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long something lasts: "a three-day visit" → the span of "three-day", 3 days."""

    start: int
    end: int
    text: str
    days: int
