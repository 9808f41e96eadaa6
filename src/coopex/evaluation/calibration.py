"""Hold confidences against what is right: in a bin of records, the mean confidence and the share that is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coopex.evaluation.comparing import compare_text
from coopex.evaluation.gold import SLOTS, Gold, Json, found_of
from coopex.records import Agreement, Document, TechnologyArea, Visit

Record = Visit | Agreement | TechnologyArea

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEWEST = 25
"""Records that a bin must hold: shares of values vary by 0.2 from record to record, so by 0.04 in a bin of 25."""

CLOSE = 0.1
"""How far confidence and what is right may lie apart in a bin."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A record of a document and the share of its values that is right; 0 when the gold does not have it."""

    document: Document
    record: Record
    right: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Records whose confidence is at least `low` and less than `high`: their number, mean confidence, share right."""

    low: float
    high: float
    records: int
    confidence: float
    right: float

    @property
    def is_close(self) -> bool:
        """Whether confidence and what is right agree."""
        return abs(self.confidence - self.right) <= CLOSE

    def to_dict(self) -> dict[str, float]:
        """The bin as JSON-ready values, shares rounded to four places."""
        shares = {"confidence": round(self.confidence, 4), "right": round(self.right, 4)}
        return {"low": self.low, "high": self.high, "records": self.records, **shares}


def judge(documents: Iterable[Document], golds: Mapping[str, Gold]) -> Iterator[Judged]:
    """Judge every record of the documents that there is gold for."""
    for document in documents:
        if document.doc_id in golds:
            for kind, i, right in _shares(document.model_dump(mode="json"), golds[document.doc_id]):
                yield Judged(document, getattr(document, kind)[i], right)


def rated(documents: Mapping[str, Json], golds: Mapping[str, Gold]) -> Iterator[tuple[float, float]]:
    """Yield confidence and share right of every record that carries a confidence."""
    for name, document in documents.items():
        for kind, i, right in _shares(document, golds[name]) if name in golds else ():
            record = document[kind][i]
            if isinstance(record, Mapping) and record.get("confidence") is not None:
                yield float(record["confidence"]), right


def _shares(document: Json, gold: Gold) -> Iterator[tuple[str, int, float]]:
    """Yield kind, number and share right of every record of a document."""
    found = found_of(document)
    compared = compare_text(found, gold)
    for kind in SLOTS:
        for i in range(len(found.records[kind])):
            yield kind, i, compared.records[kind].share_right(i)
    for i, area in enumerate(document.get("technologies") or ()):
        area_id = area["id"] if isinstance(area, Mapping) else area
        yield "technologies", i, float(compared.areas.verdicts[area_id] != "wrong")


def bins(rated: Iterable[tuple[float, float]]) -> list[Bin]:
    """Sort pairs of confidence and share right into bins of at least `FEWEST`, fewer only when there are fewer.

    A bin that is too small is joined with the next higher one, the last with the one before.
    """
    pairs = sorted(rated)
    groups: list[tuple[float, float, list[tuple[float, float]]]] = []
    for low, high in pairwise(EDGES):
        inside = [pair for pair in pairs if low <= pair[0] < high or (high == EDGES[-1] == pair[0])]
        if groups and len(groups[-1][2]) < FEWEST:
            low, _, before = groups.pop()
            inside = before + inside
        groups.append((low, high, inside))
    if len(groups) > 1 and len(groups[-1][2]) < FEWEST:
        _, high, last = groups.pop()
        low, _, before = groups.pop()
        groups.append((low, high, before + last))
    return [_bin(low, high, inside) for low, high, inside in groups if inside]


def _bin(low: float, high: float, inside: Sequence[tuple[float, float]]) -> Bin:
    number = len(inside)
    return Bin(low, high, number, sum(pair[0] for pair in inside) / number, sum(pair[1] for pair in inside) / number)
