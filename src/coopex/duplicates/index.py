"""Which earlier text is each text a copy of? Kept on disk, so that memory stays flat over millions of texts."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from coopex.duplicates.fingerprints import BANDS, Fingerprint
from coopex.duplicates.link import Link

MIN_SIMILARITY = 0.37
"""Of the shingles: halves of a text share .43 to .50 with it, other accounts of one event at most .07, and the estimate
errs by .04 (standard deviation over 448 pairs)."""

MIN_PARTICULARS = 0.6
"""Of names and numbers: next week's report on the same form has up to .56 of this week's, copies .60 and more unless
two sites put much around a short text. Shingles alone do not tell: two market reports share .44, a text and its half
.43 to .52 (`benchmarks/duplicates.py --shingles`)."""

CACHE_KB = 65_536
"""Memory for the tables, whatever their size on disk."""

_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, doc_id TEXT, root INTEGER, similarity REAL, sketch BLOB, particulars BLOB);
CREATE TABLE exact (digest INTEGER PRIMARY KEY, text INTEGER);
CREATE TABLE bands (band INTEGER PRIMARY KEY, text INTEGER);
"""
# One statement for all bands of a text, not one a band: 112 and 131 µs a text (medians of 3, 40,000 texts, busy).
_LOOK_UP = f"SELECT text FROM bands WHERE band IN ({', '.join('?' * BANDS)})"
_ENTER = f"INSERT OR IGNORE INTO bands VALUES {', '.join(f'(?{place}, ?1)' for place in range(2, BANDS + 2))}"


class Duplicates:
    """Takes the fingerprints of texts in their order and links each copy to the earliest text it is a copy of.

    >>> with Duplicates() as seen:
    ...     seen.add("a", fingerprint(news)), seen.add("b", fingerprint(news))
    (None, Link(doc_id='a', similarity=1.0))

    The tables are in memory, or in a new file at `path`, which `close` removes. They can be made again from the
    fingerprints at any time, so nothing is done to save them from a crash.

    A copy of a copy is linked to where the first one is linked, so links never form chains; its similarity is that
    with the copy. Each band remembers the first text that had it: one look-up finds at most as many candidates as
    there are bands, even among a million copies.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path, self._count = path, 0
        if path is not None:
            path.unlink(missing_ok=True)
        self._tables = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._tables.execute("PRAGMA journal_mode = OFF")
        self._tables.execute("PRAGMA synchronous = OFF")
        self._tables.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._tables.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._tables.executescript(_TABLES)
        self._tables.execute("BEGIN")

    def __enter__(self) -> Duplicates:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget all texts and remove the file."""
        self._tables.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def add(self, doc_id: str, found: Fingerprint) -> Link | None:
        """Remember a text; give the link to the earliest one that it is a copy of, None when it is new."""
        if not found.exact:
            return None
        if (same := self._same(found)) is not None:
            return same
        nearest = self._nearest(found)
        self._remember(doc_id, found, nearest)
        return Link(self._doc_id(nearest[0]), nearest[1]) if nearest else None

    def _same(self, found: Fingerprint) -> Link | None:
        row = self._tables.execute(
            "SELECT root, similarity FROM texts WHERE id = (SELECT text FROM exact WHERE digest = ?)", (found.key(),)
        ).fetchone()
        return Link(self._doc_id(row[0]), row[1]) if row else None

    def _nearest(self, found: Fingerprint) -> tuple[int, float] | None:
        """The earliest original among the texts that are near, and the similarity with its nearest copy."""
        near: dict[int, float] = {}
        for text in self._candidates(found):
            root, sketch, particulars = self._tables.execute(
                "SELECT root, sketch, particulars FROM texts WHERE id = ?", (text,)
            ).fetchone()
            other = Fingerprint(b"", sketch, particulars)
            similarity = found.similarity(other)
            if similarity >= MIN_SIMILARITY and found.shared_particulars(other) >= MIN_PARTICULARS:
                near[root] = max(near.get(root, 0.0), similarity)
        return (min(near), _below_one(near[min(near)])) if near else None

    def _candidates(self, found: Fingerprint) -> set[int]:
        """The texts that came first with one of the bands."""
        return {text for (text,) in self._tables.execute(_LOOK_UP, found.bands())} if found.sketch else set()

    def _remember(self, doc_id: str, found: Fingerprint, nearest: tuple[int, float] | None) -> None:
        self._count += 1
        root, similarity = nearest or (self._count, 1.0)
        self._tables.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)",
            (self._count, doc_id, root, similarity, found.sketch, found.particulars),
        )
        self._tables.execute("INSERT INTO exact VALUES (?, ?)", (found.key(), self._count))
        if found.sketch:
            self._tables.execute(_ENTER, (self._count, *found.bands()))

    def _doc_id(self, text: int) -> str:
        return str(self._tables.execute("SELECT doc_id FROM texts WHERE id = ?", (text,)).fetchone()[0])


def _below_one(similarity: float) -> float:
    """Two digits, as many as the estimate is good for; 1 is left to texts that are the same."""
    return min(round(similarity, 2), 0.99)
