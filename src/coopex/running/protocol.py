"""What the process that runs and its workers say to each other: pickled messages, each behind its length."""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coopex.errors import CoopexError
from coopex.reading.article import BadInput
from coopex.reading.inputs import Input
from coopex.running.outcome import Outcome
from coopex.running.settings import Limits, RunSettings

if TYPE_CHECKING:
    from coopex.duplicates import Link

EXTRACTOR = "coopex.pipeline:Extractor"
"""What reads texts, as "module:class"; tests put something else here."""
_LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message to a worker."""

    settings: RunSettings
    limits: Limits
    extractor: str = field(default_factory=lambda: EXTRACTOR)
    folder: str = field(default_factory=os.getcwd)
    """Where relative paths begin."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An input with its number in the run, and the link to the text that it repeats, when it is to be skipped."""

    index: int
    item: Input | BadInput
    link: Link | None = None

    @property
    def duplicate_of(self) -> str | None:
        """The text for whose sake this one is skipped."""
        return self.link.doc_id if self.link else None


@dataclass(frozen=True, slots=True)
class Job:
    """Texts to extract, or with `only_fingerprints` to read and tell apart; `alone`: one after the other."""

    texts: tuple[Numbered, ...]
    only_fingerprints: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A job is over; how long each step took, in seconds."""

    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fatal:
    """No text could be read in this worker, or in any."""

    error: CoopexError


@dataclass(frozen=True, slots=True)
class JobDone:
    """All outcomes of a job have come; how long it took by step, in seconds."""

    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PartWritten:
    """Outcomes have been written to a part file by another machine: so many texts, so many failed."""

    path: Path
    texts: int
    failed: int


Message = Outcome | Finished | Fatal


class Channel:
    """Sends and receives messages over two byte streams."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    def send(self, message: object) -> None:
        """Send a message; raises OSError when the other side is gone."""
        packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        self._outgoing.write(_LENGTH.pack(len(packed)) + packed)
        self._outgoing.flush()

    def receive(self) -> Any:
        """Wait for a message; raises EOFError when the other side is gone."""
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        return pickle.loads(self._exactly(length))

    def _exactly(self, size: int) -> bytes:
        found = self._incoming.read(size)
        if len(found) < size:
            raise EOFError
        return found


def sha256_of(item: Input | BadInput) -> str | None:
    """Give the digest of what an input was read from, None where that cannot be had."""
    return item.sha256() if isinstance(item, Input) else None
