"""Rows of .jsonl and .csv files, each a text: read line by line, so that neither a large file nor a long line fills
the memory. A bad row costs only itself.
"""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import IO

from coopex.errors import BadRow, CoopexError, TooLarge
from coopex.reading.article import BadInput, bad_input, without_surrogates
from coopex.reading.encoding import encoding_of
from coopex.reading.forms import stem_of
from coopex.reading.inputs import COLUMNS, Input, ReadOptions, too_large

_SAMPLE = 65_536  # bytes that the encoding of a .csv file is told from
_DELIMITERS = ",;\t|"


def json_rows(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Input | BadInput]:
    """`b'{"id": "a", "text": "…"}\\n…'` → one input a line, blank lines left out."""
    for number, line in _lines(stream, options.max_size):
        if line is None:
            yield _bad(path, number, too_large(options.max_size))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _json_row(line, path, number, options)


def _lines(stream: IO[bytes], longest: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1 on; None for one that is too long, which is skipped in pieces."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield number, None


def _json_row(line: bytes, path: str, number: int, options: ReadOptions) -> Input | BadInput:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        shown = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        return _bad(path, number, BadRow(cause=f"the line is not JSON in UTF-8 ({shown})"))
    if not isinstance(row, dict):
        return _bad(path, number, BadRow(cause="the line is not a JSON object", remedy=_ONE_OBJECT))
    return _row(row, path, number, options)


_ONE_OBJECT = 'Write one object a line: {"text": "…"}.'


def _row(row: Mapping[str, object], path: str, number: int, options: ReadOptions) -> Input | BadInput:
    """The text column of a row and what the other known columns hold."""
    values = {name: row.get(options.columns.get(name, name)) for name in COLUMNS}
    text = values.pop("text")
    if not isinstance(text, str):
        return _bad(path, number, _no_text(row, options))
    fields = {name: told for name, value in values.items() if (told := _as_text(value))}
    doc_id = fields.pop("id", "") or _numbered(path, number)
    return Input(doc_id, f"{path}:{number}", "row", without_surrogates(text).encode(), fields)


def _as_text(value: object) -> str:
    """`7` → "7", `["A", "B"]` → "A; B"; "" for what is no plain value."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_as_text, value)))
    told = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    return without_surrogates(" ".join(told.split()))


def _no_text(row: Mapping[str, object], options: ReadOptions) -> BadRow:
    wanted = options.columns.get("text", "text")
    if wanted in row:
        return BadRow(cause=f"its {wanted!r} is no text")
    there = ", ".join(str(name)[:40] for name in list(row)[:20]) or "none"
    return BadRow(
        cause=f"there is no column {wanted!r}, only {there}",
        remedy="Name the column that holds the text: --column text=NAME.",
    )


def _numbered(path: str, number: int) -> str:
    """`"news.zip!/rows.csv"`, 17 → "rows-17"."""
    return f"{stem_of(path)}-{number}"


def _bad(path: str, number: int, error: CoopexError) -> BadInput:
    return bad_input(_numbered(path, number), f"{path}:{number}", error)


# --- csv ---------------------------------------------------------------------------------------


def csv_rows(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Input | BadInput]:
    """`b"id;text\\n1;…"` → one input a row; the first row names the columns, its delimiter is that of the file."""
    csv.field_size_limit(options.max_size)  # of the process: coopex reads no other tables while it reads these
    lines = _Lines(stream, options.max_size)
    try:
        header, delimiter = _header(lines, options)
    except CoopexError as error:
        yield bad_input(stem_of(path), path, error)
        return
    while lines.begin_row():
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        except (csv.Error, TooLarge) as error:
            lines.begin_again()
            cause = f"the row cannot be read ({error})"
            yield _bad(path, lines.first, error if isinstance(error, TooLarge) else BadRow(cause=cause))
            continue
        if any(cells):
            yield _csv_row(header, cells, path, lines.first, options)


def _csv_row(header: list[str], cells: list[str], path: str, number: int, options: ReadOptions) -> Input | BadInput:
    if len(cells) > len(header):
        return _bad(path, number, BadRow(cause=f"the row has {len(cells)} cells for {len(header)} columns"))
    if any("\udc80" <= char <= "\udcff" for char in "".join(cells)):
        return _bad(path, number, BadRow(cause="the row is in another encoding than the first ones"))
    return _row(dict(zip(header, cells, strict=False)), path, number, options)


def _header(lines: _Lines, options: ReadOptions) -> tuple[list[str], str]:
    """The columns and the sign between them: the one by which the column of the text is found."""
    if not lines.begin_row():
        raise BadRow(cause="there is no row that names the columns")
    line = next(lines)
    headers = {sign: _split(line, sign) for sign in _DELIMITERS}
    wanted = options.columns.get("text", "text")
    for sign, header in headers.items():
        if wanted in header:
            return header, sign
    most = max(headers.values(), key=len)
    raise _no_text(dict.fromkeys(most), options)


def _split(line: str, sign: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]


class _Lines:
    """The lines of a table, of which those of the row being read can be had again."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        sample = stream.read(_SAMPLE)
        rejoined = io.BufferedReader(_Rejoined(sample, stream))
        self._text = io.TextIOWrapper(rejoined, encoding_of(sample), "surrogateescape", newline="")
        self._longest, self._waiting, self._row = longest, deque[str](), list[str]()
        self._size = 0
        self.first = 0
        """The number of the line that the row begins on."""

    def begin_row(self) -> bool:
        """Go on to the next row; False at the end."""
        self.first += len(self._row)
        self._row, self._size = [], 0
        if not self._waiting and (line := self._text.readline(self._longest + 1)):
            self._waiting.append(line)
        self.first = self.first or 1
        return bool(self._waiting)

    def begin_again(self) -> None:
        """Give the lines of the row once more, except its first: a quotation mark may never have been closed."""
        self._waiting.extendleft(reversed(self._row[1:]))
        self._row = self._row[:1]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._text.readline(self._longest + 1)
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size > self._longest:
            self._skip_rest(line)
            raise too_large(self._longest)
        return line.replace("\0", "\ufffd")

    def _skip_rest(self, line: str) -> None:
        while len(line) > self._longest and not line.endswith("\n"):
            line = self._text.readline(self._longest + 1)


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes were already taken."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._first[: len(buffer)] or self._rest.read(len(buffer))
        self._first = self._first[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
