"""Full dates on a page, and the lines that hold little else: "Thu 6 Jun 2019 09:14", "25.08.2025 11:40 |
Просмотров: 312".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coopex.dates import DateMention, find_absolute, find_dates
from coopex.page.cues import cues, fold

_HAS_DATE = re.compile(r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d\d")
# written so that the reader of running text does not expect it: «21» августа, 21-Aug-2018; blanks keep the
# offsets
_DECORATION = re.compile(
    r"(?<=\d)-(?=[^\W\d]{3})|(?<=[^\W\d]{3})-(?=\d{4})|[«\"](?=\d{1,2}[»\"])|(?<=\d)[»\"]"
)


@dataclass(frozen=True, slots=True)
class DayStamp:
    """A full date and where it stands."""

    start: int
    end: int
    day: date


def full_dates(text: str, language: str | None = None) -> list[DayStamp]:
    """`"02.09.2019"` → 2 September 2019 with its offsets: single days with their year, in order.

    `language` decides "03/05/2018": 3 May in Russian, March 5 otherwise.
    """
    if not _HAS_DATE.search(text):
        return []
    plain = _DECORATION.sub(" ", text)
    mentions = [m for m in find_dates(plain, "ru") if _is_day(m)] if language == "ru" else []
    return [DayStamp(m.start, m.end, m.first) for m in mentions or find_absolute(plain) if m.first]


def _is_day(mention: DateMention) -> bool:
    return mention.precision == "day" and mention.origin == "stated"


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
    if len(line) > _LONGEST_STAMP or not (days := full_dates(line)):
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


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w@])[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)
_PATH_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/_-]?)(?P<m>0[1-9]|1[0-2]|(?<=[/_-])[1-9](?=[/_-]))(?:(?P=s)|(?<=\d\d))(?P<d>[0-2]\d|3[01]|[1-9])(?!\d)"
    r"|(?<!\d)(?P<d2>[0-2]\d|3[01])[._-](?P<m2>0[1-9]|1[0-2])[._-](?P<y2>(?:19|20)\d\d)(?!\d)"
)


def address_dates(line: str) -> list[DayStamp]:
    """`"https://example.org/2021/07/27/visit.html"` → 27 July 2021: full dates in the path of an address."""
    found = []
    for address in _ADDRESS.finditer(line):
        for match in _PATH_DATE.finditer(line, *address.span()):
            year, month, day = (
                match["y"] or match["y2"],
                match["m"] or match["m2"],
                match["d"] or match["d2"],
            )
            if stamp := _checked(match.span(), int(year), int(month), int(day)):
                found.append(stamp)
    return found


def _checked(span: tuple[int, int], year: int, month: int, day: int) -> DayStamp | None:
    try:
        return DayStamp(*span, date(year, month, day))
    except ValueError:
        return None


_GLUED_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?!\d)")
_NUMERIC = re.compile(r"[\d./-]+(?:\s?г\.?)?")
_AFTER_STAMP = re.compile(r"[\s,|·•–—-]*(?=[A-ZА-ЯЁ«\"“'‘(\[])")
_LONGEST_LABEL = 30  # characters before the date that opens a line
_SUFFIX = re.compile(r"\s+[|·•–—-]\s*$|\s{2,}$|\s*[(\[]$|\s$")
_BEHIND = re.compile(r"^[\s,]*(?:[A-ZА-ЯЁ][\w. -]{1,25})?[)\]]?$")


def leading_stamp(line: str) -> int | None:
    """`"20.05.2014 18:09Глава Прикамья …"` → 16, where the text begins behind the date.

    Without a label or clock time only a date in figures counts: "12 мая 2021 года гости …" is a sentence.
    """
    days = full_dates(line[:80])
    if not days or days[0].start > _LONGEST_LABEL:
        return None
    before, day = fold(line[: days[0].start]).rstrip(" :"), days[0]
    clock = _GLUED_CLOCK.match(line, _skip(line, day.end))
    if before not in ("", *_date_labels()) or not (
        before or clock or _NUMERIC.fullmatch(line[day.start : day.end])
    ):
        return None
    rest = _AFTER_STAMP.match(line, clock.end() if clock else day.end)
    return rest.end() if rest and len(line) > rest.end() + 10 else None


def _skip(line: str, position: int) -> int:
    """Past the blanks, the comma, and the "г." between a date and its clock time."""
    match = re.compile(r"\s*(?:г\.?|года)?[\s,|в-]*").match(line, position)
    return match.end() if match else position


def _date_labels() -> tuple[str, ...]:
    return tuple(label for label, kind in cues().labels.items() if kind in ("date", "updated"))


def trailing_stamp(line: str) -> int | None:
    """`"Договорились о сотрудничестве - 28.10.2025, ПРАЙМ"` → the offset of the blank before the dash."""
    days = full_dates(line[-60:])
    if not days or len(line) < 80 - 60:
        return None
    start, end = (
        len(line) - min(60, len(line)) + days[-1].start,
        len(line) - min(60, len(line)) + days[-1].end,
    )
    clock = _CLOCK.match(line, _skip(line, end))
    joint = _SUFFIX.search(line, 0, start)
    behind = _BEHIND.match(line[clock.end() if clock else end :])
    set_off = joint and (clock or len(joint.group().strip()) == 1 or len(joint.group()) > 1)
    return joint.start() if joint and set_off and behind and joint.end() == start else None
