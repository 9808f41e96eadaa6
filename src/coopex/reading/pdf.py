"""Text of PDF files, by pypdf."""

from __future__ import annotations

import io
import logging
import re

from coopex.errors import BrokenFile, EmptyText, TooLarge

_HYPHEN = re.compile(r"(?<=[a-zа-яё])[-\u00ad]\n(?=[a-zа-яё])")


def pdf_text(data: bytes, max_size: int) -> str:
    """`b"%PDF-…"` → the text of its pages, words that were divided at the end of a line made whole again.

    What the file says of its title, author and date is left alone: it tells of the program and the clerk that made
    the file, seldom of the article.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it can mend is no matter for the user
    try:
        text = _joined(PdfReader(io.BytesIO(data)), max_size)
    except (FileNotDecryptedError, DependencyError) as error:
        raise BrokenFile(cause="the PDF is protected by a password", remedy="Save it without protection.") from error
    if not text.strip():
        cause = "the PDF holds no text, perhaps only pictures of its pages"
        raise EmptyText(cause=cause, remedy="Run text recognition (OCR) over it and give the result.")
    return text


def _joined(reader: object, max_size: int) -> str:
    pages: list[str] = []
    size = 0
    for page in reader.pages:  # type: ignore[attr-defined]
        pages.append(page.extract_text().replace("\0", "").strip())
        size += len(pages[-1])
        if size > max_size:
            raise TooLarge(cause=f"the PDF holds more than {max_size:,} characters of text")
    return _HYPHEN.sub("", "\n\n".join(filter(None, pages))).replace("\u00ad", "")
