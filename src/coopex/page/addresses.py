"""Publication dates in the addresses of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from coopex.page.stamps import DayStamp

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w@])[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)
_FIGURE = re.compile(r"(?:19|20)\d\d")
_YEAR_FIRST = r"""(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[/_-]?)
    (?P<month>0[1-9]|1[0-2]|(?<=[/_-])[1-9](?=[/_-]))
    (?:(?P=sign)|(?<=\d\d))(?P<day>[0-2]\d|3[01]|[1-9])(?!\d)"""
_DAY_FIRST = (
    r"""(?<!\d)(?P<day>[0-2]\d|3[01])[._-](?P<month>0[1-9]|1[0-2])[._-](?P<year>(?:19|20)\d\d)(?!\d)"""
)
_FORMS = tuple(re.compile(form, re.VERBOSE) for form in (_YEAR_FIRST, _DAY_FIRST))


def address_dates(line: str) -> list[DayStamp]:
    """`"https://example.org/2021/07/27/visit.html"` → 27 July 2021: full dates in the path of an address."""
    if not _FIGURE.search(line):
        return []
    spans = (address.span() for address in _ADDRESS.finditer(line))
    return [stamp for span in spans for form in _FORMS for stamp in _days(form, line, span)]


def _days(form: re.Pattern[str], line: str, span: tuple[int, int]) -> Iterator[DayStamp]:
    for match in form.finditer(line, *span):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        yield DayStamp(*match.span(), day)
