"""Which form an input has: by the end of its name, and by its first bytes where the name tells nothing or lies."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO, Literal, get_args

Form = Literal["text", "html", "pdf", "docx", "row"]
"""How the bytes of an input hold its text; "row" is the text of one row of a table."""

Container = Literal["jsonl", "csv", "warc", "zip", "tar"]
"""What holds many texts."""

AnyForm = Form | Container
FORMS: dict[str | None, Form] = {form: form for form in get_args(Form)}
CONTAINERS: dict[str | None, Container] = {form: form for form in get_args(Container)}
SUFFIXES: dict[str, AnyForm] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".csv.gz": "csv",
    ".tsv.gz": "csv",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tar.gz": "tar",
    ".warc": "warc",
    ".warc.gz": "warc",
}
"""The ends of names that are read when a folder is given, unless `--glob` says otherwise."""

GZIP = b"\x1f\x8b"
HEAD = 1024
"""Bytes that are looked at: a tar archive has its mark at 257, pages have seldom more than comments before <html>."""

_LONGEST_FIRST = sorted(SUFFIXES, key=len, reverse=True)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.I | re.S
)
_TAG = re.compile(rb"<[!/]?[a-z]", re.I)
_MARKS: tuple[tuple[bytes, AnyForm], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # without members
    (b"WARC/1.", "warc"),
)


def suffix_of(name: str) -> str:
    """`"news.TAR.GZ"` → ".tar.gz", `"a.md"` → ""."""
    folded = name.lower()
    return next((suffix for suffix in _LONGEST_FIRST if folded.endswith(suffix)), "")


def stem_of(name: str) -> str:
    """`"2019/news.tar.gz"` → "news", `"news.item.txt"` → "news.item", `"a.md"` → "a"."""
    base = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    suffix = suffix_of(base) or (re.search(r"(?<=.)\.[^.]*$", base) or [""])[0]
    return base[: len(base) - len(suffix)]


def form_of_name(name: str) -> AnyForm | None:
    """`"a.HTM"` → "html", `"a.md"` → None."""
    return SUFFIXES.get(suffix_of(name))


def form_of_bytes(head: bytes) -> AnyForm | None:
    """`b"<!DOCTYPE html>…"` → "html", `b"%PDF-1.7…"` → "pdf", b"Moscow" → None."""
    marked = next((form for mark, form in _MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    if head[257:262] == b"ustar":
        return "tar"
    return "html" if _PAGE.match(head[:HEAD]) else None


def has_tags(data: bytes) -> bool:
    """Whether there is any tag, without which a page is plain text."""
    return bool(_TAG.search(data.replace(b"\0", b"") if data[:4].count(0) else data))


def zip_form(file: Path | IO[bytes]) -> AnyForm | None:
    """A zip file by what is in it: a Word document → "docx", another office document or a damaged file → None."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return None
    if "word/document.xml" in names:
        return "docx"
    return None if names & {"[Content_Types].xml", "mimetype"} else "zip"
