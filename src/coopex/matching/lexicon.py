"""Word classes and roles that rules refer to by name; see `rules/nouns.yaml` and `rules/roles.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from coopex.matching.paths import Path, parse_path
from coopex.yaml_files import parse_yaml

LANGUAGES = ("en", "ru")


def read_rules_file(name: str) -> Any:
    """Parse one YAML file of `coopex/rules` (YAML 1.2: `no` and `on` stay words)."""
    return parse_yaml(files("coopex.rules").joinpath(name).read_text("utf-8"))


@lru_cache(maxsize=1)
def word_classes() -> dict[str, dict[str, frozenset[str]]]:
    """Classes of nouns and verbs: `word_classes()["guests"]["ru"]` holds "гость"."""
    return {
        name: {language: frozenset(_words_of(words.get(language, ()))) for language in LANGUAGES}
        for name, words in read_rules_file("nouns.yaml").items()
    }


def _words_of(written: Sequence[str] | Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the words of a class, listed or made: {prefixes: [при], roots: [ехать]} → приехать."""
    if isinstance(written, Mapping):
        yield from (prefix + root for prefix in written["prefixes"] for root in written["roots"])
    else:
        yield from (str(word) for word in written)


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """Return a word in small letters with е for ё: "Орёл" → "орел"."""
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=20_000)  # asked 900 times a text, of some 300 words
def in_class(lemma: str, name: str, language: str) -> bool:
    """Tell whether `lemma` belongs to the class `name` in `language`."""
    return lemma.lower().replace("ё", "е") in _folded(name, language)


@lru_cache(maxsize=20_000)
def classes_with(lemma: str, language: str) -> frozenset[str]:
    """Name all classes that hold a lemma: "делегация" → {"groups", …}."""
    return _classes(language).get(lemma.lower().replace("ё", "е"), frozenset())


def is_group(lemma: str, language: str) -> bool:
    """Tell whether a noun speaks of travelling people: "delegation", «гости»."""
    return in_class(lemma, "groups", language) or in_class(lemma, "guests", language)


@cache  # one entry a class and language
def _folded(name: str, language: str) -> frozenset[str]:
    return frozenset(word.replace("ё", "е") for word in word_classes()[name][language])


@cache  # one entry a language
def _classes(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in word_classes():
        for word in _folded(name, language):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@lru_cache(maxsize=1)
def roles() -> dict[str, dict[str, tuple[Path, ...]]]:
    """Paths of each role by form of the trigger: `roles()["agent"]["noun"]`."""
    return {
        role: {form: tuple(parse_path(expand_classes(path)) for path in paths) for form, paths in forms.items()}
        for role, forms in read_rules_file("roles.yaml").items()
    }


def expand_classes(path: str) -> str:
    """Replace `@class` in a path condition by its words in all languages."""
    return re.sub(r"@(\w+)", lambda found: "|".join(sorted(_all_words(found[1]))), path)


def _all_words(name: str) -> frozenset[str]:
    return frozenset().union(*word_classes()[name].values())
