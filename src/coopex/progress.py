"""How a run shows that it moves: a bar on a terminal, plain lines elsewhere, JSON lines for machines.

All of it goes to standard error.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from coopex.console import STDERR, say
from coopex.running.run import Watcher

if TYPE_CHECKING:
    from coopex.running.folder import State
    from coopex.running.outcome import Outcome

SHOWN_ERRORS = 20
"""Errors told one by one; all of them are in errors.jsonl."""

LINE_SECONDS = 10.0
"""Between two plain lines."""


def watcher(*, quiet: bool, log_json: bool) -> Watcher:
    """Choose how progress is shown: JSON lines if asked for, errors only if `quiet`, else what suits the stream."""
    if log_json:
        return JsonLines()
    if quiet:
        return Errors()
    return Bar() if STDERR.is_terminal else Lines()


def rate(state: State) -> float:
    """Texts read a second by this run, those of an earlier run left out."""
    return (state.done - state.reused) / state.seconds if state.seconds > 0 else 0.0


def seconds_left(state: State) -> float | None:
    """Estimate how long the rest will take; None while the number of texts or the rate is unknown."""
    pace = rate(state)
    return (state.total - state.done) / pace if state.total is not None and pace > 0 else None


def clock(seconds: float) -> str:
    """`3725` → "1:02:05"; `65` → "1:05"."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def told(state: State) -> str:
    """Describe how far a run is: "1,200 of 20,000 texts, 3 failed, 35.2 a second, 8:54 left"."""
    pieces = [f"{state.done:,} of {state.total:,} texts" if state.total is not None else f"{state.done:,} texts"]
    if state.failed:
        pieces.append(f"{state.failed:,} failed")
    if rate(state):
        pieces.append(f"{rate(state):.1f} a second")
    left = seconds_left(state)
    if left is not None and not state.finished:
        pieces.append(f"{clock(left)} left")
    return ", ".join(pieces)


class Errors:
    """Tells errors and nothing else."""

    def __init__(self) -> None:
        self._errors = 0

    def begin(self, state: State, kept: int) -> None:
        """Nothing is told."""

    def moved(self, state: State, outcome: Outcome | None) -> None:
        """Tell the error of a text that failed."""
        if outcome is None or not outcome.failed:
            return
        self._errors += 1
        if self._errors <= SHOWN_ERRORS:
            self._say(f"error: {error_text(outcome)}")
        elif self._errors == SHOWN_ERRORS + 1:
            self._say("error: further errors are in errors.jsonl alone")

    def end(self, state: State) -> None:
        """Nothing is told."""

    def _say(self, line: str) -> None:
        say(line)


def error_text(outcome: Outcome) -> str:
    """Write the error of a failed text as one line: "a.txt: the text is empty. Give a file with text in it."."""
    from coopex.errors import CoopexError

    error = json.loads(outcome.line)
    return str(CoopexError(file=error["file"], cause=error["cause"], remedy=error["remedy"]))


class Bar(Errors):
    """A bar with rate and time left."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            TimeRemainingColumn(),
            console=STDERR,
            transient=True,
        )
        self._task = self._bar.add_task("reading", total=None, pace="")

    def begin(self, state: State, kept: int) -> None:
        """Show the bar."""
        self._bar.start()
        if kept:
            self._say(going_on(kept))

    def moved(self, state: State, outcome: Outcome | None) -> None:
        """Move the bar."""
        super().moved(state, outcome)
        self._bar.update(self._task, completed=state.done, total=state.total, pace=f"{rate(state):.1f}/s")

    def end(self, state: State) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _say(self, line: str) -> None:
        say(line, self._bar.console)


def going_on(kept: int) -> str:
    """Say that an unfinished run goes on."""
    return f"going on with an unfinished run, of which {kept:,} texts are done"


class Lines(Errors):
    """A line now and then, for logs."""

    def __init__(self) -> None:
        super().__init__()
        self._last = monotonic()

    def begin(self, state: State, kept: int) -> None:
        """Tell when a run goes on."""
        if kept:
            self._say(going_on(kept))

    def moved(self, state: State, outcome: Outcome | None) -> None:
        """Tell how far the run is, if the last line is some seconds old."""
        super().moved(state, outcome)
        if monotonic() - self._last > LINE_SECONDS:
            self._last = monotonic()
            self._say(told(state))


class JsonLines(Lines):
    """Events as JSON, one a line: begin, error, progress, end."""

    def begin(self, state: State, kept: int) -> None:
        """Tell that the run begins."""
        self._log("begin", kept=kept, settings=state.settings, inputs=state.inputs, shard=state.shard)

    def end(self, state: State) -> None:
        """Tell that all texts are read."""
        self._log("end", **self._figures(state), stages=state.stages)

    def moved(self, state: State, outcome: Outcome | None) -> None:
        """Tell errors at once, and how far the run is now and then."""
        if outcome is not None and outcome.failed:
            self._log("error", **json.loads(outcome.line))
        if monotonic() - self._last > LINE_SECONDS:
            self._last = monotonic()
            self._log("progress", **self._figures(state))

    def _figures(self, state: State) -> dict[str, object]:
        left = seconds_left(state)
        return {
            "done": state.done,
            "total": state.total,
            "failed": state.failed,
            "reused": state.reused,
            "seconds": state.seconds,
            "rate": round(rate(state), 2),
            "seconds_left": round(left, 1) if left is not None else None,
        }

    def _log(self, event: str, **fields: object) -> None:
        when = datetime.now(UTC).isoformat(timespec="milliseconds")
        sys.stderr.write(json.dumps({"time": when, "event": event, **fields}, ensure_ascii=False) + "\n")
        sys.stderr.flush()
