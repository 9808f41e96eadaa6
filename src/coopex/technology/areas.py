"""Decides which technology areas a text presents as fields of cooperation, interest, work or showcase.

"The guests were shown picosecond lasers." -> AreaMention(id="lasers", role="showcased", …)
"The energy ministry said gas prices fell." -> nothing: a body's name and a background remark
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from spacy.tokens import Doc

from coopex.matching.tree import Tree
from coopex.records import TAXONOMY
from coopex.technology.matcher import TermMatch
from coopex.technology.scope import Sighting, has_cue, is_allowed, sightings
from coopex.yaml_files import parse_yaml

NARROWER = Path(__file__).with_name("narrower.yaml")
TOLD = ("title", "body")
ROLES: tuple["Role", ...] = ("showcased", "priority", "topic")

Role = Literal["topic", "showcased", "priority", "activity"]


class BlockLike(Protocol):
    """A block of a text, as far as this module looks at it."""

    @property
    def kind(self) -> str:
        """One of title, body, boilerplate, credit."""


@dataclass(frozen=True, slots=True)
class AreaMention:
    """An area that the text presents: its role, and each term with the index of its block."""

    id: str
    role: Role
    matches: tuple[tuple[int, TermMatch], ...]


def select_areas(blocks: Sequence[tuple[BlockLike, Doc | Tree]]) -> list[AreaMention]:
    """The areas that a text presents, in the order of the taxonomy, each with its role and evidence.

    Left out: page furniture and credits, names of bodies and posts, ambiguous words that nothing supports,
    and areas named in general terms only, where the text names a narrower one.
    """
    told = [(index, doc) for index, (block, doc) in enumerate(blocks) if block.kind in TOLD]
    seen = [sighting for index, doc in told for sighting in sightings(index, doc)]
    named = frozenset(sighting.match.id for sighting in seen if sighting.in_body)
    present: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        if is_allowed(sighting, named):
            present[sighting.match.id].append(sighting)
    return [
        _mention(area, present[area])
        for area in TAXONOMY
        if area in present
        and not _is_too_general(area, present[area], present)
        and not (area not in named and _is_by_the_way(present[area]))
    ]


def _is_too_general(area: str, seen: Sequence[Sighting], present: Container[str]) -> bool:
    vague = all(sighting.match.needs != "nothing" and not sighting.listed for sighting in seen)
    return vague and any(narrower in present for narrower in _narrower().get(area, ()))


def _is_by_the_way(seen: Sequence[Sighting]) -> bool:
    """True for one ambiguous word in a sentence that shows, ranks or agrees nothing: "met at the airport".

    Measured on 93 texts: of areas that rest on one such word 4 were wrong, one was right, with a body of
    its field beside; so that lets it count.
    """
    (first, *rest) = seen
    lone = not rest and first.match.needs == "support"
    return lone and not any(has_cue(role, first.language, first.sentence) for role in ROLES)


@cache
def _narrower() -> dict[str, list[str]]:
    narrower: dict[str, list[str]] = parse_yaml(NARROWER.read_text("utf-8"))
    return narrower


def _mention(area: str, seen: Sequence[Sighting]) -> AreaMention:
    role = min((_role(sighting) for sighting in seen), key=_rank)
    return AreaMention(area, role, tuple((sighting.block, sighting.match) for sighting in seen))


def _role(sighting: Sighting) -> Role:
    return next((role for role in ROLES if has_cue(role, sighting.language, sighting.sentence)), "activity")


def _rank(role: Role) -> int:
    return ROLES.index(role) if role in ROLES else len(ROLES)
