"""Everything known of one text after matching: parts, matches, entities, dates. The input of event assembly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from coopex.dates import DateMention
from coopex.gazetteer import gazetteer
from coopex.matching.engine import Match, Rejection
from coopex.matching.phrases import Filler
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Span, Token
from coopex.metadata import Metadata
from coopex.resolve.names import Entities, Entity

if TYPE_CHECKING:
    from coopex.events.agreements.types import AgreementEvent
    from coopex.events.visits.types import VisitEvent
    from coopex.resolve.offices import Office
    from coopex.resolve.references import Reference
    from coopex.technology import AreaMention


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity in a slot, with the mention that put it there, the post it holds and how it stands in its phrase."""

    entity: Entity
    mention: Mention
    post: str | None = None
    how: str = "named"


@dataclass(slots=True)
class Reading:
    """One text, read: what `explain` prints and what records are built from."""

    text: str
    language: str | None
    metadata: Metadata
    parts: list[Part]
    matches: list[Match]
    rejections: list[Rejection]
    entities: Entities
    published: date | None
    partial_matches: list[Match] = field(default_factory=list)
    past_dates: list[DateMention] = field(default_factory=list)
    future_dates: list[DateMention] = field(default_factory=list)
    person_bodies: dict[int, list[Actor]] = field(default_factory=dict)
    references: dict[tuple[int, int], Reference] = field(default_factory=dict)
    offices: dict[tuple[int, int], Office] = field(default_factory=dict)
    dateline_country: str | None = None
    dateline: Actor | None = None
    visits: list[VisitEvent] = field(default_factory=list)
    rejected_visits: list[VisitEvent] = field(default_factory=list)
    agreements: list[AgreementEvent] = field(default_factory=list)
    rejected_agreements: list[AgreementEvent] = field(default_factory=list)
    areas: list[AreaMention] = field(default_factory=list)
    rejected_areas: list[AreaMention] = field(default_factory=list)

    def sentence(self, token: Token, part: Part) -> tuple[int, int]:
        """Key of the sentence of `token`: part number and first token."""
        return part.index, part.sentence(token).start

    def actor(self, filler: Filler) -> Actor:
        """Turn a filler into an actor of its entity."""
        entity = self.entities.of(filler.mention)
        if filler.post and not entity.post:
            entity.post = filler.post
        return Actor(entity, filler.mention, filler.post, filler.how)

    def bodies_of(self, entity: Entity) -> list[Actor]:
        """Bodies and places that a person stands for anywhere in the text."""
        return self.person_bodies.get(entity.number, [])


def body_parts(parts: Iterable[Part]) -> list[Part]:
    """Parts that tell something: title and body."""
    return [part for part in parts if part.block.kind in {"title", "body"}]


def learn_countries(reading: Reading) -> None:
    """Give bodies the country that their name or the words beside it tell.

    "Russia's MTS", "Chinese Academy of Sciences".
    """
    for part in body_parts(reading.parts):
        for mention in part.mentions:
            if mention.kind == "organization":
                entity = reading.entities.of(mention)
                entity.country = entity.country or _country_in_name(part, mention) or _country_beside(part, mention)


def _country_in_name(part: Part, mention: Mention) -> str | None:
    for token in part.doc[mention.start : mention.end]:
        countries = gazetteer().countries_of(token.text, part.language)
        if len(countries) == 1:
            return countries[0]
        towns = {place.country for place in gazetteer().adjective_places(token.text, part.language)}
        if len(towns) == 1 and token.pos_ == "ADJ":
            return towns.pop()
    for size in (3, 2, 1):
        for i in range(mention.start, mention.end - size + 1):
            words = part.doc[i : i + size]
            if words[0].text[:1].isupper():
                place = gazetteer().place(words.text, part.language)
                if place and (place.kind != "city" or place.population > 100_000):
                    return place.country
    return None


def _country_beside(part: Part, mention: Mention) -> str | None:
    for i in range(max(0, mention.start - 3), mention.start):
        inner = part.by_token.get(i)
        if (
            inner
            and inner.country
            and inner.kind == "place"
            and (inner.derived or part.doc[inner.end].lower_ in {"'s", "’s"})
        ):
            return inner.country
    return _country_behind(part, mention)


def _country_behind(part: Part, mention: Mention) -> str | None:
    """Country of the place in apposition: "Tongji University, China", «Синьцзянский университет (Китай)»."""
    if mention.end + 1 >= len(part.doc) or part.doc[mention.end].text not in {",", "("}:
        return None
    place = part.by_token.get(mention.end + 1)
    return place.country if place and place.kind == "place" and place.start == mention.end + 1 else None


def sentence_spans(parts: Sequence[Part]) -> list[tuple[Part, Span]]:
    """All sentences of title and body in order."""
    return [(part, sent) for part in body_parts(parts) for sent in part.doc.sents]


def is_country(actor: Actor) -> bool:
    """Tell whether an actor is a country, named or implied by an adjective."""
    if actor.entity.kind != "place":
        return False
    return _names_country(actor.entity.name)


@lru_cache(maxsize=10_000)  # asked of each actor whenever two mentions are compared
def _names_country(name: str) -> bool:
    places = (gazetteer().place(name, language) for language in ("en", "ru"))
    return any(place is not None and place.kind == "country" for place in places)
