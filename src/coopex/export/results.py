"""The output folder of a run: what is written into it, as the documents come in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, get_args

from coopex.errors import CoopexError, ExportFailed
from coopex.export.atomic import AtomicFile
from coopex.export.rows import KINDS
from coopex.export.summary import Summary
from coopex.export.tables import Table
from coopex.records import Document

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Results:
    """Writes documents into a folder; on leaving the `with` block all files appear together.

    Leaving it by an error keeps the folder as it was. `documents.jsonl` depends on the input alone: what
    differs between two runs, such as their time, is in `run.json`.
    """

    def __init__(self, folder: Path, formats: Iterable[Format] = FORMATS) -> None:
        self.folder = folder
        self.formats = tuple(formats)
        self.summary = Summary()
        self._open: list[AtomicFile] = []

    def __enter__(self) -> Results:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lines = self._new("documents.jsonl") if "jsonl" in self.formats else None
            self._tables = self._new_tables() if "csv" in self.formats else []
            self._errors = self._new("errors.jsonl")
        except OSError as error:
            self._discard()
            raise ExportFailed(file=str(self.folder), cause=error.strerror or str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._discard()
            return
        for out in self._open:
            out.commit()

    def add(self, document: Document) -> None:
        """Write one document to every format."""
        self.summary.add(document)
        if self._lines is not None:
            self._lines.file.write(document.to_json() + "\n")
        for table in self._tables:
            table.add(document)

    def fail(self, error: CoopexError) -> None:
        """Write down a text that could not be processed."""
        self.summary.failed += 1
        self._errors.file.write(json.dumps(error.to_dict(), ensure_ascii=False) + "\n")

    def describe(self, run: Mapping[str, object]) -> None:
        """Write `run.json`: what the caller tells about the run, and the counts."""
        told = {**run, **self.summary.to_dict()}
        self._new("run.json").file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")

    def _new(self, name: str) -> AtomicFile:
        self._open.append(AtomicFile(self.folder / name))
        return self._open[-1]

    def _new_tables(self) -> list[Table]:
        tables = [Table(self.folder, kind) for kind in KINDS]
        self._open += [table.out for table in tables]
        return tables

    def _discard(self) -> None:
        for out in self._open:
            out.discard()
