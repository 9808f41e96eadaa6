"""The gazetteer as its users see it.

``gazetteer().place("Сямыни", "ru")`` → ``Place("Сямэнь", "city", "CN", …)``;
``gazetteer().countries_of("российско-китайских", "ru")`` → ``("RU", "CN")``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from coopex.gazetteer.adjectives import PlaceAdjectives
from coopex.gazetteer.names import PlaceNames
from coopex.gazetteer.people import CountryWords
from coopex.gazetteer.search import find_places
from coopex.gazetteer.tables import Hit, Named, Place, read_areas, read_countries

REMEMBERED = 8192  # words or names, under 2 MB each
AROUND = ' \t\n\u00a0«»"“”„,;:()'


class Gazetteer:
    """Countries, regions, cities and international bodies in two languages; made by :func:`gazetteer`.

    Languages are ``"en"`` and ``"ru"``; any other is read as English. Country codes follow ISO 3166-1 and,
    for cities and regions, GeoNames.
    """

    def __init__(self) -> None:
        countries = read_countries()
        regions = read_areas("regions.csv", "region")
        self._countries: dict[str, Named] = {entry.country: entry for entry in countries if entry.country}
        self._names = PlaceNames([*countries, *read_areas("international.csv", "international"), *regions])
        self._words = CountryWords(countries, self._names)
        self._adjectives = PlaceAdjectives(regions, self._names, self._words)
        # A name is asked for by several steps, and news repeat names: without memory lookups took 3 ms a Russian text.
        self._place = lru_cache(maxsize=REMEMBERED)(self._names.find)
        self._adjective = lru_cache(maxsize=REMEMBERED)(self._words.by_adjective)
        self._demonym = lru_cache(maxsize=REMEMBERED)(self._words.by_demonym)
        self._countries_of = lru_cache(maxsize=REMEMBERED)(self._words.countries_of)

    def place(self, name: str, language: str) -> Place | None:
        """``("КНР", "ru")`` → China; ``("Анкару", "ru")`` → Ankara; ``("New Delhi", "en")`` → New Delhi.

        Names may be inflected (Russian) or possessive (English) and may carry a word for their kind («город
        Дубна», "Guangdong Province"). Countries win over cities, cities over regions, larger cities over
        smaller. A Russian word in lower case names countries, regions and large cities only, an English one
        nothing but large cities. None when the tables hold no such place.
        """
        hit = self._find(name, language)
        return hit.place if hit else None

    def base_form(self, name: str, language: str) -> str | None:
        """``("Беларусью", "ru")`` → ``"Беларусь"``; ``("Сямыни", "ru")`` → ``"Сямынь"``.

        The nominative of the name as the text has it, where :meth:`place` gives the usual name (Белоруссия,
        Сямэнь). Words for the kind of place are left out. None where :meth:`place` finds nothing.
        """
        hit = self._find(name, language)
        return hit.spelling if hit else None

    def _find(self, name: str, language: str) -> Hit | None:
        name = name.strip(AROUND)
        return self._place(name, known_language(language)) if name else None

    def country_of(self, word: str, language: str) -> str | None:
        """``("китайской", "ru")``, ``("Chinese", "en")``, ``("россиян", "ru")`` → ISO alpha-2 code.

        Reads names, short forms, adjectives and demonyms of countries in any form; not cities, and not
        compounds of two countries, for which see :meth:`countries_of`.
        """
        word = word.strip(AROUND)
        return self._words.country_of(word, known_language(language)) if word else None

    def countries_of(self, word: str, language: str) -> tuple[str, ...]:
        """``("российско-китайский", "ru")`` → ``("RU", "CN")``; ``("Sino-US", "en")`` → ``("CN", "US")``."""
        word = word.strip(AROUND)
        return self._countries_of(word, known_language(language)) if word else ()

    def country_name(self, iso: str, language: str) -> str:
        """``("CN", "ru")`` → ``"Китай"``. Raises KeyError for a code the tables lack."""
        return self._countries[iso.upper()].names[known_language(language)][0]

    def is_adjective(self, word: str, language: str) -> bool:
        """Whether a word is an adjective of a country, in any form: ``"китайских"``, ``"Dutch"``."""
        return self._adjective(word, known_language(language)) is not None

    def is_demonym(self, word: str, language: str) -> bool:
        """Whether a word names people of a country, in any form: ``"россиянами"``, ``"Israelis"``."""
        return self._demonym(word, known_language(language)) is not None

    def adjective_places(self, word: str, language: str) -> tuple[Place, ...]:
        """``("новосибирских", "ru")`` → Novosibirsk and its region; ``("Siberian", "en")`` → Siberia.

        The likeliest place first; empty when the adjective is of no place known, or of a country.
        """
        word = word.strip(AROUND)
        return self._adjectives.places(word, known_language(language)) if word else ()

    def find_places(self, tokens: Sequence[str], language: str) -> list[tuple[int, int, Place]]:
        """``(["мэр", "Нижнего", "Новгорода"], "ru")`` → ``[(1, 3, Place("Нижний Новгород", …))]``.

        Takes the tokens of one sentence; returns token positions, end exclusive, longest names first, without
        overlaps. Cautious: small towns and names that are ordinary words need a preposition of place before
        them, and a city in a run of capitalised words (a person, a firm) is passed over unless it has a
        million inhabitants.
        """
        return find_places(tokens, known_language(language), self._names)


def known_language(language: str) -> str:
    """``"ru"`` stays; whatever else is read as English."""
    return "ru" if language == "ru" else "en"


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once; the city table only when first needed."""
    return Gazetteer()
