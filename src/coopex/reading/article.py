"""The text of one article, where it came from, and what was said of it beside the text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coopex.errors import CoopexError, EmptyText
from coopex.reading.ids import printable

FACTS = ("title", "published", "source", "authors", "url")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page, a row or the like says of its text.

    `origin` tells where each known fact was found: {"title": "meta", "published": "json-ld", "url": "column"};
    what it tells of unknown ones is dropped. `warnings` go into the document.
    """

    title: str | None = None
    published: date | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    origin: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {name: self.origin[name] for name in FACTS if getattr(self, name) and name in self.origin}
        object.__setattr__(self, "origin", known)


@dataclass(frozen=True, slots=True)
class Article:
    """One text as read: it never changes afterwards, all offsets count its code points.

    `published` is the publication date given by the caller; it wins over what `page` or the text says.
    `sha256` is the digest of the bytes read, or of the UTF-8 form of a text given as a string. `store_text`
    puts the text into the document. `records` is False for a text of which only the metadata are wanted. Lone
    surrogates, which no file can hold, are replaced one by one.
    """

    doc_id: str
    text: str
    path: str | None = None
    sha256: str | None = None
    encoding: str | None = None
    published: date | None = None
    page: PageFacts = field(default_factory=PageFacts)
    store_text: bool = False
    records: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "doc_id", without_surrogates(self.doc_id))
        object.__setattr__(self, "text", without_surrogates(self.text))
        object.__setattr__(self, "path", self.path and printable(self.path))

    @classmethod
    def from_text(cls, text: str, doc_id: str | None = None, published: date | None = None) -> Article:
        """`from_text("A visit.")` → an article named after its digest, unless `doc_id` names it.

        Raises `EmptyText` when there is nothing but white space.
        """
        if is_blank(text):
            raise EmptyText(file=doc_id)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(doc_id=doc_id or digest[:16], text=text, sha256=digest, published=published)


@dataclass(frozen=True, slots=True)
class BadInput:
    """A file that gave no article, and the error that says why. `doc_id` as an article would have it."""

    doc_id: str
    path: str
    error: CoopexError


def bad_input(doc_id: str, path: str, error: CoopexError) -> BadInput:
    """Give `error` the path that it is about."""
    shown = printable(path)
    return BadInput(doc_id, shown, type(error)(file=shown, cause=without_surrogates(error.cause), remedy=error.remedy))


def is_blank(text: str) -> bool:
    """`"\\ufeff \\n"` → True: white space, byte order marks and zero-width characters only."""
    return not text.strip("\ufeff\u200b\u200c\u200d\u2060").strip(_BLANK)


_BLANK = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\ufeff\u200b\u200c\u200d\u2060"


def without_surrogates(text: str) -> str:
    """`"a\\ud800b"` → "a\\ufffdb": half a pair becomes one replacement character, so that offsets hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
