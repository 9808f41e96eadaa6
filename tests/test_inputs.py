"""What there is to read: folders, links, patterns, ids, sizes, and forms told by name or by content."""

from __future__ import annotations

import io
import os
import pickle
import sys
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopex.errors import BadConfiguration, BinaryInput, NoInput, OutsideLink, TooLarge
from coopex.reading import Article, BadInput, Input, ReadOptions, find_inputs, read_input, read_paths
from coopex.reading.forms import form_of_bytes, form_of_name, stem_of
from coopex.reading.ids import Ids, printable, safe_id
from files import ENGLISH, RUSSIAN, docx, html, paragraph, pdf, tarred, warc, zipped

TEXT = "\n\n".join(ENGLISH)


def put(folder: Path, *names: str, text: str = TEXT) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def names(*paths: Path, **options: Any) -> list[str]:
    """The ids of what is found."""
    return [found.doc_id for found in find_inputs(paths, ReadOptions(**options))]


def read(path: Path, **options: Any) -> Article:
    [article] = read_paths([path], options=ReadOptions(**options))
    assert isinstance(article, Article), article
    return article


def error(path: Path, **options: Any) -> BadInput:
    [bad] = read_paths([path], options=ReadOptions(**options))
    assert isinstance(bad, BadInput), bad
    assert bad.error.file
    assert bad.error.cause
    assert bad.error.remedy
    return bad


# --- folders -----------------------------------------------------------------------------------


def test_a_folder_gives_every_known_form_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.html", "a.txt", "c.HTM", "d.md", "e.png", "f.pdf", ".g.txt", ".h/i.txt")
    assert names(tmp_path) == ["z", "a", "b", "c", "f"]
    assert names(tmp_path, recursive=False) == ["a", "b", "c", "f"]


@pytest.mark.parametrize(
    ("globs", "found"),
    [
        (("*.md",), ["d"]),
        (("*.txt",), ["a", "b", "c"]),
        (("2019/*.txt",), ["b"]),
        (("2019/**/*.txt",), ["b", "c"]),
        (("2019/**",), ["b", "c", "d"]),
        (("**/[bc].txt",), ["b", "c"]),
        (("[!b].txt",), ["a", "c"]),
        (("?.TXT", "*.md"), ["a", "b", "c", "d"]),
        (("./2019/05/*",), ["c", "d"]),
        (("x.*",), []),
        (("*(1).txt",), []),
    ],
)
def test_patterns_are_of_paths_relative_to_the_folder(globs: tuple[str, ...], found: list[str], tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "2019/b.txt", "2019/05/c.txt", "2019/05/d.md")
    assert sorted(names(tmp_path, glob=globs)) == (found or [tmp_path.name])


def test_folders_of_earlier_results_are_not_entered(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "out/documents.jsonl", "out/sub/b.txt")
    assert names(tmp_path, exclude=(str(tmp_path / "out"),)) == ["a"]
    assert names(tmp_path / "out" / "sub", exclude=(str(tmp_path / "out" / "sub"),)) == ["b"]


def test_a_folder_without_known_files_says_what_is_wanted(tmp_path: Path) -> None:
    bad = error(put(tmp_path, "a.md"))
    assert isinstance(bad.error, NoInput)
    assert "--glob" in str(bad.error)


def test_links_stay_in_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "news/a.txt", "news/sub/b.txt", "other/c.txt", "other/d.md")
    news = tmp_path / "news"
    (news / "inside.txt").symlink_to("sub/b.txt")
    (news / "outside.txt").symlink_to(tmp_path / "other" / "c.txt")
    (news / "outside.md").symlink_to(tmp_path / "other" / "d.md")
    (news / "folder").symlink_to(tmp_path / "other")
    (news / "sub" / "loop").symlink_to(news)
    (news / "nowhere.txt").symlink_to("missing.txt")
    found = {each.doc_id: each for each in find_inputs([news])}
    assert sorted(found) == ["a", "b", "folder", "inside", "outside"]
    assert {name for name, each in found.items() if isinstance(each, BadInput)} == {"folder", "outside"}
    assert isinstance(found["outside"], BadInput)
    assert isinstance(found["outside"].error, OutsideLink)


def test_a_link_that_is_given_itself_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "news/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "news")
    assert names(tmp_path / "link") == ["a"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(put(tmp_path, "a.txt") / "pipe.txt")
    assert names(tmp_path) == ["a"]


def test_listing_reads_no_file_and_does_not_wait_for_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "1/a.txt", "2/b.html", "3/c.pdf", "4/d.docx")
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("a file was opened"))
    scanned: list[str] = []
    scandir = os.scandir

    def noted(folder: Any) -> Any:
        scanned.append(Path(folder).name)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", noted)
    assert [each.doc_id for each in islice(find_inputs([tmp_path]), 2)] == ["a", "b"]
    assert scanned == [tmp_path.name, "1", "2"]


def test_an_input_can_be_sent_to_another_process_and_is_small(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", text=TEXT * 10_000) / "a.txt"
    [item] = find_inputs([path])
    sent = pickle.dumps(item)
    assert len(sent) < 500 + len(str(path))
    assert pickle.loads(sent) == item
    assert isinstance(item, Input)
    assert item.sha256() == read(path).sha256


def test_what_is_no_file_has_no_digest(tmp_path: Path) -> None:
    assert Input("a", str(tmp_path)).sha256() is None
    assert Input("a", str(tmp_path / "none.txt")).sha256() is None
    assert Input("a", "a\0b.txt").sha256() is None


def test_fields_count_in_the_digest() -> None:
    one, other = (Input("a", "r.csv:2", "row", b"x", {"published": day}) for day in ("2018-08-21", "2018-08-22"))
    assert one.sha256() != other.sha256()
    article = read_input(Input("a", "r.csv:2", "row", b"x", {"published": "2018-08-21"}))
    assert isinstance(article, Article)
    assert article.sha256 == one.sha256()


# --- ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a", "a"),
        ("Визит в Дубну", "Визит в Дубну"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b\nc\0d", "a_b_c_d"),
        ("a\u202eb\ud800", "a_b_"),
        ("..", "text"),
        ("", "text"),
        ("x" * 500, "x" * 120),
    ],
)
def test_ids_are_safe(name: str, safe: str) -> None:
    assert safe_id(name) == safe


def test_ids_are_given_once() -> None:
    ids = Ids()
    assert [ids.free(name) for name in ("a", "a-2", "a", "a", "b", "a-2")] == ["a", "a-2", "a-3", "a-4", "b", "a-2-2"]


def test_many_equal_names_are_numbered_quickly() -> None:
    ids = Ids()
    assert [ids.free("index") for _ in range(50_000)][-1] == "index-50000"


@given(st.lists(st.text(max_size=4), max_size=30))
def test_ids_differ_whatever_the_names(given_names: list[str]) -> None:
    ids = Ids()
    free = [ids.free(name) for name in given_names]
    assert len(set(free)) == len(free)
    assert all(each.encode() and not set(each) & set("/\\\n\r\0\u2028\u202e") for each in free)


def test_a_name_that_is_not_utf8_can_be_read_and_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    article = read(Path(os.fsdecode(path)))
    assert (article.doc_id, article.path) == ("caf_", f"{tmp_path}/caf\\xe9.txt")
    assert printable("a\ud800") == "a\\ud800"


# --- forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form", "stem"),
    [
        ("a.txt", "text", "a"),
        ("A.HTM", "html", "A"),
        ("x/y/news.tar.gz", "tar", "news"),
        ("c:\\crawl.warc.gz", "warc", "crawl"),
        ("rows.tsv", "csv", "rows"),
        ("news.item.txt", "text", "news.item"),
        ("a.md", None, "a"),
        ("README", None, "README"),
        (".txt", "text", ""),
    ],
)
def test_forms_by_name(name: str, form: str | None, stem: str) -> None:
    assert (form_of_name(name), stem_of(name)) == (form, stem)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\xef\xbb\xbf \n<!doctype HTML>", "html"),
        (b"<?xml version='1.0'?>\n<!-- saved from x -->\n<html lang=ru>", "html"),
        (b"<htmlx>", None),
        (b"He wrote <html> by hand.", None),
        (b"WARC/1.0\r\n", "warc"),
        (tarred({"a.txt": "x"})[:1024], "tar"),
        (zipped({"a.txt": "x"}), "zip"),
        (zipped({}), "zip"),
        ("Делегация".encode(), None),
        (b"", None),
    ],
)
def test_forms_by_content(head: bytes, form: str | None) -> None:
    assert form_of_bytes(head) == form


@pytest.mark.parametrize(
    "name", ["a", "a.txt", "a.pdf", "a.html", "a.docx", "a.zip", "a.tar", "a.csv", "a.jsonl", "a.dat"]
)
@pytest.mark.parametrize("form", ["html", "pdf", "docx", "zip", "tar", "warc"])
def test_content_counts_where_the_name_lies(name: str, form: str, tmp_path: Path) -> None:
    data = {
        "html": html(ENGLISH).encode(),
        "pdf": pdf(ENGLISH),
        "docx": docx("".join(map(paragraph, ENGLISH))),
        "zip": zipped({"x.txt": TEXT}),
        "tar": tarred({"x.txt": TEXT}, packed=True),
        "warc": warc({"https://e.example/": html(ENGLISH).encode()}),
    }[form]
    path = tmp_path / name
    path.write_bytes(data)
    [found] = read_paths([path])
    # a container under the name of one text is noticed only where the text is read
    if form in ("zip", "tar", "warc") and form_of_name(name) in ("text", "pdf", "html", "docx"):
        assert isinstance(found, BadInput)
        assert isinstance(found.error, BinaryInput)
    elif (form, name) == ("docx", "a.zip"):
        assert isinstance(found, BadInput)
    else:
        assert isinstance(found, Article), found
        assert ENGLISH[1] in " ".join(found.text.split())


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx", "a.zip", "a.tar.gz", "a.warc"])
def test_plain_text_under_another_name_is_plain_text(name: str, tmp_path: Path) -> None:
    assert read(put(tmp_path, name, text=RUSSIAN[0]) / name).text == RUSSIAN[0]


def test_other_office_documents_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}))
    assert isinstance(error(path).error, BinaryInput)


# --- sizes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx", "a.jsonl", "a.csv"])
def test_a_long_line_is_an_error_and_fills_no_memory(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"text\n" if name == "a.csv" else b"")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    bad = error(path, max_size=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(bad.error, TooLarge)
    assert "1 MB" in str(bad.error)
    assert "--max-size" in str(bad.error)
    assert peak < 8_000_000


def test_a_text_of_just_the_size_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt") / "a.txt"
    assert read(path, max_size=len(TEXT)).text == TEXT
    assert isinstance(error(path, max_size=len(TEXT) - 1).error, TooLarge)


def test_standard_input_is_limited_and_read_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_bytes(data: bytes) -> Article | BadInput:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        [found] = read_paths(["-"], options=ReadOptions(max_size=5_000))
        return found

    page = given_bytes(html(ENGLISH).encode())
    assert isinstance(page, Article)
    assert page.text.endswith(ENGLISH[2])
    assert page.store_text
    large = given_bytes(b"x" * 6_000)
    assert isinstance(large, BadInput)
    assert isinstance(large.error, TooLarge)


def test_columns_that_are_not_read_cannot_be_named() -> None:
    with pytest.raises(BadConfiguration, match="body"):
        ReadOptions(columns={"body": "text"})


# --- storing texts -----------------------------------------------------------------------------


def test_texts_are_stored_where_no_plain_file_holds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.html", text=html(ENGLISH))
    (tmp_path / "c.pdf").write_bytes(pdf(ENGLISH))
    (tmp_path / "d.docx").write_bytes(docx(paragraph(ENGLISH[0])))
    put(tmp_path, "e.jsonl", text='{"text": "A visit."}')
    (tmp_path / "f.zip").write_bytes(zipped({"g.txt": TEXT}))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    def stored(**options: Any) -> dict[str, bool]:
        found = read_paths([tmp_path, *(["-"] if not options else [])], options=ReadOptions(**options))
        return {each.doc_id: each.store_text for each in found if isinstance(each, Article)}

    assert stored() == {"a": False, "b": True, "c": True, "d": True, "e-1": True, "g": True, "stdin": False}
    assert set(stored(store_text=True).values()) == {True}
    assert set(stored(store_text=False).values()) == {False}


# --- wild bytes --------------------------------------------------------------------------------

WHOLE = {
    "a.txt": TEXT.encode(),
    "a.html": html().encode("cp1251"),
    "a.pdf": pdf(RUSSIAN),
    "a.docx": docx(paragraph(RUSSIAN[0])),
    "a.jsonl": b'{"id": "x", "text": "A visit.", "published": "2018-08-21"}\n{"text": 7}\n',
    "a.csv": b'id;text;title\n1;"A\nvisit";x\n2;b;c\n',
    "a.zip": zipped({"b.txt": TEXT, "c.html": html(), "d.csv": "text\nx\n"}),
    "a.tar": tarred({"b.txt": TEXT, "c.html": html()}),
    "a.tgz": tarred({"b.txt": TEXT, "c.jsonl": '{"text": "x"}'}, packed=True),
    "a.warc.gz": warc({"https://e.example/1": html().encode(), "https://e.example/2": b"<p>x"}),
}


def _changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of some form with pieces cut out, doubled or overwritten."""
    name = draw(st.sampled_from(sorted(WHOLE)))
    data = bytearray(WHOLE[name])
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = start + draw(st.integers(0, 40))
        data[start:stop] = draw(st.binary(max_size=40) | st.just(bytes(data[start:stop]) * 2))
    return name, bytes(data)


def _all_of(path: Path) -> Iterator[Article | BadInput]:
    found = list(read_paths([path], options=ReadOptions(max_size=100_000)))
    assert found
    for each in found:
        if isinstance(each, Article):
            each.text.encode()
            each.doc_id.encode()
        else:
            str(each.error).encode()
            assert each.error.stage == "read"
        yield each


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.composite(_changed)())
def test_damaged_files_give_articles_or_errors(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    ids = [each.doc_id for each in _all_of(path)]
    assert len(set(ids)) == len(ids)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(WHOLE)), st.binary(max_size=400))
def test_any_bytes_under_any_name_give_articles_or_errors(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert list(_all_of(path))
