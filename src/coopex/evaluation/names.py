"""Comparing names as sets of words up to their endings, and ranges of days by what they share."""

from __future__ import annotations

import re
from datetime import date

Interval = tuple[date, date]

SAME_NAME = 0.5
SAME_DATE = 0.5

_ARTICLES = {"the", "a", "an", "of", "и", "and"}
_LEGAL_FORMS = {"ооо", "ао", "пао", "оао", "зао", "нп", "гку", "фгуп", "фгбу"}
_STOP_WORDS = _ARTICLES | _LEGAL_FORMS | {"llc", "jsc", "ltd", "inc", "co"}
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[а-я]")


def name_words(name: str) -> list[str]:
    """Split a name into lower-case words without articles and legal forms: "ООО «Заря»" → ["заря"]."""
    words = _WORD.findall(name.lower().replace("ё", "е"))
    return [word for word in words if word not in _STOP_WORDS] or words


def same_word(a: str, b: str) -> bool:
    """Whether two words differ at most by an ending: "харбине", "харбин" → True.

    They share at least four letters from the start; the longer has at most three more in Russian, one more in
    English.
    """
    if a == b:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ending = 3 if _CYRILLIC.search(a + b) else 1
    return shared >= max(4, max(len(a), len(b)) - ending)


def same_name(a: str, b: str) -> bool:
    """Whether at least half of the words of two names are the same word (Jaccard index)."""
    left, right = name_words(a), name_words(b)
    if not left or not right:
        return False
    rest = list(right)
    for word in left:
        twin = next((other for other in rest if same_word(word, other)), None)
        if twin is not None:
            rest.remove(twin)
    shared = len(right) - len(rest)
    return shared / (len(left) + len(right) - shared) >= SAME_NAME


def same_interval(a: Interval, b: Interval) -> bool:
    """Whether two ranges of days share at least half of the days from the first start to the last end."""
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    whole = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return shared > 0 and shared / whole >= SAME_DATE
