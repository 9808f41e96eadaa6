"""Whole runs with worker processes: what a text does costs only itself, and no accident loses what is done."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import fakes
from coopex.errors import ExportFailed, MissingModel, NotARun, RunLocked, WorkerDied
from coopex.running import Limits, Plan, Report, RunSettings, Shard, protocol, run
from coopex.running.folder import WorkFolder
from coopex.running.merge import merge
from coopex.running.status import status_of

KILLS = 30
RESULTS = ("documents.jsonl", "errors.jsonl", "visits.csv", "agreements.csv", "technologies.csv")


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "Fake")


def use(monkeypatch: pytest.MonkeyPatch, extractor: str) -> None:
    """Let an extractor of `fakes` do the work of the workers."""
    monkeypatch.setattr(protocol, "EXTRACTOR", f"fakes:{extractor}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((fakes.HERE, os.environ.get("PYTHONPATH", ""))))


def write(folder: Path, *texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"t{number:04}.txt").write_text(text, "utf-8")
    return folder


def results(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in RESULTS}


def errors(out: Path) -> dict[str, dict[str, str]]:
    lines = (out / "errors.jsonl").read_text("utf-8").splitlines()
    return {error["doc_id"]: error for error in map(json.loads, lines)}


def done(out: Path) -> list[str]:
    return [json.loads(line)["doc_id"] for line in (out / "documents.jsonl").read_text("utf-8").splitlines()]


# --- a text costs only itself --------------------------------------------------------------------


def test_each_way_to_fail_is_told_and_costs_only_itself(tmp_path: Path) -> None:
    texts = write(tmp_path / "in", "one", "bad", "two", "die", "three", "hang", "greedy", "four", "  ")
    out = tmp_path / "out"
    report = run([texts], out, plan=Plan(jobs=2, limits=Limits(seconds=1.0, megabytes=700)))
    assert done(out) == ["t0000", "t0002", "t0004", "t0007"]
    told = {doc_id: (error["error"], error["stage"]) for doc_id, error in errors(out).items()}
    assert told == {
        "t0001": ("AnnotationFailed", "resolve"),
        "t0003": ("WorkerDied", "resolve"),
        "t0005": ("TimedOut", "resolve"),
        "t0006": ("OutOfMemory", "resolve"),
        "t0008": ("EmptyText", "read"),
    }
    assert "SIGSEGV" in errors(out)["t0003"]["cause"]
    assert all(error["remedy"] and error["file"] for error in errors(out).values())
    assert (report.state.done, report.state.failed) == (9, 5)


def test_a_batch_that_kills_its_worker_is_read_text_by_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "BadBatches")
    run([write(tmp_path / "in", "one", "two", "die")], tmp_path / "out", plan=Plan(jobs=1))
    assert done(tmp_path / "out") == ["t0000", "t0001"]
    assert list(errors(tmp_path / "out")) == ["t0002"]


def test_workers_that_cannot_start_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "Missing")
    with pytest.raises(WorkerDied, match="Missing"):
        run([write(tmp_path / "in", "one")], tmp_path / "out")


def test_a_missing_model_ends_the_run_and_keeps_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = write(tmp_path / "in", *["The rector visited Harbin."] * 40)
    monkeypatch.setattr(protocol, "EXTRACTOR", "coopex.pipeline:Extractor")
    with pytest.raises(MissingModel, match="not installed"):
        run([texts], tmp_path / "out", RunSettings(lang="en", en_ner="none"))
    assert [found.standing for found in status_of(tmp_path / "out")] == ["broken off"]


# --- what is the same ----------------------------------------------------------------------------


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Texts for four batches, some of which fail or repeat another."""
    bodies = ["bad" if n % 17 == 5 else f"news of day {n % 90}" for n in range(100)]
    return write(tmp_path / "in", *bodies)


@pytest.fixture
def expected(mixed: Path, tmp_path: Path) -> dict[str, bytes]:
    run([mixed], tmp_path / "whole", plan=Plan(jobs=1))
    return results(tmp_path / "whole")


def test_any_number_of_jobs_gives_the_same_bytes(mixed: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    run([mixed], tmp_path / "out", plan=Plan(jobs=3))
    assert results(tmp_path / "out") == expected
    assert b'"duplicate_of":"t0001"' in expected["documents.jsonl"]


def test_shards_merged_are_the_whole(mixed: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (1, 2, 3):
        if number == 3:
            with pytest.raises(NotARun, match="3/3"):
                merge(out)
        run([mixed], out, plan=Plan(jobs=1, shard=Shard(number, 3)))
    assert {found.standing for found in status_of(out)} == {"done, to be merged"}
    state, summary = merge(out)
    assert results(out) == expected
    assert (state.done, summary.texts) == (100, 100)
    assert [found.standing for found in status_of(out)] == ["finished"]


def test_parts_that_do_not_belong_together_are_not_merged(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([mixed], out, plan=Plan(jobs=1, shard=Shard(1, 2)))
    run([mixed], out, RunSettings(lang="en"), Plan(jobs=1, shard=Shard(2, 2)))
    with pytest.raises(NotARun, match="different versions, settings or inputs"):
        merge(out)
    run([mixed], out, plan=Plan(jobs=1, shard=Shard(1, 3)))
    with pytest.raises(NotARun, match="parts of 2 and of 3"):
        merge(out)


def test_copies_that_are_skipped_are_linked_too(mixed: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    report = run([mixed], tmp_path / "out", RunSettings(duplicates="skip"), Plan(jobs=2))
    assert report.summary
    lines = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()]
    linked = {line["doc_id"]: line["duplicate_of"] for line in lines if line["duplicate_of"]}
    before = [json.loads(line) for line in expected["documents.jsonl"].decode().splitlines()]
    assert linked == {line["doc_id"]: line["duplicate_of"] for line in before if line["duplicate_of"]}
    assert all(not line["visits"] and line["warnings"] for line in lines if line["duplicate_of"])


# --- accidents -----------------------------------------------------------------------------------


def start(texts: Path, out: Path) -> subprocess.Popen[bytes]:
    code = (
        "import sys; from pathlib import Path; from coopex.running import Plan, protocol, run;"
        "protocol.EXTRACTOR = 'fakes:Slow';"
        "run([sys.argv[1]], Path(sys.argv[2]), plan=Plan(jobs=2))"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(texts), str(out)], stderr=subprocess.DEVNULL)


def test_a_run_that_is_killed_again_and_again_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill the run at random moments, from its first breath to the writing of the results; then let it end."""
    texts = write(tmp_path / "in", *("bad" if n % 40 == 7 else f"news {n}" for n in range(600)))
    use(monkeypatch, "Slow")
    run([texts], tmp_path / "whole", plan=Plan(jobs=2))
    out, chance, killed = tmp_path / "out", random.Random(1), 0
    while killed < KILLS:
        process = start(texts, out)
        time.sleep(chance.uniform(0.0, 2.5))
        if process.poll() is None:
            process.kill()
            killed += 1
        elif killed < KILLS:  # it got to the end: begin a new run
            assert results(out) == results(tmp_path / "whole")
        process.wait()
    report = run([texts], out, plan=Plan(jobs=2))
    assert results(out) == results(tmp_path / "whole")
    assert report.state.done == 600


def test_a_line_that_was_cut_short_is_read_again(mixed: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([mixed], out, plan=Plan(jobs=1, shard=Shard(1, 1)))
    run([mixed], out, plan=Plan(jobs=1, shard=Shard(1, 2)))
    (part,) = (out / ".coopex" / "run-1-of-2" / "parts").glob("*.part")
    whole = part.read_bytes()
    part.write_bytes(whole[: len(whole) // 2] + b"\x00rubbish")
    report = run([mixed], out, plan=Plan(jobs=1, shard=Shard(1, 2)))
    assert 0 < report.state.reused < report.state.done
    run([mixed], out, plan=Plan(jobs=1, shard=Shard(2, 2)))
    merge(out)
    assert results(out) == expected


@pytest.fixture
def half(mixed: Path, tmp_path: Path) -> Path:
    """An output folder with an unfinished run: its first part of two is done."""
    run([mixed], tmp_path / "out", plan=Plan(jobs=1, shard=Shard(1, 2)))
    return tmp_path / "out"


def again(mixed: Path, out: Path, settings: RunSettings | None = None, *, resume: bool = True) -> Report:
    return run([mixed], out, settings, Plan(jobs=1, shard=Shard(1, 2), resume=resume))


def test_what_is_done_is_not_done_again(mixed: Path, half: Path) -> None:
    assert (again(mixed, half).state.reused, again(mixed, half, resume=False).state.reused) == (64, 0)


def test_a_text_that_the_part_files_lack_is_noticed(mixed: Path, half: Path) -> None:
    run([mixed], half, plan=Plan(jobs=1, shard=Shard(2, 2)))
    (part,) = (half / ".coopex" / "run-1-of-2" / "parts").glob("*.part")
    lines = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:5] + lines[6:]))
    with pytest.raises(ExportFailed, match="lack the text number 6 of 100"):
        merge(half)
    assert not (half / "documents.jsonl").exists()


def test_what_a_killed_run_left_half_written_is_removed(mixed: Path, tmp_path: Path) -> None:
    out = write(tmp_path / "out")
    (out / ".documents.jsonl.abc.tmp").write_text("{", "utf-8")
    (out / "notes.tmp").write_text("of the user", "utf-8")
    run([mixed], out, plan=Plan(jobs=1))
    assert sorted(path.name for path in out.glob("*.tmp")) == ["notes.tmp"]
    assert not list(out.glob(".*.tmp"))


def test_a_changed_text_is_read_again(mixed: Path, half: Path) -> None:
    (mixed / "t0003.txt").write_text("other news", "utf-8")
    assert again(mixed, half).state.reused == 32


def test_other_settings_begin_anew(mixed: Path, half: Path) -> None:
    assert again(mixed, half, RunSettings(lang="en")).state.reused == 0


def test_a_second_run_on_the_same_folder_is_refused(mixed: Path, tmp_path: Path) -> None:
    with WorkFolder(tmp_path / "out"), pytest.raises(RunLocked, match="another run"):
        run([mixed], tmp_path / "out")


def test_status_tells_running_broken_off_and_nothing(mixed: Path, half: Path, tmp_path: Path) -> None:
    state = half / ".coopex" / "run-1-of-2" / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text("utf-8")) | {"finished": False}), "utf-8")
    assert [(found.standing, found.state.done) for found in status_of(half)] == [("broken off", 64)]
    with WorkFolder(half, Shard(1, 2)):
        assert status_of(half)[0].standing == "running"
        assert status_of(half)[0].told().startswith("part 1/2, running: 64 of 64 texts")
    with pytest.raises(NotARun):
        status_of(tmp_path / "nowhere")


def test_documents_are_handed_on_in_the_order_of_the_inputs(mixed: Path, expected: dict[str, bytes]) -> None:
    lines: list[str] = []
    run([mixed], None, plan=Plan(jobs=3), emit=lines.append)
    assert "".join(f"{line}\n" for line in lines).encode() == expected["documents.jsonl"]


def test_the_output_folder_is_not_read_as_input(mixed: Path) -> None:
    out = mixed / "results"
    first = run([mixed], out, plan=Plan(jobs=1))
    assert run([mixed], out, plan=Plan(jobs=1)).state.done == first.state.done == 100
