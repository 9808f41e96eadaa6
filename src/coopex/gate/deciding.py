"""The decisions of the gate about one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopex.blocks import Block
from coopex.gate.candidates import may_hold_event
from coopex.gate.plain import PlainDoc, judge, read_terms
from coopex.gate.sentences import capitalised, read_sentence, sentences

if TYPE_CHECKING:
    from coopex.metadata import Metadata
    from coopex.resolve.reading import Reading


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks of a text by number: all of them where it may tell of events, else those that terms ask to be annotated.

    `plain` need no annotation; `whole` says that all blocks are to be read.
    """

    whole: bool
    annotated: frozenset[int]
    plain: frozenset[int] = frozenset()


def plan(text: str, blocks: Sequence[Block], told_blocks: Set[int]) -> Plan:
    """Sort the blocks of a text.

    "He arrived in Harbin." may tell of a visit: all is read; "Trains were late." has a term; "It rained." has nothing.
    """
    told = [(i, blocks[i]) for i in sorted(told_blocks)]
    names = capitalised(text)
    if any(_may_hold_event(text, block, names) for _, block in told):
        return Plan(True, frozenset(told_blocks))
    terms = {i: read_terms(PlainDoc(text[block.start : block.end], str(block.language))) for i, block in told}
    open_terms = frozenset(i for i, found in terms.items() if judge(found) == "open")
    return Plan(False, open_terms, frozenset(told_blocks) - open_terms)


def _may_hold_event(text: str, block: Block, names: frozenset[str]) -> bool:
    language = str(block.language)
    told = sentences(text[block.start : block.end])
    return any(may_hold_event(read_sentence(sentence, language, names)) for sentence in told)


def quiet_reading(
    text: str,
    language: str | None,
    metadata: Metadata,
    blocks: Sequence[Block],
    docs: Mapping[int, Any],
    plain: frozenset[int],
) -> Reading:
    """Return what is read of a text without events: its technology areas."""
    from coopex.matching.text import Part
    from coopex.resolve.names import Entities
    from coopex.resolve.reading import Reading
    from coopex.technology import weigh_areas

    known = {**docs, **{i: PlainDoc(text[blocks[i].start : blocks[i].end], str(blocks[i].language)) for i in plain}}
    told = [Part(i, blocks[i], doc, str(blocks[i].language)) for i, doc in sorted(known.items())]
    reading = Reading(text, language, metadata, told, [], [], Entities([]), metadata.published)
    weighed = weigh_areas([(blocks[i], doc) for i, doc in sorted(known.items())])
    reading.areas = [area for area in weighed if area.is_presented]
    reading.rejected_areas = [area for area in weighed if not area.is_presented]
    return reading
