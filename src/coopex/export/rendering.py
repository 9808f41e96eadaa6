"""A document as it is written out: its line of JSON, the cells of its table rows, its records counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopex.export.rows import KINDS, RecordKind, Row, columns, rows_of
from coopex.export.tables import cell_text
from coopex.records import Document

Tables = Mapping[str, Sequence[Sequence[str]]]
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Rendered:
    """`line` for documents.jsonl, `tables` rows of cells by kind of record, `counts` records by kind and status."""

    line: str
    tables: Tables
    counts: Counts


def render(document: Document) -> Rendered:
    """Write a document in all the ways it is exported in; kinds without records are left out."""
    tables = {kind: [_cells(row, kind) for row in rows_of(document, kind)] for kind in KINDS}
    counts: dict[str, Counter[str]] = {
        "visits": Counter(visit.status for visit in document.visits),
        "agreements": Counter(agreement.status for agreement in document.agreements),
        "technologies": Counter(area.role for area in document.technologies),
    }
    return Rendered(
        document.to_json(),
        {kind: rows for kind, rows in tables.items() if rows},
        {kind: dict(found) for kind, found in counts.items() if found},
    )


def _cells(row: Row, kind: RecordKind) -> list[str]:
    return [cell_text(row[name]) for name in columns(kind)]
