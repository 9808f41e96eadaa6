"""What a copy is linked to, and how the link gets into a document."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_core import to_json

from coopex.records import Document


@dataclass(frozen=True, slots=True)
class Link:
    """A text is a copy of the text `doc_id`: word for word when `similarity` is 1, else nearly."""

    doc_id: str
    similarity: float

    @property
    def fields(self) -> dict[str, str | float]:
        """The link as the last fields of a `Document`."""
        return {"duplicate_of": self.doc_id, "similarity": self.similarity}


_UNMARKED = ',"duplicate_of":null,"similarity":null}'


def mark(line: str, link: Link) -> str:
    """`'{"doc_id":"b",…,"duplicate_of":null,"similarity":null}'` → the line with the link in it.

    Equals `to_json` of the document with the link, without reading the line. Raises ValueError when the line is not
    that of a document, or is marked already.
    """
    if not line.endswith(_UNMARKED):
        raise ValueError(f"not the line of an unmarked document: …{line[-80:]}")
    return f"{line.removesuffix(_UNMARKED)},{to_json(link.fields).decode('utf-8')[1:]}"


def skipped(document: Document, link: Link) -> Document:
    """Link a document whose records were not read because it is a copy, and say so in a warning."""
    how = "the same text as" if link.similarity == 1 else f"nearly the same text ({link.similarity}) as"
    warning = f"no records were read: {how} {link.doc_id}"
    return document.model_copy(update={**link.fields, "warnings": (*document.warnings, warning)})
