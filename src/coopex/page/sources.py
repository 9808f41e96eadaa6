"""Whose text it is and who wrote it: labels, datelines, signatures, and what the text attributes itself to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from coopex.page.cues import cues, fold, load
from coopex.page.kinds import Label, is_press_office, labels_in
from coopex.page.stamps import full_dates

_NAME_RU = r"(?:«[^»]+»|[^,.;:!?«»—–|]|(?<=\b[А-ЯЁA-Z])\.(?=\s?[А-ЯЁ])|(?<=\bим)\.|(?<=\w)\.(?=[a-zа-я]{2,}))"
_SAYS_RU = (
    r"(?i:сообща(?:ет|ют)(?:ся)?|сообщил[аио]?|сообщен[ои]|переда[её]т|переда(?:л[аио]?|ют)|информиру(?:ет|ют)|"
    r"пишет|проинформировал[аио]?|отмеча(?:ет|ют)|отметили|уточнил[аи]|рассказали|говорится|указывается|стало известно|узнал[аио]?)"
)
_LONGEST_NAME = 140  # characters
_AUTHOR = re.compile(r"[A-ZА-ЯЁ][\w.’'-]*(?:\s+(?:(?:de|da|van|von|der|al|bin|el|la)\s+)?[A-ZА-ЯЁ][\w.’'-]*){0,3}")
_NOT_AUTHORS = re.compile(
    r"\b(?:staff|reporter|correspondents?|editors?|editorial|desk|team|admin\w*|user|webmaster|office|service|news|press|agency|department|university|"
    r"редакц\w*|корреспондент\w*|пресс|служб\w*|отдел\w*|управлени\w*|департамент\w*|центр\w*|агентств\w*|администраци\w*|университет\w*|институт\w*|министерств\w*)\b",
    re.IGNORECASE,
)


def labelled(lines: Iterable[str], kind: str) -> Iterator[Label]:
    """The values of one kind of label in credit lines: "Release time: 2018-03-05   Source: Dean's Office" → "Dean's Office"."""
    for line in lines:
        yield from (label for label in labels_in(line) if label.kind == kind and label.value)


def labelled_source(lines: Sequence[str]) -> str | None:
    """`"Source: Trotek Television Company"` → "Trotek Television Company"."""
    found = (_tidy(label.value) for label in labelled(lines, "source"))
    return next((name for name in found if name and len(name) <= _LONGEST_NAME), None)


def signed_source(lines: Iterable[str]) -> str | None:
    """`"Пресс-служба ОИЯИ"`, `"ISSUED BY THE MINISTRY OF SCIENCE"`, `"(BelTA, citing …)"` → the body named."""
    for line in lines:
        if is_press_office(line) and not full_dates(line):
            return _tidy(re.sub(r"^(?:issued|published) by\s+(?:the\s+)?", "", line.strip("()[]/ "), flags=re.IGNORECASE))
        if (agency := _bracketed(line)) is not None:
            return agency
    return None


def _bracketed(line: str) -> str | None:
    """`"(BelTA, citing the press service)"` → "BelTA", when the first words are an agency."""
    if line[:1] not in "([/" or len(line) > _LONGEST_NAME:
        return None
    first = _tidy(re.split(r"[,;|)\]]", line.strip("()[]/. "))[0])
    return first if is_agency(first) else None


def is_agency(name: str) -> bool:
    """`"ТАСС"`, `"AFP"`, `"Tengrinews.kz"` → True."""
    return fold(name).strip(" .") in _agencies() or bool(re.fullmatch(r"[\w-]+\.(?:kz|ru|com|by|uz|kg|cn|net|org|info|news|az|am|media)", name, re.I))


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(fold(str(name)) for name in load("sources.yaml")["agencies"])


@lru_cache(maxsize=1)
def _attributions() -> tuple[re.Pattern[str], ...]:
    """How a text says whose report it passes on; the group `name` is the body."""
    data = load("sources.yaml")
    office = rf"(?:{'|'.join(data['offices_ru'])})\w*"
    agency = "|".join(re.escape(str(a)) for a in sorted(data["agencies"], key=lambda a: -len(str(a))) if len(str(a)) > 2)
    site = r"[A-ZА-ЯЁa-z][\w-]{2,}\.(?:kz|ru|com|by|uz|kg|cn|net|org|info|az|am|media|рф)"
    return (
        re.compile(rf"{_SAYS_RU}\s+(?:в\s+|на\s+)?(?:корреспондент\w*\s+|собкор\w*\s+)?(?P<name>{office}\s{_NAME_RU}{{2,110}}|(?:ИА\s+)?(?:{agency})(?!\w)|{site})"),
        re.compile(rf"(?i:по (?:данным|информации|сообщению|материалам)|со ссылкой на|как (?:сообщает|передает|передаёт))\s+(?P<name>{office}\s{_NAME_RU}{{2,110}}|(?:ИА\s+)?(?:{agency})(?!\w)|{site})"),
        re.compile(r"(?i:according to|reported by|citing|quoting|told|said|statement (?:from|of|by))\s+(?:the\s+)?(?P<name>(?:[A-Z][\w’'-]+\s+){0,4}(?:press|information|media) (?:service|office|cent(?:er|re)|department)(?:\s+of\s+(?:the\s+)?[A-Z][^,.;:()]{2,80})?)"),
        re.compile(r"(?:[Tt]he\s+)?(?P<name>(?:press|Press) (?:service|office|Service|Office) of (?:the )?[A-Z][^,.;:()]{2,80}?)\s+(?:has\s+|have\s+)?(?:reported|reports?|said|says|informed|informs|announced)"),
        re.compile(r"(?P<name>(?:[A-Z][\w’'.-]+\s+(?:(?:of|and|for|the)\s+)*){1,6}(?:web ?site|press service|press office|news agency|media office))\s+(?:has\s+)?(?:reported|reports?|said|says|informed|informs|announced|wrote)"),
        re.compile(rf"(?P<name>(?<!\w)(?:{agency})(?!\w)|{site})\s+(?:news agency\s+)?(?:has\s+|have\s+)?(?:reported|reports|reporting|learned|informs|informed)\b"),
        re.compile(rf"(?i:according to|reported by|as reported by|citing|told)\s+(?:the\s+)?(?P<name>(?:{agency})(?!\w)|{site})"),
    )


def attributed_source(paragraphs: Iterable[str]) -> str | None:
    """`"…, сообщает пресс-служба главы республики."` → "пресс-служба главы республики": the first that a paragraph has."""
    for paragraph in paragraphs:
        found = [m for form in _attributions() if (m := form.search(paragraph[:5000]))]
        if found:
            return _nominative(_tidy(min(found, key=lambda m: m.start())["name"]))
    return None


def _nominative(name: str) -> str:
    """`"пресс-службу главы"` → "пресс-служба главы": the heads that occur, by their endings."""
    for form, base in ((r"служб(?:ы|е|у|ой)", "служба"), (r"центр(?:а|е|у|ом)", "центр"), (r"сайт(?:а|е|у|ом)", "сайт"), (r"агентств(?:а|е|у|ом)", "агентство")):
        name = re.sub(rf"^((?:[\w«-]+\s)?(?:\w+-)?){form}(?!\w)", rf"\1{base}", name, count=1)
    return name


_CLOSING = re.compile(r"[.!?»”\"]\s*[(\[](?P<name>[^()\[\]]{2,60})[)\]]\.?$|[.!?»”\"]\s*/(?P<slashed>[^/]{2,60})/\.?$")


def closing_source(paragraphs: Sequence[str]) -> str | None:
    """`"… would be collected. (Kazinform)"` → "Kazinform": an agency in brackets behind the last sentence."""
    match = _CLOSING.search(paragraphs[-1][-90:]) if paragraphs else None
    name = re.split(r"[,;/]", match["name"] or match["slashed"])[0].strip() if match else ""
    return name if name and is_agency(name) else None


def byline_source(lines: Iterable[str]) -> str | None:
    """`"By Li Na (China Daily)"` → "China Daily", `"By Trend"` → "Trend"."""
    for line in lines:
        pieces = re.split(r"[(),|/]", _after_by(line))
        if name := next((p.strip() for p in pieces if is_agency(p.strip())), None):
            return name
    return None


def _after_by(line: str) -> str:
    """`"Беседовала Анна Полевая"` → "Анна Полевая"; "" when no name follows."""
    match = cues().before_author.match(fold(line))
    rest = line[match.end() :] if match and len(fold(line)) == len(line) else ""
    return rest if rest[:1].isupper() else ""


def holder(lines: Iterable[str]) -> str | None:
    """`"© 2025 АО «ОЭЗ «Технополис Москва»"` → "АО «ОЭЗ «Технополис Москва»"; None for a line of terms."""
    for line in lines:
        match = re.match(r"^\W*(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:(?:19|20)\d\d)?)?)?[\s,.]*(?P<name>.{3,90})$", line, re.IGNORECASE)
        name = _tidy(re.split(r"\s{2,}|\s\||[.;]\s|, ?(?:19|20)\d\d", match["name"])[0]) if match else ""
        if name and not re.search(r"\b(?:terms|privacy|rights|права|copyright|policy)\b", name, re.IGNORECASE):
            return name
    return None


def photo_office(lines: Iterable[str]) -> str | None:
    """`"Фото: пресс-служба ОЭЗ «Технополис Москва»"` → "пресс-служба ОЭЗ «Технополис Москва»"."""
    values = (_tidy(label.value) for label in labelled(lines, "photo"))
    return next((value for value in values if cues().press_office.match(fold(value))), None)


def authors(lines: Sequence[str]) -> tuple[str, ...]:
    """`"By Jane Roe and R. Tan"`, `"Текст: Ирина Ветрова"`, `"Ирина Ветрова"` → the names, each once."""
    values = [label.value for label in labelled(lines, "author")]
    values += [name for line in lines if (name := _after_by(line)) and not labels_in(line)]
    names = [name for value in values for name in _names(value)]
    return tuple(dict.fromkeys(names or [line for line in lines if _is_name_line(line)]))


def _names(value: str) -> list[str]:
    """`"Jane Roe and R. Tan, Reuters"` → the two names; offices and "our correspondent" are nobody."""
    value = re.split(r"\.\s+(?=[А-ЯЁA-Z]\w{3,}\s)|\s*\(|\s{2,}|\s*[|/•·]\s*|\s[–—-]\s", value.strip())[0]
    pieces = (p.strip(" .«»\"") + ("." if re.search(r"\b\w\.$", p.strip()) else "") for p in re.split(r",|;|&|\band\b|\sи\s", value))
    return [p for p in pieces if _AUTHOR.fullmatch(p) and not _NOT_AUTHORS.search(p) and not is_agency(p)]


def _is_name_line(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 3 and bool(_AUTHOR.fullmatch(line)) and not _NOT_AUTHORS.search(line) and not line.isupper()


def _tidy(name: str) -> str:
    """Without counters and links behind it, quotation marks only in pairs."""
    name = re.split(r"\s{2,}|\s*\|\s*|\s+(?:https?://)", name.strip())[0].strip(" \t\xa0,;:-–—")
    if name.endswith((":", "：")) or re.fullmatch(r"[\[(].*[\])]", name):
        return ""
    name = name.rstrip(".") if not re.search(r"\b\w\.$", name) else name
    return re.sub(r"^https?://(?:www\.)?([^/\s]+).*$", r"\1", name) if "://" in name else name
