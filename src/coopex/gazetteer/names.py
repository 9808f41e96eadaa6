"""From a name in a text to the place of that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from coopex.gazetteer.forms import phrase_bases, word_bases
from coopex.gazetteer.tables import (
    LANGUAGES,
    Cities,
    Hit,
    Named,
    Place,
    first,
    index_names,
    key_of,
    ordinary_words,
    read_cities,
)

# Inhabitants from which a city is taken to be meant; set by reading which names of the tables the development
# texts and a dictionary of Russian also use otherwise.
ORDINARY_WORD_FROM = 150_000  # names that are ordinary words: Nice and Reading count, Best and Date do not
HOME_ORDINARY_FROM = 50_000  # the same in the countries below: Жуковский counts, Мир does not
INFLECTED_FROM = 100_000  # an inflected form of a hamlet's name is more often another word
HOME_INFLECTED_FROM = 30_000  # the same in the countries below, of ordinary words: «Шахтах», not «Игре»
LOWER_CASE_FROM = 1_000_000
BEFORE_REGION_FROM = 150_000  # New York the city goes before the state, but no town before Asia
FIRM_FROM = 500_000  # a form as written wins over the base form of a larger city, but not «Осаки» over Осака
HOME_FIRM_FROM = 15_000  # the same in the countries below: «Саров» wins over Сари, not «Винницы» over Винница

# Countries whose towns Russian news tells of, in names that decline.
HOME_COUNTRIES = frozenset({"RU", "BY", "KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "GE", "MD", "UA", "MN"})

# Words that say what kind of place a name is: they are set aside, and that kind preferred.
GENERIC: dict[str, list[tuple[re.Pattern[str], str]]] = {
    code: [(re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in patterns]
    for code, patterns in {
        "en": [
            (r"(?:\w+ )?(?:city|town|municipality|village|urban district) of (?P<name>.+)", "city"),
            (r"(?:naukograd|science city) (?P<name>.+)", "city"),
            (r"(?:province|state|region|republic|prefecture|emirate|oblast) of (?P<name>.+)", "region"),
            (r"(?P<name>.+) (?:city|municipality|town)", "city"),
            (
                r"(?P<name>.+) (?:province|prefecture|oblast|region|krai|territory|state|republic|county"
                r"|governorate|canton|autonomous (?:region|republic|okrug|area))",
                "region",
            ),
        ],
        "ru": [
            (r"(?:город\w{0,3}|г\.?|наукоград\w{0,2}|пос[её]л\w+|пгт|сел[оае]м?) (?P<name>.+)", "city"),
            (
                r"(?:провинци\w{1,2}|республик\w{1,2}|штат\w{0,2}|земл\w{1,2}|префектур\w{1,2}|област\w{1,3}"
                r"|регион\w{0,2}|эмират\w{0,2}|округ\w{0,2}|кра(?:й|я|е|ем|ю)) (?P<name>.+)",
                "region",
            ),
        ],
    }.items()
}


class PlaceNames:
    """Finds places by name, in one form or another."""

    def __init__(self, entries: list[Named]) -> None:
        self.areas = {code: index_names(entries, code) for code in LANGUAGES}
        self.ordinary = {code: ordinary_words(code) for code in LANGUAGES}

    @cached_property
    def cities(self) -> Cities:
        """The city table, read when a city is first asked for."""
        return read_cities()

    def find(self, name: str, code: str) -> Hit | None:
        """The place of a name, with or without a word for its kind."""
        return self.named(name, code) or self.of_kind(name, code)

    def named(self, name: str, code: str) -> Hit | None:
        """The place of a name as it stands; a large city goes before a region of the same name."""
        area, city = self.area(name, code), self.city(name, code)
        if area and city and area.place.kind == "region" and city.place.population >= BEFORE_REGION_FROM:
            return city
        return area or city

    def of_kind(self, name: str, code: str) -> Hit | None:
        """``"провинции Гуандун"`` → the province; ``"город Гирин"`` → the city of that name."""
        for pattern, kind in GENERIC[code]:
            match = pattern.fullmatch(name)
            if match and match["name"][0].isupper():
                found = self._preferring(kind, match["name"], code)
                if found:
                    return found
        return None

    def _preferring(self, kind: str, name: str, code: str) -> Hit | None:
        area, city = self.area(name, code), self.city(name, code)
        region = area if area and area.place.kind != "international" else None
        return (city or region) if kind == "city" else (region or city)

    def area(self, name: str, code: str) -> Hit | None:
        """Country, body or region of a name in any form."""
        index = self.areas[code]
        short = re.sub(r"^the |['’]s$", "", name)
        if short in index.acronyms:
            return Hit(index.acronyms[short].place(code), short)
        key = key_of(name, code)
        bases = [key] if code == "en" else [key, *self._bases(key)]
        base = next((base for base in bases if base in index.names), None)
        if base is None or not self._cased(name, key, code):
            return None
        return Hit(index.names[base].place(code), index.names[base].spelling(base, code))

    def city(self, name: str, code: str) -> Hit | None:
        """City of a name in any form, when it is large enough to be meant by that form."""
        numbers = self.cities.keys[code]
        key = key_of(name, code)
        bases = [key] if code == "en" else dict.fromkeys((key, *self._bases(key)))
        known = sorted((numbers[base], base) for base in bases if base in numbers)
        # The form as written first, unless it names a small town abroad: «Саров», not the genitive of «Сари».
        known.sort(key=lambda found: found[1] != key or not self._firm(found[0]))
        return first(self._if_meant(name, key, base, number, code) for number, base in known)

    def _firm(self, number: int) -> bool:
        """Whether a city is so well known that its name is not taken for a form of another."""
        city = self.cities.place(number, "en")
        return city.population >= (HOME_FIRM_FROM if city.country in HOME_COUNTRIES else FIRM_FROM)

    def _if_meant(self, name: str, key: str, base: str, number: int, code: str) -> Hit | None:
        """The city of a line when the form in the text may mean it."""
        city = self.cities.place(number, code)
        inflects = base == key or self._inflects(base, number, city)
        meant = inflects and self._large_enough(name, base, city, code)
        return Hit(city, self.cities.spelling(number, base, code)) if meant else None

    def _bases(self, key: str) -> Iterator[str]:
        """Dictionary forms of a Russian name."""
        if " " in key or "-" in key:
            yield from phrase_bases(key, self._parts)
        yield from word_bases(key)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """Words that Russian names of several words are made of."""
        keys: Iterable[str] = (*self.cities.keys["ru"], *self.areas["ru"].names)
        return frozenset(part for key in keys if " " in key or "-" in key for part in re.split("[ -]", key))

    def _cased(self, name: str, key: str, code: str) -> bool:
        """Whether letter case lets a word name a country or region; Russian writes some in lower case."""
        if any(c.isupper() for c in name):
            return True
        return code == "ru" and len(key) > 4 and key not in self.ordinary[code]

    def _large_enough(self, name: str, base: str, city: Place, code: str) -> bool:
        """Whether a name, by its letter case and dictionary form, may mean a city of that size."""
        ordinary = base in self.ordinary[code]
        if not name[0].isupper():
            return len(base) > 4 and city.population >= LOWER_CASE_FROM and not ordinary
        home = code == "ru" and city.country in HOME_COUNTRIES
        return not ordinary or city.population >= (HOME_ORDINARY_FROM if home else ORDINARY_WORD_FROM)

    def _inflects(self, base: str, number: int, city: Place) -> bool:
        """Whether a city may be meant by an inflected form of its name."""
        if city.country not in HOME_COUNTRIES:
            return city.population >= INFLECTED_FROM
        several_words = " " in base or "-" in base
        return several_words or not self.cities.is_ordinary(number) or city.population >= HOME_INFLECTED_FROM
