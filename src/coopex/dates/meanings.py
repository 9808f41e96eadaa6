"""What each date rule means: from the values of its words to days.

Each function takes the values and what is known at that place of the text, and returns a `Reading`, or
None when the words name no real date ("30 February"), which rejects the match.
"""

from __future__ import annotations

from collections.abc import Callable

from coopex.dates import periods
from coopex.dates.known import PRECISION, THAT, Known, Reading, Values, away, dated, origin_of, steps
from coopex.dates.periods import Period

Meaning = Callable[[Values, Known], Reading | None]
MEANINGS: dict[str, Meaning] = {}

# Value of «прошлый» before a season, which unlike «минувший» means the year before.
YEAR_BEFORE = -12


def meaning(function: Meaning) -> Meaning:
    """Enters a function under its name, by which the rules in `data/` call it."""
    MEANINGS[function.__name__] = function
    return function


# Days and months with names


@meaning
def day(v: Values, known: Known) -> Reading | None:
    """“21 August 2018”, “2018-08-21”."""
    month = v.get("month") or v["slug"]
    return dated(v, known, "day", lambda year: periods.day(year, month, v["day"]))


@meaning
def slashes(v: Values, known: Known) -> Reading | None:
    """“06/30/2018”: the order that makes a date, the language's own where both do."""
    left, right = v["left"], v["right"]
    day_first = right > 12 or known.day_first
    if left > 12:
        day_first = True
    elif right > 12:
        day_first = False
    number, month = (left, right) if day_first else (right, left)
    period = periods.day(v["year"], month, number)
    return period and Reading(period, "day", relative=False)


@meaning
def days(v: Values, known: Known) -> Reading | None:
    """“8–9 September 2021”, “28 April – 5 May”."""
    last_month = v.get("month2", v["month"])
    crosses = v["month"] > last_month

    def build(year: int) -> Period | None:
        if "year1" in v and "year" not in v:
            first_year, last_year = year, year + crosses
        else:
            first_year, last_year = v.get("year1", year - crosses), year
        first = periods.day(first_year, v["month"], v["day"])
        last = periods.day(last_year, last_month, v["day2"])
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None

    return dated(v, known, "range", build)


@meaning
def month(v: Values, known: Known) -> Reading | None:
    """“June 2018”, “in May”, “at the beginning of June”, “last February”."""
    piece, number = v.get("part"), v.get("month") or v["month2"]

    def build(year: int) -> Period:
        whole = periods.month(year, number)
        return periods.part(whole, piece) if piece else whole

    precision = "part_of_month" if piece else "month"
    if "deictic" in v:
        return _deictic_month(v, known, precision, build)
    return dated(v, known, precision, build)


def _deictic_month(v: Values, known: Known, precision: str, build: Callable[[int], Period]) -> Reading | None:
    """“last February”: the latest one over before the publication; “next”: the first still to come."""
    return _deictic(v["deictic"], known, precision, build)


def _deictic(which: int, known: Known, precision: str, build: Callable[[int], Period]) -> Reading | None:
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


@meaning
def month_parts(v: Values, known: Known) -> Reading | None:
    """“late September to early October”."""

    def build(year: int) -> Period:
        first = periods.month(year - (v["month"] > v["month2"]), v["month"])
        last = periods.month(year, v["month2"])
        return periods.part(first, v["part"])[0], periods.part(last, v["part2"])[1]

    return dated(v, known, "range", build)


@meaning
def months(v: Values, known: Known) -> Reading | None:
    """“April–June 2018”, “March 2007 to February 2008”."""

    def build(year: int) -> Period | None:
        first = periods.month(v.get("year1", year - (v["month"] > v["month2"])), v["month"])
        last = periods.month(year, v["month2"])
        return (first[0], last[1]) if first[0] < last[1] else None

    return dated({n: x for n, x in v.items() if n != "year1" or "year" not in v}, known, "range", build)


@meaning
def adjacent_months(v: Values, known: Known) -> Reading | None:
    """“July and August 2018”; “June and November” are two dates instead."""
    return months(v, known) if (v["month2"] - v["month"]) % 12 == 1 else None


@meaning
def month_edge(v: Values, known: Known) -> Reading | None:
    """“the first two days of July”, “the last week of May”."""
    length = v["unit"] * v.get("count", 1)
    if v["unit"] not in (1, 7) or length > 28:
        return None

    def build(year: int) -> Period:
        first, end = periods.month(year, v["month"])
        if v["edge"] < 0:
            return periods.shift(end, 1 - length), end
        return first, periods.shift(first, length - 1)

    return dated(v, known, "day" if length == 1 else "range" if v["unit"] == 1 else "part_of_month", build)


@meaning
def month_week(v: Values, known: Known) -> Reading | None:
    """“the second week of October”: its days 8–14."""
    last = 7 * v["nthweek"]

    def build(year: int) -> Period:
        first = periods.month(year, v["month"])[0]
        return periods.shift(first, last - 7), periods.shift(first, last - 1)

    return dated(v, known, "part_of_month", build)


@meaning
def first_months(v: Values, known: Known) -> Reading | None:
    """“the first nine months of 2018”."""
    if v["count"] > 12:
        return None
    this_year = {} if "year" in v else {"y": v.get("y", 0)}
    return dated({**v, **this_year}, known, "range", lambda year: periods.months(year, 1, v["count"]))


# Periods told from the publication date


@meaning
def relative_month(v: Values, known: Known) -> Reading | None:
    """“last month”, “earlier this month”, “early last month”."""
    piece = v.get("part") or v.get("part2")
    precision = "part_of_month" if piece else "month"
    start = origin_of(v.get("deictic", 0), known)
    if start is None:
        return Reading(None, precision)
    whole = periods.shifted_month(start, steps(v.get("deictic", 0)))
    if piece:
        return Reading(periods.part(whole, piece), precision)
    return Reading(_cut(whole, v, known), precision)


@meaning
def week(v: Values, known: Known) -> Reading | None:
    """“this week”, “last week”: Monday to Sunday."""
    which = v.get("deictic", 0)
    start = origin_of(which, known)
    if start is None:
        return Reading(None, "week")
    return Reading(periods.week(periods.shift(start, 7 * steps(which))), "week")


@meaning
def week_of(v: Values, known: Known) -> Reading | None:
    """“the week of September 10”."""
    number, in_month = v.get("day") or v["day2"], v.get("month") or v["month2"]

    def build(year: int) -> Period | None:
        inside = periods.day(year, in_month, number)
        return inside and periods.week(inside[0])

    return dated(v, known, "week", build)


@meaning
def weekend(v: Values, known: Known) -> Reading | None:
    """“at the weekend”: the latest Saturday and Sunday that have begun; the coming ones for the future."""
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


@meaning
def year(v: Values, known: Known) -> Reading | None:
    """“in 2014”."""
    return Reading(periods.year(v["year"]), "year", relative=False)


@meaning
def years(v: Values, known: Known) -> Reading | None:
    """“2017–2018”; years that run backwards or over a century apart are no period."""
    first, last = v["year"], v["year2"]
    if not first < last < first + 100:
        return None
    return Reading((periods.year(first)[0], periods.year(last)[1]), "range", relative=False)


@meaning
def adjacent_years(v: Values, known: Known) -> Reading | None:
    """“in 2016 and 2017”; years further apart are two dates instead."""
    return years(v, known) if v["year2"] - v["year"] == 1 else None


@meaning
def school_year(v: Values, known: Known) -> Reading | None:
    """“in 2010-11”: two years that follow each other."""
    return (
        years({"year": v["year"], "year2": v["year"] + 1}, known)
        if v["short"] == (v["year"] + 1) % 100
        else None
    )


@meaning
def decade(v: Values, known: Known) -> Reading | None:
    """“the 1990s”."""
    first = v["year"]
    if first % 10:
        return None
    last = first + (99 if first % 100 == 0 and first < 2000 else 9)
    return Reading((periods.year(first)[0], periods.year(last)[1]), "range", relative=False)


@meaning
def relative_year(v: Values, known: Known) -> Reading | None:
    """“last year”, “later this year”, “that year”."""
    start = origin_of(v["deictic"], known)
    if start is None:
        return Reading(None, "year")
    whole = periods.year_away(start, steps(v["deictic"]))
    return Reading(_cut(whole, v, known), "year", v["deictic"] != THAT or _relative(known))


@meaning
def last_year(v: Values, known: Known) -> Reading | None:
    """«прошлогодний визит»."""
    return relative_year({"deictic": -1}, known)


@meaning
def part_of_year(v: Values, known: Known) -> Reading | None:
    """“early 2019”, “the end of the year”."""
    if "year" in v:
        return Reading(periods.part_of_year(v["year"], v["part"]), "range", relative=False)
    start = origin_of(v.get("deictic", 0), known)
    if start is None:
        return Reading(None, "range")
    number = periods.year_away(start, steps(v.get("deictic", 0)))[0].year
    return Reading(periods.part_of_year(number, v["part"]), "range")


@meaning
def quarter(v: Values, known: Known) -> Reading | None:
    """“Q3 2020”, “the third quarter”."""
    last = v["quarter"] * 3
    return dated(v, known, "range", lambda year: periods.months(year, last - 2, last))


@meaning
def relative_quarter(v: Values, known: Known) -> Reading | None:
    """“last quarter”, «в текущем квартале»."""
    start = origin_of(v["deictic"], known)
    if start is None:
        return Reading(None, "range")
    first = periods.shifted_month(start, -((start.month - 1) % 3) + 3 * steps(v["deictic"]))[0]
    return Reading((first, periods.shifted_month(first, 2)[1]), "range")


@meaning
def half(v: Values, known: Known) -> Reading | None:
    """“the first half of 2020”, «во втором полугодии»."""
    number = v.get("half") or v["half2"]
    if not {"year", "y"} & set(v) and known.published:
        v = {**v, "y": 0}
    return dated(v, known, "range", lambda year: periods.part_of_year(year, number))


@meaning
def season(v: Values, known: Known) -> Reading | None:
    """“summer 2019”, “last summer”, “in the spring”."""

    def build(year: int) -> Period:
        return periods.season(year, v["season"])

    if "deictic" not in v:
        return dated(v, known, "season", build)
    if v["deictic"] == 0 and known.published:
        return _nearest_season(known, build)
    if v["deictic"] == YEAR_BEFORE and known.published:
        return _season_of_last_year(v, known, build)
    return _deictic(v["deictic"], known, "season", build)


def _nearest_season(known: Known, build: Callable[[int], Period]) -> Reading | None:
    """“this winter” in December is the one that has begun, “this spring” the one of the calendar year."""
    assert known.published
    published = known.published
    spans = [build(year) for year in (published.year, min(published.year + 1, 9999))]
    running = [p for p in spans if periods.distance(p, published) == 0]
    return Reading((running or spans)[0], "season")


def _season_of_last_year(v: Values, known: Known, build: Callable[[int], Period]) -> Reading | None:
    """«прошлым летом», said in September: not the summer just over; of winters, the latest that is over."""
    assert known.published
    latest = [p for n in (-2, -1, 0) if (p := build(known.published.year + n))[1] < known.published]
    return Reading(
        latest[-1] if v["season"] == 0 or latest[-1][0].year < known.published.year else latest[-2], "season"
    )


# Weekdays and days told from the publication date


@meaning
def weekday(v: Values, known: Known) -> Reading | None:
    """“on Monday”: the latest on or before publication, or the next when the future is meant; “two Mondays ago”."""
    if "week" in v:
        return _weekday_of_week(v, known)
    if known.published is None:
        return Reading(None, "day")
    which = -v["count"] if "count" in v else v.get("deictic")
    if which == THAT:
        which = None
    back = (known.published.isoweekday() - v["weekday"]) % 7
    if which == 0:
        return _weekday_of_week({**v, "week": 0}, known)
    if which is None:
        offset = -back if known.tense != "future" else -back + 7 * (back > 0)
    else:
        offset = -(back or 7) + 7 * (which + 1) if which < 0 else 7 - back
    found = periods.shift(known.published, offset)
    return Reading((found, found), "day")


@meaning
def following_weekday(v: Values, known: Known) -> Reading | None:
    """“the following Monday”: the first after the mention before this one."""
    before = known.previous
    if before is None or before.period is None:
        return Reading(None, "day")
    last = before.period[1]
    found = periods.shift(last, (v["weekday"] - last.isoweekday() - 1) % 7 + 1)
    return Reading((found, found), "day", before.relative)


def _weekday_of_week(v: Values, known: Known) -> Reading | None:
    start = origin_of(v["week"], known)
    if start is None:
        return Reading(None, "day")
    monday = periods.week(periods.shift(start, 7 * steps(v["week"])))[0]
    found = periods.shift(monday, v["weekday"] - 1)
    return Reading((found, found), "day")


@meaning
def weekdays(v: Values, known: Known) -> Reading | None:
    """“from Monday to Friday”: ends as a lone weekday would, begins in the week before that."""
    last = weekday({"weekday": v["weekday2"]}, known)
    if last is None or last.period is None:
        return Reading(None, "range")
    end = last.period[0]
    begin = periods.shift(end, -((v["weekday2"] - v["weekday"]) % 7))
    return Reading((begin, end), "range")


@meaning
def relative_day(v: Values, known: Known) -> Reading | None:
    """“yesterday”, «позавчера»."""
    if known.published is None:
        return Reading(None, "day")
    found = periods.shift(known.published, v["relday"])
    return Reading((found, found), "day")


@meaning
def eve(v: Values, known: Known) -> Reading | None:
    """«накануне»: the day before the publication, or before a day of the past told just before."""
    story = known.story.period if known.story and known.story.precision in ("day", "range") else None
    if story:
        found = periods.shift(story[0], -1)
        return Reading((found, found), "day", bool(known.story and known.story.relative))
    return relative_day({"relday": -1}, known)


@meaning
def lately(v: Values, known: Known) -> Reading | None:
    """«на днях»: within a week of the publication, before it or, for the future, after it."""
    if known.published is None:
        return Reading(None, "range")
    if known.tense == "future":
        return Reading((known.published, periods.shift(known.published, 7)), "range")
    return Reading((periods.shift(known.published, -7), known.published), "range")


# Distances


@meaning
def ago(v: Values, known: Known) -> Reading | None:
    """“two weeks ago”: the day, week, month or year so far back."""
    unit = v.get("unit") or v["unit1"]
    if known.published is None:
        return Reading(None, PRECISION[unit])
    start = known.published
    if "relday" in v:
        found = periods.shift(start, -v.get("count", 1) * unit + v["relday"])
        return Reading((found, found), "day")
    return away(start, -v.get("count", 1), unit)


@meaning
def weeks_ago(v: Values, known: Known) -> Reading | None:
    """“a fortnight ago”: the week that many weeks back."""
    if known.published is None:
        return Reading(None, "week")
    return away(known.published, -v["weeks"], 7)


@meaning
def months_ago(v: Values, known: Known) -> Reading | None:
    """“a year and a half ago”: that many months back."""
    if known.published is None:
        return Reading(None, "month")
    return away(known.published, -v["months"], 30)


@meaning
def ahead(v: Values, known: Known) -> Reading | None:
    """«через два дня»: after the mention before this one, or, for the future, after the publication."""
    if known.published and (known.tense == "future" or known.previous is None):
        return away(known.published, v.get("count", 1), v.get("unit") or v["unit1"])
    return later(v, known)


@meaning
def later(v: Values, known: Known) -> Reading | None:
    """“a day later”, “five years earlier”: so far from the mention before this one."""
    sign, unit = v.get("way", 1), v.get("unit") or v["unit1"]
    before = known.previous
    if before is None or before.period is None or _too_wide(before.period, unit):
        return Reading(None, PRECISION[unit])
    start = before.period[sign > 0]
    return away(start, sign * v.get("count", 1), unit, before.relative)


def _too_wide(period: Period, unit: int) -> bool:
    """“in 2009 … seven months on”: no month can be told from a whole year."""
    return unit < 365 and periods.length(period) > max(31, 2 * unit)


@meaning
def next_unit(v: Values, known: Known) -> Reading | None:
    """“the next day”, “the following week”."""
    return later({"unit": v.get("unit", 1), "count": 1, "way": 1}, known)


@meaning
def day_before(v: Values, known: Known) -> Reading | None:
    """“the day before”, “the previous year”; without a mention before, told from the publication."""
    unit = v.get("unit") or v.get("unit1") or v.get("unit2", 1)
    if known.previous is None and known.published:
        return away(known.published, -v.get("count", 1), unit)
    return later({"unit": unit, "count": v.get("count", 1), "way": -1}, known)


@meaning
def same_day(v: Values, known: Known) -> Reading | None:
    """“the same day”: the mention before this one if it is a day; before a run of days the last single day.

    "On 2 May they discussed the fair of 19–21 June. On the same day …" → 2 May.
    """
    before = known.previous
    if before is not None and before.precision == "range" and known.day is not None:
        before = known.day
    if before is None or before.period is None:
        return Reading(None, "day")
    if before.precision not in ("day", "range"):
        return Reading(None, "day")
    last = before.period[1]
    return Reading((last, last), "day", before.relative)


@meaning
def day_of_month(v: Values, known: Known) -> Reading | None:
    """“on the 6th”: of the month named before, or the nearest such day."""
    return days_of_month({**v, "day2": v["day"]}, known)


@meaning
def days_of_month(v: Values, known: Known) -> Reading | None:
    """“from the 13th to the 17th”: of the month named before."""
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


def _relative(known: Known) -> bool:
    return known.previous is None or known.previous.relative


def _cut(whole: Period, v: Values, known: Known) -> Period:
    """“earlier this month” ends on the publication date, “later this year” begins after it."""
    first, last = whole
    published, when = known.published, v.get("when")
    if when is None or published is None or not first <= published <= last:
        return whole
    if when < 0:
        return first, published
    return min(periods.shift(published, 1), last), last
