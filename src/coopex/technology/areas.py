"""Decides which technology areas a text presents as fields of cooperation, interest, work or showcase.

"The guests were shown picosecond lasers." → AreaMention(id="lasers", role="showcased", …)
"The energy ministry said gas prices fell." → nothing: a body's name and a background remark
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from spacy.tokens import Doc

from coopex.matching.tree import Tree
from coopex.records import TAXONOMY
from coopex.technology.features import EventPlaces, area_features, is_telling, read_terms_of
from coopex.technology.matcher import TermMatch
from coopex.technology.scope import TermMention
from coopex.weights import Features, model

TOLD = ("title", "body")
ROLES: tuple[Role, ...] = ("showcased", "priority", "topic")
DECISION = "area.decision"

Role = Literal["topic", "showcased", "priority", "activity"]


class BlockLike(Protocol):
    """A block of a text, as far as this module looks at it."""

    @property
    def kind(self) -> str:
        """One of title, body, boilerplate, credit."""


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area that a text names: its role and how likely it is presented.

    `matches` are the terms that show it best, each with the number of its block; `all_matches` all outside names.
    """

    id: str
    role: Role
    matches: tuple[tuple[int, TermMatch], ...]
    probability: float
    features: Features
    all_matches: tuple[tuple[int, TermMatch], ...] = ()

    @property
    def is_possible(self) -> bool:
        """Return True: whatever a text names it may present."""
        return True

    @property
    def is_presented(self) -> bool:
        """Return whether it is likely enough that the text presents it."""
        return self.probability >= model(DECISION).threshold


def select_areas(
    blocks: Sequence[tuple[BlockLike, Doc | Tree]], events: EventPlaces | None = None
) -> list[AreaMention]:
    """Return the areas that a text presents, in the order of the taxonomy.

    "They will cooperate in lasers. Oil prices fell." → [lasers]
    """
    return [area for area in weigh_areas(blocks, events) if area.is_presented]


def weigh_areas(blocks: Sequence[tuple[BlockLike, Doc | Tree]], events: EventPlaces | None = None) -> list[AreaMention]:
    """Return all areas that title and body of a text name, each with its probability.

    "They will cooperate in lasers. Oil prices fell." → [lasers .9, oil_and_gas .1]
    """
    told = [(number, block.kind, doc) for number, (block, doc) in enumerate(blocks) if block.kind in TOLD]
    terms = read_terms_of(told, events or EventPlaces())
    found = []
    for area in TAXONOMY:
        if area in terms.mentions:
            features = area_features(terms, area)
            found.append(_area_mention(area, terms.mentions[area], features))
    return found


def _area_mention(area: str, mentions: Sequence[TermMention], features: Features) -> AreaMention:
    shown = _evidence_among(mentions)
    role = min((_role(mention) for mention in shown), key=_rank)
    return AreaMention(
        area,
        role,
        _matches_of(shown),
        model(DECISION).probability(features),
        features,
        _matches_of(mention for mention in mentions if not mention.in_body),
    )


def _matches_of(mentions: Iterable[TermMention]) -> tuple[tuple[int, TermMatch], ...]:
    return tuple((mention.sentence.block, mention.match) for mention in mentions)


def _evidence_among(mentions: Sequence[TermMention]) -> Sequence[TermMention]:
    """Return the mentions that show best that an area is presented: clear ones, else telling ones, else all."""
    telling = [mention for mention in mentions if is_telling(mention)]
    clear = [mention for mention in telling if mention.is_clear or mention.supported]
    return clear or telling or mentions


def _role(mention: TermMention) -> Role:
    return next((role for role in ROLES if mention.sentence.has(role)), "activity")


def _rank(role: Role) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)
