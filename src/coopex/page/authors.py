"""Who wrote the text: bylines, labels, and names that stand alone under the headline or the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coopex.page.agencies import is_agency
from coopex.page.cues import cues, fold
from coopex.page.labels import labels_in

_NAME = re.compile(
    r"[A-ZА-ЯЁ][\w.’'-]*(?:\s+(?:(?:de|da|van|von|der|al|bin|el|la)\s+)?[A-ZА-ЯЁ][\w.’'-]*){0,3}"
)
_NOBODY = re.compile(
    r"""\b(?:staff | reporter | correspondents? | editors? | editorial | desk | team | admin\w* | user |
    webmaster | office | service | news | press | agency | department | university |
    редакц\w* | корреспондент\w* | пресс | служб\w* | отдел\w* | управлени\w* | департамент\w* | центр\w* |
    агентств\w* | администраци\w* | университет\w* | институт\w* | министерств\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# what ends a list of names: the next sentence ("Фото автора."), brackets, bars, wide gaps, dashes
_END = re.compile(r"\.\s+(?=[А-ЯЁA-Z]\w{3,}\s)|\s*\(|\s{2,}|\s*[|/•·]\s*|\s[–—-]\s")
_AND = re.compile(r",|;|&|\band\b|\sи\s")


def authors(lines: Sequence[str]) -> tuple[str, ...]:
    """`"By Jane Roe and R. Tan"`, `"Текст: Ирина Ветрова"`, `"Ирина Ветрова"` → the names, each once."""
    names = [name for line in lines for value in _values(line) for name in _names(value)]
    return tuple(dict.fromkeys(names or [line for line in lines if _is_name_line(line)]))


def after_by(line: str) -> str:
    """`"Беседовала Анна Полевая"` → "Анна Полевая"; "" when no name follows."""
    folded = fold(line)
    match = cues().before_author.match(folded)
    rest = line[match.end() :] if match and len(folded) == len(line) else ""
    return rest if rest[:1].isupper() else ""


def _values(line: str) -> Iterator[str]:
    labels = labels_in(line)
    yield from (label.value for label in labels if label.kind == "author" and label.value)
    if not labels and (name := after_by(line)):
        yield name


def _names(value: str) -> list[str]:
    """`"Jane Roe and R. Tan, Reuters"` → the two names; offices and "our correspondent" are nobody."""
    pieces = (_tidy(piece) for piece in _AND.split(_END.split(value.strip())[0]))
    return [p for p in pieces if _NAME.fullmatch(p) and not _NOBODY.search(p) and not is_agency(p)]


def _tidy(piece: str) -> str:
    """Without quotation marks and the full stop, unless that belongs to an initial."""
    piece = piece.strip(' «»"')
    return piece if re.search(r"\b\w\.$", piece) else piece.rstrip(".")


def _is_name_line(line: str) -> bool:
    fits = 2 <= len(line.split()) <= 3 and bool(_NAME.fullmatch(line))
    return fits and not _NOBODY.search(line) and not line.isupper()
