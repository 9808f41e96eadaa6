from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopex.errors import AnnotationFailed, ExportFailed
from coopex.export import FORMATS, Results, Summary, render
from coopex.export.atomic import AtomicFile
from coopex.export.rows import KINDS, RecordKind, columns, rows_of
from coopex.export.tables import cell_text
from coopex.records import Document
from samples import document


def write(folder: Path, *outcomes: Document | AnnotationFailed) -> None:
    with Results(folder) as results:
        for outcome in outcomes:
            results.take(outcome)
        results.describe({"texts": len(outcomes)})


def break_off(folder: Path) -> None:
    with Results(folder) as results:
        results.take(document("later"))
        raise KeyboardInterrupt


def read_table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def test_a_run_writes_documents_tables_errors_and_an_account(tmp_path: Path) -> None:
    write(tmp_path / "new" / "folder", document())
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    tables = {"visits.csv", "agreements.csv", "technologies.csv"}
    assert names == {"documents.jsonl", *tables, "errors.jsonl", "run.json"}


def test_documents_are_lines_that_read_back(tmp_path: Path) -> None:
    write(tmp_path, document("a"), document("b"))
    lines = (tmp_path / "documents.jsonl").read_text("utf-8").splitlines()
    assert [Document.model_validate_json(line) for line in lines] == [document("a"), document("b")]


def test_documents_are_the_same_bytes_in_every_run(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write(tmp_path / name, document())
    first, second = ((tmp_path / name / "documents.jsonl").read_bytes() for name in ("first", "second"))
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_its_header_also_without_rows(tmp_path: Path, kind: str) -> None:
    write(tmp_path, Document(doc_id="empty"))
    header, *rows = (tmp_path / f"{kind}.csv").read_text("utf-8-sig").splitlines()
    assert header.startswith("doc_id,language,published,title,path,duplicate_of,id,")
    assert rows == []


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_the_keys_of_the_rows(kind: RecordKind) -> None:
    (row,) = rows_of(document(), kind)
    assert set(row) == set(columns(kind))


def test_tables_open_in_a_spreadsheet(tmp_path: Path) -> None:
    write(tmp_path, document())
    assert (tmp_path / "agreements.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = read_table(tmp_path / "agreements.csv")
    assert row["parties"] == "Harbin; Harbin University"
    assert row["title"] == "'=Ivanov in Harbin"
    assert row["date_start"] == "2018-08-21"
    assert row["status_cue"] == "signed"
    assert row["confidence"] == "0.8"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (("a", "b"), "a; b"),
        ((), ""),
        (0.5, "0.5"),
        ("=1+1", "'=1+1"),
        ("+7 495", "'+7 495"),
        ("-5 %", "'-5 %"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (("=1", "b"), "'=1; b"),
        ("a=1", "a=1"),
    ],
)
def test_cells(cell: str | float | tuple[str, ...] | None, text: str) -> None:
    assert cell_text(cell) == text


def test_failed_texts_are_noted(tmp_path: Path) -> None:
    write(tmp_path, AnnotationFailed(file="б.txt", cause="no tree"), document())
    (line,) = (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()
    error = json.loads(line)
    assert (error["error"], error["file"], error["cause"]) == ("AnnotationFailed", "б.txt", "no tree")
    assert len((tmp_path / "documents.jsonl").read_text("utf-8").splitlines()) == 1


def test_no_failures_leave_an_empty_file(tmp_path: Path) -> None:
    write(tmp_path, document())
    assert (tmp_path / "errors.jsonl").read_bytes() == b""


def test_only_the_formats_asked_for(tmp_path: Path) -> None:
    assert FORMATS == ("jsonl", "csv")
    with Results(tmp_path, ["csv"]) as results:
        results.take(document())
    assert "documents.jsonl" not in {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "visits.csv").exists()


def test_a_broken_run_leaves_earlier_results_alone(tmp_path: Path) -> None:
    write(tmp_path, document("earlier"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        break_off(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportFailed, match=r"file/out.*Not a directory"), Results(tmp_path / "file" / "out"):
        pytest.fail("the folder was opened")


def test_an_atomic_file_shows_nothing_until_committed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    out = AtomicFile(path)
    out.file.write("né\n")
    assert not path.exists()
    out.commit()
    out.discard()
    assert path.read_bytes() == "né\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_an_atomic_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    AtomicFile(tmp_path / "atomic").commit()
    assert (tmp_path / "atomic").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_summary_counts_by_status() -> None:
    summary = Summary()
    summary.add(render(document("a")).counts)
    summary.add(render(document("b")).counts, left_out=2)
    summary.fail()
    assert summary.to_dict() == {
        "texts": 3,
        "failed": 1,
        "records": {"visits": {"occurred": 2}, "agreements": {"signed": 2}, "technologies": {"topic": 2}},
        "left_out": 2,
    }
