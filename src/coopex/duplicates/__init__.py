"""Texts that are copies of others, word for word or nearly: told and linked, never dropped.

`docs/duplicates.md` tells the method, the figures behind its parameters, and its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coopex.duplicates.fingerprints import Fingerprint, fingerprint
from coopex.duplicates.index import Duplicates
from coopex.duplicates.link import Link, mark, skipped

__all__ = ["Duplicates", "Fingerprint", "Link", "find", "fingerprint", "mark", "skipped"]


def find(texts: Mapping[str, str] | Iterable[str]) -> dict[str, Link]:
    """`{"a": news, "b": other, "c": news}` → `{"c": Link("a", 1.0)}`: the copies among texts, each with its original.

    Texts without ids are "text-1", "text-2" and so on, as `Extractor.pipe` names them.
    """
    named = (
        texts.items()
        if isinstance(texts, Mapping)
        else ((f"text-{number}", text) for number, text in enumerate(texts, start=1))
    )
    with Duplicates() as seen:
        links = ((doc_id, seen.add(doc_id, fingerprint(text))) for doc_id, text in named)
        return {doc_id: link for doc_id, link in links if link is not None}
