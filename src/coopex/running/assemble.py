"""Outcomes in the order of the inputs → the files of the output folder, copies linked to their originals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from coopex.duplicates import Duplicates, Fingerprint, Link, mark
from coopex.export import Results, Summary
from coopex.export.rendering import Tables
from coopex.export.rows import columns
from coopex.export.tables import cell_text
from coopex.running.outcome import Outcome
from coopex.running.parts import Parts


class Assembler:
    """Takes outcomes in input order; what they are, and nothing else, decides what is written.

    `table` is where the fingerprints of a long run may be kept while it lasts; None keeps them in memory.
    """

    def __init__(self, results: Results | None, summary: Summary, *, link: bool, table: Path | None = None) -> None:
        self._results, self._summary = results, summary
        self._seen = Duplicates(table) if link else None
        self._digest = hashlib.sha256()

    @property
    def inputs_sha256(self) -> str:
        """The digest of the names and digests of all texts taken so far, one "doc_id sha256" a line."""
        return self._digest.hexdigest()

    def take(self, outcome: Outcome) -> str | None:
        """Write an outcome; gives the line of its document as written, None for an error."""
        self._digest.update(f"{outcome.doc_id} {outcome.sha256}\n".encode("utf-8", "replace"))
        if outcome.failed:
            self._summary.fail()
            if self._results:
                self._results.note(outcome.line)
            return None
        link = link_of(outcome, self._seen) if self._seen else None
        line = mark(outcome.line, link) if link else outcome.line
        self._summary.add(outcome.counts, outcome.left_out)
        if self._results:
            self._results.add(line, marked_rows(outcome.tables, link) if link else outcome.tables)
        return line

    def __enter__(self) -> Assembler:
        return self

    def __exit__(self, *_: object) -> None:
        if self._seen:
            self._seen.close()


def link_of(outcome: Outcome, seen: Duplicates) -> Link | None:
    """Remember a text; give the link to the earlier one that it repeats."""
    return seen.add(outcome.doc_id, Fingerprint.parse(outcome.fingerprint)) if outcome.fingerprint else None


def marked_rows(tables: Tables, link: Link) -> dict[str, list[Sequence[str]]]:
    """Fill in the column `duplicate_of` of rows that were rendered without it."""
    place = columns("visits").index("duplicate_of")  # the same in every table
    cell = cell_text(link.doc_id)
    return {kind: [[*row[:place], cell, *row[place + 1 :]] for row in rows] for kind, rows in tables.items()}


class InOrder:
    """Hands outcomes from part files to an assembler in the order of the inputs, as far as they are there."""

    def __init__(self, parts: Parts, assembler: Assembler, emit: Callable[[str], object] | None = None) -> None:
        self._parts, self._assembler, self._emit = parts, assembler, emit
        self._next = 0

    def advance(self, total: int | None = None) -> int:
        """Take what can be taken of the first `total` texts; gives how many have been taken in all."""
        while (total is None or self._next < total) and (outcome := self._parts.get(self._next)):
            line = self._assembler.take(outcome)
            if line is not None and self._emit:
                self._emit(line)
            self._next += 1
        return self._next
