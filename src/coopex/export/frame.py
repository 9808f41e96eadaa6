"""Records as a pandas DataFrame, for notebooks; pandas is an extra and is imported only here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coopex.export.rows import RecordKind, columns, rows_of
from coopex.records import Document

if TYPE_CHECKING:
    from pandas import DataFrame


def to_frame(documents: Iterable[Document], kind: RecordKind = "visits") -> DataFrame:
    """Return one row a record of `kind` over all documents; lists stay tuples, days stay ISO strings."""
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise ImportError(
            "a DataFrame needs pandas: pip install 'coopex[pandas]'; to_dicts() does without"
        ) from error
    rows = [row for document in documents for row in rows_of(document, kind)]
    return DataFrame(rows, columns=list(columns(kind)))
