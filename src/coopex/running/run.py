"""A whole run: list the inputs → what is not done yet, in batches → a crew of workers → part files → results.

Read `run` first. Where the work is done is the business of the crew: the `Pool` of this machine, or a `Cluster`. What
only this process needs is imported where it is needed: by then the first worker is on its way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from coopex.errors import ExportFailed
from coopex.reading.ids import printable
from coopex.running.folder import WORK, State, WorkFolder
from coopex.running.listing import Listing
from coopex.running.outcome import Outcome
from coopex.running.parts import Parts
from coopex.running.pool import Pool
from coopex.running.protocol import Job, JobDone, Numbered, PartWritten, Setup, sha256_of
from coopex.running.settings import Limits, RunSettings, Shard, default_jobs

if TYPE_CHECKING:
    from coopex.duplicates import Link
    from coopex.export import Format, Summary

STATE_SECONDS = 1.0
"""Between two writings of `state.json`."""

Progress = Iterator[Outcome | JobDone | PartWritten]


class Watcher(Protocol):
    """Is told how a run goes."""

    def begin(self, state: State, kept: int) -> None:
        """Texts are about to be read; an earlier run has left `kept` of them."""

    def moved(self, state: State, outcome: Outcome | None) -> None:
        """One text is finished, or with a cluster some are."""

    def end(self, state: State) -> None:
        """No more texts are read: `state.finished`, or broken off."""


class Crew(Protocol):
    """Does jobs: a `Pool` or a `Cluster`."""

    def run(self, jobs: Iterable[Job], folder: Path) -> Progress:
        """Yield the outcomes of all jobs as they come, or part files of them in `folder`; and each job that is over."""

    def close(self) -> None:
        """Let go of the workers."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is carried out; nothing of it has a say in the records.

    `resume` goes on with an unfinished run of the same version, settings and folder. With a `scheduler`
    ("tcp://host:8786") the work is done by the workers of that Dask cluster.
    """

    jobs: int | None = None
    limits: Limits = field(default_factory=Limits)
    shard: Shard = field(default_factory=Shard)
    resume: bool = True
    scheduler: str | None = None
    formats: Sequence[Format] = ("jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run: its last state, and the counts of its records, None for a part of a run."""

    state: State
    summary: Summary | None


def run(
    paths: Sequence[Path | str],
    out: Path | None,
    settings: RunSettings | None = None,
    plan: Plan | None = None,
    *,
    watcher: Watcher | None = None,
    emit: Callable[[str], object] | None = None,
) -> Report:
    """Extract the records of all texts behind `paths` into the folder `out`.

    `emit` gets the line of each document, in the order of the inputs, and without `out` nothing else is kept.
    Texts that fail are in `errors.jsonl` and counted in the summary. Raises `RunLocked`, `ExportFailed` and what
    no text could get past, such as `MissingModel`; what was done until then is kept, and the same call goes on.

    >>> run(["news/"], Path("records"), plan=Plan(jobs=2)).summary.texts
    3
    """
    settings, plan = settings or RunSettings(), plan or Plan()
    with ExitStack() as stack:
        place = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coopex-")))
        options = replace(settings.read, exclude=(*settings.read.exclude, str(place)))
        folder = stack.enter_context(WorkFolder(place, plan.shard))
        crew = _crew(settings, plan)  # now: its models take their time
        stack.callback(crew.close)
        this = _Run(Listing(paths, options, plan.shard), settings, plan, folder, watcher)
        stack.enter_context(this.parts)
        if out is None:
            summary: Summary | None = this.stream(crew, emit or (lambda _: None))
        else:
            this.read(crew)
            summary = this.put_together(out, emit) if plan.shard.count == 1 else None
    if summary:
        folder.remove()
    return Report(this.state, summary)


def _crew(settings: RunSettings, plan: Plan) -> Crew:
    setup = Setup(settings, plan.limits)
    if plan.scheduler is None:
        return Pool(setup, plan.jobs or default_jobs())
    from coopex.running.cluster import Cluster

    return Cluster(plan.scheduler, setup)


class _Run:
    """One run under way."""

    def __init__(
        self, listing: Listing, settings: RunSettings, plan: Plan, folder: WorkFolder, watcher: Watcher | None
    ) -> None:
        self._listing, self._settings, self._plan, self._folder = listing, settings, plan, folder
        self._watcher = watcher
        self._clock, self._written = monotonic(), 0.0
        fingerprint = settings.fingerprint()
        folder.begin(fingerprint, resume=plan.resume)
        self.state = State(fingerprint, settings.to_dict(), listing.paths, str(plan.shard))
        self.parts = Parts(folder.parts_path)

    def read(self, crew: Crew, after: Callable[[], object] = lambda: None) -> None:
        """Read every text that no earlier run has read; `after` is called whenever something has been read."""
        self._listing.count()
        self._write_state(now=True)
        links = self._links(crew) if self._settings.duplicates == "skip" else {}
        if self._watcher:
            self._watcher.begin(self.state, len(self.parts))
        try:
            for event in crew.run(self._jobs(self.parts, links), self._folder.parts_path):
                self._keep(event, self.parts)
                self._tell(event)
                after()
            self.state.found, self.state.finished = self._listing.found, True
            self._listing.total = self.state.done
        finally:
            self._write_state(now=True)
            if self._watcher:
                self._watcher.end(self.state)

    def stream(self, crew: Crew, emit: Callable[[str], object]) -> Summary:
        """Read all texts and hand their documents on as soon as those before them are there."""
        from coopex.export import Summary
        from coopex.running.assemble import Assembler, InOrder

        summary = Summary()
        with Assembler(None, summary, link=self._settings.duplicates == "link") as assembler:
            ordered = InOrder(self.parts, assembler, emit)
            self.read(crew, ordered.advance)
        return summary

    def put_together(self, out: Path, emit: Callable[[str], object] | None) -> Summary:
        """Write the results of all texts into the output folder."""
        return put_together(out, self.parts, self.state, self._plan.formats, emit)

    def _jobs(self, parts: Parts, links: Mapping[int, Link], *, only_fingerprints: bool = False) -> Iterator[Job]:
        """Give the batches that are not done yet; one of which a text is missing is read again as a whole."""
        for batch in self._listing.batches():
            texts = tuple(replace(text, link=links.get(text.index)) for text in batch) if links else batch
            done = [outcome for text in texts if (outcome := parts.get(text.index)) and _is_of(outcome, text)]
            if len(done) < len(texts):
                yield Job(texts, only_fingerprints)
            elif not only_fingerprints:
                self.state.reused += len(done)
                self._count(len(done), sum(outcome.failed for outcome in done))

    def _keep(self, event: Outcome | JobDone | PartWritten, parts: Parts) -> None:
        """Put what was read where it is kept, and add up the seconds."""
        match event:
            case Outcome():
                parts.add(event)
            case PartWritten():
                parts.adopt(event.path)
            case JobDone():
                self.state.add_seconds(event.seconds)
        self._write_state()

    def _tell(self, event: Outcome | JobDone | PartWritten) -> None:
        match event:
            case Outcome():
                self._count(1, event.failed)
            case PartWritten():
                self._count(event.texts, event.failed)
            case JobDone():
                return
        if self._watcher:
            self._watcher.moved(self.state, event if isinstance(event, Outcome) else None)

    def _links(self, crew: Crew) -> dict[int, Link]:
        """Read all texts for their fingerprints, and tell which of them repeat which."""
        from coopex.duplicates import Duplicates
        from coopex.running.assemble import link_of

        found: dict[int, Link] = {}
        folder = self._folder.prints_path
        with Parts(folder) as prints, Duplicates(self._folder.path / "copies") as seen:
            for event in crew.run(self._jobs(prints, {}, only_fingerprints=True), folder):
                self._keep(event, prints)
            for index in range(self._listing.found):
                outcome = prints.get(index)
                if outcome and (link := link_of(outcome, seen)):
                    found[index] = link
        return found

    def _count(self, texts: int, failed: int) -> None:
        self.state.done += texts
        self.state.failed += failed

    def _write_state(self, *, now: bool = False) -> None:
        self.state.seconds = round(monotonic() - self._clock, 2)
        self.state.total = self._listing.total
        if now or monotonic() - self._written > STATE_SECONDS:
            self._folder.write(self.state)
            self._written = monotonic()


def _is_of(outcome: Outcome, text: Numbered) -> bool:
    """Tell whether an outcome is that of a text as it is now: changed files are read again."""
    item = text.item
    now = (item.doc_id, printable(item.path), text.duplicate_of)
    return (outcome.doc_id, outcome.path, outcome.duplicate_of) == now and outcome.sha256 == sha256_of(item)


def put_together(
    out: Path,
    parts: Parts,
    state: State,
    formats: Sequence[Format],
    emit: Callable[[str], object] | None = None,
) -> Summary:
    """Write the results of a run whose texts are all in part files, all files at once, and its account.

    Raises `ExportFailed` when a text is missing there, and leaves everything as it is.
    """
    from coopex.export import Results, Summary
    from coopex.export.atomic import remove_leftovers
    from coopex.running.assemble import Assembler, InOrder

    remove_leftovers(out)
    summary, link = Summary(), state.settings["duplicates"] == "link"
    with (
        Results(out, formats) as results,
        Assembler(results, summary, link=link, table=out / WORK / "copies") as assembler,
    ):
        if (reached := InOrder(parts, assembler, emit).advance(state.found)) < state.found:
            cause = f"the part files lack the text number {reached + 1} of {state.found}, or hold it damaged"
            raise ExportFailed(file=str(out), cause=cause, remedy="Give the command of the run again.")
        results.describe(account(state, assembler.inputs_sha256) | summary.to_dict())
    return summary


def account(state: State, inputs_sha256: str) -> dict[str, object]:
    """Tell how results came about, for `run.json`."""
    from coopex.about import versions
    from coopex.weights import thresholds

    return {
        "started": state.started,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": state.seconds,
        "stages": {stage: round(seconds, 2) for stage, seconds in sorted(state.stages.items())},
        "versions": versions(),
        "settings": state.settings,
        "thresholds": thresholds(),
        "inputs": state.inputs,
        "inputs_sha256": inputs_sha256,
        "reused": state.reused,
    }
