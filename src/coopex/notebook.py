"""A document as HTML for notebooks: the text with its slots coloured, then the records.

Everything is escaped and styled in place; there are no scripts and nothing is loaded, so the view works
offline and in a saved notebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from coopex.export.rows import KINDS, Cell, Row, rows_of
from coopex.records import Agreement, Document, Evidence, Party, TechnologyArea, Visit

COLOURS = {
    "visitors": "#cfe3ff",
    "leaders": "#a9c8f5",
    "hosts": "#d6f0d0",
    "places": "#fbe6c2",
    "date": "#f6d0e4",
    "parties": "#dcd3f5",
    "signatories": "#c3b4ee",
    "place": "#fbe6c2",
    "status": "#e4e4e4",
    "technology": "#c9f0ee",
}
"""Background of each slot; dark text on any of them keeps a contrast above 7:1."""

_SHOWN = {
    "visits": ("status", "visitors", "leaders", "hosts", "places", "date_start", "date_end", "purpose"),
    "agreements": ("kind", "status", "parties", "signatories", "date_start", "date_end", "subject"),
    "technologies": ("id", "label_en", "role", "mentions"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, the slot that gives its colour, and the words shown when pointing at it."""

    start: int
    end: int
    slot: str
    title: str


def document_html(document: Document) -> str:
    """Render a document; the text is left out when it is not attached (see `Document.with_text`)."""
    parts = [_heading(document)]
    if document.text is not None:
        marks = list(marks_of(document))
        parts += [_legend(marks), _text_html(document.text, marks)]
    parts += [_table(kind, list(rows_of(document, kind))) for kind in KINDS]
    return f'<div style="max-width:60em;line-height:1.5">{"".join(parts)}</div>'


def marks_of(document: Document) -> Iterator[Mark]:
    """Yield a mark for every filler, date, status cue and technology mention of the records."""
    for number, visit in enumerate(document.visits, 1):
        yield from _visit_marks(visit, f"visit {number}")
    for number, agreement in enumerate(document.agreements, 1):
        yield from _agreement_marks(agreement, f"{agreement.kind} {number}")
    for area in document.technologies:
        yield from _technology_marks(area)


def _visit_marks(visit: Visit, name: str) -> Iterator[Mark]:
    yield from _party_marks(visit.visitors, "visitors", name)
    yield from _party_marks(visit.leaders, "leaders", name)
    yield from _party_marks(visit.hosts, "hosts", name)
    yield from _party_marks(visit.places, "places", name)
    yield from _event_marks(visit, name)


def _agreement_marks(agreement: Agreement, name: str) -> Iterator[Mark]:
    yield from _party_marks(agreement.parties, "parties", name)
    yield from _party_marks(agreement.signatories, "signatories", name)
    yield from _party_marks((agreement.place,) if agreement.place else (), "place", name)
    yield from _event_marks(agreement, name)


def _event_marks(record: Visit | Agreement, name: str) -> Iterator[Mark]:
    if record.date:
        days = f"{record.date.start} to {record.date.end}"
        yield _mark(record.date.evidence, "date", f"{name}, date: {days}")
    if record.status_cue:
        yield _mark(record.status_cue, "status", f"{name}: {record.status}")


def _party_marks(parties: Sequence[Party], slot: str, name: str) -> Iterator[Mark]:
    for party in parties:
        yield _mark(party.evidence, slot, f"{name}, {slot}: {party.name}")


def _technology_marks(area: TechnologyArea) -> Iterator[Mark]:
    for mention in area.mentions:
        yield _mark(mention, "technology", f"{area.id} ({area.role})")


def _mark(evidence: Evidence, slot: str, title: str) -> Mark:
    return Mark(evidence.start, evidence.end, slot, title)


def _heading(document: Document) -> str:
    facts = (document.language, document.published, document.source, *document.authors)
    line = " · ".join(escape(str(fact)) for fact in facts if fact)
    return f"<p><b>{escape(document.title or document.doc_id)}</b><br><small>{line}</small></p>"


def _legend(marks: Sequence[Mark]) -> str:
    used = {mark.slot for mark in marks}
    keys = [_span(slot, escape(slot)) for slot in COLOURS if slot in used]
    return f"<p><small>{' '.join(keys)}</small></p>" if keys else ""


def _text_html(text: str, marks: Sequence[Mark]) -> str:
    pieces = "".join(_pieces(text, marks))
    return f'<div style="white-space:pre-wrap;border:1px solid #ccc;padding:.5em">{pieces}</div>'


def _pieces(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """Cut the text wherever a mark begins or ends, so that marks may overlap."""
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    for start, end in pairwise(edges):
        over = sorted((m for m in marks if m.start <= start and end <= m.end), key=lambda m: m.end - m.start)
        piece = escape(text[start:end])
        yield _span(over[0].slot, piece, "\n".join(dict.fromkeys(m.title for m in over))) if over else piece


def _span(slot: str, html: str, title: str = "") -> str:
    style = f"background:{COLOURS[slot]};color:#111;padding:0 .1em;border-radius:.2em"
    return f'<span style="{style}" title="{escape(title)}">{html}</span>'


def _table(kind: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    shown = [column for column in _SHOWN[kind] if any(row[column] for row in rows)]
    head = "".join(f"<th>{escape(column)}</th>" for column in shown)
    body = "".join(_row(row, shown) for row in rows)
    return f"<p><b>{escape(kind)}</b></p><table><tr>{head}</tr>{body}</table>"


def _row(row: Row, shown: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(_cell(row[column]))}</td>" for column in shown) + "</tr>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)
