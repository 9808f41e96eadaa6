"""The one place where pymorphy2, which natasha needs, is made to work on today's Python.

pymorphy2 0.9.1 looks its dictionaries up through ``pkg_resources``, which setuptools 82 removed, and
describes its units through ``inspect.getargspec``, which Python 3.11 removed. Both have exact replacements
in the standard library.
"""

from __future__ import annotations

import inspect
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

KEPT = 8_000
"""Words whose readings are kept, 4 kB each; natasha keeps 10,000 more. A reading takes 0.1 ms."""


def find_entry_points(group: str, name: str | None = None) -> list[EntryPoint]:
    """`("pymorphy2_dicts")` → the entry points of the installed dictionaries, as pymorphy2 asks for them."""
    return [entry for entry in entry_points(group=group) if name in (None, entry.name)]


def constructor_arguments(unit: type) -> list[str]:
    """Names of the arguments of a unit's constructor, sorted, `self` left out."""
    if unit.__init__ is object.__init__:  # type: ignore[misc]
        return []
    return sorted(inspect.getfullargspec(unit.__init__).args[1:])  # type: ignore[misc]


def repair_pymorphy() -> None:
    """Replace pymorphy2's two calls into removed modules; calling it again changes nothing."""
    import pymorphy2.analyzer
    import pymorphy2.units.base

    pymorphy2.analyzer._iter_entry_points = find_entry_points
    pymorphy2.units.base.BaseAnalyzerUnit._get_param_names = classmethod(constructor_arguments)


@cache
def morph_vocab() -> Any:
    """Natasha's `MorphVocab` (Russian dictionary and analyser), loaded once; about 0.1 s and 15 MB."""
    repair_pymorphy()
    from natasha import MorphVocab

    return MorphVocab()


LONGEST_WORD = 60
"""Letters: the longest word of 169 news texts has 30. pymorphy2 reads a word letter by letter, each from within the
one before, and stops with a RecursionError on a thousand."""


@lru_cache(maxsize=KEPT)
def forms_of(word: str) -> tuple[Any, ...]:
    """«Банка» → all readings of the word, likeliest first; guesses for a word that the dictionary lacks."""
    return tuple(morph_vocab()(word.lower())) if len(word) <= LONGEST_WORD else ()


@lru_cache(maxsize=KEPT)
def known_forms(word: str) -> tuple[Any, ...]:
    """The readings that the dictionary has; none for «Сяопин»."""
    forms = forms_of(word)
    by_spelling = {form.word: form for form in forms}  # the dictionary is asked once a spelling, with «е» or «ё»
    known = {spelling for spelling, form in by_spelling.items() if form.is_known}
    return tuple(form for form in forms if form.word in known)
