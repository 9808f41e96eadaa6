"""From adjectives, demonyms and names to the countries behind them."""

from __future__ import annotations

import re

from coopex.gazetteer.forms import adjective_bases, english_singulars, noun_bases, russian_key
from coopex.gazetteer.names import PlaceNames
from coopex.gazetteer.tables import LANGUAGES, Named, country_prefixes, first, is_acronym, word_table

PARTS = re.compile(r"\s*[-–—‑/]\s*")
POSSESSIVE = re.compile(r"['’]s?$")


class CountryWords:
    """Finds countries by the words for what and who belongs to them."""

    def __init__(self, countries: list[Named], names: PlaceNames) -> None:
        self.names = names
        self.adjectives = {code: word_table(countries, code, "adjectives") for code in LANGUAGES}
        self.demonyms = {code: word_table(countries, code, "demonyms") for code in LANGUAGES}
        self.prefixes = {code: country_prefixes(code) for code in LANGUAGES}

    def country_of(self, word: str, code: str) -> str | None:
        """ISO code of a name, adjective or demonym."""
        return self.named(word, code) or self.by_adjective(word, code) or self.by_demonym(word, code)

    def countries_of(self, word: str, code: str) -> tuple[str, ...]:
        """ISO codes of a word or of the parts of a compound."""
        whole = self.country_of(word, code)
        if whole:
            return (whole,)
        parts = [part for part in PARTS.split(word) if part]
        found = [self._part(part, code) for part in parts] if len(parts) > 1 else []
        return tuple(dict.fromkeys(iso for iso in found if iso))

    def named(self, word: str, code: str) -> str | None:
        """ISO code of a country's name or short form."""
        hit = self.names.area(word, code)
        return hit.place.country if hit and hit.place.kind == "country" else None

    def by_adjective(self, word: str, code: str) -> str | None:
        """ISO code of an adjective in any form: ``"китайских"``, ``"Dutch"``, ``"U.S."``."""
        if code == "en":
            return english_entry(word, self.adjectives["en"], plural=False)
        return first(self.adjectives["ru"].get(base) for base in adjective_bases(russian_key(word)))

    def by_demonym(self, word: str, code: str) -> str | None:
        """ISO code of a demonym in any form: ``"россиянами"``, ``"Israelis"``."""
        if code == "en":
            return english_entry(word, self.demonyms["en"], plural=True)
        return first(self.demonyms["ru"].get(base) for base in noun_bases(russian_key(word)))

    def _part(self, part: str, code: str) -> str | None:
        """Country of one part of a compound: ``"Sino"``, ``"российско"``, ``"китайских"``."""
        if code == "ru" and part.endswith("ско"):
            return self.adjectives["ru"].get(russian_key(part).removesuffix("о") + "ий")
        return self.prefixes[code].get(part.lower()) or self.country_of(part, code)


def english_entry(word: str, table: dict[str, str], plural: bool) -> str | None:
    """Entry of an English adjective or demonym, which begin with a capital letter."""
    if not word[:1].isupper():
        return None
    word = POSSESSIVE.sub("", word)
    if word in table and is_acronym(word):
        return table[word]
    forms = english_singulars(word.lower()) if plural else [word.lower()]
    return first(table.get(form) for form in forms)
