"""Texts in archives and tables: what is read, what each limit costs, and that the rest goes on."""

from __future__ import annotations

import builtins
import gzip
import io
import json
import struct
import tracemalloc
import zipfile
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from coopex.errors import (
    BadRow,
    BrokenFile,
    CoopexError,
    EmptyText,
    MissingExtra,
    NestedArchive,
    NoInput,
    PackedTooTightly,
    TooLarge,
)
from coopex.reading import Article, BadInput, ReadOptions, find_inputs, read_paths
from files import ENGLISH, RUSSIAN, docx, html, paragraph, pdf, tarred, warc, zipped

TEXT = "\n\n".join(ENGLISH)
Found = dict[str, Article | CoopexError]


def found_in(path: Path, data: bytes | str, **options: Any) -> Found:
    """Write the file, and give each text or error of it by its id."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(read_paths([path], options=ReadOptions(**options)))
    told = {each.doc_id: each if isinstance(each, Article) else each.error for each in found}
    assert len(told) == len(found)
    return told


def kinds(found: Found) -> dict[str, str]:
    return {name: type(each).__name__ for name, each in found.items()}


def article(found: Article | CoopexError) -> Article:
    assert isinstance(found, Article), found
    return found


# --- archives ----------------------------------------------------------------------------------

MEMBERS: dict[str, str | bytes] = {
    "b.txt": TEXT,
    "sub/a.html": html(ENGLISH),
    "sub/deep/c.pdf": pdf(ENGLISH),
    "d.docx": docx(paragraph(ENGLISH[0])),
    "rows.jsonl": '{"id": "x", "text": "A visit."}\n{"text": "A talk."}\n',
    "rows.csv": "text\nA trip.\n",
    "picture.png": b"\x89PNG",
    ".hidden.txt": TEXT,
    "__MACOSX/._b.txt": TEXT,
}


@pytest.mark.parametrize("name", ["news.zip", "news.tar", "news.tar.gz", "news.tgz"])
def test_archives_of_every_form(name: str, tmp_path: Path) -> None:
    data = zipped(MEMBERS) if name == "news.zip" else tarred(MEMBERS, packed=name.endswith("gz"))
    found = found_in(tmp_path / name, data)
    assert list(found) == ["b", "a", "c", "d", "x", "rows-2", "rows-2-2"]
    assert set(kinds(found).values()) == {"Article"}
    assert article(found["a"]).path == f"{tmp_path / name}!/sub/a.html"
    assert article(found["rows-2"]).path == f"{tmp_path / name}!/rows.jsonl:2"
    assert article(found["b"]).text == TEXT


@pytest.mark.parametrize("name", ["rows.jsonl.gz", "rows.csv.gz"])
def test_packed_tables(name: str, tmp_path: Path) -> None:
    plain = MEMBERS[name.removesuffix(".gz")]
    found = found_in(tmp_path / name, gzip.compress(plain.encode() if isinstance(plain, str) else plain))
    assert set(kinds(found).values()) == {"Article"}
    assert [article(item).text for item in found.values()][-1] in {"A talk.", "A trip."}


def test_a_packed_table_that_unpacks_to_too_much(tmp_path: Path) -> None:
    row = json.dumps({"text": "visit " * 1_000})
    found = found_in(tmp_path / "rows.jsonl.gz", gzip.compress(f"{row}\n".encode() * 4_000), max_ratio=10)
    assert kinds(found)["rows"] == "PackedTooTightly"
    assert len(found) < 4_000


def test_a_packed_table_in_an_archive_is_refused(tmp_path: Path) -> None:
    found = found_in(tmp_path / "n.zip", zipped({"rows.jsonl.gz": gzip.compress(b"{}"), "b.txt": TEXT}))
    assert kinds(found) == {"rows": "NestedArchive", "b": "Article"}


@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_names_that_climb_out_are_only_names(packed: str, tmp_path: Path) -> None:
    names = ("../../evil.txt", "/etc/absolute.txt", "..\\..\\windows.txt")
    members: dict[str, str | bytes] = dict.fromkeys(names, TEXT)
    work = tmp_path / "a" / "b"
    work.mkdir(parents=True)
    data = zipped(members) if packed == "zip" else tarred(members)
    assert list(found_in(work / f"n.{packed}", data)) == ["evil", "absolute", "windows"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", f"n.{packed}"]


def test_links_and_devices_in_archives_are_left_out(tmp_path: Path) -> None:
    import tarfile

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"{kind!r}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found = found_in(tmp_path / "n.tar", out.getvalue())
    assert kinds(found) == {"n": "NoInput"}


@pytest.mark.parametrize("inner", ["x.zip", "x.tar", "x.tgz"])
@pytest.mark.parametrize("outer", ["n.zip", "n.tar.gz"])
def test_an_archive_in_an_archive_is_refused_and_the_rest_is_read(inner: str, outer: str, tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {inner: zipped({"y.txt": "deep"}), "b.txt": TEXT}
    found = found_in(tmp_path / outer, zipped(members) if outer == "n.zip" else tarred(members, packed=True))
    assert kinds(found) == {"x": "NestedArchive", "b": "Article"}
    assert isinstance(found["x"], NestedArchive)
    assert f"{outer}!/{inner}" in str(found["x"])


@pytest.mark.parametrize("name", ["n.zip", "n.tgz"])
def test_a_member_that_is_too_large_costs_itself(name: str, tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"a.txt": TEXT * 100, "b.txt": TEXT}
    data = zipped(members) if name == "n.zip" else tarred(members, packed=True)
    assert kinds(found_in(tmp_path / name, data, max_size=1000)) == {"a": "TooLarge", "b": "Article"}


def test_a_bomb_in_a_zip_file_costs_itself(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"bomb.txt": b"0" * 30_000_000, "b.txt": TEXT}
    found = found_in(tmp_path / "n.zip", zipped(members), max_size=100_000_000)
    assert kinds(found) == {"bomb": "PackedTooTightly", "b": "Article"}
    assert "200 times" in str(found["bomb"])
    assert kinds(found_in(tmp_path / "n.zip", zipped(members), max_size=10**8, max_ratio=5000)) == {
        "bomb": "Article",
        "b": "Article",
    }


def test_a_bomb_in_a_tar_file_ends_it_before_it_unpacks(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"a.txt": TEXT, "bomb.png": b"0" * 30_000_000, "b.txt": TEXT}
    tracemalloc.start()
    data = tarred(members, packed=True)
    del members
    tracemalloc.reset_peak()
    found = found_in(tmp_path / "n.tgz", data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kinds(found) == {"a": "Article", "n": "PackedTooTightly"}
    assert peak < 10_000_000


def test_members_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    """Each member of a zip file is within its limits, and all of them point at the same bytes."""
    name, text = b"a.txt", b"A visit. " * 20_000
    one = zipped({"a.txt": text})
    entry_at = one.index(b"PK\x01\x02")
    entry = one[entry_at : one.index(b"PK\x05\x06")]
    assert entry.endswith(name)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 900, 900, len(entry) * 900, entry_at, 0)
    found = found_in(tmp_path / "n.zip", one[:entry_at] + entry * 900 + end, max_ratio=250)
    assert 0 < sum(isinstance(each, Article) for each in found.values()) < 900
    assert any(isinstance(each, PackedTooTightly) for each in found.values())


@pytest.mark.parametrize("name", ["n.zip", "n.tar"])
@pytest.mark.parametrize("limit", [{"max_unpacked": 31_000}, {"max_members": 3}])
def test_limits_of_the_whole_archive_end_it(name: str, limit: dict[str, int], tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"{i}.txt": "A visit. " * 900 for i in range(9)}
    found = found_in(tmp_path / name, zipped(members) if name == "n.zip" else tarred(members), **limit)
    assert list(kinds(found).values()) == ["Article"] * 3 + ["PackedTooTightly"]
    assert isinstance(found["n"], PackedTooTightly)
    assert found["n"].remedy


def test_a_truncated_archive_gives_what_comes_before(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"{i}.txt": "".join(chr(97 + j * i % 25) for j in range(9000)) for i in range(9)}
    whole = tarred(members, packed=True)
    found = found_in(tmp_path / "n.tgz", whole[: len(whole) // 2])
    assert list(found)[:2] == ["0", "1"]
    assert isinstance(found["n"], BrokenFile)
    assert isinstance(found_in(tmp_path / "n.zip", zipped(members)[:-30])["n"], BrokenFile)


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT, "b.txt": TEXT})
    place = data.index(b"a.txt") + 12
    found = found_in(tmp_path / "n.zip", data[:place] + b"\xff\xff\xff" + data[place + 3 :])
    assert kinds(found) == {"a": "BrokenFile", "b": "Article"}


def test_a_member_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in str(found_in(tmp_path / "n.zip", bytes(data))["a"])


@pytest.mark.parametrize("codec", ["cp866", "utf-8"])
def test_names_of_russian_zip_files_are_readable(codec: str, tmp_path: Path) -> None:
    raw = "визит".encode(codec)
    data = zipped({"x" * len(raw) + ".txt": TEXT}).replace(b"x" * len(raw), raw)
    assert list(found_in(tmp_path / "n.zip", data)) == ["визит"]


def test_an_archive_without_texts_says_so(tmp_path: Path) -> None:
    assert isinstance(found_in(tmp_path / "n.zip", zipped({"a.png": b"x"}))["n"], NoInput)
    assert isinstance(found_in(tmp_path / "n.jsonl", "\n\n")["n"], NoInput)


def test_archives_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The second member is damaged: nobody notices who only wants the first."""
    members: dict[str, str | bytes] = {"a.txt": TEXT, "b.txt": TEXT * 9000}
    path = tmp_path / "n.tgz"
    path.write_bytes(tarred(members, packed=True)[:-2000])
    assert [each.doc_id for each in islice(find_inputs([path]), 1)] == ["a"]


# --- web archives ------------------------------------------------------------------------------


def test_pages_of_web_archives(tmp_path: Path) -> None:
    page = html(RUSSIAN, above="<h1>Визит в Дубну</h1>").encode("cp1251")
    pages = {"https://e.example/2018/08/21/1": page, "https://e.example/2": page}
    found = found_in(tmp_path / "crawl.warc.gz", warc(pages))
    assert list(found) == ["crawl-1", "crawl-2"]
    first = article(found["crawl-1"])
    assert first.text.startswith("Визит в Дубну")
    assert (first.page.url, first.page.origin["url"]) == ("https://e.example/2018/08/21/1", "archive")
    assert (first.page.published, first.page.origin["published"]) == (date(2018, 8, 21), "url")
    assert article(found["crawl-2"]).page.published is None


def test_what_was_not_got_or_is_no_text_is_left_out(tmp_path: Path) -> None:
    pages = {"https://e.example/": html().encode()}
    records = warc(pages, status="404 Not Found") + warc(pages, kind="image/png") + warc(pages)
    assert list(found_in(tmp_path / "c.warc.gz", records)) == ["c-3"]


def test_a_server_may_name_the_encoding(tmp_path: Path) -> None:
    pages = {"https://e.example/": "<p>Визит в Харбин".encode("koi8-r")}
    found = found_in(tmp_path / "c.warc", warc(pages, kind="text/html; charset=KOI8-R"))
    assert article(found["c-1"]).text == "Визит в Харбин"


def test_a_large_page_and_a_cut_archive_cost_themselves(tmp_path: Path) -> None:
    pages = {"https://e.example/1": b"<p>" + b"x" * 20_000, "https://e.example/2": html().encode()}
    data = warc(pages)
    assert kinds(found_in(tmp_path / "c.warc", data, max_size=10_000)) == {"c-1": "TooLarge", "c-2": "Article"}
    cut = found_in(tmp_path / "c.warc.gz", data[:-400])
    assert kinds(cut)["c-1"] == "Article"


def test_damaged_records_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = gzip.decompress(warc({"https://e.example/1": html().encode()}))
    assert found_in(tmp_path / "c.warc", plain.replace(b"</html>", b"</html> and more of it"))
    assert capfd.readouterr() == ("", "")


def test_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("warcio"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    [error] = found_in(tmp_path / "c.warc", warc({"https://e.example/": b"x"})).values()
    assert isinstance(error, MissingExtra)
    assert "pip install 'coopex[warc]'" in str(error)


# --- rows --------------------------------------------------------------------------------------

ROW = {
    "id": "news/17",
    "text": TEXT,
    "title": "Visit\nto Dubna",
    "published": "2018-08-21T10:00:00Z",
    "source": "Science City News",
    "authors": ["Jane Roe", "R. Tan"],
    "url": "https://e.example/17",
}


def test_columns_of_json_lines(tmp_path: Path) -> None:
    [row] = found_in(tmp_path / "rows.jsonl", json.dumps(ROW)).values()
    found = article(row)
    assert (found.doc_id, found.text, found.path) == ("news_17", TEXT, f"{tmp_path}/rows.jsonl:1")
    page = found.page
    assert (page.title, page.published, page.source) == ("Visit to Dubna", date(2018, 8, 21), "Science City News")
    assert (page.authors, page.url) == (("Jane Roe", "R. Tan"), "https://e.example/17")
    assert set(page.origin.values()) == {"column"}


def test_columns_may_be_called_otherwise(tmp_path: Path) -> None:
    line = json.dumps({"body": TEXT, "text": "x", "day": "21.08.2018"})
    [row] = found_in(tmp_path / "rows.jsonl", line, columns={"text": "body", "published": "day"}).values()
    assert (article(row).text, article(row).page.published) == (TEXT, date(2018, 8, 21))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ("7", "not a JSON object"),
        ('{"body": "x"}', "no column 'text', only body"),
        ('{"text": null}', "is no text"),
        ('{"text": 7}', "is no text"),
        ('{"text": " \\n"}', "empty"),
        (b'{"text": "\xff"}', "not JSON in UTF-8"),
        ('{"text": ' + "1" * 5000 + "}", "not JSON"),
    ],
)
def test_a_bad_line_costs_itself_and_is_named(line: str | bytes, told: str, tmp_path: Path) -> None:
    raw = line.encode() if isinstance(line, str) else line
    found = found_in(tmp_path / "rows.jsonl", b'{"text": "a"}\n\n' + raw + b'\n{"text": "b"}')
    assert list(found) == ["rows-1", "rows-3", "rows-4"]
    assert isinstance(found["rows-3"], BadRow | EmptyText)
    assert told in str(found["rows-3"])
    assert "rows.jsonl:3: " in str(found["rows-3"])
    assert (article(found["rows-1"]).text, article(found["rows-4"]).text) == ("a", "b")


def test_a_line_that_is_too_long_costs_itself(tmp_path: Path) -> None:
    lines = '{"text": "a"}\n{"text": "' + "b" * 5000 + '"}\n{"text": "c"}\n'
    found = found_in(tmp_path / "rows.jsonl", lines, max_size=1000)
    assert kinds(found) == {"rows-1": "Article", "rows-2": "TooLarge", "rows-3": "Article"}


def test_halves_of_surrogate_pairs_nuls_and_marks_of_direction_do_no_harm(tmp_path: Path) -> None:
    row = r'{"id": "a\ud800\u202e", "text": "x\udfffy\u0000z\u200f", "title": "\ud83d", "url": "\ude00"}'
    [found] = found_in(tmp_path / "rows.jsonl", row).values()
    assert article(found).text == "x\ufffdy\ufffdz\u200f"
    assert (article(found).page.title, article(found).page.url) == ("\ufffd", "\ufffd")
    assert article(found).doc_id.isprintable()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-08-21", date(2018, 8, 21)),
        ("2018-08-21 10:00", date(2018, 8, 21)),
        ("21.08.2018", date(2018, 8, 21)),
        ("Aug 21, 2018", date(2018, 8, 21)),
        ("21 августа 2018 г.", date(2018, 8, 21)),
        ("2018-02-30", None),
        ("yesterday", None),
        ("1.05.2018 to 3.05.2018", None),
    ],
)
def test_days_of_publication(written: str, day: date | None, tmp_path: Path) -> None:
    [row] = found_in(tmp_path / "rows.jsonl", json.dumps({"text": "x", "published": written})).values()
    page = article(row).page
    assert page.published == day
    assert bool(page.warnings) == (day is None)
    assert ("published" in page.origin) == (day is not None)


def test_a_day_may_stand_in_the_address(tmp_path: Path) -> None:
    line = json.dumps({"text": "x", "url": "https://e.example/2018/08/21/visit"})
    [row] = found_in(tmp_path / "rows.jsonl", line).values()
    assert (article(row).page.published, article(row).page.origin["published"]) == (date(2018, 8, 21), "url")


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps({"text": "A visit. " * 1000}) + "\n" for _ in range(5000))
    tracemalloc.start()
    assert sum(1 for _ in find_inputs([path])) == 5000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert peak < 3_000_000


# --- csv ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_of_any_make(sign: str, codec: str, end: str, tmp_path: Path) -> None:
    text = f"{RUSSIAN[0]}{end}{RUSSIAN[1]} Он назвал это «началом»{sign} а не \"\"концом\"\"."
    rows = end.join((sign.join(("id", "title", "text")), sign.join(("7", "Визит", f'"{text}"')), ""))
    [row] = found_in(tmp_path / "rows.csv", rows.encode(codec)).values()
    assert (article(row).doc_id, article(row).page.title) == ("7", "Визит")
    assert article(row).text == text.replace('""', '"')


def test_bad_rows_cost_themselves_and_are_named_by_their_line(tmp_path: Path) -> None:
    rows = 'text,title\n"two\nlines",x\na,b,c\n\n"open" quote,y\nshort\n,empty\nlast,z\n'
    found = found_in(tmp_path / "rows.csv", rows)
    assert kinds(found) == {
        "rows-2": "Article",
        "rows-4": "BadRow",
        "rows-6": "BadRow",
        "rows-7": "Article",
        "rows-8": "EmptyText",
        "rows-9": "Article",
    }
    assert article(found["rows-2"]).text == "two\nlines"
    assert "rows.csv:4: the row has 3 cells for 2 columns" in str(found["rows-4"])


def test_a_quotation_mark_never_closed_costs_one_row(tmp_path: Path) -> None:
    rows = "text\n" + 'a\n"b\n' + "".join(f"{i}\n" for i in range(2000))
    found = found_in(tmp_path / "rows.csv", rows)
    assert [name for name, kind in kinds(found).items() if kind == "BadRow"] == ["rows-3"]
    assert len(found) == 2002
    assert article(found["rows-2003"]).text == "1999"


def test_a_row_that_is_too_large_costs_itself(tmp_path: Path) -> None:
    rows = "text\na\n" + "b" * 5000 + "\nc\n" + '"' + "d\n" * 900 + '"\ne\n'
    found = found_in(tmp_path / "rows.csv", rows, max_size=1000)
    assert (kinds(found)["rows-2"], kinds(found)["rows-3"]) == ("Article", "TooLarge")
    assert isinstance(found["rows-3"], TooLarge)
    assert article(found["rows-4"]).text == "c"
    assert kinds(found)["rows-5"] == "TooLarge"
    assert [each.text for each in found.values() if isinstance(each, Article)][-1] == "e"


def test_a_table_without_the_column_says_which_there_are(tmp_path: Path) -> None:
    assert str(found_in(tmp_path / "rows.csv", b"\x80\n\0\0\x80")["rows"]).encode()
    [error] = found_in(tmp_path / "rows.csv", "body;day\nx;y\n").values()
    assert isinstance(error, BadRow)
    assert "no column 'text', only body, day" in str(error)
    assert "--column text=NAME" in str(error)
    found = found_in(tmp_path / "rows.csv", "body;day\nx;2018-08-21\n", columns={"text": "body", "published": "day"})
    assert article(found["rows-2"]).page.published == date(2018, 8, 21)


def test_formulas_and_nuls_are_text(tmp_path: Path) -> None:
    found = found_in(tmp_path / "rows.csv", 'id,text\n=1+1,"=HYPERLINK(""http://e.example"")"\nb,a\0c\n')
    assert article(found["=1+1"]).text == '=HYPERLINK("http://e.example")'
    assert article(found["b"]).text == "a\ufffdc"


def test_a_row_in_another_encoding_is_told(tmp_path: Path) -> None:
    rows = b"text\n" + "визит\n".encode() * 9000 + "визит\n".encode("cp1251") + "визит\n".encode()
    found = found_in(tmp_path / "rows.csv", rows)
    assert [name for name, kind in kinds(found).items() if kind != "Article"] == ["rows-9002"]
    assert "encoding" in str(found["rows-9002"])


def test_a_packed_table_may_have_the_name_of_a_plain_one(tmp_path: Path) -> None:
    found = found_in(tmp_path / "rows.csv", gzip.compress(b"text\nA trip.\n"))
    assert [article(item).text for item in found.values()] == ["A trip."]


def test_a_zip_file_is_closed_after_use(tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    path.write_bytes(zipped({"a.txt": TEXT}))
    assert [type(each).__name__ for each in find_inputs([path]) if not isinstance(each, BadInput)] == ["Input"]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.txt", TEXT)
    assert len(list(find_inputs([path]))) == 2
