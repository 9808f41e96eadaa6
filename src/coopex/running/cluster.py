"""Workers of a Dask cluster: each writes the part files of the texts it read into the shared output folder.

Only names and counts go through the scheduler. A portion that is lost with its worker is read again by another;
its part file appears whole or not at all. All machines must see the inputs and the output folder under the same
paths. In each Dask worker a worker process of ours does the reading, so that a text that crashes it, hangs or
takes all memory costs only itself there too.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from coopex.errors import ClusterFailed, CoopexError
from coopex.running.outcome import Outcome
from coopex.running.parts import PartFile
from coopex.running.pool import Pool
from coopex.running.protocol import Job, JobDone, PartWritten, Setup

PORTION = 8
"""Batches of a task: 256 texts are some 10 s of work, against which the 10 ms of Dask for a task are nothing."""

RETRIES = 2
AHEAD = 3
"""Tasks handed out for each thread of the cluster: one at work, and enough waiting that none runs dry."""

CONNECT_SECONDS = 30
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://\S+$")


class Cluster:
    """The workers behind a Dask scheduler, such as "tcp://host:8786".

    Raises `ClusterFailed` when it cannot be reached, or when a portion failed on every worker that tried.
    """

    def __init__(self, address: str, setup: Setup) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterFailed(
                cause="Dask is not installed", remedy="Install it: pip install 'coopex[cluster]'."
            ) from error
        if not _ADDRESS.match(address):
            raise ClusterFailed(
                file=address, cause="this is no address of a scheduler", remedy="Write it like tcp://host:8786."
            )
        self._setup = setup
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterFailed(file=address, cause=f"the scheduler cannot be reached ({error})") from error

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()

    def run(self, jobs: Iterable[Job], folder: Path) -> Iterator[PartWritten | JobDone]:
        """Yield each part file that a worker has written into `folder`, and the jobs in it."""
        from distributed import as_completed

        waiting = portions(jobs)
        first = [self._submit(each, folder) for each in islice(waiting, self._room())]
        running = as_completed(first, loop=self._client.loop)
        for future in running:
            try:
                written, done = future.result()
            except CoopexError:
                raise
            except Exception as error:
                raise ClusterFailed(cause=" ".join(f"{type(error).__name__}: {error}".split())) from error
            yield written
            yield from done
            future.release()
            running.update([self._submit(each, folder) for each in islice(waiting, 1)])

    def _submit(self, jobs: tuple[Job, ...], folder: Path) -> Any:
        return self._client.submit(do_portion, self._setup, jobs, folder.absolute(), retries=RETRIES, pure=False)

    def _room(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(1, sum(threads.values()))


def portions(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    """Put jobs together into tasks."""
    remaining = iter(jobs)
    while portion := tuple(islice(remaining, PORTION)):
        yield portion


def do_portion(setup: Setup, jobs: tuple[Job, ...], folder: Path) -> tuple[PartWritten, list[JobDone]]:
    """Do jobs on the machine of a Dask worker; the part file is named after their first text."""
    path = folder / f"c{jobs[0].texts[0].index:012d}.part"
    unfinished = folder / f".{path.name}.{uuid4().hex}.tmp"
    part, texts, failed, done = PartFile(unfinished), 0, 0, []
    try:
        for event in _pool(setup).run(jobs):
            if isinstance(event, Outcome):
                part.append(event)
                texts, failed = texts + 1, failed + event.failed
            else:
                done.append(event)
        part.close()
        unfinished.replace(path)
    except BaseException:
        _drop_pool()
        raise
    finally:
        part.close()
        unfinished.unlink(missing_ok=True)
    return PartWritten(path, texts, failed), done


_here = threading.local()
"""Each thread of a Dask worker keeps a worker process, with its models, from task to task."""


def _pool(setup: Setup) -> Pool:
    known: tuple[Setup, Pool] | None = getattr(_here, "pool", None)
    if known is None or known[0] != setup:
        _drop_pool()
        known = _here.pool = (setup, Pool(setup))
    return known[1]


def _drop_pool() -> None:
    known: tuple[Setup, Pool] | None = getattr(_here, "pool", None)
    _here.pool = None
    if known:
        known[1].close()
