"""Full dates on a page, and the lines that hold little else: "Thu 6 Jun 2019 09:14", "25.08.2025 11:40 | Просмотров: 312"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coopex.page.cues import cues, fold

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "янв фев мар апр мая июн июл авг сен окт ноя дек".split(),
)
_MONTH = r"(?P<m>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек)[a-zа-я]*)\.?"
_FORMS = [
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"(?<![\w.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\w./-])(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)",
        r"(?<![\w./-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?!\d)",
    )
]


@dataclass(frozen=True, slots=True)
class DayStamp:
    """A full date and where it stands."""

    start: int
    end: int
    day: date


def full_dates(text: str) -> list[DayStamp]:
    """`"02.09.2019"` → 2 September 2019 with its offsets: single days with their year, in order."""
    found = []
    for form in _FORMS:
        for m in form.finditer(text):
            day = _day(m)
            if day:
                found.append(DayStamp(m.start(), m.end(), day))
    return sorted(found, key=lambda s: s.start)


def _day(m: re.Match[str]) -> date | None:
    month = m["m"].lower()
    if not month.isdigit():
        number = next(i + 1 for names in _MONTHS for i, n in enumerate(names) if month.startswith(n[:3] if n != "мая" else "ма") or month.startswith(n))
    else:
        number = int(month)
    try:
        return date(int(m["y"]), number, int(m["d"]))
    except ValueError:
        return None


_CLOCK = re.compile(r"(?<![\d.,])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?![\d.,]*\d)\s*(?:[ap]\.?m\.?)?(?!\w)", re.IGNORECASE)
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
    if len(line) > _LONGEST_STAMP or not (days := full_dates(line)):
        return False
    rest = _without(line, [(d.start, d.end) for d in days[:2]] + clock_times(line))
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
