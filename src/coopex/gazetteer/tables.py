"""The tables of the gazetteer, read from the data files into plain dictionaries.

Sources: countries, regions, bodies and adjectives were written for this project; cities come from GeoNames
(CC BY 4.0) by way of ``scripts/build_gazetteer.py``. See ``docs/gazetteer.md``.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal, TypeVar

from coopex.gazetteer.forms import english_key, russian_key

LANGUAGES = ("en", "ru")
T = TypeVar("T")

# Short names in capitals (РФ, US, EAEU) count only as written: "us" is a pronoun.
LONGEST_ACRONYM = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region, city or international body.

    ``name`` is the usual name in the language asked for; ``country`` the ISO 3166-1 alpha-2 code, None for
    continents and bodies of several countries; ``population`` inhabitants, 0 where the tables do not say.
    """

    name: str
    kind: str  # country | region | city | international
    country: str | None
    geonames_id: int | None
    population: int


@dataclass(slots=True)
class Named:
    """A country, region or body as the tables tell it: names, adjectives and demonyms per language."""

    kind: str
    country: str | None
    names: dict[str, list[str]]  # the usual one first
    adjectives: dict[str, list[str]]
    demonyms: dict[str, list[str]] = field(default_factory=dict)

    def spelling(self, key: str, language: str) -> str:
        """The name that is filed under a key."""
        names = self.names[language]
        return next((name for name in names if key_of(name, language) == key), names[0])

    def place(self, language: str) -> Place:
        """The place under its usual name in the language."""
        return Place(self.names[language][0], self.kind, self.country, None, 0)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place and the spelling of its name, in the nominative, that the text came from."""

    place: Place
    spelling: str


@dataclass(slots=True)
class Index:
    """Name → entry, in one language: whole names by key, acronyms as written."""

    names: dict[str, Named] = field(default_factory=dict)
    acronyms: dict[str, Named] = field(default_factory=dict)

    def add(self, name: str, key: str, entry: Named) -> None:
        """Enter a name; the first entry of a name keeps it."""
        if is_acronym(name):
            self.acronyms.setdefault(name, entry)
        else:
            self.names.setdefault(key, entry)


def is_acronym(name: str) -> bool:
    """Whether a name is a short form in capitals: ``"КНР"``, ``"U.S."``, ``"УрФО"``."""
    return len(name) <= LONGEST_ACRONYM and " " not in name and sum(c.isupper() for c in name) >= 2


def key_of(name: str, language: str) -> str:
    """The form under which a name is filed."""
    return russian_key(name) if language == "ru" else english_key(name)


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """Rows of a data file."""
    yield from csv.DictReader(io.StringIO(data_file(name).decode("utf-8")))


def data_file(name: str) -> bytes:
    """Bytes of a data file of this package."""
    return (files("coopex.gazetteer") / "data" / name).read_bytes()


def several(cell: str) -> list[str]:
    """``"USA;US"`` → ``["USA", "US"]``."""
    return [part for part in cell.split(";") if part]


def read_countries() -> list[Named]:
    """Countries with adjectives and demonyms; English demonyms default to the adjectives."""
    return [
        Named(
            "country",
            row["iso"],
            {code: [row[code], *several(row[f"{code}_aliases"])] for code in LANGUAGES},
            {code: several(row[f"{code}_adjectives"]) for code in LANGUAGES},
            {
                "en": several(row["en_demonyms"] or row["en_adjectives"]),
                "ru": several(row["ru_demonyms"]),
            },
        )
        for row in read_csv("countries.csv")
    ]


def read_areas(name: str, kind: str) -> list[Named]:
    """Regions or international bodies."""
    return [
        Named(
            kind,
            row.get("iso") or None,
            {code: [row[code], *several(row[f"{code}_aliases"])] for code in LANGUAGES},
            {"en": several(row.get("en_adjectives", "")), "ru": several(row["ru_adjectives"])},
        )
        for row in read_csv(name)
    ]


def index_names(entries: list[Named], language: str) -> Index:
    """Every name of the entries in one language."""
    index = Index()
    for entry in entries:
        for name in entry.names[language]:
            index.add(name, key_of(name, language), entry)
    return index


def word_table(
    countries: list[Named], language: str, column: Literal["adjectives", "demonyms"]
) -> dict[str, str]:
    """Adjective or demonym → ISO code: words in lower case, acronyms as written."""
    table: dict[str, str] = {}
    for entry in countries:
        words = entry.adjectives if column == "adjectives" else entry.demonyms
        for word in words[language]:
            table.setdefault(word if is_acronym(word) else key_of_word(word, language), entry.country or "")
    return table


def key_of_word(word: str, language: str) -> str:
    """The form under which an adjective or demonym is filed."""
    return russian_key(word) if language == "ru" else word.lower()


def country_prefixes(language: str) -> dict[str, str]:
    """``{"sino": "CN", …}``: first parts of compounds."""
    rows = read_csv("country_prefixes.csv")
    return {row["prefix"]: row["iso"] for row in rows if row["language"] == language}


def ordinary_words(language: str) -> frozenset[str]:
    """Keys of place names that the language also uses as ordinary words, or as surnames."""
    rows = read_csv("ordinary_words.csv")
    return frozenset(key_of(row["word"], language) for row in rows if row["language"] == language)


@dataclass(slots=True)
class Cities:
    """The city table: lines of the file, and per language name → line number, the best known city first."""

    lines: list[str]
    keys: dict[str, dict[str, int]]

    def fields(self, number: int) -> list[str]:
        """id, country, population, English and Russian name, further spellings of both, flag."""
        return self.lines[number].split("\t")

    def is_ordinary(self, number: int) -> bool:
        """Whether the Russian name is also an ordinary word."""
        return self.lines[number].endswith("r")

    def spelling(self, number: int, key: str, language: str) -> str:
        """The spelling of a city's name that is filed under a key."""
        _, _, _, english, russian, further, further_ru, _ = self.fields(number)
        name, others = (russian, further_ru) if language == "ru" else (english, further)
        return next((s for s in [name, *several(others)] if key_of(s, language) == key), name)

    def place(self, number: int, language: str) -> Place:
        """The city of a line."""
        geonames_id, iso, population, english, russian, *_ = self.fields(number)
        name = russian or english if language == "ru" else english
        return Place(name, "city", iso, int(geonames_id) or None, int(population))


def read_cities() -> Cities:
    """The city table, about 34,000 lines."""
    lines = gzip.decompress(data_file("cities.tsv.gz")).decode("utf-8").splitlines()
    english: dict[str, int] = {}
    russian: dict[str, int] = {}
    for number, line in enumerate(lines):
        _, _, _, name, name_ru, further, further_ru, _ = line.split("\t")
        english.setdefault(english_key(name), number)
        if name_ru:
            russian.setdefault(russian_key(name_ru), number)
        if further:
            for spelling in further.split(";"):
                english.setdefault(english_key(spelling), number)
        if further_ru:
            for spelling in further_ru.split(";"):
                russian.setdefault(russian_key(spelling), number)
    return Cities(lines, {"en": english, "ru": russian})


def first(values: Iterable[T | None]) -> T | None:
    """The first value that is not None."""
    return next((value for value in values if value is not None), None)
