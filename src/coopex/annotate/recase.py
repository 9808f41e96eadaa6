"""Letters of a sentence in capitals as a reader would write them: «РОССИЯ И ОИЯИ ПОДПИСАЛИ …» → "Россия и
ОИЯИ подписали …".

The models have seen few headlines in capitals and take each word for a name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from coopex.annotate._pymorphy import known_forms

_WORD = re.compile(r"[А-ЯЁ][А-ЯЁ-]*")
_LINE = re.compile(r"[^\n]+")
_LETTER = re.compile(r"[^\W\d_]")
FEWEST_WORDS = 4
"""Fewer words in capitals are a name («ПАО ГМК НОРНИКЕЛЬ») as often as a headline."""


def recase(text: str) -> str:
    """The text with every line in capitals put into sentence case; always as long as before."""
    return _LINE.sub(lambda line: _recase_line(line[0]), text)


@lru_cache(maxsize=1_000)  # asked of a sentence for each of its acronyms
def is_in_capitals(line: str) -> bool:
    """Whether a line is written in capitals and long enough to be a headline."""
    letters = _LETTER.findall(line)
    return len(_WORD.findall(line)) >= FEWEST_WORDS and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def _recase_line(line: str) -> str:
    return _WORD.sub(lambda word: recase_word(word[0]), line) if is_in_capitals(line) else line


@lru_cache(maxsize=10_000)
def recase_word(word: str) -> str:
    """«ВЬЕТНАМ» → "Вьетнам", «ПОДПИСАЛИ» → "подписали", «ОИЯИ» → "ОИЯИ"."""
    forms = known_forms(word)
    if not forms:
        return word if len(word) <= 5 else _title(word)
    best = forms[0].tag
    if "Abbr" in best or "Init" in best:
        return word if len(word) > 1 else word.lower()
    named = any(mark in best for mark in ("Name", "Surn", "Patr", "Geox", "Orgn"))
    return _title(word) if named else word.lower()


def _title(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))
