"""The dateline that opens a report: "TEHRAN, July 27, 2021 (MNA) —", «МОСКВА, 20 февраля 2019
года. /ТАСС/.»
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopex.page.agencies import is_agency
from coopex.page.sought import Sought
from coopex.page.verbs import function_words

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July|August|September|October|November|December|"
    r"янв(?:аря)?|фев(?:р|раля)?|мар(?:та)?|апр(?:еля)?|мая|май|июн(?:я)?|июл(?:я)?|авг(?:уста)?|сен(?:т|тября)?|окт(?:ября)?|ноя(?:б|бря)?|дек(?:абря)?)"
)
_YEAR = r"(?:,?\s*(?:19|20)\d\d(?:\s*(?:года|год|г\.?))?)?"
_DAY_DATE = (
    rf"(?:{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?{_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\.(?=,?\s*(?:19|20)\d\d))?{_YEAR}"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)"
)
# КАЗАНЬ, 21 мая 2022, 14:05.
_CLOCK = r"(?:,?\s+(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)(?:\s*(?:GMT|UTC|мск|МСК))?)?"
_DATE = rf"(?P<date>(?:\w+day,\s+)?{_DAY_DATE}){_CLOCK}"
_WORD = r"[A-ZА-ЯЁ][\w’'.]*(?:-[\w’']+)*"
# A hyphen that may be read within a word is read nowhere else: "Nova-Nova-…" had too many readings to try them all.
_JOINT = r"(?:\s|,\s|\s?/\s?|-(?=[A-ZА-ЯЁ][\w’']*\.))(?:(?:de|of|la|el|al|and|на|и)\s)?"
_PLACE = rf"(?P<place>{_WORD}(?:{_JOINT}{_WORD}){{0,4}}?)"
_AGENCY = r"(?:[/(\[](?P<agency>[^/)\]\n]{2,60})[/)\]])"
_DASH = r"(?:--+|[—–]|\s-(?=\s)|\s\|(?=\s))"
_LAND = r"(?:\s*\[[A-Z][A-Za-z ]+\])?"  # New Delhi [India]
_DATED = rf"{_PLACE}{_LAND}\s*(?:[,.]|{_DASH})?\s*\(?{_DATE}\)?\.?"
_BARE = r"(?P<place>[A-ZА-ЯЁ][\w’'-]+?(?:(?:-*[\s/,][\s/,-]*|--+)[A-ZА-ЯЁ][\w’'-]+?){0,3})"
_AFTER = r"(?P<after>(?:ИА\s)?[A-ZА-ЯЁ][\w.-]*(?:\s[A-ZА-ЯЁ][\w.-]*){0,2}?)"
_CAPITAL = r"(?=[«\"“A-ZА-ЯЁ])"
_FORMS = tuple(
    Sought(re.compile(form))
    for form in (
        # MUNICH--(BUSINESS WIRE)--June 5, 2023--
        rf"{_PLACE}\s*{_DASH}\s*{_AGENCY}\s*{_DASH}\s*{_DATE}\s*{_DASH}\s*",
        # DENVER, CO / NEWSLINE / August 7, 2018 /
        rf"{_PLACE}\s*/\s*(?P<agency>[^/\n]{{2,40}}?)\s*/\s*{_DATE}\s*/\s*",
        # LAHORE, (UrduPoint / Pakistan Point News - 16th Dec, 2023)
        rf"{_PLACE}\s*[.,]?\s*\((?P<agency>[^)\]\n\d]{{2,60}}?)\s*(?:{_DASH}|,)\s*{_DATE}\)\s*(?:{_DASH}|:)?\s*",
        # TEHRAN, July 27, 2021 (IRNA) — ; МОСКВА, 20 февраля 2019 года. /ТАСС/.
        rf"{_DATED}\s*[.,:]?\s*{_AGENCY}\.?\s*(?:{_DASH}|:)?\s*",
        # МОСКВА, 18 сен — ПРАЙМ. ; МОСКВА, 3 мая - РИА Новости, Иван Снегов.
        rf"{_DATED}\s*[.,:]?\s*{_DASH}\s*{_AFTER}(?:,\s[^.,]{{3,40}})?\.\s+{_CAPITAL}",
        # Москва. 3 мая. INTERFAX.RU -
        rf"{_DATED}\s*[.,]?\s*{_AFTER}\s*{_DASH}\s*",
        # Tallinn, 9 November 2020 –
        rf"{_DATED}\s*(?:[:.]|{_DASH})\s*",
        # НУР-СУЛТАН. КАЗИНФОРМ - ; Tehran, IRNA –
        rf"{_BARE}[.,]\s+{_AFTER}\s*{_DASH}\s*",
        # 8 сентября 2017, Гомель /Корр. БЕЛТА/.
        rf"{_DATE}\.?,?\s+{_PLACE}\s*[.,]?\s*(?:{_AGENCY}\.?\s*(?:{_DASH}|:)?|{_DASH}|\.(?=\s))\s*",
        # PALIKIR, Pohnpei (FSM Information Service): June 23, 1997 -
        rf"{_PLACE}\s*[.,]?\s*{_AGENCY}\.?\s*[,:]?\s*{_DATE}\s*(?:[:.]|{_DASH})\s*",
        # TASHKENT (TCA) — ; MUNICH--(BUSINESS WIRE)--
        rf"{_PLACE}\s*(?:[.,]|{_DASH})?\s*{_AGENCY}\.?\s*(?:{_DASH}|:|,)?\s*",
        # (Xinhua) --
        rf"{_AGENCY}\.?\s*(?:{_DASH}|:)?\s*{_CAPITAL}",
        # SINGAPORE - ; ASTANA. ; LAHORE:
        rf"{_BARE}\s*(?:{_DASH}|\.(?=\s)|:(?=\s))\s*{_CAPITAL}",
    )
)
_REACH = 160  # characters


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline ends in its paragraph, dash included; its city, agency, and the date's offsets, if
    told.
    """

    end: int
    place: str | None
    agency: str | None
    date: tuple[int, int] | None


def read_dateline(paragraph: str) -> Dateline | None:
    """`"TEHRAN, July 27, 2021 — Vicente Verez …"` → place "TEHRAN", the date's offsets, the end after the
    dash.
    """
    head = paragraph[:_REACH]
    folded = head.lower()
    for form in _FORMS:
        match = form.pattern.match(head) if form.may_match(folded) else None
        if match and (dateline := _checked(match)):
            return dateline
    return None


def _checked(match: re.Match[str]) -> Dateline | None:
    """The dateline, if a date, an agency or a known city proves it: "Dyson (Singapore) opened" opens a
    sentence.
    """
    told = match.groupdict()
    date, place = told.get("date"), (told.get("place") or "").strip(" ,.") or None
    bracketed, agency = told.get("agency"), _agency(told.get("agency") or told.get("after"), bool(date))
    dash = match.group().rstrip().endswith(("-", "—", "–", ":"))
    if place and not _may_be_place(place):
        return None
    if "(" in match.group() and ")" not in match.group():
        return None
    proven = date or agency or (place and _is_city(place) and (dash or not bracketed))
    if not proven or (bracketed and not (agency or dash)):
        return None
    return Dateline(match.end(), place, agency, match.span("date") if date else None)


def _agency(name: str | None, dated: bool) -> str | None:
    """`"Корр. ТАСС Валерий Бирюков"` → "ТАСС"; an unknown name counts beside a date."""
    if not name:
        return None
    plain = re.sub(r"^(?:соб\. |спец\. )?корр\w*\.?\s+", "", name.strip(" ."), flags=re.IGNORECASE)
    words = plain.split(",")[0].split()
    known = (" ".join(words[:n]) for n in range(len(words), 0, -1))
    return next((k for k in known if is_agency(k)), " ".join(words) if dated else None)


_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|пн|вт|ср|чт|пт|сб|вс")


def _may_be_place(place: str) -> bool:
    """`"On Tuesday"`, `"Fri"` → False."""
    first = place.split()[0].lower().strip(".,")
    return len(place) > 2 and first not in function_words() and not _WEEKDAY.fullmatch(first)


# states that have the name of their capital
_CITY_STATES = frozenset({"DJ", "GT", "HK", "KW", "LU", "MC", "MO", "PA", "SG", "SM", "VA"})


def _is_city(place: str) -> bool:
    """`"LAHORE"`, `"Ханой"` → True: the gazetteer knows the first name as a city."""
    from coopex.gazetteer import gazetteer

    name = re.split(r"[,/]", place)[0].strip()
    known = gazetteer().place(name, "ru" if re.search(r"[а-яё]", name, re.IGNORECASE) else "en")
    return known is not None and (known.kind in ("city", "region") or known.country in _CITY_STATES)
