from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopex.errors import BinaryInput, BrokenFile, CoopexError, EmptyText, NoInput, ReadError, UnreadableInput
from coopex.reading import Article, BadInput, decode, read_paths
from coopex.reading.encoding import _as_utf8

RUSSIAN = (
    "Делегация посетила завод в Дубне и подписала соглашение о сотрудничестве.\nГостей принял директор.\n"
)
ENGLISH = (
    "A delegation visited the plant – “a first step”, its head said – and signed a protocol in café Größe.\n"
)


def _only(path: Path) -> Article | BadInput:
    [result] = read_paths([path])
    return result


def _article(path: Path) -> Article:
    result = _only(path)
    assert isinstance(result, Article), result
    return result


def _error(path: Path) -> CoopexError:
    result = _only(path)
    assert isinstance(result, BadInput), result
    return result.error


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
        ("koi8-r", "koi8_r"),
        ("cp866", "cp866"),
    ],
)
def test_russian_encodings_are_told_apart(codec: str, named: str) -> None:
    decoded = decode(RUSSIAN.encode(codec))
    assert (decoded.text, decoded.encoding) == (RUSSIAN, named)


def test_english_with_windows_quotes_is_cp1252() -> None:
    decoded = decode(ENGLISH.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (ENGLISH, "cp1252")


@pytest.mark.parametrize("wrong", [b"\xd0", b"\xff", b"\xe2\x80"])
def test_a_wrong_byte_does_not_turn_utf8_into_another_encoding(wrong: bytes) -> None:
    data = RUSSIAN.encode()
    decoded = decode(data + wrong)
    assert (decoded.text, decoded.encoding) == (RUSSIAN + "\ufffd", "utf-8")
    assert decode(RUSSIAN.encode("cp1251") + wrong).encoding == "cp1251"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(end: str, tmp_path: Path) -> None:
    text = f"Headline{end}{end}First line.{end}Second line.{end}"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert _article(path).text == text


def test_article_names_file_digest_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "news.item.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    article = _article(path)
    assert (article.doc_id, article.path, article.encoding) == ("news.item", str(path), "cp1251")
    assert article.sha256 == hashlib.sha256(RUSSIAN.encode("cp1251")).hexdigest()


def test_folder_gives_its_text_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.TXT", ".hidden.txt", ".git/d.txt", "e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    assert [r.doc_id for r in read_paths([tmp_path])] == ["a", "b", "c"]
    assert [r.doc_id for r in read_paths([tmp_path], recursive=False)] == ["a", "b"]


def test_single_file_may_have_any_suffix(tmp_path: Path) -> None:
    path = tmp_path / "e.md"
    path.write_text(ENGLISH, encoding="utf-8")
    assert _article(path).doc_id == "e"


def test_equal_names_get_numbers(tmp_path: Path) -> None:
    for folder in "xyz":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(ENGLISH, encoding="utf-8")
    assert [r.doc_id for r in read_paths([tmp_path / "x", tmp_path / "y", str(tmp_path / "z")])] == [
        "a",
        "a-2",
        "a-3",
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RUSSIAN.encode("koi8-r"))))
    [article] = read_paths(["-"])
    assert isinstance(article, Article)
    assert (article.doc_id, article.text) == ("stdin", RUSSIAN)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", EmptyText),
        (b" \r\n\t \n", EmptyText),
        (b"\xef\xbb\xbf\n", EmptyText),
        ("\u00a0\u200b\u2028".encode(), EmptyText),
        (b"%PDF-1.7 something", BrokenFile),
        (b"\x89PNG\r\n\x1a\n", BinaryInput),
        (b"PK\x03\x04rest", BinaryInput),
        (bytes(range(256)) * 8, BinaryInput),
        (b"text\x00with\x00nuls and more of it" * 5, BinaryInput),
    ],
)
def test_what_is_no_text_is_reported(content: bytes, kind: type[CoopexError], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    error = _error(path)
    assert type(error) is kind
    assert str(error).startswith(f"{path}: ")
    assert error.to_dict()["stage"] == "read"
    assert error.remedy in str(error)


def test_missing_file_is_reported(tmp_path: Path) -> None:
    error = _error(tmp_path / "none.txt")
    assert isinstance(error, UnreadableInput)
    assert "none.txt" in str(error)


def test_forbidden_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH, encoding="utf-8")

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    error = _error(path)
    assert isinstance(error, UnreadableInput)
    assert "Permission denied" in str(error)


def test_folder_without_texts_is_reported(tmp_path: Path) -> None:
    assert isinstance(_error(tmp_path), NoInput)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(RUSSIAN, encoding="utf-8")
    assert [type(r) for r in read_paths([tmp_path])] == [BadInput, Article]


def test_text_given_as_a_string() -> None:
    article = Article.from_text(ENGLISH)
    assert article.text == ENGLISH
    assert article.doc_id == (article.sha256 or "")[:16]
    assert Article.from_text(ENGLISH, "x").doc_id == "x"
    with pytest.raises(EmptyText):
        Article.from_text(" \n")


def test_halves_of_surrogate_pairs_are_replaced_one_by_one() -> None:
    article = Article("a\ud800", "He came\udfff to Harbin.", "caf\udce9.txt")
    assert (article.doc_id, article.text) == ("a\ufffd", "He came\ufffd to Harbin.")
    assert article.path == "caf\\xe9.txt"


def test_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(EmptyText(file="a.txt")))
    assert (str(error), error.to_dict()) == (str(EmptyText(file="a.txt")), EmptyText(file="a.txt").to_dict())


@given(st.text(min_size=1))
def test_utf8_text_is_read_unchanged(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    decoded = _as_utf8(data)
    assert decoded is not None
    assert decoded.text == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(decode(data).text, str)
