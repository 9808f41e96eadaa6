"""What is known at a place in a text, and how a date without a year finds its year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coopex.dates import periods
from coopex.dates.periods import Period

Tense = Literal["past", "future", "unknown"]
Values = dict[str, int]
Build = Callable[[int], Period | None]  # from a year to the days meant in it

THAT = 9  # value of the words "that", "the same", «тот же»
FAR = 366  # a date without a year lies less than a year away
# How far ahead (and behind, for the future) a date without a year may lie when the wording around it points
# to the past (the future): news of 21 August that "met on 25 August" is about this August, not last year's.
SLACK = 31
# Longest run of days taken for a range of days rather than for a part of a month.
MONTHLESS = 9
# A date without a year that follows a full date within this many days belongs to the same story.
STORY = 45


@dataclass(frozen=True, slots=True)
class Reading:
    """First and last day (None when undetermined), precision, and whether the publication date was needed."""

    period: Period | None
    precision: str
    relative: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knows when arriving at a date.

    `slack` is how many days on the wrong side of publication, for its tense, a day without a year may lie.
    `before` is the latest mention with known days, `day` the latest of a single day; `story` a year or full date
    given just before.
    """

    published: date | None
    anchor: date | None
    tense: Tense
    slack: int
    before: Reading | None = None
    story: Reading | None = None
    day: Reading | None = None
    day_first: bool = True

    @property
    def previous(self) -> Reading | None:
        """The mention before this one, or the anchor in its place."""
        if self.before is None and self.anchor:
            return Reading((self.anchor, self.anchor), "day")
        return self.before


def year_span(v: Values, known: Known) -> tuple[int | None, bool] | None:
    """The year said and whether it is relative; None when it is said but cannot be known."""
    if "year" in v or "year1" in v:
        return v.get("year", v.get("year1")), False
    if "yy" in v:
        return 2000 + v["yy"] if v["yy"] < 70 else 1900 + v["yy"], False
    if "thisyear" in v:
        v = {**v, "y": 0}
    if "y" not in v:
        return None, True
    if v["y"] == THAT:
        before = known.previous
        return (before.period[0].year, before.relative) if before and before.period else None
    return (known.published.year + v["y"], True) if known.published else None


def dated(v: Values, known: Known, precision: str, build: Build) -> Reading | None:
    """Puts the year into `build`: the year said, or else the one that suits publication date and tense."""
    said = year_span(v, known)
    if said is None:
        return Reading(None, precision)
    year, relative = said
    if year is not None:
        period = build(year)
        return period and Reading(period, precision, relative)
    if build(2000) is None:
        return None
    return nearest(known, precision, build, v.get("weekday"))


def nearest(known: Known, precision: str, build: Build, weekday: int | None) -> Reading:
    """“28 July” gets the year of the story being told, or else the one that suits the publication date."""
    told = _in_story(known, precision, build)
    if told:
        return told
    if known.published is None:
        return Reading(build(known.anchor.year) if known.anchor else None, precision)
    return Reading(_suited(known, known.published, build, weekday), precision)


def _in_story(known: Known, precision: str, build: Build) -> Reading | None:
    """“In 2014 … in May”, “on 31 May 2019 … on 2 June”: in the year named, or soon after the day."""
    story = known.story
    if story is None or story.period is None:
        return None
    first, last = story.period
    if known.tense == "future" and known.published and last < known.published:
        return None  # "to mark ties established on 2 June 1993, she will come on June 2"
    here = build(first.year)
    if here and story.precision == "year":
        return Reading(here, precision, story.relative)
    if known.published and abs(periods.distance(story.period, known.published)) <= SLACK:
        return None  # a dateline: "Dec 20, 2021 — … signed on January 8" was eleven months ago
    soon = [p for p in (here, build(min(last.year + 1, 9999))) if p and 0 <= (p[0] - first).days <= STORY]
    return Reading(soon[0], precision, story.relative) if soon else None


def _suited(known: Known, published: date, build: Build, weekday: int | None) -> Period:
    """Of the years around, the nearest on the right side, and on the weekday said if there is one."""
    years = range(max(published.year - 4, 1), min(published.year + 4, 9999) + 1)
    found = {p: periods.distance(p, published) for year in years if (p := build(year))}
    inside = {p: away for p, away in found.items() if _on_side(p, away, known)} or found
    on_weekday = {p: away for p, away in found.items() if p[0].isoweekday() == weekday and abs(away) <= FAR}
    return min(on_weekday or inside, key=lambda p: abs(found[p]))


def _on_side(period: Period, away: int, known: Known) -> bool:
    """“in September” of the past, read in August, is last year's; a day may lie a little way over."""
    slack = known.slack if periods.length(period) <= MONTHLESS else 0
    if known.tense == "past":
        return slack - FAR <= away <= slack
    if known.tense == "future":
        return -slack <= away <= FAR - slack
    return abs(away) <= FAR // 2


PRECISION = {1: "day", 7: "week", 30: "month", 365: "year", 3650: "year"}


def away(start: date, count: int, unit: int, relative: bool = True) -> Reading:
    """So many days, weeks, months or years from a day, as wide as the unit."""
    if unit == 1:
        found = periods.shift(start, count)
        return Reading((found, found), "day", relative)
    if unit == 7:
        return Reading(periods.week(periods.shift(start, 7 * count)), "week", relative)
    if unit == 30:
        return Reading(periods.shifted_month(start, count), "month", relative)
    return Reading(periods.year_away(start, count * (unit // 365)), "year", relative)


def origin_of(which: int, known: Known) -> date | None:
    """The day from which "last", "this", "that" count."""
    if which == THAT:
        before = known.previous
        return before.period[0] if before and before.period else None
    return known.published


def steps(which: int) -> int:
    """How many units "last" (−1) or "next" (1) are away; "that" counts from its own day."""
    return 0 if which == THAT else which
