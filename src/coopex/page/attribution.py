"""The report that a text says it passes on: "…, сообщает пресс-служба главы", "the ministry's website
reported".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coopex.page.agencies import SITE, agency_names
from coopex.page.cues import load
from coopex.page.sought import Sought

# a Russian name up to the end of the clause: full stops only in initials, "им." and addresses
_NAME_RU = r"""(?:«[^»]+»|[^,.;:!?«»—–|]|(?<=\b[А-ЯЁA-Z])\.(?=\s?[А-ЯЁ])|(?<=\bим)\.
    |(?<=\w)\.(?=[a-zа-я]{2,})){2,110}"""
_SAYS_RU = r"""(?i:
    сообща(?:ет|ют)(?:ся)? | сообщил[аио]? | сообщен[ои] | переда[её]т | переда(?:л[аио]?|ют)
    | информиру(?:ет|ют) | пишет | проинформировал[аио]? | отмеча(?:ет|ют) | отметили | уточнил[аи]
    | рассказали | говорится | указывается | стало\ известно | узнал[аио]?
)"""
_FROM_RU = r"""(?i:
    по\ (?:данным|информации|сообщению|материалам) | со\ ссылкой\ на | как\ (?:сообщает|передает|передаёт)
)"""
_FROM_EN = (
    r"(?i:according\ to|as\ reported\ by|reported\ by|citing|quoting|told|said|statement\ (?:from|of|by))"
)
_SAYS_EN = (
    r"(?:has\s+|have\s+)?(?:reported|reports?|reporting|said|says|informed|informs|announced|learned|wrote)\b"
)
_OFFICE_EN = r"(?:[Pp]ress|[Ii]nformation|[Mm]edia)\s(?:[Ss]ervice|[Oo]ffice|[Cc]ent(?:er|re)|[Dd]epartment)"
_CLAUSE_EN = r"[A-Z][^,.;:()]{2,80}"
_LONGEST = 5_000  # characters of a paragraph that are read


def attributed_source(paragraphs: Iterable[str]) -> str | None:
    """`"…, сообщает пресс-служба главы республики."` → "пресс-служба главы республики", from the first that
    says so.
    """
    for paragraph in paragraphs:
        read = paragraph[:_LONGEST]
        folded = read.lower()
        found = [m for form in _forms() if form.may_match(folded) and (m := form.pattern.search(read))]
        if found:
            return _nominative(min(found, key=lambda match: match.start())["name"].strip(" -–—"))
    return None


@lru_cache(maxsize=1)
def _forms() -> tuple[Sought, ...]:
    """How the report is named; the group `name` is the body that made it."""
    agency = rf"(?:{'|'.join(re.escape(name) for name in agency_names() if len(name) > 2)})(?!\w)"
    office = rf"(?:{'|'.join(load('sources.yaml')['offices_ru'])})\w*\s{_NAME_RU}"
    russian = rf"(?P<name>{office}|(?:ИА\s+)?{agency}|{SITE})"
    forms = (
        rf"{_SAYS_RU}\s+(?:в\s+|на\s+)?(?:корреспондент\w*\s+|собкор\w*\s+)?{russian}",
        rf"{_FROM_RU}\s+{russian}",
        rf"{_FROM_EN}\s+(?:the\s+)?(?P<name>(?:[A-Z][\w’'-]+\s+){{0,4}}{_OFFICE_EN}(?:\s+of\s+(?:the\s+)?{_CLAUSE_EN})?)",
        rf"(?P<name>{_OFFICE_EN}\s+of\s+(?:the\s+)?{_CLAUSE_EN}?)\s+{_SAYS_EN}",
        rf"""(?P<name>(?:[A-Z][\w’'.-]+\s+(?:(?:of|and|for|the)\s+)*){{1,6}}
             (?:web\ ?site|press\ service|press\ office|news\ agency|media\ office))\s+{_SAYS_EN}""",
        rf"(?P<name>(?<!\w){agency}|{SITE})\s+(?:news\ agency\s+)?(?:has\s+|have\s+)?"
        r"(?:reported|reports|reporting|learned|informs|informed)\b",
        rf"{_FROM_EN}\s+(?:the\s+)?(?P<name>{agency}|{SITE})",
    )
    return tuple(Sought(re.compile(form, re.VERBOSE)) for form in forms)


_OBLIQUE = (
    (r"служб(?:ы|е|у|ой)", "служба"),
    (r"центр(?:а|е|у|ом)", "центр"),
    (r"сайт(?:а|е|у|ом)", "сайт"),
    (r"агентств(?:а|е|у|ом)", "агентство"),
)


def _nominative(name: str) -> str:
    """`"пресс-службу главы"` → "пресс-служба главы": the heads that occur, by their endings."""
    for form, base in _OBLIQUE:
        name = re.sub(rf"^((?:[\w«-]+\s)?(?:\w+-)?){form}(?!\w)", rf"\1{base}", name, count=1)
    return name
