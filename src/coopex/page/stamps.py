"""Full dates on a page, and the lines that hold little else, such as "25.08.2025 11:40 | Просмотров: 312"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coopex.dates import find_dates
from coopex.page.cues import cues, fold

_HAS_DATE = re.compile(r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d\d")
# every month of both languages begins so
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
)
_MONTH = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_MONTHS)})")
_FIGURES = re.compile(r"\d[./_-]\d{1,2}[./_-]\d|(?:1[7-9]|20)\d{6}|年")
_CYRILLIC, _LATIN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
# «21» августа, 21-Aug-2018: what running text does not have becomes a blank, so that offsets stay
_DECORATION = re.compile(
    r"(?<=\d)-(?=[^\W\d]{3})|(?<=[^\W\d]{3})-(?=\d{4})|[«\"](?=\d{1,2}[»\"])|(?<=\d)[»\"]"
)


@dataclass(frozen=True, slots=True)
class DayStamp:
    """A full date and where it stands."""

    start: int
    end: int
    day: date


def full_dates(text: str, language: str | None = None) -> tuple[DayStamp, ...]:
    """`"02.09.2019"` → 2 September 2019 with its offsets: single days with their year, in order.

    `language` decides "03/05/2018": 3 May in Russian, March 5 otherwise.
    """
    if not _may_hold_date(text):
        return ()
    own = language == "ru" and ("/" in text or _CYRILLIC.search(text))
    return (_days(text, "ru") if own else ()) or _days_of_both(text)


def _may_hold_date(text: str) -> bool:
    """Whether there is a year beside the name of a month, or figures that may be a whole date.

    Of the lines with a year three in four hold no month, and to look for dates in one takes 0.2 ms.
    """
    if not _HAS_DATE.search(text):
        return False
    folded = text.lower()
    named = any(month in folded for month in _MONTHS) and _MONTH.search(folded)
    return bool(named or _FIGURES.search(text))


@lru_cache(maxsize=2000)  # blocks and metadata ask for the same lines
def _days_of_both(text: str) -> tuple[DayStamp, ...]:
    """The days that either language reads; where they overlap, the first, then the longer, then the English one."""
    kept: list[DayStamp] = []
    days = [day for language in _languages_of(text) for day in _days(text, language)]
    for day in sorted(days, key=lambda day: (day.start, -day.end)):
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def _languages_of(text: str) -> Iterator[str]:
    """Figures alone are the same in both languages, but for "03/05/2018", which is first read as English."""
    russian = bool(_CYRILLIC.search(text))
    if not russian or "/" in text or _LATIN.search(text):
        yield "en"
    if russian:
        yield "ru"


@lru_cache(maxsize=2000)
def _days(text: str, language: str) -> tuple[DayStamp, ...]:
    mentions = find_dates(_DECORATION.sub(" ", text), language)
    days = (m for m in mentions if m.precision == "day" and m.origin == "stated")
    return tuple(DayStamp(m.start, m.end, m.first) for m in days if m.first)


_CLOCK = re.compile(
    r"(?<![\d.,])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?![\d.,]*\d)\s*(?:[ap]\.?m\.?)?(?!\w)",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\s*[|·•\t/]\s*|\s{2,}|\s[-–—]\s|;\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'.][^\W\d_]+)*")
_LONGEST_STAMP = 130  # characters
_CELL_WORDS = 5  # words in a cell beside the one with the date: "Compiled by the editors"


def clock_times(text: str) -> list[tuple[int, int]]:
    """`"25.08.2025 11:40"` → [(11, 16)]."""
    return [m.span() for m in _CLOCK.finditer(text)]


def is_stamp(line: str) -> bool:
    """Whether a line dates the page and says nothing else: "Munich / Cairo, 28 May 2022" → True.

    Beside the full date only a place, a clock time, counters, and short cells set off by bars are allowed.
    """
    days = full_dates(line) if len(line) <= _LONGEST_STAMP else ()
    if not days:
        return False
    rest = _without(line, [(d.start, d.end) for d in days] + clock_times(line))
    return all(_cell_allowed(cell, "\0" in cell) for cell in _CELLS.split(rest))


def _without(line: str, spans: list[tuple[int, int]]) -> str:
    """The line with each span replaced by a NUL, so that its cell is known."""
    for start, end in sorted(spans, reverse=True):
        line = f"{line[:start]}\0{line[end:]}"
    return line


def _cell_allowed(cell: str, dated: bool) -> bool:
    words = _WORD.findall(cell)
    if not dated:
        return len(words) <= _CELL_WORDS
    strange = [w for w in words if fold(w).rstrip(".") not in cues().stamp_words]
    return len(strange) <= 4 and all(w[0].isupper() for w in strange)
