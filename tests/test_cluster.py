"""A run on a Dask cluster: a scheduler and two workers of this machine, one of which is killed in the middle."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from coopex.errors import ClusterFailed
from coopex.running import Plan, Shard, cluster, run
from test_running import errors, results, use, write

pytest.importorskip("distributed")
START_SECONDS = 60


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Address of a scheduler, running until the test is over."""
    where = tmp_path / "scheduler.json"
    process = _dask("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", where)
    try:
        yield _address(where)
    finally:
        process.kill()
        process.wait()


def _address(where: Path) -> str:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if where.exists() and where.stat().st_size:
            return str(json.loads(where.read_text("utf-8"))["address"])
        time.sleep(0.1)
    raise TimeoutError("no scheduler")


def _dask(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def workers(scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers that read with the slow extractor, without a nanny that would start them again."""
    use(monkeypatch, "Slow")
    found = [
        _dask("worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", folder)
        for folder in (tmp_path / "one", tmp_path / "two")
    ]
    yield found
    for process in found:
        process.kill()
        process.wait()


def test_a_worker_that_is_killed_loses_nothing(
    scheduler: str, workers: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PORTION", 1)
    texts = write(tmp_path / "in", *("bad" if n % 40 == 7 else f"news {n}" for n in range(800)))
    run([texts], tmp_path / "whole", plan=Plan(jobs=2))
    parts = tmp_path / "out" / ".coopex" / "run-1-of-1" / "parts"
    killed: list[int] = []

    def kill_one() -> None:
        while not killed:
            if len(list(parts.glob("*.part"))) >= 4:
                workers[0].kill()
                killed.append(len(list(parts.glob("*.part"))))
            time.sleep(0.02)

    killer = Thread(target=kill_one, daemon=True)
    killer.start()
    report = run([texts], tmp_path / "out", plan=Plan(scheduler=scheduler))
    killer.join(timeout=5)
    assert killed[0] < 800 / 32, "the run was over before a worker was killed"
    assert results(tmp_path / "out") == results(tmp_path / "whole")
    assert (report.state.done, report.state.failed) == (800, len(errors(tmp_path / "out")))


def test_a_cluster_goes_on_where_this_machine_stopped(
    scheduler: str, workers: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    texts = write(tmp_path / "in", *(f"news {n}" for n in range(100)))
    run([texts], tmp_path / "whole", plan=Plan(jobs=1))
    out = tmp_path / "out"
    run([texts], out, plan=Plan(jobs=1, shard=Shard(1, 2)))
    (out / ".coopex" / "run-1-of-2").rename(out / ".coopex" / "run-1-of-1")
    report = run([texts], out, plan=Plan(scheduler=scheduler))
    assert results(out) == results(tmp_path / "whole")
    assert (report.state.reused, report.state.done) == (64, 100)


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterFailed, match="cannot be reached"):
        run([write(tmp_path / "in", "news")], tmp_path / "out", plan=Plan(scheduler="tcp://127.0.0.1:9"))
