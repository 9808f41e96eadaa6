"""What there is to read: found at once and cheaply, read one by one, wherever the work is done."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coopex.errors import CoopexError, NoInput, UnreadableInput
from coopex.reading.article import Article, BadInput

STDIN = "-"
Form = Literal["text", "html", "pdf", "docx", "row"]
"""How the bytes of an input hold its text; "row" is the text of one row of a table, its columns in `fields`."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may set about reading.

    `glob` are patterns of paths relative to a folder ("*.html", "2019/**"); none means every known suffix.
    `columns` names the columns of tables that are called otherwise: {"text": "body"}. `store_text` puts the text
    into its document; None does so where the file itself is not the text. Folders in `exclude` are not entered.
    """

    glob: tuple[str, ...] = ()
    recursive: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)
    max_size: int = 20 * MEGABYTE
    max_unpacked: int = 50_000 * MEGABYTE
    max_ratio: int = 200
    max_members: int = 10_000_000
    store_text: bool | None = None
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One text that is to be read: where it is, not yet what is in it.

    `path` is shown to people ("news.zip!/a.html", "rows.jsonl:12"). `data` holds the bytes of what is no file of
    its own (standard input, a member of an archive); None means the file at `path`. `fields` are the columns of
    a row of a table. May be sent to another process.
    """

    doc_id: str
    path: str
    form: Form = "text"
    data: bytes | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def read_bytes(self) -> bytes:
        """Give the bytes of the input; raises `ReadError`."""
        if self.data is not None:
            return self.data
        if Path(self.path).is_dir():
            raise NoInput
        try:
            return Path(self.path).read_bytes()
        except OSError as error:
            cause = f"the file could not be read ({error.strerror or type(error).__name__})"
            raise UnreadableInput(cause=cause) from error

    def sha256(self) -> str | None:
        """Give the digest of the bytes, None when they cannot be had."""
        try:
            return hashlib.sha256(self.read_bytes()).hexdigest()
        except CoopexError:
            return None


def find_inputs(paths: Sequence[Path | str], options: ReadOptions | None = None) -> Iterator[Input | BadInput]:
    """`["news/", "a.txt", "-"]` → the inputs of the folder's `.txt` files, of a.txt and of standard input.

    `doc_id` is the file name without its suffix; a second file of that name in one run gets "-2", and so on.
    """
    options = options or ReadOptions()
    taken: set[str] = set()
    for path in _files(paths, options):
        doc_id = _free_id(_stem(path), taken)
        taken.add(doc_id)
        data = sys.stdin.buffer.read() if path == STDIN else None
        yield Input(doc_id, str(path), data=data)


def read_input(item: Input, options: ReadOptions | None = None) -> Article | BadInput:
    """Read one input; whatever is wrong with it is in the `BadInput`, nothing is raised."""
    from coopex.reading import read_bytes

    try:
        return read_bytes(item.read_bytes(), item.doc_id, item.path)
    except CoopexError as error:
        told = type(error)(file=item.path, cause=error.cause, remedy=error.remedy)
        return BadInput(item.doc_id, item.path, told)


def _files(paths: Sequence[Path | str], options: ReadOptions) -> Iterator[Path | str]:
    """The files behind `paths`, folders opened: sorted `.txt` files, hidden files and folders skipped."""
    for path in paths:
        if str(path) == STDIN:
            yield STDIN
        elif Path(path).is_dir():
            yield from _files_of(Path(path), options.recursive) or [Path(path)]
        else:
            yield Path(path)


def _files_of(folder: Path, recursive: bool) -> list[Path]:
    found: Iterable[Path] = folder.rglob("*") if recursive else folder.iterdir()
    return sorted(path for path in found if _is_article(path, folder))


def _is_article(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() == ".txt" and not hidden and not path.is_dir()


def _stem(path: Path | str) -> str:
    return "stdin" if path == STDIN else Path(path).stem or "text"


def _free_id(stem: str, taken: set[str]) -> str:
    """`"a"`, with "a" and "a-2" taken → "a-3"."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
