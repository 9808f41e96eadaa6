"""Where the runs of an output folder stand, told from what they write, by any process at any time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from coopex.errors import NotARun
from coopex.running.folder import State, is_locked, read_state, work_folders
from coopex.running.parts import Parts

Standing = Literal["running", "broken off", "done, to be merged", "finished"]


@dataclass(frozen=True, slots=True)
class Status:
    """A run, or a part of one: how it stands and how far it is."""

    standing: Standing
    state: State

    def to_dict(self) -> dict[str, object]:
        """Give it as JSON-ready values."""
        return {"standing": self.standing, **asdict(self.state)}

    def told(self) -> str:
        """Describe it in a line: "running: 1,200 of 20,000 texts, 35.2 a second, 8:54 left (since …)"."""
        from coopex.progress import told

        part = f"part {self.state.shard}, " if self.state.shard != "1/1" else ""
        return f"{part}{self.standing}: {told(self.state)} (begun {self.state.started}, last seen {self.state.updated})"


def status_of(out: Path) -> list[Status]:
    """Tell of every run in an output folder; raises `NotARun` when there is none."""
    found = [_unfinished(folder, state) for folder in work_folders(out) if (state := read_state(folder))]
    if not found:
        found = [Status("finished", _finished(out))]
    return found


def _unfinished(folder: Path, state: State) -> Status:
    if is_locked(folder):
        return Status("running", state)
    if state.finished and state.shard != "1/1":
        return Status("done, to be merged", state)
    with Parts(folder / "parts") as parts:  # more may have been done than the state says
        state.done = len(parts)
    return Status("broken off", state)


def _finished(out: Path) -> State:
    try:
        run = json.loads((out / "run.json").read_text("utf-8"))
        return State(
            fingerprint="",
            settings=run["settings"],
            inputs=run["inputs"],
            started=run["started"],
            updated=run["finished"],
            total=run["texts"],
            done=run["texts"],
            failed=run["failed"],
            reused=run["reused"],
            seconds=run["seconds"],
            stages=run["stages"],
            finished=True,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotARun(file=str(out)) from error
