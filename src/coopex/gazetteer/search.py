"""Places in running text, to complete what a name recogniser found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coopex.gazetteer.names import HOME_COUNTRIES, PlaceNames
from coopex.gazetteer.tables import Place, key_of

LONGEST_NAME = 4  # tokens
# Smaller towns share their names with people and firms: they count only after a preposition of place, and the
# smallest not at all.
SCAN_FROM, SMALLEST = {"en": 100_000, "ru": 50_000}, 15_000
# Abroad, Russian names are shorter of inhabitants that a Russian reader has heard of.
SCAN_ABROAD_FROM = 300_000
# Cities so well known that a capitalised neighbour does not make them part of a person's or firm's name.
WELL_KNOWN_FROM = 1_000_000
# Smaller towns as the first word of a sentence are more often surnames, unless a dateline follows.
FIRST_WORD_FROM = 300_000
COMMON_FROM = 50_000  # of names that are ordinary words or surnames
# «в Хабаровском районе» holds the adjective, «под Хабаровском» the city.
LOCATIVE = frozenset(["в", "во", "на", "о", "об", "при"])
ADJECTIVE_FORM = re.compile(r".+[сц]ком")
ADJECTIVE_NAME = re.compile(r"\w+(?:ый|ий|ой|ая|ое|ые|ие)")
TOWN_WORD = re.compile(r"г|город(?:а|у|ом|е)?|пос[её]л\w+", re.IGNORECASE)
PREPOSITIONS = {
    "en": frozenset(["in", "at", "from", "to", "near", "of", "into", "around", "outside", "via"]),
    "ru": frozenset(
        ["в", "во", "из", "под", "около", "близ", "до", "через", "на", "г", "город", "города", "городе"]
    ),
}


def find_places(tokens: Sequence[str], code: str, names: PlaceNames) -> list[tuple[int, int, Place]]:
    """``["мэр", "Нижнего", "Новгорода"]`` → ``[(1, 3, Place("Нижний Новгород", …))]``."""
    found: list[tuple[int, int, Place]] = []
    start = 0
    while start < len(tokens):
        match = longest_place(tokens, start, code, names)
        if match:
            found.append(match)
        start = match[1] if match else start + 1
    return found


def longest_place(
    tokens: Sequence[str], start: int, code: str, names: PlaceNames
) -> tuple[int, int, Place] | None:
    """The longest credible place name that begins at a token."""
    if not tokens[start][:1].isupper():
        return None
    article = tokens[start] in ("The", "THE")  # part of few names: The Hague
    for end in range(min(len(tokens), start + LONGEST_NAME), start, -1):
        if not tokens[end - 1][:1].isalpha():
            continue
        hit = names.named(join_tokens(tokens[start:end]), code)
        if hit and article and not hit.place.name.startswith("The "):
            return None
        if hit and credible(tokens, start, end, hit.place, code, names):
            return start, end, hit.place
    return None


def credible(tokens: Sequence[str], start: int, end: int, place: Place, code: str, names: PlaceNames) -> bool:
    """Whether a name found in running text is likely to be that place."""
    if place.kind != "city":
        return (
            end - start > 1
            or not is_common(tokens[start], place, code, names)
            or alone(tokens, start, end, code)
        )
    if code == "ru" and end - start == 1 and is_adjective_here(tokens, start, end, place):
        return False
    if place.population >= WELL_KNOWN_FROM:
        return True
    if end - start == 1 and is_common(tokens[start], place, code, names):
        return place.population >= COMMON_FROM and alone(tokens, start, end, code)
    if place.population < SMALLEST or in_capital_run(tokens, start, end, code):
        return False
    if start == 0 and end == 1 and place.population < FIRST_WORD_FROM:
        return tokens[end : end + 1] in ([","], ["("])
    return place.population >= scan_from(place, code) or introduced(tokens, start, code)


def scan_from(place: Place, code: str) -> int:
    """Inhabitants from which a city needs no preposition."""
    abroad = code == "ru" and place.country not in HOME_COUNTRIES
    return SCAN_ABROAD_FROM if abroad else SCAN_FROM[code]


def is_common(word: str, place: Place, code: str, names: PlaceNames) -> bool:
    """Whether a word is too short or too ordinary to be a place by itself: ``"Ли"``, ``"Reading"``."""
    keys = {key_of(word, code), key_of(place.name, code)}
    return (len(word) < 3 and not word.isupper()) or not keys.isdisjoint(names.ordinary[code])


def is_adjective_here(tokens: Sequence[str], start: int, end: int, place: Place) -> bool:
    """Whether a word is an adjective rather than a town: «в Хабаровском районе», «Центральный банк»."""
    before = tokens[start - 1].lower() if start else ""
    if ADJECTIVE_NAME.fullmatch(place.name):
        followed = end < len(tokens) and tokens[end][:1].isalpha()
        return followed and not TOWN_WORD.fullmatch(before)
    return before in LOCATIVE and ADJECTIVE_FORM.fullmatch(tokens[start]) is not None


def alone(tokens: Sequence[str], start: int, end: int, code: str) -> bool:
    """Whether a preposition of place stands before, and no capitalised word touches the name."""
    return introduced(tokens, start, code) and not in_capital_run(tokens, start, end, code)


def introduced(tokens: Sequence[str], start: int, code: str) -> bool:
    """Whether a preposition of place stands before a token."""
    return start > 0 and tokens[start - 1].lower() in PREPOSITIONS[code]


def in_capital_run(tokens: Sequence[str], start: int, end: int, code: str) -> bool:
    """Whether capitalised words touch a name: ``"Christopher Columbus"``; not ``"In Columbus"``."""
    before = start > 0 and tokens[start - 1][:1].isupper() and tokens[start - 1] not in ("The", "THE")
    before = before and not introduced(tokens, start, code)
    return before or (end < len(tokens) and tokens[end][:1].isupper())


def join_tokens(tokens: Sequence[str]) -> str:
    """``["Ростов", "-", "на", "-", "Дону"]`` → ``"Ростов-на-Дону"``; ``["Xi", "'", "an"]`` → ``"Xi'an"``."""
    return re.sub(r"\s*([-’'])\s*", r"\1", " ".join(tokens)).replace(" .", ".")
