"""What becomes of one text, in a form that is written to disk and sent between processes as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coopex.errors import CoopexError

if TYPE_CHECKING:
    from coopex.export.rendering import Counts, Tables


@dataclass(frozen=True, slots=True)
class Outcome:
    """The finished text with the number `index` in the run.

    `line` is the JSON of its document, or with `failed` that of its error; `tables` holds the cells of its CSV
    rows by kind of record, `counts` its records by kind and status; `fingerprint` tells it from other texts;
    `sha256` is that of the bytes it was read from, None when they could not be read; `duplicate_of` the text for
    whose sake it was not extracted.
    """

    index: int
    doc_id: str
    path: str | None
    sha256: str | None
    line: str
    failed: bool = False
    fingerprint: str | None = None
    counts: Counts = field(default_factory=dict)
    left_out: int = 0
    duplicate_of: str | None = None
    tables: Tables = field(default_factory=dict)

    @classmethod
    def of_error(cls, index: int, doc_id: str, path: str | None, sha256: str | None, error: CoopexError) -> Outcome:
        """Make the outcome of a text that gave no document."""
        line = json.dumps({"doc_id": doc_id, **error.to_dict(), "sha256": sha256}, ensure_ascii=False)
        return cls(index, doc_id, path, sha256, line.encode("utf-8", "replace").decode(), failed=True)
