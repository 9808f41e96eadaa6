"""Whose text it is, where the page says so: labels, signatures, bylines, brackets, the copyright line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coopex.page.agencies import is_agency
from coopex.page.authors import after_by
from coopex.page.cues import cues, fold
from coopex.page.kinds import is_press_office
from coopex.page.labels import Label, labels_in

_LONGEST_NAME = 140  # characters


def labelled(lines: Iterable[str], kind: str) -> Iterator[Label]:
    """`"Date: 2018-03-05   Source: Dean's Office"` → the labels of one kind that have a value."""
    for line in lines:
        yield from (label for label in labels_in(line) if label.kind == kind and label.value)


def labelled_source(lines: Sequence[str]) -> str | None:
    """`"Source: Trotek Television Company"` → "Trotek Television Company"."""
    found = (_tidy(label.value) for label in labelled(lines, "source"))
    return next((name for name in found if name and len(name) <= _LONGEST_NAME), None)


def signed_source(lines: Iterable[str]) -> str | None:
    """`"Пресс-служба ОИЯИ"`, `"ISSUED BY THE MINISTRY OF SCIENCE"`, `"(BelTA, citing …)"` → the
    body named.
    """
    for line in lines:
        if is_agency(line):
            return line.strip(" .")
        if is_press_office(line) and not re.search(r"\d{3}", line):
            return _tidy(_ISSUED.sub("", line.strip("()[]/ ")))
        if (agency := _bracketed(line)) is not None:
            return agency
    return None


_ISSUED = re.compile(r"^(?:issued|published) by\s+(?:the\s+)?", re.IGNORECASE)


def _bracketed(line: str) -> str | None:
    """`"(BelTA, citing the press service)"` → "BelTA", when the first words are an agency."""
    if line[:1] not in "([/" or len(line) > _LONGEST_NAME:
        return None
    first = _tidy(re.split(r"[,;|)\]]", line.strip("()[]/. "))[0])
    return first if is_agency(first) else None


_CLOSING = re.compile(
    r"[.!?»”\"]\s*[(\[](?P<name>[^()\[\]]{2,60})[)\]]\.?$|[.!?»”\"]\s*/(?P<slashed>[^/]{2,60})/\.?$"
)


def closing_source(paragraphs: Sequence[str]) -> str | None:
    """`"… would be collected. (Kazinform)"` → "Kazinform": an agency in brackets behind the last sentence."""
    match = _CLOSING.search(paragraphs[-1][-90:]) if paragraphs else None
    name = re.split(r"[,;/]", match["name"] or match["slashed"])[0].strip() if match else ""
    return name if name and is_agency(name) else None


def byline_source(lines: Iterable[str]) -> str | None:
    """`"By Li Na (China Daily)"` → "China Daily", `"By Trend"` → "Trend"."""
    pieces = (piece.strip() for line in lines for piece in re.split(r"[(),|/]", after_by(line)))
    return next((piece for piece in pieces if is_agency(piece)), None)


def photo_office(lines: Iterable[str]) -> str | None:
    """`"Фото: пресс-служба ОЭЗ «Технополис Москва»"` → "пресс-служба ОЭЗ «Технополис Москва»"."""
    values = (_tidy(label.value) for label in labelled(lines, "photo"))
    return next((value for value in values if cues().press_office.match(fold(value))), None)


_HOLDER = re.compile(
    r"""^\W*(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?
    (?:(?:19|20)\d\d(?:\s*[-–—]\s*(?:(?:19|20)\d\d)?)?)?[\s,.]*(?P<name>.{3,90})$""",
    re.IGNORECASE | re.VERBOSE,
)
_HOLDER_END = re.compile(r"\s{2,}|\s\||[.;]\s|, ?(?:19|20)\d\d")
_TERMS = re.compile(
    r"\b(?:terms|privacy|rights|права|copyright|policy|reprint\w*|перепечатк\w*|ссылк\w*)\b", re.I
)


def holder(lines: Iterable[str]) -> str | None:
    """`"© 2025 АО «ОЭЗ «Технополис Москва»"` → "АО «ОЭЗ «Технополис Москва»"; None for a line of terms."""
    for line in lines:
        match = _HOLDER.match(line)
        name = _tidy(_HOLDER_END.split(match["name"])[0]) if match else ""
        if name and not _TERMS.search(name):
            return name
    return None


def _tidy(name: str) -> str:
    """Without counters and links behind it, and without the full stop; "" for what is no name
    ("[Visit]:").
    """
    name = re.split(r"\s{2,}|\s*\|\s*|\s+(?:https?://)", name.strip())[0].strip(" \t\xa0,;:-–—")
    if name.endswith((":", "：")) or re.fullmatch(r"[\[(].*[\])]", name):
        return ""
    if "://" in name:
        return re.sub(r"^https?://(?:www\.)?([^/\s]+).*$", r"\1", name)
    return name if re.search(r"\b\w\.$", name) else name.rstrip(".")
