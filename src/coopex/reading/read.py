"""One input to an article: the heavy part of reading, done wherever the work is done."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from coopex.errors import BinaryInput, EmptyText
from coopex.reading.article import FACTS, Article, BadInput, PageFacts, bad_input, is_blank
from coopex.reading.containers import told
from coopex.reading.encoding import decode
from coopex.reading.forms import CONTAINERS, FORMS, HEAD, Form, form_of_bytes, has_tags, zip_form
from coopex.reading.inputs import Input, ReadOptions, digest


def read_input(item: Input, options: ReadOptions | None = None) -> Article | BadInput:
    """Read one input; whatever is wrong with it is in the `BadInput`, nothing is raised."""
    options = options or ReadOptions()
    try:
        return _read(item, options)
    except Exception as error:  # whatever the readers of HTML, PDF and the rest raise on wild bytes
        return bad_input(item.doc_id, item.path, told(error))


def _read(item: Input, options: ReadOptions) -> Article:
    data = item.read_bytes(options.max_size)
    form = form_inside(item.form, data)
    text, encoding, facts = _text_of(form, data, item.fields, options)
    if is_blank(text):
        raise EmptyText
    return Article(
        item.doc_id,
        text,
        item.path,
        digest(data, item.fields),
        encoding,
        page=facts,
        store_text=options.stores(item, form),
    )


def form_inside(named: Form, data: bytes) -> Form:
    """`"text"`, `b"%PDF-…"` → "pdf": what the bytes are, where that can be told from them."""
    if named == "row":
        return named
    found = form_of_bytes(data[:HEAD])
    if found == "zip":
        found = zip_form(io.BytesIO(data)) or named
    if CONTAINERS.get(found):
        raise BinaryInput(cause=f"the file is a {found} archive under another name", remedy=f"Rename it to .{found}.")
    if found is None and (named != "html" or not has_tags(data)):
        return "text"
    return FORMS.get(found, named)


def _text_of(
    form: Form, data: bytes, fields: Mapping[str, str], options: ReadOptions
) -> tuple[str, str | None, PageFacts]:
    """The text, the encoding it was in, and what was said of it."""
    if form == "html":
        from coopex.reading.pages import read_page

        page = read_page(data, fields)
        return page.text, page.encoding, page.facts
    if form == "pdf":
        from coopex.reading.pdf import pdf_text

        return pdf_text(data, options.max_size), None, archive_facts(fields)
    if form == "docx":
        from coopex.reading.docx import docx_text

        return docx_text(data, options.max_size), None, archive_facts(fields)
    decoded = decode(data) if form == "text" else None
    text = decoded.text if decoded else data.decode().replace("\0", "\ufffd")
    facts = row_facts(fields) if form == "row" else archive_facts(fields)
    return text, decoded.encoding if decoded else "utf-8", facts


def archive_facts(fields: Mapping[str, str]) -> PageFacts:
    """`{"url": "https://…"}` → the address that a web archive has of what is no page."""
    return PageFacts(url=fields["url"], origin={"url": "archive"}) if "url" in fields else PageFacts()


def row_facts(fields: Mapping[str, str]) -> PageFacts:
    """`{"title": "Visit", "published": "21.08.2018"}` → what the columns say; a day may stand in the url alone."""
    from coopex.page.addresses import address_dates

    written, url = fields.get("published", ""), fields.get("url")
    day, where = day_of(written), "column"
    warnings = () if day or not written else (f"the column of the day of publication is no day: {written[:40]!r}",)
    if day is None:
        day, where = next((stamp.day for stamp in address_dates(url or "")), None), "url"
    names = tuple(name.strip() for name in fields.get("authors", "").split(";") if name.strip())
    origin = dict.fromkeys(FACTS, "column") | {"published": where}
    return PageFacts(fields.get("title"), day, fields.get("source"), names, url, origin, warnings)


def day_of(value: str) -> date | None:
    """`"2018-08-21T10:00:00Z"`, `"21.08.2018"`, `"Aug 21, 2018"` → 21 August 2018; None for what is no day."""
    from coopex.page.stamps import full_dates

    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        days = {stamp.day for stamp in full_dates(value[:100])}
        return days.pop() if len(days) == 1 else None
