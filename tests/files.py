"""Files of every form that is read, made for tests from texts of our own."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

ENGLISH = (
    "A delegation from Harbin headed by Mayor Li Wei visited the Joint Institute for Nuclear Research in Dubna.",
    "The sides signed a memorandum on laser technology. It provides for the exchange of students and scientists.",
    "The guests toured the accelerator complex and met the director. The next meeting is planned for the autumn.",
)
RUSSIAN = (
    "Делегация Харбина во главе с мэром Ли Вэем посетила Объединённый институт ядерных исследований в Дубне.",
    "Стороны подписали меморандум о сотрудничестве в области лазерных технологий. Он рассчитан на пять лет.",
    "В ходе визита гости осмотрели ускорительный комплекс и встретились с учёными. Осенью намечена новая встреча.",
)


def html(
    paragraphs: Sequence[str] = RUSSIAN, *, head: str = "<title>Визит в Дубну</title>", above: str = "", below: str = ""
) -> str:
    """A page of today: navigation, article, footer."""
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Главная</a> <a href='/n'>Новости</a></nav>"
        f"<article>{above}{body}</article>{below}<footer>© 2001–2026</footer></body></html>"
    )


def docx(body: str) -> bytes:
    """A Word document; `body` is the XML of its paragraphs and tables."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc"'
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document {names}><w:body>{body}</w:body></w:document>'
    properties = "<coreProperties><title>Template 7</title><creator>clerk</creator></coreProperties>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, "docProps/core.xml": properties})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, str | bytes], *, packed: bool = False) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if packed else "w") as archive:
        for name, data in files.items():
            raw = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def warc(pages: Mapping[str, bytes], *, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A web archive, each record packed for itself as crawlers do."""
    records: list[bytes] = []
    for url, page in pages.items():
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records)}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def pdf(lines: Sequence[str], *, info: str = "") -> bytes:
    """A PDF of one page; its font names glyphs by number and tells their letters in a table, as Cyrillic ones do."""
    letters = sorted(set("".join(lines)))
    numbers = {letter: i for i, letter in enumerate(letters, 1)}
    table = "\n".join(f"<{numbers[each]:04x}> <{ord(each):04x}>" for each in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(letters)} beginbfchar\n{table}\nendbfchar\n"
        "endcmap end end"
    )
    shown = "".join(f"<{''.join(f'{numbers[c]:04x}' for c in line)}> Tj 0 -14 Td\n" for line in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        _stream(f"BT /F 12 Tf 50 750 Td\n{shown}ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) "
        "/Supplement 0 >> /DW 500 >>",
        _stream(cmap),
        f"<< {info} >>",
    ]
    out, starts = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    xref = "".join(f"{start:010d} 00000 n \n" for start in starts)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{xref}"
    tail += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 8 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + tail.encode()


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
