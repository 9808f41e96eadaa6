"""Dates that the page glued to the beginning of the lead or to the end of the headline."""

from __future__ import annotations

import re
from functools import lru_cache

from coopex.page.cues import cues, fold
from coopex.page.stamps import full_dates

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?!\d)")
_BEFORE_CLOCK = re.compile(r"\s*(?:г\.?|года)?[\s,|в-]*")
_NUMERIC = re.compile(r"[\d./-]+(?:\s?г\.?)?")
_TEXT_FOLLOWS = re.compile(r"[\s,|·•–—-]*(?=[A-ZА-ЯЁ«\"“'‘(\[])")
_LONGEST_LABEL = 30  # characters before the date that opens a line
_REACH = 80  # characters at the beginning of a line in which its date must stand
_SHORTEST_TEXT = 10  # characters that must be left of a line
_TAIL = 60  # characters at the end of a line in which its date must stand
_JOINT = re.compile(r"\s+[|·•–—-]\s*$|\s{2,}$|\s*[(\[]$|\s$")
_BEHIND = re.compile(r"[\s,]*(?:[A-ZА-ЯЁ][\w. -]{1,25})?[)\]]?$")


def leading_stamp(line: str) -> int | None:
    """`"20.05.2014 18:09Глава Прикамья …"` → 16, where the text begins behind the date.

    Without a label or clock time only a date in figures counts: "12 мая 2021 года гости …" is a sentence.
    """
    days = full_dates(line[:_REACH])
    if not days or days[0].start > _LONGEST_LABEL:
        return None
    day, label = days[0], fold(line[: days[0].start]).rstrip(" :")
    clock = _clock_end(line, day.end)
    if label not in _date_labels() or not (label or clock or _NUMERIC.fullmatch(line[day.start : day.end])):
        return None
    text = _TEXT_FOLLOWS.match(line, clock or day.end)
    return text.end() if text and len(line) > text.end() + _SHORTEST_TEXT else None


def _clock_end(line: str, position: int) -> int | None:
    """Where the clock time behind a date ends: past the blanks, the comma, and the "г." between them."""
    gap = _BEFORE_CLOCK.match(line, position)
    clock = _CLOCK.match(line, gap.end() if gap else position)
    return clock.end() if clock else None


@lru_cache(maxsize=1)
def _date_labels() -> frozenset[str]:
    """The labels of dates, and none."""
    labels = cues().labels.items()
    return frozenset({"", *(label for label, kind in labels if kind in ("date", "updated"))})


def trailing_stamp(line: str) -> int | None:
    """`"Договорились о сотрудничестве - 28.10.2025, ПРАЙМ"` → the offset of the blank before the dash."""
    offset = max(0, len(line) - _TAIL)
    days = full_dates(line[offset:])
    if not days:
        return None
    start, end = offset + days[-1].start, offset + days[-1].end
    clock = _clock_end(line, end)
    joint = _JOINT.search(line, 0, start)
    if not joint or not _BEHIND.match(line, clock or end):
        return None
    return joint.start() if clock or _is_set_off(joint.group()) else None


def _is_set_off(joint: str) -> bool:
    """A dash, bar or bracket, or a wide gap, stands before the date; a blank alone does not set it off."""
    return bool(joint.strip()) or len(joint) > 1
