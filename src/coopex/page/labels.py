"""Credit labels: "Source: …", "Дата публикации: …", alone in a line or several side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coopex.page.cues import cues, fold
from coopex.page.stamps import full_dates

_AT_START = re.compile(r"^\W{0,3}(?P<label>[^\W\d_][^:：|]{0,40}?)\s*(?P<sign>[:：]|\s[–—-]\s|[–—]\s)\s*", re.DOTALL)
_BEFORE_DATE = re.compile(r"^(?P<label>[^\W\d_][\w\s]{2,30}?)\s+(?=\d|[A-Z])")
_SIGN = re.compile(r"[:：]|\s[–—]\s")
_LONGEST_LINE = 400  # characters in which labels are looked for
_LONGEST_DASHED = 100  # characters: "Автор – Анна Полевая"; a longer line with a dash is a sentence


@dataclass(frozen=True, slots=True)
class Label:
    """ "Дата публикации: 2015.12.14" → kind "date", the label and value as written, and the
    value's offset.
    """

    kind: str
    label: str
    value: str
    offset: int


def label_of(line: str) -> Label | None:
    """`"Source: Trotek"` → its label; None for a line that begins with another word ("Denis
    Kovalevich: …").
    """
    match = _AT_START.match(line[:_LONGEST_LINE])
    if match and (kind := _kind(match["label"])) and (match["sign"] in ":：" or len(line) <= _LONGEST_DASHED):
        return Label(kind, match["label"], line[match.end() :], match.end())
    match = _BEFORE_DATE.match(line[:80])
    if match and _kind(match["label"]) in ("date", "updated") and full_dates(line[match.end() :][:40]):
        return Label(_kind(match["label"]) or "", match["label"], line[match.end() :], match.end())
    return None


def _kind(label: str) -> str | None:
    return cues().labels.get(fold(label).strip("-–—[] "))


@lru_cache(maxsize=2000)
def labels_in(line: str) -> tuple[Label, ...]:
    """`"Release time: 2018-03-05   Source: Dean's Office"` → both; a value ends where the next
    label begins.
    """
    if not _may_hold_label(line[:_LONGEST_LINE]):
        return ()
    found = [m for m in cues().label.finditer(line[:_LONGEST_LINE]) if not _is_tail(line, m.start(), m["label"])]
    ends = [*(m.start() for m in found[1:]), len(line)][: len(found)]
    return tuple(
        Label(cues().labels[fold(m["label"])], m["label"], line[m.end() : end].strip(" |\t\xa0"), m.end())
        for m, end in zip(found, ends, strict=True)
    )


def _may_hold_label(line: str) -> bool:
    """Whether the words before a colon or dash end like a label; to seek 200 labels everywhere takes ten times that."""
    folded = line.lower().replace("ё", "е")
    before = (folded[: sign.start()].rstrip().removesuffix("]") for sign in _SIGN.finditer(folded))
    return any(words.endswith(_known_labels()) for words in before)


@lru_cache(maxsize=1)
def _known_labels() -> tuple[str, ...]:
    return tuple(label.replace("ё", "е") for label in cues().labels)


def _is_tail(line: str, start: int, label: str) -> bool:
    """Whether a one-word label ends a longer one that is not known: "Event date: …", "Order date: …"."""
    return " " not in label and _kind(label) == "date" and line[:start].rstrip(" ")[-1:].isalpha()
