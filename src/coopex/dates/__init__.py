"""Dates in English and Russian text: found, read and resolved against the publication date.

    find_dates("They met on Wednesday.", "en", date(2018, 8, 21)) → "Wednesday", 2018-08-15
    find_durations("a three-day visit", "en") → "three-day", 3
    find_absolute("/2018/08/21/news") → "2018/08/21", 2018-08-21

How it works and how to add a way of writing: docs/dates.md.
"""

from coopex.dates.compare import days_between
from coopex.dates.find import find_absolute, find_dates, find_durations
from coopex.dates.mention import DateMention, Duration

__all__ = ["DateMention", "Duration", "days_between", "find_absolute", "find_dates", "find_durations"]
