"""The output folder of a run: what is written into it, as the documents come in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, get_args

from coopex.errors import CoopexError, ExportFailed
from coopex.export.atomic import AtomicFile
from coopex.export.rendering import Tables, render
from coopex.export.rows import KINDS
from coopex.export.tables import Table
from coopex.records import Document

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Results:
    """Writes documents into a folder; on leaving the `with` block all files appear together.

    Leaving it by an error keeps the folder as it was. `documents.jsonl` depends on the input alone: what
    differs between two runs, such as their time, is in `run.json`. Raises `ExportFailed` when the folder
    cannot be written to.
    """

    def __init__(self, folder: Path, formats: Iterable[Format] = FORMATS) -> None:
        self.folder = folder
        self.formats = frozenset(formats)
        self._open: list[AtomicFile] = []
        self._lines: AtomicFile | None = None
        self._tables: list[Table] = []

    def __enter__(self) -> Results:
        try:
            with self._told():
                self._create()
        except ExportFailed:
            self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                with self._told():
                    self._commit()
        finally:
            self._discard()

    def take(self, outcome: Document | CoopexError) -> None:
        """Write a document to every format, or note down the text that gave none."""
        with self._told():
            if isinstance(outcome, CoopexError):
                self.note(json.dumps(outcome.to_dict(), ensure_ascii=False))
            else:
                rendered = render(outcome)
                self.add(rendered.line, rendered.tables)

    def add(self, line: str, tables: Tables) -> None:
        """Write a document that is rendered already."""
        with self._told():
            if self._lines is not None:
                self._lines.file.write(line + "\n")
            for table in self._tables:
                table.add(tables.get(table.kind, ()))

    def note(self, line: str) -> None:
        """Write a line of errors.jsonl."""
        with self._told():
            self._errors.file.write(line + "\n")

    def describe(self, run: Mapping[str, object]) -> None:
        """Write `run.json`, the account of the run."""
        with self._told():
            self._new("run.json").file.write(json.dumps(run, ensure_ascii=False, indent=2) + "\n")

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._errors = self._new("errors.jsonl")
        if "jsonl" in self.formats:
            self._lines = self._new("documents.jsonl")
        if "csv" in self.formats:
            for kind in KINDS:
                self._tables.append(Table(self._new(f"{kind}.csv", "utf-8-sig"), kind))

    def _new(self, name: str, encoding: str = "utf-8") -> AtomicFile:
        self._open.append(AtomicFile(self.folder / name, encoding))
        return self._open[-1]

    def _commit(self) -> None:
        for out in self._open:
            out.close()
        for out in self._open:
            out.commit()

    def _discard(self) -> None:
        for out in self._open:
            out.discard()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the file system objects to into an error that names the folder."""
        try:
            yield
        except OSError as error:
            raise ExportFailed(file=str(self.folder), cause=error.strerror or str(error)) from error
