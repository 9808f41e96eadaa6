"""Decides which technology areas a text presents as fields of cooperation, interest, work or showcase.

"The guests were shown picosecond lasers." -> AreaMention(id="lasers", role="showcased", …)
"The energy ministry said gas prices fell." -> nothing: a body's name and a background remark
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

import srsly
from spacy.tokens import Doc

from coopex.technology.bodies import in_body_name
from coopex.technology.matcher import TermMatch, find_terms
from coopex.technology.taxonomy import areas

FOLDER = Path(__file__).parent
TOLD = ("title", "body")
SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"')]*\s+(?=[«“\"'(]*[A-ZА-ЯЁ–—])")
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


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A term in its sentence; `neighbours` are the areas of the other terms of the sentence."""

    block: int
    match: TermMatch
    sentence: str
    start: int
    language: str
    in_title: bool
    neighbours: frozenset[str]


def select_areas(blocks: Sequence[tuple[BlockLike, Doc]]) -> list[AreaMention]:
    """The areas that a text presents, in the order of the taxonomy, each with its role and evidence.

    Left out: page furniture and credits, names of bodies and posts, ambiguous words that nothing supports, and
    general areas of which the text names a narrower one.
    """
    sightings = defaultdict(list)
    for sighting in _sightings(blocks):
        sightings[sighting.match.id].append(sighting)
    present = {area: found for area, found in sightings.items() if _is_presented(found)}
    kept = {area: found for area, found in present.items() if not _is_too_general(area, found, present)}
    return [_mention(area, kept[area]) for area in areas() if area in kept]


def _sightings(blocks: Sequence[tuple[BlockLike, Doc]]) -> Iterator[_Sighting]:
    for index, (block, doc) in enumerate(blocks):
        if block.kind in TOLD:
            yield from _in_block(index, block.kind == "title", doc)


def _in_block(index: int, in_title: bool, doc: Doc) -> Iterator[_Sighting]:
    matches = [match for match in find_terms(doc) if not in_body_name(doc, match)]
    for start, end in _sentences(doc.text):
        here = [match for match in matches if start <= match.start < end]
        sentence = doc.text[start:end]
        if _has_cue("background", doc.lang_, sentence):
            continue
        for match in here:
            others = frozenset(other.id for other in here if other.id != match.id)
            yield _Sighting(index, match, sentence, start, doc.lang_, in_title, others)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _is_presented(found: Sequence[_Sighting]) -> bool:
    if any(not sighting.match.weak for sighting in found):
        return True
    return any(_is_supported(sighting) for sighting in found)


def _is_supported(sighting: _Sighting) -> bool:
    """An ambiguous word counts in a headline, in a list of areas, or in a sentence on technology or cooperation."""
    return (
        sighting.in_title
        or bool(sighting.neighbours)
        or _has_cue("support", sighting.language, _without(sighting))
    )


def _without(sighting: _Sighting) -> str:
    """The sentence without the term itself, which may look like a cue ("construction")."""
    first, last = sighting.match.start - sighting.start, sighting.match.end - sighting.start
    return sighting.sentence[:first] + " " + sighting.sentence[last:]


def _is_too_general(area: str, found: Sequence[_Sighting], present: Iterable[str]) -> bool:
    narrower = _narrower().get(area, frozenset())
    return all(sighting.match.weak for sighting in found) and not narrower.isdisjoint(present)


@cache
def _narrower() -> dict[str, frozenset[str]]:
    return {area: frozenset(ids) for area, ids in srsly.read_yaml(FOLDER / "narrower.yaml").items()}


def _mention(area: str, found: Sequence[_Sighting]) -> AreaMention:
    roles = [_role(sighting) for sighting in found]
    role = min(roles, key=lambda each: ROLES.index(each) if each in ROLES else len(ROLES))
    return AreaMention(area, role, tuple((sighting.block, sighting.match) for sighting in found))


def _role(sighting: _Sighting) -> Role:
    for role in ROLES:
        if _has_cue(role, sighting.language, sighting.sentence):
            return role
    return "activity"


@cache
def _cues() -> dict[tuple[str, str], re.Pattern[str]]:
    written = srsly.read_yaml(FOLDER / "cues.yaml")
    return {
        (name, language): re.compile(rf"\b(?:{'|'.join(beginnings.split())})", re.IGNORECASE)
        for name, languages in written.items()
        for language, beginnings in languages.items()
    }


def _has_cue(name: str, language: str, text: str) -> bool:
    cue = _cues().get((name, language))
    return bool(cue and cue.search(text))
