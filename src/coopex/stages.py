"""Which step of the pipeline is under way, for which text, and how long each step took in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter


class Stages:
    """Keeps time of the steps load, read, blocks, annotate, resolve and records.

    `entered(stage, doc_id)` is called whenever a step begins; `doc_id` is None where the step is taken by a
    whole batch. A step inside another ("load" in "annotate") counts for itself alone.

    >>> stages = Stages()
    >>> with stages.at("blocks", "a"):
    ...     pass
    >>> list(stages.seconds)
    ['blocks']
    """

    def __init__(self, entered: Callable[[str, str | None], None] | None = None) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.failed: tuple[str, str | None] | None = None
        """The step, and its text, that the last exception came out of."""
        self._entered = entered

    @contextmanager
    def at(self, stage: str, doc_id: str | None = None) -> Iterator[None]:
        """Be in a step until the `with` block is left."""
        if self._entered:
            self._entered(stage, doc_id)
        before, start = self.total(), perf_counter()
        try:
            yield
        except Exception:
            self.failed = self.failed or (stage, doc_id)
            raise
        finally:
            self.seconds[stage] += perf_counter() - start - (self.total() - before)

    def total(self) -> float:
        """Add up the seconds of all steps."""
        return sum(self.seconds.values())
