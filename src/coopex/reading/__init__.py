"""Files and folders to articles; a file that cannot be read becomes a `BadInput`, never an exception."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coopex.errors import CoopexError, EmptyText, NoInput, UnreadableInput
from coopex.reading.article import Article, BadInput, is_blank
from coopex.reading.encoding import Decoded, decode

__all__ = ["Article", "BadInput", "Decoded", "decode", "input_files", "read_bytes", "read_paths"]

STDIN = "-"


def read_paths(paths: Sequence[Path | str], *, recursive: bool = True) -> Iterator[Article | BadInput]:
    """`["news/", "a.txt", "-"]` → the articles of the folder's `.txt` files, of a.txt and of standard input.

    `doc_id` is the file name without its suffix; a second file of that name in one run gets "-2", and so on.
    """
    taken: set[str] = set()
    for path in input_files(paths, recursive=recursive):
        doc_id = _free_id(_stem(path), taken)
        taken.add(doc_id)
        yield _read(path, doc_id)


def input_files(paths: Sequence[Path | str], *, recursive: bool = True) -> Iterator[Path | str]:
    """The files behind `paths`, folders opened: sorted `.txt` files, hidden files and folders skipped."""
    for path in paths:
        if str(path) == STDIN:
            yield STDIN
        elif Path(path).is_dir():
            yield from _files_of(Path(path), recursive) or [Path(path)]
        else:
            yield Path(path)


def read_bytes(data: bytes, doc_id: str, path: str | None = None) -> Article:
    """The article in `data`; raises a `ReadError` (empty, binary, undecodable) naming `path` or `doc_id`."""
    decoded = decode(data)
    if is_blank(decoded.text):
        raise EmptyText
    digest = hashlib.sha256(data).hexdigest()
    return Article(doc_id, decoded.text, path, digest, decoded.encoding)


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


def _read(path: Path | str, doc_id: str) -> Article | BadInput:
    try:
        return read_bytes(_bytes_of(path), doc_id, str(path))
    except CoopexError as error:
        told = type(error)(file=str(path), cause=error.cause, remedy=error.remedy)
        return BadInput(doc_id, str(path), told)


def _bytes_of(path: Path | str) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    if Path(path).is_dir():
        raise NoInput
    try:
        return Path(path).read_bytes()
    except OSError as error:
        cause = f"the file could not be read ({error.strerror or type(error).__name__})"
        raise UnreadableInput(cause=cause) from error
