"""Worker processes on this machine: each keeps its models, and a text that ends one ends nothing else.

A job is first read as a batch. When its worker dies or stops moving, another worker reads what is left of it one
text at a time, and the text at which that one stops too is the one that failed. Workers are started when there
is work for them and not before.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, cast

from coopex.errors import CoopexError, OutOfMemory, TimedOut, WorkerDied
from coopex.running.board import Board
from coopex.running.outcome import Outcome
from coopex.running.protocol import Channel, Fatal, Finished, Job, JobDone, Message, Numbered, Setup, sha256_of
from coopex.running.settings import OUT_OF_MEMORY

LOADING_SECONDS = 120.0
"""What a worker may take to start and to load models, whatever the limit of a text: a cold disk takes 20 s."""

STILLBORN = 3
"""Workers that may die in turn before their first text; after that, no text is to blame."""

_TICK = 0.2  # seconds between looks at the clock
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class _Died:
    """A worker's streams ended."""


class Pool:
    """Up to `jobs` workers; a context manager, which stops them on leaving.

    >>> with Pool(Setup(RunSettings(), Limits()), jobs=2) as pool:
    ...     for event in pool.run(jobs):
    ...         print(event)
    """

    def __init__(self, setup: Setup, jobs: int = 1) -> None:
        self._setup = setup
        self._events: SimpleQueue[tuple[_Worker, Message | _Died]] = SimpleQueue()
        self._most = max(1, jobs)
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self._start()  # models take their time: begin before the inputs are listed

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop all workers at once."""
        for worker in self._workers:
            worker.kill()
            worker.clean_up()
        self._workers.clear()

    def run(self, jobs: Iterable[Job], folder: Path | None = None) -> Iterator[Outcome | JobDone]:
        """Yield the outcomes of all jobs as they come, and each job when it is over; `folder` is not used.

        Raises the error that no text could get past, such as `MissingModel`.
        """
        waiting, again = iter(jobs), deque[Job]()
        while True:
            self._hand_out(waiting, again)
            busy = [worker for worker in self._workers if worker.job]
            if not busy:
                return
            self._watch(busy)
            try:
                worker, event = self._events.get(timeout=_TICK)
            except Empty:
                continue
            yield from self._take(worker, event, again)

    def _hand_out(self, waiting: Iterator[Job], again: deque[Job]) -> None:
        """Give every idle worker a job, and start another worker as long as there is one more job."""
        while True:
            idle = next((worker for worker in self._workers if not worker.job), None)
            if idle is None and len(self._workers) >= self._most:
                return
            job = again.popleft() if again else next(waiting, None)
            if job is None:
                return
            (idle or self._start()).give(job)

    def _start(self) -> _Worker:
        worker = _Worker(self._setup, self._events)
        self._workers.append(worker)
        return worker

    def _watch(self, busy: list[_Worker]) -> None:
        """Kill workers that have been at one thing for too long."""
        for worker in busy:
            if worker.overdue(self._setup.limits.seconds):
                worker.too_slow = True
                worker.kill()

    def _take(self, worker: _Worker, event: Message | _Died, again: deque[Job]) -> Iterator[Outcome | JobDone]:
        match event:
            case Outcome():
                worker.finished.add(event.index)
                self._stillborn = 0
                yield event
            case Finished():
                worker.job = None
                yield JobDone(event.seconds)
            case Fatal():
                raise event.error
            case _Died() if worker in self._workers:
                yield from self._bury(worker, again)
            case _:
                pass

    def _bury(self, worker: _Worker, again: deque[Job]) -> Iterator[Outcome | JobDone]:
        """Take leave of a dead worker."""
        self._workers.remove(worker)
        worker.kill()
        try:
            yield from self._inherit(worker, again)
        finally:
            worker.clean_up()

    def _inherit(self, worker: _Worker, again: deque[Job]) -> Iterator[Outcome | JobDone]:
        """Find out what a worker died of, and have what it left undone read by another."""
        job = worker.job
        if not worker.stage:
            self._bear(worker)
            again.extend([job] if job else [])
            return
        if job is None:
            return
        left = [text for text in job.texts if text.index not in worker.finished]
        guilty = worker.guilty(left)
        if guilty:
            yield _failed(guilty, worker)
            left.remove(guilty)
        if left:
            again.append(replace(job, texts=tuple(left), alone=True))
        else:
            yield JobDone({})

    def _bear(self, worker: _Worker) -> None:
        """Put up with a worker that died before its first text, but not with many of them."""
        self._stillborn += 1
        if self._stillborn >= STILLBORN:
            raise WorkerDied(cause=f"worker processes end before they read anything ({worker.death()})", remedy=_REMEDY)


_REMEDY = "Give them more memory with --memory-limit, or run `coopex models` to see whether the installation is whole."


def _failed(text: Numbered, worker: _Worker) -> Outcome:
    error = worker.error(text)
    return Outcome.of_error(text.index, text.item.doc_id, text.item.path, sha256_of(text.item), error)


class _Worker:
    """One process and the thread that talks to it."""

    def __init__(self, setup: Setup, events: SimpleQueue[tuple[_Worker, Message | _Died]]) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 (until `clean_up`)
        self._board, self._page = Board.create()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "faulthandler", "-m", "coopex.running.worker", self._page],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=setup.folder,
            env={**os.environ, **_ONE_THREAD},
        )
        self.job: Job | None = None
        self.finished: set[int] = set()
        self.too_slow = False
        self._given = monotonic()
        self._setup, self._events = setup, events
        self._inbox: SimpleQueue[Job | None] = SimpleQueue()
        Thread(target=self._converse, daemon=True).start()

    @property
    def stage(self) -> str:
        """The step that the process is in, "" before its first."""
        return self._board.read().stage

    def give(self, job: Job) -> None:
        """Hand over a job."""
        self.job, self.finished = job, set()
        self._given = monotonic()
        self._inbox.put(job)

    def overdue(self, limit: float) -> bool:
        """Tell whether the worker has been too long at a text, or at one step of a batch."""
        at = self._board.read()
        loading = at.stage in {"", "load"}
        return monotonic() - max(at.since, self._given) > (max(limit, LOADING_SECONDS) if loading else limit)

    def guilty(self, left: list[Numbered]) -> Numbered | None:
        """Tell which text a death is due to: that of a job of one, or the one that was read alone or too slowly."""
        assert self.job
        if len(left) == 1:
            return left[0]
        if not (self.job.alone or self.too_slow):
            return None
        at = self._board.read().index
        return next((text for text in left if text.index == at), left[0] if self.job.alone else None)

    def error(self, text: Numbered) -> CoopexError:
        """Say why a text was not finished."""
        file, stage = text.item.path or text.item.doc_id, self.stage
        limits = self._setup.limits
        if self.too_slow:
            return TimedOut(file=file, cause=f"the text took longer than {limits.seconds:g} s", stage=stage)
        if self.process.returncode == OUT_OF_MEMORY:
            return OutOfMemory(file=file, cause=f"the text needed more than {limits.megabytes} MB", stage=stage)
        return WorkerDied(file=file, cause=f"the process that read the text ended ({self.death()})", stage=stage)

    def death(self) -> str:
        """Tell how the process ended: "SIGSEGV", "exit code 1: ImportError: …"."""
        code = self.process.returncode
        if code is not None and code < 0:
            return signal.Signals(-code).name
        self._stderr.seek(0)
        last = self._stderr.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"exit code {code}" + (f": {last}" if last else "")

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._inbox.put(None)
        self.process.kill()
        self.process.wait()

    def clean_up(self) -> None:
        """Let go of the files of a process that is dead."""
        self._board.close()
        self._stderr.close()
        self._page.unlink(missing_ok=True)

    def _converse(self) -> None:
        """Pass jobs to the process and what it answers to the pool, until one of them ends."""
        streams = self.process
        channel = Channel(cast("IO[bytes]", streams.stdout), cast("IO[bytes]", streams.stdin))
        try:
            channel.send(self._setup)
            while (job := self._inbox.get()) is not None:
                channel.send(job)
                while not isinstance(message := channel.receive(), Finished):
                    self._events.put((self, message))
                self._events.put((self, message))
        except (EOFError, OSError, ValueError):
            self.process.wait()
        self._events.put((self, _Died()))
