"""Text of Word documents (.docx): a zip file with XML in it."""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat

from coopex.errors import BrokenFile, EmptyText, TooLarge

_PART = "word/document.xml"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PIECE = 1 << 20  # bytes parsed at a time
_LONGEST_TOKEN = 4 << 20
"""Bytes of one tag or comment, which expat reads anew with every piece: one of 30 MB in pieces of 64 kB took 16 s."""
_XML_SHARE = 20
"""Bytes of XML a byte of text: 5 to 15 in documents of a word processor that notes every change of font."""


def docx_text(data: bytes, max_size: int) -> str:
    """`b"PK…"` → the paragraphs of the document, those in tables and text boxes in their place, blank lines between.

    Deleted text, headers, footers, notes and comments are left out. What the properties of the document say of its
    title, author and date is left alone: it tells of the template and the clerk, seldom of the article.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PART) as part:
        text = _Paragraphs().read(part, max_size)
    if not text.strip():
        raise EmptyText(cause="the document holds no text")
    return text


class _Paragraphs:
    """Collects paragraphs; one in a text box comes before the paragraph that the box hangs on."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[list[str]] = []
        self._in_text = False
        self._left_out = 0
        self._size = 0

    def read(self, part: IO[bytes], max_size: int) -> str:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        fed = 0
        while piece := part.read(_PIECE):
            fed += len(piece)
            parser.Parse(piece, False)
            too_long = fed - parser.CurrentByteIndex > _LONGEST_TOKEN
            if too_long or self._size > max_size or fed > _XML_SHARE * max_size:
                raise TooLarge
        parser.Parse(b"", True)
        return "\n\n".join(self._done)

    def _start(self, name: str, _: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name == "Fallback":  # the same text box once more, for older programs
            self._left_out += 1
        elif self._left_out:
            return
        elif name == "p":
            self._open.append([])
        elif self._open and name in _SIGNS:
            self._open[-1].append(_SIGNS[name])
        self._in_text = name == "t"

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        self._in_text = False
        if name == "Fallback":
            self._left_out -= 1
        elif name == "p" and self._open and not self._left_out:
            paragraph = "".join(self._open.pop()).strip()
            self._done += [paragraph] if paragraph else []

    def _characters(self, text: str) -> None:
        if self._in_text and self._open and not self._left_out:
            self._open[-1].append(text)
            self._size += len(text)


def _refuse(*_: object) -> None:
    """No word processor writes document types, which can make a small file unpack without end."""
    raise BrokenFile(cause="the document declares a document type, which Word documents do not have")
