"""Pages of web archives (.warc, .warc.gz), read by warcio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from coopex.errors import CoopexError, MissingExtra
from coopex.reading.article import BadInput, bad_input
from coopex.reading.forms import Form, stem_of
from coopex.reading.inputs import Input, ReadOptions, too_large

_FORMS: dict[str, Form] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
}


def pages_in(stream: IO[bytes], path: str, options: ReadOptions) -> Iterator[Input | BadInput]:
    """A crawl → the pages that were got: of status 200 and a form that is read, numbered by their records."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        cause = "web archives are read by warcio, which is not installed"
        raise MissingExtra(cause=cause, remedy="Install it: pip install 'coopex[warc]'.") from None
    records = ArchiveIterator(stream)
    records.INC_RECORD = ""  # what it prints of records that are damaged
    for number, record in enumerate(records, start=1):
        if form := _form(record):
            yield _page(record, form, path, number, options)


def _form(record: Any) -> Form | None:
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    if headers is None:
        return _FORMS.get(_mime(record.rec_headers.get_header("Content-Type")))
    return _FORMS.get(_mime(headers.get_header("Content-Type"))) if headers.get_statuscode() == "200" else None


def _mime(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _page(record: Any, form: Form, path: str, number: int, options: ReadOptions) -> Input | BadInput:
    doc_id, shown = f"{stem_of(path)}-{number}", f"{path}:{number}"
    try:
        data = record.content_stream().read(options.max_size + 1)
        if len(data) > options.max_size:
            raise too_large(options.max_size)
    except CoopexError as error:
        return bad_input(doc_id, shown, error)
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = record.http_headers or record.rec_headers
    charset = (headers.get_header("Content-Type") or "").lower().partition("charset=")[2].strip("\"' ;")
    return Input(doc_id, shown, form, data, {k: v for k, v in (("url", url), ("charset", charset)) if v})
