"""What a run is told to do, and what it may spend on it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from coopex.errors import BadConfiguration
from coopex.reading.inputs import ReadOptions

Duplicates = Literal["link", "skip", "ignore"]
"""What is done about a text that another one repeats: name that one, and extract it or not; or do not look."""


OUT_OF_MEMORY = 77
"""Exit code of a worker whose memory limit was reached."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Everything, beside the inputs and the version, that has a say in the records of a run."""

    lang: str = "auto"
    en_ner: str | None = None
    published: date | None = None
    min_confidence: float | None = None
    gate: bool = True
    duplicates: Duplicates = "link"
    read: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        if self.duplicates not in get_args(Duplicates):
            remedy = f"Use one of {', '.join(get_args(Duplicates))}."
            raise BadConfiguration(cause=f"duplicates cannot be {self.duplicates!r}", remedy=remedy)

    def to_dict(self) -> dict[str, object]:
        """Give the settings as JSON-ready values."""
        told: dict[str, object] = json.loads(json.dumps(asdict(self), default=str))
        return told

    def fingerprint(self) -> str:
        """Give a digest that is the same for runs that must give the same records for the same inputs."""
        from coopex.about import versions

        told = json.dumps([self.to_dict(), versions(), code_digest()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one text may cost: `seconds` (of the clock) and `megabytes` of memory of the process that reads it."""

    seconds: float = 60.0
    megabytes: int = 2048


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of a run that one of several independent commands does: the `number`-th of `count`, from 1."""

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, told: str) -> Shard:
        """`"2/8"` → the second of eight; raises `BadConfiguration`."""
        number, _, count = told.partition("/")
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            raise BadConfiguration(
                cause=f"{told!r} is no part of a run", remedy="Write --shard like 2/8: the second of eight parts."
            )
        return cls(int(number), int(count))

    def has(self, chunk: int) -> bool:
        """Tell whether a chunk belongs to this part: chunks are dealt out in turn."""
        return chunk % self.count == self.number - 1

    def __str__(self) -> str:
        """`Shard(2, 8)` → "2/8"."""
        return f"{self.number}/{self.count}"


WORKER_BYTES = 10**9
"""Memory to count on for a worker: one that reads both languages takes some 500 MB, more at a long text."""


def default_jobs() -> int:
    """As many as there are processors that this process may use, but no more than the memory has room for."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _memory() // WORKER_BYTES))


def _memory() -> int:
    """Give the bytes of memory of this machine; plenty where that cannot be told."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return sys.maxsize


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Digest the code, rules and tables of this package: a developer's change makes another version."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(p for p in package.rglob("*") if p.suffix in {".py", ".yaml", ".json", ".tsv", ".gz"}):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
