"""What the gazetteer knows about Russian words, asked once per word."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

_LONGEST_ENDING = 2
"""Letters in which a noun's cases differ: «Казань», «Казанью»."""


@lru_cache(maxsize=10_000)
def place_kind(name: str) -> str | None:
    """`"Анкару"` → "city": country, region, city, international, or `None`; capitals count."""
    from coopex.gazetteer import gazetteer

    place = gazetteer().place(name, "ru")
    return place.kind if place else None


@lru_cache(maxsize=10_000)
def is_country_word(lemma: str) -> bool:
    """`"китайский"` → `True`: an adjective made of a country's name."""
    from coopex.gazetteer import gazetteer

    return gazetteer().is_adjective(lemma, "ru")


@lru_cache(maxsize=10_000)
def place_name(name: str) -> str | None:
    """`"Шэньчжэне"` → "Шэньчжэнь": the gazetteer's own name, when it is the same word in the nominative."""
    from coopex.gazetteer import gazetteer

    place = gazetteer().place(name, "ru")
    return place.name if place and _is_same_word(name, place.name) else None


def _is_same_word(inflected: str, base: str) -> bool:
    """«Ухане» and «Ухань», not «КНР» and «Китай»: the same but for the ending."""
    one, other = (text.lower().replace("ё", "е") for text in (inflected, base))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    rest = max(len(one), len(other)) - shared
    return one == other or (rest <= _LONGEST_ENDING and rest < len(other) - 1)
