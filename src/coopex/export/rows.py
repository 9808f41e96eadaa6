"""Records as flat rows, for tables: one row a record, what is nested joined or spread over columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from coopex.records import Agreement, DateRange, Document, Evidence, Party, TechnologyArea, Visit

RecordKind = Literal["visits", "agreements", "technologies"]
Cell = str | float | int | tuple[str, ...] | None
Row = dict[str, Cell]

KINDS: tuple[RecordKind, ...] = ("visits", "agreements", "technologies")


def rows_of(document: Document, kind: RecordKind) -> Iterator[Row]:
    """Yield one row a record of `kind`, each beginning with the document it came from."""
    for record in getattr(document, kind):
        yield _origin(document) | _ROW[kind](record)


def columns(kind: RecordKind) -> tuple[str, ...]:
    """Name the columns of a table, which are the same whether or not it has rows."""
    return _ORIGIN + _COLUMNS[kind]


_ORIGIN = ("doc_id", "language", "published", "title", "path", "duplicate_of")
_DATE = ("date_start", "date_end", "date_precision", "date_origin", "date_text")
_PROOF = ("confidence", "rules", "evidence", "evidence_start", "evidence_end")
_COLUMNS: Mapping[RecordKind, tuple[str, ...]] = {
    "visits": (
        *("id", "status", "visitors", "leaders", "hosts", "places"),
        *_DATE,
        *("purpose", "technologies", "status_cue"),
        *_PROOF,
    ),
    "agreements": (
        *("id", "kind", "status", "parties", "signatories"),
        *_DATE,
        *("place", "subject", "purpose", "technologies", "status_cue"),
        *_PROOF,
    ),
    "technologies": (
        *("id", "field", "label_en", "label_ru", "role", "parties", "mentions"),
        *("confidence", "evidence_start", "evidence_end"),
    ),
}


def _origin(document: Document) -> Row:
    return {
        "doc_id": document.doc_id,
        "language": document.language,
        "published": document.published.isoformat() if document.published else None,
        "title": document.title,
        "path": document.path,
        "duplicate_of": document.duplicate_of,
    }


def _visit(visit: Visit) -> Row:
    return {
        "id": visit.id,
        "status": visit.status,
        "visitors": _names(visit.visitors),
        "leaders": _names(visit.leaders),
        "hosts": _names(visit.hosts),
        "places": _names(visit.places),
        **_dates(visit.date),
        "purpose": visit.purpose,
        "technologies": visit.technologies,
        **_proof(visit),
    }


def _agreement(agreement: Agreement) -> Row:
    return {
        "id": agreement.id,
        "kind": agreement.kind,
        "status": agreement.status,
        "parties": _names(agreement.parties),
        "signatories": _names(agreement.signatories),
        **_dates(agreement.date),
        "place": agreement.place.name if agreement.place else None,
        "subject": agreement.subject,
        "purpose": agreement.purpose,
        "technologies": agreement.technologies,
        **_proof(agreement),
    }


def _technology(area: TechnologyArea) -> Row:
    return {
        "id": area.id,
        "field": area.field,
        "label_en": area.label_en,
        "label_ru": area.label_ru,
        "role": area.role,
        "parties": _names(area.parties),
        "mentions": tuple(mention.text for mention in area.mentions),
        "confidence": area.confidence,
        "evidence_start": area.mentions[0].start,
        "evidence_end": area.mentions[0].end,
    }


_ROW: Mapping[RecordKind, Callable[..., Row]] = {
    "visits": _visit,
    "agreements": _agreement,
    "technologies": _technology,
}


def _names(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(party.name for party in parties)


def _dates(dates: DateRange | None) -> Row:
    if dates is None:
        return dict.fromkeys(_DATE)
    return {
        "date_start": dates.start.isoformat(),
        "date_end": dates.end.isoformat(),
        "date_precision": dates.precision,
        "date_origin": dates.origin,
        "date_text": dates.text,
    }


def _proof(record: Visit | Agreement) -> Row:
    first: Evidence = record.evidence[0]
    return {
        "status_cue": record.status_cue.text if record.status_cue else None,
        "confidence": record.confidence,
        "rules": record.rules,
        "evidence": tuple(piece.text for piece in record.evidence),
        "evidence_start": first.start,
        "evidence_end": first.end,
    }
