"""Whether a line says something or only names something; by word forms, roughly, before any annotation."""

from __future__ import annotations

import re
from functools import lru_cache

from coopex.page.cues import load


def has_verb(text: str) -> bool:
    """`"Ministry of Energy signs a memorandum"` → True, `"Министерство промышленности и торговли"`
    → False.
    """
    words = text.lower().split()[1:]
    return bool(_english().search(" ".join(words))) or any(
        _is_russian_verb(word.strip('«»",.:;!?()')) for word in words
    )


def _is_russian_verb(word: str) -> bool:
    return bool(_russian().search(word)) and word not in _nouns()


@lru_cache(maxsize=1)
def _english() -> re.Pattern[str]:
    data = load("verbs.yaml")
    stems, forms = "|".join(str(data["english"]).split()), "|".join(str(data["english_forms"]).split())
    return re.compile(rf"\b(?:{forms}|(?:{stems})(?:s|es|e|ed|ing|ning|ting|ned|ted)?)\b")


@lru_cache(maxsize=1)
def _russian() -> re.Pattern[str]:
    endings = "|".join(str(load("verbs.yaml")["russian_endings"]).split())
    return re.compile(rf"^[а-яё-]{{2,}}(?:{endings})$")


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(str(load("verbs.yaml")["not_russian_verbs"]).split())


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Articles, prepositions, conjunctions of both languages."""
    return frozenset(str(load("verbs.yaml")["function_words"]).split())
