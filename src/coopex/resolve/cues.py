"""Discourse cues around a trigger: recalled, return, remote, generic; the words are in `rules/discourse.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coopex.matching.lexicon import LANGUAGES, read_rules_file
from coopex.matching.text import Part
from coopex.matching.tree import Token


@dataclass(frozen=True, slots=True)
class Cues:
    """Which discourse cues hold for a trigger."""

    recalled: bool = False
    returning: bool = False
    turn: bool = False
    remote: bool = False
    generic: bool = False
    together: bool = False


@lru_cache(maxsize=1)
def _patterns() -> dict[tuple[str, str], re.Pattern[str]]:
    raw = read_rules_file("discourse.yaml")
    return {
        (name, language): re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, raw[name][language])) + ")" + _tail(name, language)
        )
        for name in raw
        for language in LANGUAGES
    }


def _tail(name: str, language: str) -> str:
    return r"\w{0,3}(?!\w)" if language == "ru" else r"(?!\w)"


def read_cues(part: Part, trigger: Token) -> Cues:
    """Read the cues of the sentence of `trigger`.

    "Earlier the delegation visited Xiamen" → recalled; "Earlier in the day it visited Xiamen" → nothing.
    """
    text = _patterns()["same_day", part.language].sub(" ", trigger.sent.text.lower())
    hits = {
        name: bool(_patterns()[name, part.language].search(text))
        for name in ("recalled", "returning", "turn", "remote", "generic", "together")
    }
    return Cues(**hits)


def called_another(noun: Token, language: str) -> bool:
    """Return whether a word before a noun says that it is one more: "another delegation", «второй меморандум»."""
    return any(child.lemma_.lower() in _another(language) for child in noun.children if child.i < noun.i)


@lru_cache(maxsize=2)
def _another(language: str) -> frozenset[str]:
    return frozenset(read_rules_file("sameness.yaml")["another"][language])
