"""Names that recognisers cut in two: "Saint Kitts and Nevis", "Birmingham, Alabama", "Lie, Ruiz & Holm LLP"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coopex.gazetteer import gazetteer

if TYPE_CHECKING:
    from coopex.matching.text import Mention
    from coopex.matching.tree import Tree

_AND = {"and", "&", "и"}
_BESIDE = 3  # words of a country's name on each side of "and"
_BETWEEN = 4  # words between a town and its region: ", the state of"
_STATE = {",", "(", "the", "state", "province", "of", "штат", "штата", "штате", "провинция", "провинции"}


def joined_countries(tree: Tree, language: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Yield first token, end, name and code of the countries of a text whose names hold an "and".

    "the islands of Trinidad and Tobago" → Trinidad and Tobago, TT
    """
    for token in tree:
        if token.lower_ not in _AND or not 0 < token.i < len(tree) - 1:
            continue
        sizes = [(a, b) for a in range(_BESIDE, 0, -1) for b in range(_BESIDE, 0, -1)]
        for before, behind in sizes:
            start, end = token.i - before, token.i + behind + 1
            if start < 0 or end > len(tree) or not tree[start].text[:1].isupper():
                continue
            place = gazetteer().place(tree[start:end].text, language)
            if place is not None and place.kind == "country":
                yield start, end, place.name, place.country
                break


def paired_places(tree: Tree, language: str) -> Iterator[tuple[int, int]]:
    """Yield the tokens of two places that stand before a noun as a pair, each with its end.

    "the Oslo-Lima protocol" → Oslo, Lima
    """
    for token in tree:
        if token.text not in _DASHES or not 0 < token.i < len(tree) - 1:
            continue
        pair = (token.i - 1, token.i + 1)
        if all(tree[i].text[:1].isupper() and gazetteer().place(tree[i].text, language) for i in pair):
            yield from ((i, i + 1) for i in pair)


_DASHES = {"-", "–", "—", "‑"}


def joined_firms(tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield first token and end of the firms of a text that are named after partners.

    "Lie, Ruiz & Holm LLP advised the port" → Lie, Ruiz & Holm LLP
    """
    for token in tree:
        if token.text != "&" or not 0 < token.i < len(tree) - 1:
            continue
        start, end = token.i, token.i + 1
        while start > 0 and _is_partner(tree[start - 1].text):
            start -= 1
        while end < len(tree) and (_is_partner(tree[end].text) or tree[end].lower_ in _LEGAL_FORMS):
            end += 1
        if start == token.i or end == token.i + 1:
            continue
        while start > 1 and tree[start - 1].text == "," and _is_partner(tree[start - 2].text):
            if start > 2 and _is_partner(tree[start - 3].text):
                break  # "Olga Ruiz, Lie & Holm" names a person before the firm
            start -= 2
        yield start, end


def _is_partner(word: str) -> bool:
    return word[:1].isupper() and word.isalpha()


_LEGAL_FORMS = {"llp", "llc", "ltd", "inc", "plc", "co", "gmbh", "ag", "sa", "sons", "partners", "associates"}


def with_their_towns(tree: Tree, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """Give a university of a foreign state the town named behind it, which tells it from its sisters.

    "the University of Nevada, Reno, and Oulu" → University of Nevada, Reno
    """
    found: list[Mention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before is not None and _is_campus(tree, before, mention, language):
            text = tree[before.start : mention.end].text
            town = mention.text if language == "ru" else mention.name
            between = tree[before.end : mention.start].text
            joint = f"{between} " if between.startswith(",") else f" {between} "
            name = f"{before.name}{joint}{town}"
            found[-1] = replace(before, end=mention.end, stop=mention.stop, text=text, name=name)
        else:
            found.append(mention)
    return found


def _is_campus(tree: Tree, body: Mention, town: Mention, language: str) -> bool:
    between = tuple(token.lower_ for token in tree[body.end : town.start])
    is_town = town.kind == "place" or (town.kind == "organization" and between == (",",) and town.end - town.start == 1)
    if body.kind != "organization" or not is_town or between not in {(",",), ("at",), ("in",), ("в",)}:
        return False
    words = [token.lower_ for token in tree[body.start : body.end]]
    if not any(word.startswith(("universit", "университет", "college")) for word in words):
        return False
    if between == (",",) and town.end < len(tree) and tree[town.end].text != ",":
        return False
    return any(_is_foreign_state(token.text, language) for token in tree[body.start : body.end])


def _is_foreign_state(word: str, language: str) -> bool:
    place = gazetteer().place(word, language)
    places = [place] if place else list(gazetteer().adjective_places(word, language))
    return any(each.kind == "region" and each.country not in {None, "RU"} for each in places)


def with_their_regions(tree: Tree, mentions: Sequence[Mention], language: str) -> list[Mention]:
    """Give a town the country of the region named behind it, which is then no place of its own.

    "Birmingham, Alabama, visited Oslo" → Birmingham in US; of Russian regions, whose towns are known, nothing changes
    """
    found: list[Mention] = []
    for mention in mentions:
        town = found[-1] if found else None
        if town is not None and (country := _country_of_region(tree, town, mention, language)):
            found[-1] = replace(town, country=country)
        else:
            found.append(mention)
    return found


def _country_of_region(tree: Tree, town: Mention, region: Mention, language: str) -> str | None:
    """Return the country of a region that only says where a town is; None where both are places of their own."""
    between = [token.lower_ for token in tree[town.end : region.start]]
    beside = 0 < len(between) <= _BETWEEN and between[0] in {",", "("} and set(between) <= _STATE
    if not beside or {town.kind, region.kind} != {"place"} or town.derived or region.derived:
        return None
    place = gazetteer().place(region.text, language)
    if place is None or place.kind != "region" or place.country in {None, "RU"}:
        return None
    goes_on = region.end < len(tree) and tree[region.end].lower_ in {*_AND, "or", "или"}
    is_town = (known := gazetteer().place(town.text, language)) is None or known.kind == "city"
    return place.country if is_town and not goes_on else None
