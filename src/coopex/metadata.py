"""What a page says about its text: headline, publication date, source, authors. Nothing is guessed from
elsewhere.

`read_metadata` reads it in the text; `known_metadata` prefers what was known before: from the caller, then from the
page or row that the text was taken out of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coopex.blocks import Block
from coopex.page import lines, sources
from coopex.page.addresses import address_dates
from coopex.page.agencies import is_agency
from coopex.page.attribution import attributed_source
from coopex.page.authors import authors
from coopex.page.dateline import Dateline, read_dateline
from coopex.page.kinds import is_byline
from coopex.page.labels import labels_in
from coopex.page.stamps import DayStamp, clock_times, full_dates, is_stamp
from coopex.reading.article import FACTS, Article

_LEAD = 3  # paragraphs in which a dateline may stand, subheadings and bullet points before the report counted
_SHORT = 200  # characters: a line that may give the publication date without a label


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about the text as a whole; None or empty where the page does not say; spans are offsets.

    `dateline_span` covers the dateline with its dash, `dateline_place` is the city that it names, as written.
    `origin` tells where each known fact was found: "text", "caller", or what `PageFacts` calls it.
    """

    title: str | None
    published: date | None
    source: str | None
    authors: tuple[str, ...]
    published_span: tuple[int, int] | None
    dateline_span: tuple[int, int] | None
    dateline_place: str | None = None
    url: str | None = None
    origin: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Page:
    """The blocks with their texts, and what the readers of each fact share."""

    text: str
    blocks: Sequence[Block]
    body: Sequence[Block]
    dateline: tuple[Block, Dateline] | None
    language: str | None

    def of(self, *kinds: str) -> list[str]:
        return [self.of_block(block) for block in self.blocks if block.kind in kinds]

    def of_block(self, block: Block) -> str:
        return self.text[block.start : block.end]


def read_metadata(text: str, blocks: Sequence[Block]) -> Metadata:
    """`"Visit\\n\\nTEHRAN, July 27, 2021 (IRNA) — …"` → title "Visit", published 2021-07-27,
    source "IRNA".
    """
    page = _page(text, blocks)
    stamp = _published(page)
    spot = page.dateline
    return Metadata(
        title=_title(page),
        published=stamp.day if stamp else None,
        source=_source(page),
        authors=authors(page.of("credit")),
        published_span=(stamp.start, stamp.end) if stamp else None,
        dateline_span=(spot[0].start, spot[0].start + spot[1].end) if spot else None,
        dateline_place=spot[1].place if spot else None,
    )


def known_metadata(article: Article, read: Metadata) -> Metadata:
    """`read` was found in the text of `article`: the same with what the caller and the page said before it."""
    page = article.page
    told = {name: value for name in FACTS if (value := getattr(page, name))}
    origin = {name: "text" for name in FACTS if getattr(read, name)} | dict(page.origin)
    if article.published:
        told["published"], origin["published"] = article.published, "caller"
    if "published" in told:
        told["published_span"] = None
    return replace(read, **told, origin={name: origin[name] for name in FACTS if name in origin})


def _page(text: str, blocks: Sequence[Block]) -> _Page:
    languages = [block.language for block in blocks if block.kind in ("title", "body") and block.language]
    language = next((code for code, _ in Counter(languages).most_common(1)), None)
    body = [block for block in blocks if block.kind == "body"]
    return _Page(text, blocks, body, _dateline(text, body), language)


def _title(page: _Page) -> str | None:
    titles = page.of("title")
    return " ".join(titles[0].split()) if titles else None


def _dateline(text: str, body: Sequence[Block]) -> tuple[Block, Dateline] | None:
    """The dateline of the first running paragraph, if it has one."""
    for block in body[:_LEAD]:
        paragraph = text[block.start : block.start + 400]
        if lines.is_prose(text[block.start : block.end]):
            found = read_dateline(paragraph)
            return (block, found) if found else None
    return None


def _published(page: _Page) -> DayStamp | None:
    """The best-founded day: a label, a line under the headline, the dateline, a line at the end,
    the address.
    """
    readers = (_by_label, _by_head_stamp, _by_dateline, _by_stamp, _by_address, _by_update, _by_signature)
    return next((stamp for reader in readers for stamp in reader(page)), None)


def _by_label(page: _Page) -> Iterator[DayStamp]:
    return _labelled_days(page, "date")


def _by_update(page: _Page) -> Iterator[DayStamp]:
    return _labelled_days(page, "updated")


def _labelled_days(page: _Page, kind: str) -> Iterator[DayStamp]:
    for block in page.blocks:
        line = page.of_block(block) if block.kind != "body" or block.end - block.start <= _SHORT else ""
        for label in labels_in(line):
            if label.kind == kind:
                yield from _within(page, block, label.offset, label.offset + len(label.value) + 1)


def _within(page: _Page, block: Block, first: int = 0, last: int | None = None) -> Iterator[DayStamp]:
    """The full dates of a block, or of a stretch of it, at their offsets in the text."""
    part = page.of_block(block)[first:last]
    for stamp in full_dates(part, page.language):
        start = block.start + first
        yield DayStamp(start + stamp.start, start + stamp.end, stamp.day)


def _by_head_stamp(page: _Page) -> Iterator[DayStamp]:
    stop = page.body[0].start if page.body else len(page.text)
    stop = next((block.start for block in page.body if lines.is_prose(page.of_block(block))), stop)
    yield from _stamps(page, [b for b in page.blocks if b.start < stop])


def _by_stamp(page: _Page) -> Iterator[DayStamp]:
    return _stamps(page, page.blocks)


def _stamps(page: _Page, blocks: Sequence[Block]) -> Iterator[DayStamp]:
    for block in blocks:
        line = page.of_block(block)
        if block.kind == "body" or len(line) > _SHORT or _is_of_something_else(line):
            continue
        if is_stamp(line) or is_byline(line) or (block.kind != "title" and clock_times(line)):
            yield from _within(page, block)


def _is_of_something_else(line: str) -> bool:
    """`"Updated: 6 May 2020"`, `"Photo: Lyon, 5 May 2020"`: the label before the date says that it is another
    day.
    """
    found = labels_in(line)
    days = full_dates(line) if found else []
    return bool(days) and found[0].kind in ("updated", "photo") and found[0].offset <= days[0].start


def _by_dateline(page: _Page) -> Iterator[DayStamp]:
    if page.dateline and page.dateline[1].date:
        block, dateline = page.dateline
        first, last = page.dateline[1].date
        yield from _within(page, block, first, min(last + 8, max(dateline.end, last)))


def _by_address(page: _Page) -> Iterator[DayStamp]:
    for block in page.blocks:
        line = page.of_block(block)
        if block.kind != "body" or len(line) <= _SHORT:
            yield from (
                DayStamp(block.start + s.start, block.start + s.end, s.day) for s in address_dates(line)
            )


_SIGNATURE = re.compile(r"[(\[/][^()\[\]/]{0,60}[)\]/]\.?$|[—–-]\s?[^—–]{0,40}$")


def _by_signature(page: _Page) -> Iterator[DayStamp]:
    """The date in brackets at the very end: "… (Xinhua, Aug. 3, 2018)"."""
    for block in page.body[-1:]:
        tail = page.of_block(block)[-80:]
        match = _SIGNATURE.search(tail) if tail.endswith((")", "]", "/", ").")) else None
        if match and is_agency(re.split(r"[,;]", match.group().strip("()[]/ ."))[0]):
            yield from _within(page, block, block.end - block.start - len(tail) + match.start())


def _source(page: _Page) -> str | None:
    """The label, the dateline's agency, a signature, or the report that the text says it passes on."""
    credits, paragraphs = page.of("credit"), page.of("body")
    dateline = page.dateline[1] if page.dateline else None
    return (
        sources.labelled_source(credits)
        or (dateline.agency if dateline else None)
        or sources.signed_source(credits)
        or sources.byline_source(credits)
        or sources.closing_source(paragraphs)
        or attributed_source(paragraphs)
        or sources.photo_office(credits)
        or sources.holder(page.of("boilerplate"))
    )
