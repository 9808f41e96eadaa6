"""Names of texts: safe as file names, and each but once in a run."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict

_LONGEST = 120  # characters: with four bytes each this is the longest that most file systems bear, twice over
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, marks of direction, halves of pairs, line ends


def safe_id(name: str) -> str:
    """`"a/b\\n"` → "a_b_": no separators of paths, control characters or marks of direction; "" and ".." → "text"."""
    kept = "".join("_" if char in "/\\" or unicodedata.category(char) in _UNSAFE else char for char in name[:_LONGEST])
    return kept if kept.strip(". ") else "text"


def printable(path: str) -> str:
    """`"caf\\udce9.txt"`, a name that is not UTF-8 → "caf\\\\xe9.txt": what can be shown and written."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace").decode()


class Ids:
    """Gives out ids: a second "a" of the run becomes "a-2", and so on."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: defaultdict[str, int] = defaultdict(lambda: 2)

    def free(self, name: str) -> str:
        """`free("a")`, with "a" and "a-2" taken → "a-3"."""
        stem = free = safe_id(name)
        while free in self._taken:
            free = f"{stem}-{self._next[stem]}"
            self._next[stem] += 1
        self._taken.add(free)
        return free
