"""What the gazetteer knows about Russian words, asked once per word."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def place_kind(name: str) -> str | None:
    """`"Анкару"` → "city": country, region, city, international, or `None`; capitals count."""
    from coopex.gazetteer import gazetteer

    place = gazetteer().place(name, "ru")
    return place.kind if place else None


@lru_cache(maxsize=20_000)
def is_country_word(lemma: str) -> bool:
    """`"китайский"` → `True`: an adjective made of a country's name."""
    from coopex.gazetteer import gazetteer

    return gazetteer().is_adjective(lemma, "ru")
