"""The inputs of a run, numbered and cut into the batches that are read together.

The batches depend on nothing but the inputs: whichever process reads one, and however often a run was broken
off, the same texts are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import Thread

from coopex.batch import BATCH_SIZE
from coopex.reading.article import BadInput
from coopex.reading.inputs import STDIN, Input, ReadOptions, find_inputs
from coopex.running.protocol import Numbered
from coopex.running.settings import Shard


class Listing:
    """All inputs behind `paths`; may be gone through again and again."""

    def __init__(self, paths: Sequence[Path | str], options: ReadOptions, shard: Shard | None = None) -> None:
        self._paths, self._options, self._shard = paths, options, shard or Shard()
        # Standard input can be read once only.
        self._kept = list(find_inputs(paths, options)) if STDIN in map(str, paths) else None
        self.paths = [str(path) for path in paths]
        self.total: int | None = None
        """How many inputs there are in this shard, when that is known."""
        self.found = 0
        """How many inputs the last listing came to, those of other shards included."""

    def inputs(self) -> Iterator[Input | BadInput]:
        """List the inputs of all shards."""
        return iter(self._kept) if self._kept is not None else find_inputs(self._paths, self._options)

    def batches(self) -> Iterator[tuple[Numbered, ...]]:
        """Cut the inputs into batches and give those of this shard."""
        numbered = (Numbered(index, item) for index, item in enumerate(self.inputs()))
        number = self.found = 0
        while batch := tuple(islice(numbered, BATCH_SIZE)):
            self.found += len(batch)
            if self._shard.has(number):
                yield batch
            number += 1

    def count(self) -> None:
        """Find out how many inputs there are, in a thread; `total` is set when that is known."""
        Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        listing = Listing(self._paths, self._options, self._shard) if self._kept is None else self
        self.total = sum(len(batch) for batch in listing.batches())
