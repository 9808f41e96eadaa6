"""What a worker is at, on a page of memory that it shares with the pool.

Writing there costs a microsecond and is done before each step, so that the pool knows what a worker died of or hangs
in; messages through a pipe would cost a tenth of the time of a text that the gate turns away.
"""

from __future__ import annotations

import mmap
import os
import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

STAGES = ("", "load", "read", "blocks", "gate", "annotate", "resolve", "events", "records")
"""Steps as `coopex.stages` names them; the first stands for none."""

_NOBODY = -1
_LAYOUT = struct.Struct("<qqd")  # step, text, since when (`monotonic` is one clock for all processes)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A worker is in `stage` ("" before its first), at the text number `index` if it is at one, `since` a time."""

    stage: str
    index: int | None
    since: float


class Board:
    """The page in the file at `path`, which is as long as `create` made it."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), _LAYOUT.size)

    @classmethod
    def create(cls) -> tuple[Board, Path]:
        """Make a new page and the file in which another process can open it, by `take`."""
        handle, name = tempfile.mkstemp(prefix="coopex-")
        with os.fdopen(handle, "wb") as file:
            file.write(_LAYOUT.pack(0, _NOBODY, monotonic()))
        return cls(Path(name)), Path(name)

    @classmethod
    def take(cls, path: Path) -> Board:
        """Open a page and remove its file, so that nothing is left behind, however the processes end."""
        board = cls(path)
        with suppress(OSError):  # Windows does not remove what is open
            path.unlink()
        return board

    def write(self, stage: str, index: int | None, *, since: float | None = None) -> None:
        """Tell that a step begins; the time counts from `since`, or from now on."""
        since = monotonic() if since is None else since
        place = STAGES.index(stage) if stage in STAGES else 0
        _LAYOUT.pack_into(self._page, 0, place, _NOBODY if index is None else index, since)

    def read(self) -> Whereabouts:
        """Tell what the worker is at."""
        stage, index, since = _LAYOUT.unpack_from(self._page)
        return Whereabouts(STAGES[stage], None if index == _NOBODY else index, since)

    def close(self) -> None:
        """Let go of the page."""
        self._page.close()
