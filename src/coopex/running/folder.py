"""The working folder of a run, `OUT/.coopex/run-I-of-N/`: its lock, its state and its part files.

It is there from the first text until the results have been put together, so that a run which was broken off can
go on, and that another process can tell how far it is.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from coopex.errors import ExportFailed, RunLocked
from coopex.running.settings import Shard

WORK = ".coopex"
"""Name of the folder within the output folder that holds what a run needs until it is finished."""


@dataclass(slots=True)
class State:
    """How far a run is, as written to `state.json` every second or so.

    `total` counts the texts of this part of the run, when that is known; `found` those of all parts, at the end;
    `reused` of the `done` ones were done by an earlier run.
    """

    fingerprint: str
    settings: Mapping[str, object]
    inputs: list[str]
    shard: str = "1/1"
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    updated: str = ""
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
    total: int | None = None
    found: int = 0
    done: int = 0
    failed: int = 0
    reused: int = 0
    seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    finished: bool = False

    def add_seconds(self, seconds: Mapping[str, float]) -> None:
        """Add what was spent on each step to `stages`."""
        for stage, more in seconds.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + more


class WorkFolder:
    """A run's working folder, locked while the `with` block lasts.

    Raises `RunLocked` when another process holds it and `ExportFailed` when it cannot be written.
    """

    def __init__(self, out: Path, shard: Shard | None = None) -> None:
        shard = shard or Shard()
        self.out = out
        self.path = out / WORK / f"run-{shard.number}-of-{shard.count}"
        self._lock = FileLock(self.path.with_suffix(".lock"))

    def __enter__(self) -> WorkFolder:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise RunLocked(file=str(self.out)) from error
        except OSError as error:
            raise ExportFailed(file=str(self.out), cause=error.strerror or str(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @property
    def parts_path(self) -> Path:
        """The folder of the part files."""
        return self.path / "parts"

    @property
    def prints_path(self) -> Path:
        """The folder of the part files that hold fingerprints alone."""
        return self.path / "prints"

    def begin(self, fingerprint: str, *, resume: bool) -> None:
        """Make the folder ready; with `resume` an unfinished run of the same fingerprint goes on in it."""
        old = read_state(self.path)
        if not (resume and old is not None and old.fingerprint == fingerprint):
            self.clear()
        for folder in (self.parts_path, self.prints_path):
            folder.mkdir(parents=True, exist_ok=True)

    def write(self, state: State) -> None:
        """Write how far the run is."""
        from coopex.export.atomic import write_text

        state.updated = datetime.now(UTC).isoformat(timespec="seconds")
        write_text(self.path / "state.json", json.dumps(asdict(state), ensure_ascii=False))

    def clear(self) -> None:
        """Remove what is in the folder."""
        for path in self.path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def remove(self) -> None:
        """Remove the folder after its results are where they belong; the lock file, beside it, stays."""
        shutil.rmtree(self.path, ignore_errors=True)


def read_state(folder: Path) -> State | None:
    """Read how far the run of a working folder is; None when it has not begun."""
    try:
        return State(**json.loads((folder / "state.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def work_folders(out: Path) -> Iterator[Path]:
    """List the working folders of an output folder, by number."""
    found = [path for path in (out / WORK).glob("run-*-of-*") if path.is_dir()]
    yield from sorted(found, key=lambda path: [int(part) for part in path.name.split("-") if part.isdecimal()])


def is_locked(folder: Path) -> bool:
    """Tell whether a process is at work in a working folder."""
    lock = FileLock(folder.with_suffix(".lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False
