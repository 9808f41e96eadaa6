"""Part files: every finished text as a line with a checksum, written at once and never changed.

A line is `checksum TAB header TAB document TAB tables`; JSON holds no tab of its own. A run that goes on after
an accident starts a new file, so that a line which was cut short stays where it is and is passed over.
"""

from __future__ import annotations

import json
import os
import zlib
from array import array
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from coopex.running.outcome import Outcome

SYNC_SECONDS = 1.0
"""Between two calls of fsync. What is written outlives the process at once; what is synced, a power cut too."""

_HEADER = ("index", "doc_id", "path", "sha256", "failed", "fingerprint", "counts", "left_out", "duplicate_of")


def encode(outcome: Outcome) -> bytes:
    """Write an outcome as one line."""
    header = json.dumps({name: getattr(outcome, name) for name in _HEADER}, separators=(",", ":"))
    tables = json.dumps(outcome.tables, ensure_ascii=False, separators=(",", ":")) if outcome.tables else ""
    payload = "\t".join((header, outcome.line, tables)).encode("utf-8", "surrogatepass")
    return b"%08x\t%s\n" % (zlib.crc32(payload), payload)


def decode(line: bytes) -> Outcome | None:
    """Read a line; None when it was cut short or damaged."""
    payload = _whole(line)
    if payload is None:
        return None
    header, document, tables = payload.decode("utf-8", "surrogatepass").split("\t")
    return Outcome(**json.loads(header), line=document, tables=json.loads(tables) if tables else {})


def _index(line: bytes) -> int | None:
    """Read the number of the text that a line is of; None when the line was cut short or damaged."""
    payload = _whole(line)
    return None if payload is None else int(json.loads(payload.partition(b"\t")[0])["index"])


def _whole(line: bytes) -> bytes | None:
    payload = line[9:-1]
    is_whole = line.endswith(b"\n") and line[8:9] == b"\t" and line[:8] == b"%08x" % zlib.crc32(payload)
    return payload if is_whole else None


class PartFile:
    """A new part file; `append` returns where in it the line begins."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb", buffering=0)
        self._end = 0
        self._synced = monotonic()

    def append(self, outcome: Outcome) -> int:
        """Write an outcome; after this call no death of the process loses it."""
        line, start = encode(outcome), self._end
        written = 0
        while written < len(line):
            written += self._file.write(line[written:])
        self._end += len(line)
        if monotonic() - self._synced > SYNC_SECONDS:
            self._sync()
        return start

    def close(self) -> None:
        """Bring everything to the disk."""
        if not self._file.closed:
            self._sync()
            self._file.close()

    def _sync(self) -> None:
        os.fsync(self._file.fileno())
        self._synced = monotonic()


class Parts:
    """The part files of folders as one store: outcomes by their number in the run, later lines winning.

    What is added goes to a new file in the first folder.
    Holds twelve bytes a text in memory, whatever the texts hold.
    """

    def __init__(self, *folders: Path) -> None:
        self._folder = folders[0]
        self._paths: list[Path] = []
        self._files = array("I")
        self._starts = array("Q")
        self._readers = ExitStack()
        self._open: dict[int, BinaryIO] = {}
        self._own: PartFile | None = None
        self._own_number = 0
        for path in sorted(path for folder in folders for path in folder.glob("*.part")):
            self._scan(path)

    def __len__(self) -> int:
        return sum(1 for number in self._files if number)

    def __contains__(self, index: int) -> bool:
        return index < len(self._files) and bool(self._files[index])

    def get(self, index: int) -> Outcome | None:
        """Read the outcome of the text with a number, None when there is none."""
        if index not in self:
            return None
        number = self._files[index]
        file = self._open.get(number)
        if file is None:
            file = self._open[number] = self._readers.enter_context(self._paths[number - 1].open("rb"))
        file.seek(self._starts[index])
        return decode(file.readline())

    def add(self, outcome: Outcome) -> None:
        """Append an outcome to the part file of this run."""
        if self._own is None:
            self._own = PartFile(self._folder / f"{self._next_name()}.part")
            self._paths.append(self._own.path)
            self._own_number = len(self._paths)
        self._note(outcome.index, self._own_number, self._own.append(outcome))

    def adopt(self, path: Path) -> None:
        """Take in a part file that another process has finished."""
        self._scan(path)

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        if self._own is not None:
            self._own.close()
        self._readers.close()
        self._open.clear()

    def _next_name(self) -> str:
        taken = [int(path.stem) for path in self._folder.glob("*.part") if path.stem.isdecimal()]
        return f"{max(taken, default=0) + 1:06d}"

    def _scan(self, path: Path) -> None:
        self._paths.append(path)
        with path.open("rb") as file:
            start = 0
            for line in file:
                index = _index(line)
                if index is not None:
                    self._note(index, len(self._paths), start)
                start += len(line)

    def _note(self, index: int, file: int, start: int) -> None:
        if index >= len(self._files):
            more = index + 1 - len(self._files)
            self._files.extend(bytes(more))
            self._starts.extend(bytes(more))
        self._files[index] = file
        self._starts[index] = start
