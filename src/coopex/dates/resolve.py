"""What a date rule means: from the values of its words to days.

Each function takes the values and what is known at that point of the text, and returns a `Reading`, or None when
the words name no real date ("30 February"), which rejects the match.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coopex.dates import periods
from coopex.dates.periods import Period

Tense = Literal["past", "future", "unknown"]
Values = dict[str, int]

THAT = 9  # value of the words "that", "the same", «тот же»
YEAR_BEFORE = -12  # value of «прошлый» before a season, which unlike «минувший» means the year before
FAR = 366
# How far ahead (and behind, for the future) a date without a year may lie when the wording around it points to the
# past (the future): news of 21 August that "met on 25 August" is about this August, not about last year's.
SLACK = 31
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

    `window` is the offset in days, behind and ahead of publication, in which a date without a year is looked
    for. `before` is the latest mention with known days; `story_year` a year or full date given just before.
    """

    published: date | None
    anchor: date | None
    tense: Tense
    window: tuple[int, int]
    before: Reading | None = None
    story: Reading | None = None
    day_first: bool = True

    @property
    def previous(self) -> Reading | None:
        """The mention before this one, or the anchor in its place."""
        if self.before is None and self.anchor:
            return Reading((self.anchor, self.anchor), "day")
        return self.before


Meaning = Callable[[Values, Known], Reading | None]


# Years


def _year_span(v: Values, known: Known) -> tuple[int | None, bool] | None:
    """The year said and whether it is relative; None when it is said but cannot be known."""
    if "year" in v or "year1" in v:
        return v.get("year", v.get("year1")), False
    if "yy" in v:
        return 2000 + v["yy"] if v["yy"] < 70 else 1900 + v["yy"], False
    if "y" not in v:
        return None, True
    if v["y"] == THAT:
        before = known.previous
        return (before.period[0].year, before.relative) if before and before.period else None
    return (known.published.year + v["y"], True) if known.published else None


def _dated(v: Values, known: Known, precision: str, build: Callable[[int], Period | None]) -> Reading | None:
    """Puts the year into `build`: the year said, or else the one that suits publication date and tense."""
    said = _year_span(v, known)
    if said is None:
        return Reading(None, precision)
    year, relative = said
    if year is not None:
        period = build(year)
        return period and Reading(period, precision, relative)
    if build(2000) is None:
        return None
    return _nearest(known, precision, build, v.get("weekday"))


def _nearest(
    known: Known, precision: str, build: Callable[[int], Period | None], weekday: int | None
) -> Reading | None:
    """The year for "28 July" that brings it nearest to the story told or to the publication date."""
    story = known.story.period if known.story else None
    if story:
        here = build(story[0].year)
        if here and known.story and known.story.precision == "year":
            return Reading(here, precision, known.story.relative)
        candidates = [p for p in (here, build(story[1].year + 1)) if p and 0 <= (p[0] - story[0]).days <= STORY]
        if candidates and known.story:
            return Reading(candidates[0], precision, known.story.relative)
    if known.published is None:
        year = known.anchor.year if known.anchor else None
        return Reading(build(year) if year else None, precision)
    published = known.published
    years = range(max(published.year - 4, 1), min(published.year + 4, 9999) + 1)
    found = [period for year in years if (period := build(year))]
    behind, ahead = known.window
    inside = [p for p in found if behind <= periods.distance(p, published) <= ahead] or found
    if weekday:
        inside = [p for p in inside if p[0].isoweekday() == weekday] or inside
    best = min(inside, key=lambda p: abs(periods.distance(p, published)))
    return Reading(best, precision)


# Days and months with names


def day(v: Values, known: Known) -> Reading | None:
    """"21 August 2018", "2018-08-21"."""
    month = v.get("month") or v["slug"]
    return _dated(v, known, "day", lambda year: periods.day(year, month, v["day"]))


def slashes(v: Values, known: Known) -> Reading | None:
    """"06/30/2018": the order that makes a date, the language's own where both do."""
    left, right = v["left"], v["right"]
    day_first = right > 12 or known.day_first
    if left > 12:
        day_first = True
    elif right > 12:
        day_first = False
    number, month = (left, right) if day_first else (right, left)
    period = periods.day(v["year"], month, number)
    return period and Reading(period, "day", relative=False)


def days(v: Values, known: Known) -> Reading | None:
    """"8–9 September 2021", "28 April – 5 May"."""
    last_month = v.get("month2", v["month"])

    def build(year: int) -> Period | None:
        last = periods.day(year, last_month, v["day2"])
        crosses = v["month"] > last_month and "year1" not in v
        first = periods.day(v.get("year1", year - crosses), v["month"], v["day"])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None

    return _dated(v, known, "range", build)


def month(v: Values, known: Known) -> Reading | None:
    """"June 2018", "in May", "at the beginning of June", "last February"."""
    piece = v.get("part")

    def build(year: int) -> Period:
        whole = periods.month(year, v["month"])
        return periods.part(whole, piece) if piece else whole

    precision = "part_of_month" if piece else "month"
    if "deictic" in v:
        return _deictic_month(v, known, precision, build)
    return _dated(v, known, precision, build)


def _deictic_month(
    v: Values, known: Known, precision: str, build: Callable[[int], Period]
) -> Reading | None:
    """"last February": the latest one over before the publication; "next": the first still to come."""
    return _deictic(v["deictic"], known, precision, build)


def _deictic(
    which: int, known: Known, precision: str, build: Callable[[int], Period]
) -> Reading | None:
    if which == THAT:
        before = known.previous
        return Reading(build(before.period[0].year) if before and before.period else None, precision)
    if known.published is None:
        return Reading(None, precision)
    year = known.published.year
    spans = [build(n) for n in range(max(year - 3, 1), min(year + 3, 9999) + 1)]
    if which == 0:
        return Reading(build(year), precision)
    if which < 0:
        over = [p for p in spans if periods.distance(p, known.published) < 0]
        return Reading(over[which], precision)
    return Reading(next(p for p in spans if p[0] > known.published), precision)


def months(v: Values, known: Known) -> Reading | None:
    """"April–June 2018"."""
    def build(year: int) -> Period:
        first = periods.month(year - (v["month"] > v["month2"]), v["month"])
        return first[0], periods.month(year, v["month2"])[1]

    return _dated(v, known, "range", build)


def month_edge(v: Values, known: Known) -> Reading | None:
    """"the first two days of July", "the last week of May"."""
    length = v["unit"] * v.get("count", 1)
    if v["unit"] not in (1, 7) or length > 28:
        return None

    def build(year: int) -> Period:
        first, end = periods.month(year, v["month"])
        if v["edge"] < 0:
            return periods.shift(end, 1 - length), end
        return first, periods.shift(first, length - 1)

    return _dated(v, known, "day" if length == 1 else "range" if v["unit"] == 1 else "part_of_month", build)


# Periods told from the publication date


def relative_month(v: Values, known: Known) -> Reading | None:
    """"last month", "earlier this month", "early last month"."""
    piece = v.get("part")
    precision = "part_of_month" if piece else "month"
    start = _start(v.get("deictic", 0), known)
    if start is None:
        return Reading(None, precision)
    whole = periods.shifted_month(start, _steps(v.get("deictic", 0)))
    if piece:
        return Reading(periods.part(whole, piece), precision)
    return Reading(_cut(whole, v, known), precision)


def week(v: Values, known: Known) -> Reading | None:
    """"this week", "last week": Monday to Sunday."""
    start = _start(v["deictic"], known)
    return Reading(start and periods.week(periods.shift(start, 7 * _steps(v["deictic"]))), "week")


def weekend(v: Values, known: Known) -> Reading | None:
    """"at the weekend": the latest Saturday and Sunday that have begun; the coming ones for the future."""
    if known.published is None:
        return Reading(None, "range")
    which = v.get("deictic")
    saturday = periods.shift(periods.week(known.published)[0], 5)
    if which is None or which == THAT:
        which = -1 if saturday > known.published and known.tense != "future" else 0
    elif which < 0 and saturday <= known.published:
        which = 0 if known.published.weekday() == 6 else -1
    saturday = periods.shift(saturday, 7 * which)
    return Reading((saturday, periods.shift(saturday, 1)), "range")


def year(v: Values, known: Known) -> Reading | None:
    """"in 2014"."""
    return Reading(periods.year(v["year"]), "year", relative=False)


def years(v: Values, known: Known) -> Reading | None:
    """"2017–2018"; years that run backwards or over a century apart are no period."""
    first, last = v["year"], v["year2"]
    if not first < last < first + 100:
        return None
    return Reading((periods.year(first)[0], periods.year(last)[1]), "range", relative=False)


def decade(v: Values, known: Known) -> Reading | None:
    """"the 1990s"."""
    first = v["year"]
    if first % 10:
        return None
    last = first + (99 if first % 100 == 0 and first < 2000 else 9)
    return Reading((periods.year(first)[0], periods.year(last)[1]), "range", relative=False)


def relative_year(v: Values, known: Known) -> Reading | None:
    """"last year", "later this year", "that year"."""
    start = _start(v["deictic"], known)
    whole = start and periods.year_away(start, _steps(v["deictic"]))
    return Reading(whole and _cut(whole, v, known), "year", v["deictic"] != THAT or _relative(known))


def last_year(v: Values, known: Known) -> Reading | None:
    """«прошлогодний визит»."""
    return relative_year({"deictic": -1}, known)


def year_before_last(v: Values, known: Known) -> Reading | None:
    """"the year before last", «в позапрошлом году»."""
    return relative_year({"deictic": -2}, known)


def part_of_year(v: Values, known: Known) -> Reading | None:
    """"early 2019", "the end of the year"."""
    if "year" in v:
        return Reading(periods.part_of_year(v["year"], v["part"]), "range", relative=False)
    start = _start(v.get("deictic", 0), known)
    if start is None:
        return Reading(None, "range")
    number = periods.year_away(start, _steps(v.get("deictic", 0)))[0].year
    return Reading(periods.part_of_year(number, v["part"]), "range")


def quarter(v: Values, known: Known) -> Reading | None:
    """"Q3 2020", "the third quarter"."""
    last = v["quarter"] * 3
    return _dated(v, known, "range", lambda year: periods.months(year, last - 2, last))


def relative_quarter(v: Values, known: Known) -> Reading | None:
    """"last quarter", «в текущем квартале»."""
    start = _start(v["deictic"], known)
    if start is None:
        return Reading(None, "range")
    first = periods.shifted_month(start, -((start.month - 1) % 3) + 3 * _steps(v["deictic"]))[0]
    return Reading((first, periods.shifted_month(first, 2)[1]), "range")


def half(v: Values, known: Known) -> Reading | None:
    """"the first half of 2020", «во втором полугодии»."""
    number = v.get("half") or v["half2"]
    if not {"year", "y"} & set(v) and known.published:
        v = {**v, "y": 0}
    return _dated(v, known, "range", lambda year: periods.part_of_year(year, number))


def season(v: Values, known: Known) -> Reading | None:
    """"summer 2019", "last summer", "in the spring"."""
    def build(year: int) -> Period:
        return periods.season(year, v["season"])

    if "deictic" not in v:
        return _dated(v, known, "season", build)
    if v["deictic"] == 0 and known.published:
        return _nearest_season(known, build)
    if v["deictic"] == YEAR_BEFORE and known.published:
        return _season_of_last_year(v, known, build)
    return _deictic(v["deictic"], known, "season", build)


def _nearest_season(known: Known, build: Callable[[int], Period]) -> Reading | None:
    """"this winter" in December is the one that has begun, "this spring" the one of the calendar year."""
    assert known.published
    published = known.published
    spans = [build(year) for year in (published.year, min(published.year + 1, 9999))]
    running = [p for p in spans if periods.distance(p, published) == 0]
    return Reading((running or spans)[0], "season")


def _season_of_last_year(v: Values, known: Known, build: Callable[[int], Period]) -> Reading | None:
    """«прошлым летом», said in September: not the summer just over; of winters, the latest that is over."""
    assert known.published
    latest = [p for n in (-2, -1, 0) if (p := build(known.published.year + n))[1] < known.published]
    return Reading(latest[-1] if v["season"] == 0 or latest[-1][0].year < known.published.year else latest[-2], "season")


# Weekdays and days told from the publication date


def weekday(v: Values, known: Known) -> Reading | None:
    """"on Monday": the latest on or before publication, or the next when the future is meant."""
    if "week" in v:
        return _weekday_of_week(v, known)
    if known.published is None:
        return Reading(None, "day")
    which = v.get("deictic")
    if which == THAT:
        which = None
    back = (known.published.isoweekday() - v["weekday"]) % 7
    if which == 0:
        return _weekday_of_week({**v, "week": 0}, known)
    if which is None:
        offset = -back if known.tense != "future" else -back + 7 * (back > 0)
    else:
        offset = -(back or 7) if which < 0 else 7 - back
    found = periods.shift(known.published, offset)
    return Reading((found, found), "day")


def _weekday_of_week(v: Values, known: Known) -> Reading | None:
    start = _start(v["week"], known)
    if start is None:
        return Reading(None, "day")
    monday = periods.week(periods.shift(start, 7 * _steps(v["week"])))[0]
    found = periods.shift(monday, v["weekday"] - 1)
    return Reading((found, found), "day")


def weekdays(v: Values, known: Known) -> Reading | None:
    """"from Monday to Friday": ends as a lone weekday would, begins in the week before that."""
    last = weekday({"weekday": v["weekday2"]}, known)
    if last is None or last.period is None:
        return Reading(None, "range")
    end = last.period[0]
    begin = periods.shift(end, -((v["weekday2"] - v["weekday"]) % 7))
    return Reading((begin, end), "range")


def relative_day(v: Values, known: Known) -> Reading | None:
    """"yesterday", «позавчера»."""
    if known.published is None:
        return Reading(None, "day")
    found = periods.shift(known.published, v["relday"])
    return Reading((found, found), "day")


def eve(v: Values, known: Known) -> Reading | None:
    """«накануне»: the day before the publication, or before a day of the past told just before."""
    story = known.story.period if known.story and known.story.precision in ("day", "range") else None
    if story:
        found = periods.shift(story[0], -1)
        return Reading((found, found), "day", bool(known.story and known.story.relative))
    return relative_day({"relday": -1}, known)


def lately(v: Values, known: Known) -> Reading | None:
    """«на днях»: within a week of the publication, before it or, for the future, after it."""
    if known.published is None:
        return Reading(None, "range")
    if known.tense == "future":
        return Reading((known.published, periods.shift(known.published, 7)), "range")
    return Reading((periods.shift(known.published, -7), known.published), "range")


# Distances


def ago(v: Values, known: Known) -> Reading | None:
    """"two weeks ago": the day, week, month or year so far back."""
    unit = v.get("unit") or v["unit1"]
    if known.published is None:
        return Reading(None, _PRECISION[unit])
    start = known.published
    if "relday" in v:
        found = periods.shift(start, -v.get("count", 1) * unit + v["relday"])
        return Reading((found, found), "day")
    return _away(start, -v.get("count", 1), unit)


def months_ago(v: Values, known: Known) -> Reading | None:
    """"a year and a half ago": that many months back."""
    if known.published is None:
        return Reading(None, "month")
    return _away(known.published, -v["months"], 30)


def ahead(v: Values, known: Known) -> Reading | None:
    """«через два дня»: after the mention before this one, or, for the future, after the publication."""
    if known.published and (known.tense == "future" or known.previous is None):
        return _away(known.published, v.get("count", 1), v.get("unit") or v["unit1"])
    return later(v, known)


def later(v: Values, known: Known) -> Reading | None:
    """"a day later", "five years earlier": so far from the mention before this one."""
    sign, unit = v.get("way", 1), v.get("unit") or v["unit1"]
    before = known.previous
    if before is None or before.period is None or _too_wide(before.period, unit):
        return Reading(None, _PRECISION[unit])
    start = before.period[sign > 0]
    return _away(start, sign * v.get("count", 1), unit, before.relative)


def _too_wide(period: Period, unit: int) -> bool:
    """"in 2009 … seven months on": no month can be told from a whole year."""
    return unit < 365 and periods.length(period) > max(31, 2 * unit)


def next_unit(v: Values, known: Known) -> Reading | None:
    """"the next day", "the following week"."""
    return later({"unit": v.get("unit", 1), "count": 1, "way": 1}, known)


def day_before(v: Values, known: Known) -> Reading | None:
    """"the day before", "the previous year"; without a mention before, told from the publication."""
    unit = v.get("unit") or v.get("unit1") or v.get("unit2", 1)
    if known.previous is None and known.published:
        return _away(known.published, -v.get("count", 1), unit)
    return later({"unit": unit, "count": v.get("count", 1), "way": -1}, known)


def same_day(v: Values, known: Known) -> Reading | None:
    """"the same day": the mention before this one if it is a day."""
    before = known.previous
    if before is None or before.period is None:
        return Reading(None, "day")
    if before.precision not in ("day", "range"):
        return Reading(None, "day")
    last = before.period[1]
    return Reading((last, last), "day", before.relative)


def day_of_month(v: Values, known: Known) -> Reading | None:
    """"on the 6th": of the month named before, or the nearest such day."""
    return days_of_month({**v, "day2": v["day"]}, known)


def days_of_month(v: Values, known: Known) -> Reading | None:
    """"from the 13th to the 17th": of the month named before."""
    precision = "day" if v["day"] == v["day2"] else "range"
    before = known.previous
    if before and before.period and before.precision not in ("year", "season"):
        start, relative = before.period[0], before.relative
    elif known.published:
        start = known.published
        if known.tense != "future" and v["day"] > start.day:
            start = periods.shifted_month(start, -1)[0]
        relative = True
    else:
        return Reading(None, precision)
    first = periods.day(start.year, start.month, v["day"])
    last = periods.day(start.year, start.month, v["day2"])
    return Reading((first[0], last[1]), precision, relative) if first and last and first <= last else None


_PRECISION = {1: "day", 7: "week", 30: "month", 365: "year", 3650: "year"}


def _away(start: date, count: int, unit: int, relative: bool = True) -> Reading:
    """So many days, weeks, months or years from a day, as wide as the unit."""
    if unit == 1:
        found = periods.shift(start, count)
        return Reading((found, found), "day", relative)
    if unit == 7:
        return Reading(periods.week(periods.shift(start, 7 * count)), "week", relative)
    if unit == 30:
        return Reading(periods.shifted_month(start, count), "month", relative)
    return Reading(periods.year_away(start, count * (unit // 365)), "year", relative)


def _start(which: int, known: Known) -> date | None:
    """The day from which "last", "this", "that" count."""
    if which == THAT:
        before = known.previous
        return before.period[0] if before and before.period else None
    return known.published


def _steps(which: int) -> int:
    return 0 if which == THAT else which


def _relative(known: Known) -> bool:
    return known.previous is None or known.previous.relative


def _cut(whole: Period, v: Values, known: Known) -> Period:
    """"earlier this month" ends on the publication date, "later this year" begins after it."""
    first, last = whole
    published, when = known.published, v.get("when")
    if when is None or published is None or not first <= published <= last:
        return whole
    if when < 0:
        return first, published
    return min(periods.shift(published, 1), last), last


MEANINGS: dict[str, Meaning] = {
    meaning.__name__: meaning
    for meaning in (
        day, slashes, days, month, months, month_edge, relative_month, week, weekend, year, years, decade,
        relative_year, last_year, year_before_last, part_of_year, quarter, relative_quarter, half, season, weekday, weekdays, relative_day, eve,
        lately, ago, months_ago, ahead, later, next_unit, day_before, same_day, day_of_month, days_of_month,
    )
}
