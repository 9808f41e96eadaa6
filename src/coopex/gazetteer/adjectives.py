"""From adjectives of cities and regions to the places: ``"новосибирских"`` → Novosibirsk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coopex.gazetteer.forms import adjective_bases, adjective_stems, place_bases, russian_key
from coopex.gazetteer.names import HOME_COUNTRIES, PlaceNames
from coopex.gazetteer.people import CountryWords
from coopex.gazetteer.tables import LANGUAGES, Named, Place, key_of, read_csv

# The rule that undoes -ский reaches far, so it asks for more inhabitants than a name does. Set by reading
# what it makes of the 1,400 adjectives of the pymorphy2 dictionary that it leads to a place.
ADJECTIVE_FROM, HOME_ADJECTIVE_FROM = 200_000, 60_000
REGION_TAILS = ("ая область", "ий край", "ая республика")


class PlaceAdjectives:
    """Finds the city or region an adjective is made from."""

    def __init__(self, regions: list[Named], names: PlaceNames, words: CountryWords) -> None:
        self.names, self.words = names, words
        # An empty place keeps the rule off an adjective of another sense («братский», «славянский»).
        self.irregular: dict[str, dict[str, str]] = {code: {} for code in LANGUAGES}
        for row in read_csv("irregular_adjectives.csv"):
            language, adjective = row["language"], row["adjective"]
            self.irregular[language].setdefault(key_of(adjective, language), row["place"])
        for region in regions:
            for adjective in region.adjectives["ru"]:
                self.irregular["ru"].setdefault(russian_key(adjective), region.names["ru"][0])

    def places(self, word: str, code: str) -> tuple[Place, ...]:
        """Places of an adjective, the likeliest first."""
        found = self._english(word) if code == "en" else self._russian(russian_key(word))
        return tuple(dict.fromkeys(found))

    def _english(self, word: str) -> Iterator[Place]:
        name = self.irregular["en"].get(key_of(word, "en"))
        hit = self.names.named(name, "en") if name and word[0].isupper() else None
        if hit:
            yield hit.place

    def _russian(self, key: str) -> Iterator[Place]:
        bases = list(adjective_bases(key))
        listed = [self.irregular["ru"][base] for base in bases if base in self.irregular["ru"]]
        if "" in listed or self.words.by_adjective(key, "ru"):
            return
        yield from (hit.place for name in listed if (hit := self.names.named(name, "ru")))
        for stem in adjective_stems(key):
            yield from self._of_stem(stem)

    def _of_stem(self, stem: str) -> Iterator[Place]:
        """City, then region: ``"томск"`` → Tomsk, the Tomsk region."""
        # «томский» is of Томск if there is one, else of the largest of Том, Тома, Томь, ….
        city = self._largest([stem, stem[:-2] + "ск"]) or self._largest(place_bases(stem))
        if city:
            yield city
        regions = self.names.areas["ru"].names
        yield from (regions[stem + tail].place("ru") for tail in REGION_TAILS if stem + tail in regions)

    def _largest(self, bases: Iterable[str]) -> Place | None:
        """The best known city among names, when it is large enough for the rule."""
        cities = self.names.cities
        number = min((cities.keys["ru"][base] for base in bases if base in cities.keys["ru"]), default=None)
        if number is None:
            return None
        city = cities.place(number, "ru")
        least = HOME_ADJECTIVE_FROM if city.country in HOME_COUNTRIES else ADJECTIVE_FROM
        return city if city.population >= least else None
