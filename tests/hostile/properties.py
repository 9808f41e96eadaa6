"""What must hold for every input, however hostile: an account of it in time, and nothing done but reading."""

from __future__ import annotations

import csv
import faulthandler
import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any

from coopex.batch import process
from coopex.errors import CoopexError
from coopex.export.rows import KINDS, rows_of
from coopex.export.tables import FORMULA_STARTS, cell_text
from coopex.pipeline import Extractor
from coopex.reading import Article, Input, find_inputs, read_input
from coopex.records import Document
from hostile.files import File

LIMIT = 20
"""Seconds of processor time for a file of some thousand characters, twenty times what the slowest takes."""

_FORBIDDEN = (
    "os.exec", "os.fork", "os.posix_spawn", "os.startfile", "os.system", "pty.spawn", "subprocess.Popen",
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request",
    "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate", "shutil.",
)  # fmt: skip


def warm_extractor() -> Extractor:
    """An extractor with its models loaded, which is allowed to take time and temporary files."""
    extractor = Extractor()
    extractor.extract("Rector Ivanov of Tomsk University visited Harbin on 5 May 2018.")
    extractor.extract("Ректор Томского университета Иванов посетил Харбин 5 мая 2018 года.")
    return extractor


class TooSlow(BaseException):
    """An input that took longer than `LIMIT`; no error, so that nothing that handles errors takes it for its own."""


class Watch:
    """Sees to it that reading neither writes, nor runs programs, nor asks the network, nor takes for ever.

    Python tells an audit hook whatever a process does; a hook cannot be taken away, so it sleeps outside of `on`.
    """

    def __init__(self) -> None:
        self._awake = False
        self.done: list[str] = []
        sys.addaudithook(self._heard)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watch what is done in the `with` block, and stop it after `LIMIT` seconds of processor time."""
        self.done = []
        before = signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        faulthandler.dump_traceback_later(30 * LIMIT, exit=True)  # should compiled code never come back to Python
        self._awake = True
        try:
            yield
        finally:
            self._awake = False
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _heard(self, event: str, told: tuple[Any, ...]) -> None:
        if self._awake and (event.startswith(_FORBIDDEN) or (event == "open" and _writes(told))):
            self.done.append(f"{event} {told!r}"[:300])


def _writes(told: tuple[Any, ...]) -> bool:
    """Whether an `open` event is for writing; Python's own cache of compiled modules aside."""
    path, _, flags = told
    compiled = "__pycache__" in str(path) or str(path).endswith(".pyc")
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and not compiled


def _stop(_: int, frame: FrameType | None) -> None:
    raise TooSlow(f"more than {LIMIT} s of processor time, now in {frame.f_code if frame else None}")


def check(file: File, folder: Path, extractor: Extractor, watch: Watch) -> float:
    """Read and extract a file in an empty folder; give the seconds it took. Raises `AssertionError`, `TooSlow`."""
    path = folder / file.name
    path.write_bytes(file.data)
    start = process_time()
    with watch.on():
        items = [read_input(item) if isinstance(item, Input) else item for item in find_inputs([path])]
        outcomes = list(process(items, extractor))
    took = process_time() - start
    assert not watch.done, watch.done
    assert [each.name for each in folder.iterdir()] == [file.name]
    for item, outcome in zip(items, outcomes, strict=True):
        _check_outcome(item, outcome)
    path.unlink()
    return took


def _check_outcome(item: Any, outcome: Document | CoopexError) -> None:
    if isinstance(outcome, CoopexError):
        told = json.loads(json.dumps(outcome.to_dict()))
        assert told["file"], told
        assert told["cause"], told
        assert told["remedy"], told
        assert told["error"] != "AnnotationFailed", told
        return
    assert isinstance(item, Article)
    outcome.check(item.text)
    assert json.loads(outcome.to_json())["doc_id"] == item.doc_id
    outcome.to_json().encode()
    for kind in KINDS:
        for row in rows_of(outcome, kind):
            _check_row([cell_text(cell) for cell in row.values()])


def _check_row(cells: list[str]) -> None:
    """A spreadsheet reads back as many cells, none of which it would run."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    read = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert len(read) == len(cells)
    assert not any(cell.startswith(FORMULA_STARTS) for cell in read), read
