"""What there is to read: found one by one and cheaply, read wherever the work is done."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coopex.errors import BadConfiguration, CoopexError, NoInput, TooLarge, UnreadableInput
from coopex.reading.article import BadInput, bad_input
from coopex.reading.folders import files_of
from coopex.reading.forms import (
    CONTAINERS,
    FORMS,
    GZIP,
    HEAD,
    AnyForm,
    Form,
    form_of_bytes,
    form_of_name,
    stem_of,
    zip_form,
)
from coopex.reading.ids import Ids

STDIN = "-"
COLUMNS = ("text", "id", "title", "published", "source", "authors", "url")
"""What is read of a row, and what its columns are called unless `ReadOptions.columns` says otherwise."""
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may set about reading.

    `glob` are patterns of paths relative to a folder ("*.html", "2019/**"); none means every known suffix.
    `columns` names the columns of tables that are called otherwise: {"text": "body"}. `max_size` are the bytes of
    one text; an archive may unpack to `max_unpacked` bytes, `max_ratio` times what it is packed in, and
    `max_members`. `store_text` puts the text into its document; None does so where the file itself is not the
    text. Folders in `exclude` are not entered.
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

    def __post_init__(self) -> None:
        if unknown := set(self.columns) - set(COLUMNS):
            cause = f"there is no column {', '.join(sorted(unknown))} to be named"
            raise BadConfiguration(cause=cause, remedy=f"Name one of {', '.join(COLUMNS)}.")

    def stores(self, item: Input, form: Form) -> bool:
        """Whether the text goes into the document: if not told otherwise, where no file of its own holds it."""
        own = item.data is None or item.path == STDIN
        return self.store_text if self.store_text is not None else form != "text" or not own


@dataclass(frozen=True, slots=True)
class Input:
    """One text that is to be read: where it is, not yet what is in it.

    `path` is shown to people ("news.zip!/a.html", "rows.jsonl:12"). `data` holds the bytes of what is no file of
    its own (standard input, a member of an archive, the text of a row); None means the file at `path`. `fields`
    are the other columns of a row, or what an archive says of a page. May be sent to another process.
    """

    doc_id: str
    path: str
    form: Form = "text"
    data: bytes | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def read_bytes(self, max_size: int | None = None) -> bytes:
        """Give the bytes of the input; raises `ReadError`, `TooLarge` if there are more than `max_size`."""
        data = self.data if self.data is not None else _read_file(Path(self.path), max_size)
        if max_size is not None and len(data) > max_size:
            raise too_large(max_size)
        return data

    def sha256(self) -> str | None:
        """Give the digest of the bytes, and of `fields` if there are any; None when they cannot be had."""
        if self.data is None and not Path(self.path).is_file():
            return None
        try:
            return digest(self.read_bytes(), self.fields)
        except CoopexError:
            return None


def digest(data: bytes, fields: Mapping[str, str]) -> str:
    """`b"…"`, `{"title": "…"}` → the SHA-256 of both, of the bytes alone when there are no fields."""
    told = json.dumps(dict(fields), sort_keys=True).encode() if fields else b""
    return hashlib.sha256(data + told).hexdigest()


def too_large(max_size: int) -> TooLarge:
    """The error of a text of more than `max_size` bytes."""
    return TooLarge(cause=f"the text is larger than {max_size / MEGABYTE:g} MB")


def _read_file(path: Path, max_size: int | None) -> bytes:
    """The bytes of a file; of what has no size, such as a pipe, one more than `max_size`, for it may have no end."""
    if path.is_dir():
        raise NoInput
    try:
        with path.open("rb") as file:
            if max_size is None:
                return file.read()
            if os.fstat(file.fileno()).st_size > max_size:
                raise too_large(max_size)
            return file.read() if path.is_file() else file.read(max_size + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        cause = f"the file could not be read ({getattr(error, 'strerror', None) or type(error).__name__})"
        raise UnreadableInput(cause=cause) from error


def find_inputs(paths: Sequence[Path | str], options: ReadOptions | None = None) -> Iterator[Input | BadInput]:
    """`["news/", "a.txt", "rows.csv", "-"]` → an input for each text there is, folders and archives opened.

    `doc_id` is the file name without its suffix, or the id of a row; a second one in one run gets "-2", and so on.
    """
    options, ids = options or ReadOptions(), Ids()
    for path in paths:
        for found in _found(path, options):
            yield replace(found, doc_id=ids.free(found.doc_id))


def _found(path: Path | str, options: ReadOptions) -> Iterator[Input | BadInput]:
    if str(path) == STDIN:
        yield Input("stdin", STDIN, data=sys.stdin.buffer.read(options.max_size + 1))
    elif _mode(path, stat.S_ISDIR):
        yield from _in_folder(Path(path), options)
    else:
        yield from _in_file(Path(path), options)


def _in_folder(folder: Path, options: ReadOptions) -> Iterator[Input | BadInput]:
    empty = True
    for found in files_of(folder, options.glob, recursive=options.recursive, exclude=options.exclude):
        empty = False
        if isinstance(found, Path):
            yield from _in_file(found, options)
        else:
            path, error = found
            yield bad_input(stem_of(path.name), str(path), error)
    if empty:
        yield bad_input(folder.name, str(folder), NoInput())


def _in_file(path: Path, options: ReadOptions) -> Iterator[Input | BadInput]:
    """The file itself, or the texts that it holds."""
    form = form_of_name(path.name)
    if form not in FORMS and _mode(path, stat.S_ISREG):
        form = _form_inside(path, form)
    if container := CONTAINERS.get(form):
        from coopex.reading.containers import texts_in

        yield from texts_in(path, container, options)
    else:
        yield Input(stem_of(path.name), str(path), FORMS.get(form, "text"))


def _form_inside(path: Path, named: AnyForm | None) -> AnyForm | None:
    """The form that the first bytes tell, for a name that tells none or that of a container."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return None  # told when it is read
    found = form_of_bytes(head)
    if head.startswith(GZIP):
        found = form_of_bytes(_unzipped(path))
    if found == "zip" and named != "zip":
        return zip_form(path)
    return found or (named if named in {"jsonl", "csv"} else None)


def _unzipped(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(HEAD)
    except (OSError, EOFError, zlib.error):
        return b""


def _mode(path: Path | str, test: Callable[[int], bool]) -> bool:
    try:
        return test(Path(path).stat().st_mode)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
