"""The texts within an archive or a table, one after the other; nothing is unpacked to disk, names are only names."""

from __future__ import annotations

import gzip
import tarfile
import zipfile
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING

from coopex.errors import BrokenFile, CoopexError, NestedArchive, NoInput, PackedTooTightly, ReadError, TooLarge
from coopex.reading.article import BadInput, bad_input
from coopex.reading.forms import CONTAINERS, FORMS, GZIP, Container, form_of_name, stem_of
from coopex.reading.inputs import MEGABYTE, Input, ReadOptions, too_large

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SMALL = 10 * MEGABYTE
"""Bytes up to which any ratio of packing is let pass: a page of blanks is no attack."""


def texts_in(path: Path, form: Container, options: ReadOptions) -> Iterator[Input | BadInput]:
    """`Path("news.zip")` → its texts; an archive that is damaged gives those before the damage, then a `BadInput`."""
    empty = True
    try:
        for found in _opened(path, form, options):
            empty = False
            yield found
    except Exception as error:  # whatever the readers of zip, tar and the rest raise on wild bytes
        empty = False
        yield bad_input(stem_of(path.name), str(path), told(error))
    if empty:
        yield bad_input(stem_of(path.name), str(path), NoInput(cause="there is no text in the file"))


def told(error: Exception) -> CoopexError:
    """`zipfile.BadZipFile("Bad magic number")` → `BrokenFile`: "the file is damaged (BadZipFile: Bad magic number)"."""
    if isinstance(error, CoopexError):
        return error
    if isinstance(error, OSError) and error.strerror:
        return ReadError(cause=f"the file could not be read ({error.strerror})")
    shown = " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(": ")
    return BrokenFile(cause=f"the file is damaged ({shown})")


def _opened(path: Path, form: Container, options: ReadOptions) -> Iterator[Input | BadInput]:
    if form == "zip":
        yield from _in_zip(path, options)
        return
    with path.open("rb") as file:
        if form == "tar":
            yield from _in_tar(path, file, options)
        elif form != "warc" and file.peek(2).startswith(GZIP):
            budget = _Budget(options, None)
            plain = BufferedReader(_Watched(gzip.GzipFile(fileobj=file), file, budget))
            yield from _rows(form, plain, str(path), options)
        else:
            yield from _rows(form, file, str(path), options)


def _rows(form: Container, stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Input | BadInput]:
    if form == "warc":
        from coopex.reading.warc import pages_in

        return pages_in(stream, path, options)
    from coopex.reading.tables import csv_rows, json_rows

    return json_rows(stream, path, options) if form == "jsonl" else csv_rows(stream, path, options)


def _member(
    name: str, size: int, stream: IO[bytes], archive: Path, options: ReadOptions
) -> Iterator[Input | BadInput]:
    """The text of one file of an archive, or its rows."""
    form = form_of_name(name)
    path = f"{archive}!/{name}"
    if form in ("zip", "tar") or (form != "warc" and name.lower().endswith(".gz")):
        raise NestedArchive
    if container := CONTAINERS.get(form):
        yield from _rows(container, stream, path, options)
        return
    if size > options.max_size:
        raise too_large(options.max_size)
    yield Input(stem_of(name), path, FORMS.get(form, "text"), stream.read())


def _is_wanted(name: str) -> bool:
    """Files of known forms; none that is hidden, nor what macOS adds."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts
    return form_of_name(name) is not None and not hidden


def _in_zip(path: Path, options: ReadOptions) -> Iterator[Input | BadInput]:
    budget = _Budget(options, path.stat().st_size)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            budget.count_member()
            name = _name(info)
            if info.is_dir() or not _is_wanted(name):
                continue
            try:
                _check_member(info, options)
                budget.spend(info.file_size)
                with archive.open(info) as stream:
                    yield from _member(name, info.file_size, stream, path, options)
            except Exception as error:
                if budget.is_spent:
                    raise
                yield bad_input(stem_of(name), f"{path}!/{name}", told(error))


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the mark of UTF-8 are in the code page of the machine: of a Russian one 866, not 437."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866", "replace")


def _check_member(info: zipfile.ZipInfo, options: ReadOptions) -> None:
    if info.flag_bits & 1:
        raise BrokenFile(cause="the file is protected by a password", remedy="Unpack the archive and give its folder.")
    if info.file_size > max(SMALL, options.max_ratio * info.compress_size):
        raise PackedTooTightly(cause=f"the file unpacks to more than {options.max_ratio} times its packed size")


def _in_tar(path: Path, file: BufferedReader, options: ReadOptions) -> Iterator[Input | BadInput]:
    packed = file.peek(2).startswith(GZIP)
    budget = _Budget(options, None if packed else path.stat().st_size)
    watched = _Watched(gzip.GzipFile(fileobj=file) if packed else file, file, budget)
    with tarfile.open(fileobj=watched, mode="r|") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # else every header is kept
            budget.count_member()
            if info.isreg() and _is_wanted(info.name):
                yield from _tar_member(archive, info, path, options)


def _tar_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, path: Path, options: ReadOptions
) -> Iterator[Input | BadInput]:
    try:
        stream = archive.extractfile(info)
        if stream is not None:
            yield from _member(info.name, info.size, stream, path, options)
    except (NestedArchive, TooLarge) as error:  # all else is wrong with the archive
        yield bad_input(stem_of(info.name), f"{path}!/{info.name}", error)


class _Budget:
    """What an archive may still unpack to; `packed` is its size where that is not known as it is read."""

    def __init__(self, options: ReadOptions, packed: int | None) -> None:
        self._options, self.packed = options, packed or 0
        self._spent = self._members = 0
        self.is_spent = False

    def count_member(self) -> None:
        self._members += 1
        if self._members > self._options.max_members:
            raise self._over(f"has more than {self._options.max_members:,} members")

    def spend(self, size: int) -> None:
        """Raise when `size` bytes more are too many."""
        self._spent += size
        if self._spent > self._options.max_unpacked:
            raise self._over(f"unpacks to more than {self._options.max_unpacked / MEGABYTE:g} MB")
        if self._spent > max(SMALL, self._options.max_ratio * self.packed):
            raise self._over(f"unpacks to more than {self._options.max_ratio} times its size")

    def _over(self, what: str) -> PackedTooTightly:
        self.is_spent = True
        return PackedTooTightly(cause=f"the archive {what}; what comes after was not read")


class _Watched(RawIOBase):
    """A stream of unpacked bytes that keeps to a budget, whatever the headers in it say."""

    def __init__(self, plain: IO[bytes] | gzip.GzipFile, packed: IO[bytes], budget: _Budget) -> None:
        self._plain, self._packed, self._budget = plain, packed, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        data = self._plain.read(len(room))
        self._budget.packed = self._packed.tell()
        self._budget.spend(len(data))
        room[: len(data)] = data
        return len(data)
