"""The cue words of `cues.yaml` and `credits.yaml`, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from coopex.errors import BadConfiguration
from coopex.page.sought import Sought
from coopex.yaml_files import parse_yaml


@dataclass(frozen=True, slots=True)
class Cues:
    """Phrases as sets where the whole line must equal one, as patterns where it must begin with or
    hold one.
    """

    menu: frozenset[str]
    kickers: frozenset[str]
    related: frozenset[str]
    comments: frozenset[str]
    stamp_words: frozenset[str]
    own_report: frozenset[str]
    labels: dict[str, str]  # "дата публикации" → "date"
    label: re.Pattern[str]
    event: re.Pattern[str]
    before_author: re.Pattern[str]
    starts: re.Pattern[str]
    notices: re.Pattern[str]
    anywhere: Sought
    letterheads: re.Pattern[str]
    press_office: re.Pattern[str]
    related_starts: re.Pattern[str]


LABEL_KINDS = ("source", "author", "date", "updated", "photo", "editor", "other")


@lru_cache(maxsize=2000)  # a dozen tests fold each line
def fold(text: str) -> str:
    """`"Ещё  НОВОСТИ"` → "еще новости"."""
    return " ".join(text.split()).lower().replace("ё", "е").replace("’", "'")


@lru_cache(maxsize=2000)
def bare(text: str) -> str:
    """`"→ Комментарии (3)"` → "комментарии": folded, signs at the ends and a closing count dropped."""
    return _without_edges(_without_count(_without_edges(fold(text))))


def _without_edges(text: str) -> str:
    """By hand, since a pattern for the last signs of a text is tried at each of its signs."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return text[start:end]


def _without_count(text: str) -> str:
    end = len(text)
    while end and text[end - 1].isdecimal():
        end -= 1
    return text[:end].rstrip(" ([:") if end < len(text) else text


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The compiled cue words."""
    page, credit = load("cues.yaml"), load("credits.yaml")
    labels = {fold(label): kind for kind in LABEL_KINDS for label in credit[kind]}
    return Cues(
        menu=_phrases(page["menu"]),
        kickers=_phrases(page["kickers"]),
        related=_phrases(page["related"]),
        comments=_phrases(page["comments"]),
        stamp_words=_phrases(credit["stamp_words"]),
        own_report=_phrases(credit["own_report"]),
        labels=labels,
        label=_labels(labels),
        event=re.compile(_starting_with(credit["event"]).pattern + r"\s*[:：]"),
        before_author=re.compile(_starting_with(credit["before_author"]).pattern + r"\s+"),
        starts=_starting_with(page["starts"]),
        notices=_starting_with(page["notices"]),
        anywhere=Sought(re.compile("|".join(page["anywhere"]))),
        letterheads=_starting_with(page["letterheads"]),
        press_office=_starting_with(credit["press_office"]),
        related_starts=_starting_with(page["related"]),
    )


def load(name: str) -> dict[str, list[Any]]:
    """A data file of this package, read; raises `BadConfiguration` when it is not YAML."""

    try:
        loaded: dict[str, list[Any]] = parse_yaml(files(__package__).joinpath(name).read_text("utf-8"))
    except ValueError as error:
        raise BadConfiguration(file=name, cause=f"not valid YAML: {error}") from error
    return loaded


def _phrases(entries: Iterable[Any]) -> frozenset[str]:
    return frozenset(fold(str(entry)) for entry in entries)


def _starting_with(entries: Iterable[Any]) -> re.Pattern[str]:
    """Longest first, each ending at the end of a word unless it ends in a sign itself."""
    phrases = sorted((fold(str(entry)) for entry in entries), key=len, reverse=True)
    ends = (re.escape(p) + (r"(?!\w)" if p[-1].isalnum() else "") for p in phrases)
    return re.compile(f"(?:{'|'.join(ends)})")


def _labels(labels: Iterable[str]) -> re.Pattern[str]:
    """A known label with its colon, or with its dash at the start of a line; ё is read as е."""
    names = "|".join(re.escape(p).replace("е", "[её]") for p in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<label>{names})\]?\s*(?:[:：]|(?<=\w)\s+[–—]\s)\s*", re.IGNORECASE)
