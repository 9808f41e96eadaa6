"""The words that references are read by: `rules/references.yaml`, folded and looked up by language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from coopex.matching.lexicon import LANGUAGES, read_rules_file


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return dict(read_rules_file("references.yaml"))


@lru_cache(maxsize=20_000)  # asked 700 times a text
def fold(word: str) -> str:
    """ "Её" → "ее": the form in which words are listed."""
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=256)
def listed(name: str, language: str) -> frozenset[str]:
    """Words of one list in one language: `listed("towns", "ru")` holds "город"."""
    return frozenset(fold(word) for word in _raw()[name].get(language, ()))


@lru_cache(maxsize=64)
def everywhere(name: str) -> frozenset[str]:
    """Words of a list in all languages, or of a list that serves all."""
    raw = _raw()[name]
    return frozenset(raw) if isinstance(raw, list) else frozenset().union(*(listed(name, code) for code in LANGUAGES))


@lru_cache(maxsize=64)
def pronouns(kind: str, language: str) -> frozenset[str]:
    """Pronouns that can stand for a person, a thing, any of both, or several."""
    return frozenset(_raw()["pronouns"][kind].get(language, ()))


@lru_cache(maxsize=64)
def gender_words(name: str, gender: str, language: str) -> frozenset[str]:
    """Words that tell a gender: `gender_words("honorifics", "fem", "en")` holds "mrs"."""
    return frozenset(_raw()[name].get(gender, {}).get(language, ()))


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """English spellings of first names with their gender."""
    return {name: gender for gender, names in _raw()["given_names"].items() for name in names}


@lru_cache(maxsize=512)
def kin_of(word: str, language: str, groups: str = "kin") -> frozenset[str]:
    """Words that may stand for a noun, itself included: вуз → университет, институт …"""
    found = [frozenset(group) for group in _raw()[groups][language] if word in group]
    return frozenset({word}).union(*found)


@lru_cache(maxsize=64)
def heads_of(body: str, language: str) -> frozenset[str]:
    """Posts of who heads a body: ведомство → министр, директор …"""
    return frozenset(_raw()["heads_of"][language].get(body, ()))


@lru_cache(maxsize=8)
def offices(language: str) -> dict[str, str]:
    """Posts that give the body they head by their name: minister → ministry."""
    return dict(_raw()["offices"][language])


@lru_cache(maxsize=8)
def acronym_letters(language: str) -> dict[str, frozenset[str]]:
    """Letters of an acronym with the nouns they stand for: "u" → university."""
    return {letter: frozenset(nouns) for letter, nouns in _raw()["acronyms"][language].items()}


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in _raw()["spellings"])


@lru_cache(maxsize=20_000)
def spelled(word: str) -> str:
    """ "saleem", "salim" → "salym": a word in the one spelling in which names are compared."""
    if word.isascii():
        for one, other in _spellings():
            word = word.replace(one, other)
    return word


@lru_cache(maxsize=1)
def short_ministry() -> tuple[str, str]:
    """The word for a ministry and what it is shortened to."""
    return _raw()["short_ministry"]["long"], _raw()["short_ministry"]["short"]
