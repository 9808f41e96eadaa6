from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopex.errors import BadConfiguration, EmptyText
from coopex.running import settings
from coopex.running.outcome import Outcome
from coopex.running.parts import Parts, decode, encode
from coopex.running.settings import WORKER_BYTES, RunSettings, Shard, default_jobs

names = st.text(st.characters(codec="utf-8"), min_size=1)
outcomes = st.builds(
    Outcome,
    index=st.integers(0, 10**6),
    doc_id=names,
    path=st.none() | names,
    sha256=st.none() | st.just("0" * 64),
    line=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"))),
    failed=st.booleans(),
    fingerprint=st.none() | st.just("a.b.c"),
    counts=st.dictionaries(names, st.dictionaries(names, st.integers(0, 9))),
    left_out=st.integers(0, 9),
    duplicate_of=st.none() | names,
    tables=st.dictionaries(names, st.lists(st.lists(names))),
)


@given(outcomes)
def test_what_is_written_reads_back(outcome: Outcome) -> None:
    assert decode(encode(outcome)) == outcome


@given(outcomes, st.data())
def test_a_line_that_was_cut_short_or_damaged_is_passed_over(outcome: Outcome, data: st.DataObject) -> None:
    line = encode(outcome)
    assert decode(line[: data.draw(st.integers(0, len(line) - 1))]) is None
    place = data.draw(st.integers(0, len(line) - 1))
    damaged = bytearray(line)
    damaged[place] ^= data.draw(st.integers(1, 255))
    assert decode(bytes(damaged)) is None


def outcome(index: int, doc_id: str = "a") -> Outcome:
    return Outcome(index, doc_id, f"{doc_id}.txt", "0" * 64, "{}")


def test_parts_of_several_runs_are_one_store_and_the_last_line_wins(tmp_path: Path) -> None:
    with Parts(tmp_path) as parts:
        parts.add(outcome(5, "five"))
        parts.add(outcome(0, "old"))
    (tmp_path / "000002.part").write_bytes(encode(outcome(1, "one")) + encode(outcome(2))[:-9])
    with Parts(tmp_path) as parts:
        parts.add(outcome(0, "new"))
        found = [parts.get(index) for index in range(7)]
        assert [each and each.doc_id for each in found] == ["new", "one", None, None, None, "five", None]
        assert (len(parts), 5 in parts, 3 in parts) == (3, True, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000001.part", "000002.part", "000003.part"]


def test_an_error_as_it_is_written() -> None:
    made = Outcome.of_error(3, "a", "a\udce9.txt", None, EmptyText(file="a\udce9.txt"))
    assert made.failed
    assert decode(encode(replace(made, path="a.txt"))) == replace(made, path="a.txt")
    assert made.line.startswith('{"doc_id": "a", "error": "EmptyText", "file": "a?.txt", "stage": "read"')


@pytest.mark.parametrize(("told", "number", "count"), [("1/1", 1, 1), ("2/8", 2, 8), ("8/8", 8, 8)])
def test_shards(told: str, number: int, count: int) -> None:
    shard = Shard.parse(told)
    assert (shard, str(shard)) == (Shard(number, count), told)
    assert [chunk for chunk in range(count * 2) if shard.has(chunk)] == [number - 1, number - 1 + count]


@pytest.mark.parametrize("told", ["", "1", "0/2", "3/2", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_shard(told: str) -> None:
    with pytest.raises(BadConfiguration, match="no part of a run"):
        Shard.parse(told)


def test_as_many_jobs_as_processors_but_not_more_than_memory_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    for memory, jobs in ((256 * WORKER_BYTES, 64), (8 * WORKER_BYTES, 8), (WORKER_BYTES // 2, 1)):
        monkeypatch.setattr(settings, "_memory", lambda memory=memory: memory)
        assert default_jobs() == jobs


def test_settings_that_change_records_change_the_fingerprint() -> None:
    assert RunSettings().fingerprint() == RunSettings().fingerprint()
    others = [RunSettings(lang="ru"), RunSettings(min_confidence=0.5), RunSettings(duplicates="ignore")]
    assert len({each.fingerprint() for each in [RunSettings(), *others]}) == 4
    with pytest.raises(BadConfiguration, match="duplicates"):
        RunSettings(duplicates="drop")  # type: ignore[arg-type]
