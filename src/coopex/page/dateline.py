"""The dateline that opens a report: "TEHRAN, July 27, 2021 (MNA) —", «МОСКВА, 20 февраля 2019 года. /ТАСС/.»"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopex.page.sources import is_agency

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December|"
    r"янв(?:аря)?|фев(?:р|раля)?|мар(?:та)?|апр(?:еля)?|мая|май|июн(?:я)?|июл(?:я)?|авг(?:уста)?|сен(?:т|тября)?|окт(?:ября)?|ноя(?:б|бря)?|дек(?:абря)?)\.?"
)
_YEAR = r"(?:,?\s*(?:19|20)\d\d(?:\s*(?:года|год|г\.?))?)?"
_DATE = (
    rf"(?P<date>(?:\w+day,\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR}|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d))"
)
_WORD = r"[A-ZА-ЯЁ][\w’'.]*(?:-[\w’']+)*"
_PLACE = rf"(?P<place>{_WORD}(?:(?:\s|,\s|\s?/\s?|-)(?:(?:de|of|la|el|al|на)\s)?{_WORD}){{0,4}}?)"
_AGENCY = r"(?:[/(\[](?P<agency>[^/)\]\n]{2,60})[/)\]])"
_DASH = r"(?:--+|[—–]|\s-(?=\s))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_PLACE},?\s*[,.]?\s*\(?{_DATE}\)?\.?\s*[.,:]?\s*{_AGENCY}\.?\s*(?:{_DASH}|:)?\s*",
        rf"{_PLACE},?\s*[,.]?\s*\(?{_DATE}\)?\.?\s*[.,:]?\s*{_DASH}\s*(?P<after>(?:ИА\s)?[A-ZА-ЯЁ][\w.-]*(?:\s[A-ZА-ЯЁ][\w.-]*){{0,2}}?)\.\s+(?=[«\"“A-ZА-ЯЁ])",
        rf"{_PLACE},?\s*[,.]?\s*\(?{_DATE}\)?\.?\s*(?:[:.]|{_DASH})\s*",
        rf"{_DATE}\.?,?\s+{_PLACE}\s*[.,]?\s*(?:{_AGENCY}\.?\s*(?:{_DASH}|:)?|{_DASH}|\.(?=\s))\s*",
        rf"{_PLACE}\s*[.,]?\s*{_AGENCY}\.?\s*(?:{_DASH}|:|,)?\s*",
        rf"(?P<place>[A-ZА-ЯЁ]{{3,}}(?:[\s/,-]+[A-ZА-ЯЁ]{{2,}}){{0,3}}(?:,\s{_WORD})?)\s*(?:{_DASH}|\.(?=\s))\s*",
        rf"(?P<place>[A-ZА-ЯЁ][a-zа-яё]{{2,}}(?:[\s-][A-ZА-ЯЁ][a-zа-яё]+)?)\.\s+(?=[«\"“A-ZА-ЯЁ])",
    )
)
_REACH = 160  # characters


@dataclass(frozen=True, slots=True)
class Dateline:
    """Offsets into the paragraph: the whole dateline with its dash; the place, the agency, and the date's span, if told."""

    end: int
    place: str
    agency: str | None
    date: tuple[int, int] | None


def read_dateline(paragraph: str) -> Dateline | None:
    """`"TEHRAN, July 27, 2021 — Vicente Verez …"` → place "TEHRAN", the date's offsets, the end after the dash."""
    for form in _FORMS:
        match = form.match(paragraph[:_REACH])
        if match and (dateline := _checked(match)):
            return dateline
    return None


def _checked(match: re.Match[str]) -> Dateline | None:
    """The dateline, unless the brackets hold no agency: "Dyson (Singapore) opened" opens a sentence."""
    groups = match.groupdict()
    agency = groups.get("agency") or groups.get("after")
    named = agency if agency and (is_agency(_plain(agency)) or groups.get("date")) else None
    if groups.get("agency") and not named:
        return None
    date = match.span("date") if groups.get("date") else None
    return Dateline(match.end(), match["place"].strip(" ,."), _plain(named) if named else None, date)


def _plain(agency: str) -> str:
    """`"Корр. БЕЛТА"` → "БЕЛТА"."""
    return re.sub(r"^(?:корр|соб\. корр|специальный корр)\w*\.?\s+", "", agency.split(",")[0].strip(" ."), flags=re.IGNORECASE)
