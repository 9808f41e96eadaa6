"""The text of one article and where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from coopex.errors import CoopexError, EmptyText


@dataclass(frozen=True, slots=True)
class Article:
    """One text as read: it never changes afterwards, all offsets count its code points.

    `published` is the publication date given by the caller; it wins over what the text says.
    `sha256` is the digest of the bytes read, or of the UTF-8 form of a text given as a string.
    """

    doc_id: str
    text: str
    path: str | None = None
    sha256: str | None = None
    encoding: str | None = None
    published: date | None = None

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


def is_blank(text: str) -> bool:
    """`"\\ufeff \\n"` → True: white space, byte order marks and zero-width characters only."""
    return not text.strip("\ufeff\u200b\u200c\u200d\u2060").strip(_BLANK)


_BLANK = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\ufeff\u200b\u200c\u200d\u2060"
