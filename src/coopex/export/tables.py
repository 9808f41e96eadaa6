"""CSV tables that a spreadsheet opens as they are meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from coopex.export.atomic import AtomicFile
from coopex.export.rows import Cell, RecordKind, columns

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell_text(cell: Cell) -> str:
    """Write a cell: None → "", a list → "a; b", and "=1+1" → "'=1+1" so that no spreadsheet runs it."""
    if cell is None:
        return ""
    text = "; ".join(cell) if isinstance(cell, tuple) else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class Table:
    """The rows of one kind of record, written to a file that was opened as "utf-8-sig".

    By that mark at the head of the file spreadsheets know the encoding.
    """

    def __init__(self, out: AtomicFile, kind: RecordKind) -> None:
        self.kind = kind
        self._writer = csv.writer(out.file)
        self._writer.writerow(columns(kind))

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write the cells of rows, in the order of the columns."""
        self._writer.writerows(rows)
