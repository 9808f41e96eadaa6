"""Places in running text, to complete what a name recogniser found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coopex.gazetteer.names import ORDINARY_WORD_FROM, PlaceNames
from coopex.gazetteer.tables import Place, key_of

LONGEST_NAME = 4  # tokens
# Smaller towns share their names with people and firms, and count only after a preposition of place.
SCAN_FROM = {"en": 100_000, "ru": 50_000}
# Cities so well known that a capitalised neighbour does not make them part of a person's or firm's name.
WELL_KNOWN_FROM = 1_000_000
PREPOSITIONS = {
    "en": frozenset("in at from to near of into around outside via".split()),
    "ru": frozenset("в во из под около близ до через на г город города городе".split()),
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
    for end in range(min(len(tokens), start + LONGEST_NAME), start, -1):
        if not tokens[end - 1][:1].isalpha():
            continue
        place = names.named(join_tokens(tokens[start:end]), code)
        if place and credible(tokens, start, end, place, code, names):
            return start, end, place
    return None


def credible(
    tokens: Sequence[str], start: int, end: int, place: Place, code: str, names: PlaceNames
) -> bool:
    """Whether a name found in running text is likely to be that place."""
    if end - start == 1 and is_common(tokens[start], code, names):
        large = place.kind != "city" or place.population >= ORDINARY_WORD_FROM
        return large and introduced(tokens, start, code) and not in_capital_run(tokens, start, end)
    if place.kind != "city" or place.population >= WELL_KNOWN_FROM:
        return True
    large = place.population >= SCAN_FROM[code] or introduced(tokens, start, code)
    return large and not in_capital_run(tokens, start, end)


def is_common(word: str, code: str, names: PlaceNames) -> bool:
    """Whether a word is too short or too ordinary to be a place by itself: ``"Ли"``, ``"Reading"``."""
    return (len(word) < 3 and not word.isupper()) or key_of(word, code) in names.ordinary[code]


def introduced(tokens: Sequence[str], start: int, code: str) -> bool:
    """Whether a preposition of place stands before a token."""
    return start > 0 and tokens[start - 1].lower() in PREPOSITIONS[code]


def in_capital_run(tokens: Sequence[str], start: int, end: int) -> bool:
    """Whether a capitalised word other than the first of the sentence touches the tokens on either side."""
    before = start > 1 and tokens[start - 1][:1].isupper()
    return before or (end < len(tokens) and tokens[end][:1].isupper())


def join_tokens(tokens: Sequence[str]) -> str:
    """``["Ростов", "-", "на", "-", "Дону"]`` → ``"Ростов-на-Дону"``; ``["Xi", "'", "an"]`` → ``"Xi'an"``."""
    return re.sub(r"\s*([-’'])\s*", r"\1", " ".join(tokens)).replace(" .", ".")
