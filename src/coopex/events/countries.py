"""Countries that actors belong to, by their own names, their bodies or their posts."""

from __future__ import annotations

from collections.abc import Iterable

from coopex.resolve.reading import Actor, Reading, is_country


def country_of(reading: Reading, actor: Actor) -> str | None:
    """Return the country of an actor, else that of a body it stands for: the rector of Brno University → "CZ"."""
    if actor.entity.country:
        return actor.entity.country
    return next((body.entity.country for body in reading.bodies_of(actor.entity) if body.entity.country), None)


def countries_of(reading: Reading, actors: Iterable[Actor]) -> set[str]:
    """Return the countries of some actors, as far as they are known."""
    return {code for actor in actors if (code := country_of(reading, actor))}


def own_countries(actors: Iterable[Actor]) -> set[str]:
    """Return the countries of some actors by their names alone, their bodies left out."""
    return {actor.entity.country for actor in actors if actor.entity.country}


def without_countries(actors: Iterable[Actor]) -> list[Actor]:
    """Leave out countries, and what only qualifies a person: "the Cuba friendship group" makes nobody Cuban."""
    return [actor for actor in actors if not is_country(actor) and actor.how != "affiliation"]


def towns_of(actors: Iterable[Actor]) -> set[int]:
    """Return the numbers of the places among some actors that are no countries."""
    return {a.entity.number for a in actors if a.entity.kind == "place" and not is_country(a)}


def numbers_of(actors: Iterable[Actor]) -> set[int]:
    """Return the numbers of the entities of some actors."""
    return {actor.entity.number for actor in actors}
