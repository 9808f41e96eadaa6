"""How far apart two dates are."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from coopex.dates.find import find_dates
from coopex.dates.mention import DateMention

_SOME_YEAR = 2000  # in which two dates without a year are compared


def days_between(a: DateMention, b: DateMention, language: str) -> int:
    """Return the days between two dates, 0 where they overlap or are not known; of two without a year, in one year.

    "in June" and "on 4 September" → 66
    """
    first, second = _days(a, b, language), _days(b, a, language)
    return max((max(first[0], second[0]) - min(first[1], second[1])).days, 0) if first and second else 0


@lru_cache(maxsize=1000)
def _days(mention: DateMention, other: DateMention, language: str) -> tuple[date, date] | None:
    """Return the first and last day of a date; one without a year is read in the year of the other."""
    if mention.first is None or mention.last is None:
        year = other.first.year if other.first else _SOME_YEAR
        mention = next(iter(find_dates(f"{mention.text} {year}", language)), mention)
    return (mention.first, mention.last) if mention.first and mention.last else None
