"""The parts of a run that independent commands did (`--shard I/N`) → its results."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from coopex.errors import NotARun
from coopex.export import FORMATS, Format, Summary
from coopex.running.folder import WORK, State, WorkFolder, read_state, work_folders
from coopex.running.parts import Parts
from coopex.running.run import put_together
from coopex.running.settings import Shard


def merge(out: Path, formats: Sequence[Format] = FORMATS) -> tuple[State, Summary]:
    """Write the results of all parts of a run into its output folder, and remove the parts.

    Raises `NotARun` when a part is missing, unfinished, or of another run than the others.
    """
    states = {folder: state for folder in work_folders(out) if (state := read_state(folder))}
    _check(out, list(states.values()))
    with ExitStack() as stack:
        for state in states.values():
            stack.enter_context(WorkFolder(out, Shard.parse(state.shard)))
        parts = stack.enter_context(Parts(*(folder / "parts" for folder in states)))
        whole = _whole(list(states.values()))
        summary = put_together(out, parts, whole, formats)
    shutil.rmtree(out / WORK, ignore_errors=True)
    return whole, summary


def _check(out: Path, states: list[State]) -> None:
    if not states:
        raise NotARun(file=str(out))
    counts = sorted({int(state.shard.partition("/")[2]) for state in states})
    if len(counts) > 1:
        cause = f"there are parts of {' and of '.join(map(str, counts))}"
        remedy = f"Remove those that are not wanted from {out / WORK}."
        raise NotARun(file=str(out), cause=cause, remedy=remedy)
    count = counts[0]
    missing = {f"{number}/{count}" for number in range(1, count + 1)} - {s.shard for s in states if s.finished}
    if missing:
        told = ", ".join(sorted(missing, key=lambda shard: int(shard.partition("/")[0])))
        raise NotARun(file=str(out), cause=f"parts are not done: {told}", remedy="Run them to the end with --shard.")
    if len({(state.fingerprint, state.found) for state in states}) > 1:
        cause = "the parts are of different versions, settings or inputs"
        raise NotARun(file=str(out), cause=cause, remedy="Run all parts with the same command, --shard excepted.")


def _whole(states: list[State]) -> State:
    """Add up what the parts have done."""
    first = states[0]
    whole = State(
        first.fingerprint,
        first.settings,
        first.inputs,
        started=min(state.started for state in states),
        total=first.found,
        found=first.found,
        done=sum(state.done for state in states),
        failed=sum(state.failed for state in states),
        reused=sum(state.reused for state in states),
        seconds=max(state.seconds for state in states),
        finished=True,
    )
    for state in states:
        whole.add_seconds(state.stages)
    return whole
