"""The decisions of the gate about one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopex.blocks import Block
from coopex.gate.around import Around
from coopex.gate.founding import may_found_any
from coopex.gate.plain import PlainDoc, judge, read_terms

if TYPE_CHECKING:
    from coopex.matching.text import Part
    from coopex.metadata import Metadata
    from coopex.resolve.reading import Reading


_MOST = 0.5
"""Share of a text in blocks that may found a record from which on it is read as a whole at once, as matching these
blocks twice costs more than the rest: of 203 generated texts above it 167 have a record, of 397 below it 41."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Blocks of a text by number: those that may found a record, and the others that terms ask to be annotated.

    `plain` need no annotation; `whole` says that all blocks are to be read at once.
    """

    around: Around
    whole: bool
    founding: frozenset[int]
    terms: frozenset[int]
    plain: frozenset[int]

    @property
    def first_round(self) -> frozenset[int]:
        """The blocks to annotate first."""
        return self.founding | self.terms


def plan(text: str, blocks: Sequence[Block], told_blocks: Set[int]) -> Plan:
    """Sort the blocks of a text.

    "He arrived in Harbin." may found a visit, "Trains were late." has a term, "It rained." has nothing.
    """
    told = [(i, blocks[i]) for i in sorted(told_blocks)]
    around = Around(text, blocks, frozenset(told_blocks))
    founding = frozenset(i for i, block in told if around.may_found(i))
    if _length(blocks, founding) > _MOST * _length(blocks, told_blocks):
        return Plan(around, True, frozenset(told_blocks), frozenset(), frozenset())
    terms = {i: read_terms(PlainDoc(text[block.start : block.end], str(block.language))) for i, block in told}
    open_terms = frozenset(i for i, found in terms.items() if i not in founding and judge(found) == "open")
    return Plan(around, False, founding, open_terms, frozenset(told_blocks) - founding - open_terms)


def _length(blocks: Sequence[Block], numbers: Set[int]) -> int:
    return sum(blocks[i].end - blocks[i].start for i in numbers)


def may_tell(parts: Iterable[Part], metadata: Metadata, told: Plan) -> bool:
    """Tell whether a match in the parts annotated first may found a record, whatever the rest of the text adds."""
    return told.whole or may_found_any(parts, metadata, told.around, told.founding)


def quiet_reading(
    text: str,
    language: str | None,
    metadata: Metadata,
    blocks: Sequence[Block],
    docs: Mapping[int, Any],
    plain: frozenset[int],
) -> Reading:
    """Give what is read of a text without trips and agreements: its technology areas."""
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
