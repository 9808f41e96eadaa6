"""Days, weeks, months, seasons and years as pairs of days, both included."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Period = tuple[date, date]


def day(year: int, month: int, number: int) -> Period | None:
    """(2018, 8, 21) → that day twice; None for a day that does not exist."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found, found


def month(year: int, number: int) -> Period:
    """(2018, 2) → 2018-02-01 … 2018-02-28."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Period:
    """(2018, 4, 6) → 2018-04-01 … 2018-06-30."""
    return month(year, first)[0], month(year, last)[1]


def shifted_month(start: date, by: int) -> Period:
    """2018-01-15 and −1 → December 2017."""
    count = start.year * 12 + start.month - 1 + by
    return month(_year(count // 12), count % 12 + 1)


def year(number: int) -> Period:
    """2018 → 2018-01-01 … 2018-12-31."""
    return date(number, 1, 1), date(number, 12, 31)


def season(number: int, quarter: int) -> Period:
    """(2019, 0) → winter, December 2018 … February 2019; 1 spring, 2 summer, 3 autumn."""
    if quarter == 0:
        return date(max(number - 1, MINYEAR), 12, 1), month(number, 2)[1]
    return months(number, quarter * 3, quarter * 3 + 2)


def week(inside: date) -> Period:
    """Tuesday 2018-08-21 → Monday 2018-08-20 … Sunday 2018-08-26."""
    monday = shift(inside, -inside.weekday())
    return monday, shift(monday, 6)


def shift(start: date, days: int) -> date:
    """The day so many days later, held within the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def year_away(start: date, by_years: int) -> Period:
    """2018-08-21 and −1 → the year 2017."""
    return year(_year(start.year + by_years))


def part(whole: Period, number: int) -> Period:
    """Part of a month: 1 its days 1–10, 2 days 11–20, 3 from 21, 4 and 5 its halves (1–15, from 16)."""
    first, last = whole
    from_day, to_day = {1: (1, 10), 2: (11, 20), 3: (21, 31), 4: (1, 15), 5: (16, 31)}[number]
    return first.replace(day=from_day), first.replace(day=min(to_day, last.day))


def part_of_year(number: int, piece: int) -> Period:
    """Part of a year: 1 January–April, 2 May–August, 3 September–December, 4 and 5 its halves."""
    return months(number, *{1: (1, 4), 2: (5, 8), 3: (9, 12), 4: (1, 6), 5: (7, 12)}[piece])


def length(period: Period) -> int:
    """Days from the first to the last, both counted."""
    return (period[1] - period[0]).days + 1


def distance(period: Period, to: date) -> int:
    """Days from `to` to the period: 0 when it lies inside, negative when the period is over."""
    first, last = period
    if last < to:
        return (last - to).days
    return max((first - to).days, 0)


def _year(number: int) -> int:
    return min(max(number, MINYEAR), MAXYEAR)
