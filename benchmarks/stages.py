"""Print how much processor time a text takes in each step of the pipeline, per language, as a Markdown table.

The median of several passes over the texts of data/raw, after one pass that warms every cache. Processor time, not
wall time, so that another job on the machine does little harm; the rows of one run compare with each other.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from coopex import Extractor

TEXTS = Path(__file__).parents[1] / "data" / "raw"
STEPS = {  # step → the functions that are it; time inside a function of another step is that step's
    "blocks": [("coopex.pipeline", "split_blocks")],
    "language": [("coopex.pipeline", "label_languages")],
    "metadata": [("coopex.pipeline", "read_metadata")],
    "page": [("coopex.pipeline:Extractor", "_page")],  # what is left of it: which facts win, the dateline cut off
    "annotate": [("coopex.pipeline:Extractor", "_annotate")],
    "mentions": [("coopex.resolve", "part_of")],
    "match": [("coopex.matching.engine", "match_part")],
    "dates": [("coopex.dates.find", "find_date_words"), ("coopex.dates.find", "resolve_dates")],
    "references": [("coopex.resolve.references", "read_references"), ("coopex.resolve.offices", "read_offices")],
    "technology": [("coopex.technology", "select_areas")],
    "assembly": [("coopex.resolve", "resolve")],
    "build": [("coopex.build", "build_document")],
}
OURS = [step for step in STEPS if step != "annotate"]


class Stopwatch:
    """Seconds of processor time by step; a step that runs inside another stops the clock of the outer one."""

    def __init__(self) -> None:
        self.seconds = defaultdict[str, float](float)
        self._running: list[str] = []
        self._since = 0.0

    def time(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function that does the same and is timed as `step`."""

        @wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            self._switch()
            self._running.append(step)
            try:
                return function(*arguments, **options)
            finally:
                self._switch()
                self._running.pop()

        return timed

    def _switch(self) -> None:
        now = process_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path, default=TEXTS)
    arguments.add_argument("--passes", type=int, default=5)
    options = arguments.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(options.texts.glob("*.txt"))]
    extractor = Extractor()
    languages = [document.language for document in extractor.pipe(texts)]
    columns = {}
    for language in ("en", "ru"):
        chosen = [text for text, found in zip(texts, languages, strict=True) if found == language]
        columns[language] = measure(extractor, chosen, options.passes)
    print(table(columns))


def measure(extractor: Extractor, texts: Sequence[str], passes: int) -> dict[str, float]:
    """Give the milliseconds a text of each step: the median of several passes over `texts`."""
    runs = []
    for _ in range(passes):
        with watched() as stopwatch:
            for _ in extractor.pipe(texts):
                pass
        runs.append({step: 1000 * stopwatch.seconds[step] / len(texts) for step in STEPS})
    return {step: median(run[step] for run in runs) for step in STEPS}


@contextmanager
def watched() -> Iterator[Stopwatch]:
    """Time the functions of `STEPS` for as long as the block runs."""
    stopwatch, replaced = Stopwatch(), []
    for step, functions in STEPS.items():
        for place, name in functions:
            module, _, owner = place.partition(":")
            holder = getattr(import_module(module), owner) if owner else import_module(module)
            replaced.append((holder, name, getattr(holder, name)))
            setattr(holder, name, stopwatch.time(step, getattr(holder, name)))
    try:
        yield stopwatch
    finally:
        for holder, name, function in replaced:
            setattr(holder, name, function)


def table(columns: dict[str, dict[str, float]]) -> str:
    """Write the milliseconds of each step and language as a Markdown table."""
    sums = {"all but annotate": OURS, "all": list(STEPS)}
    lines = [["ms a text", *columns], ["---"] * (len(columns) + 1)]
    for name, steps in ({step: [step] for step in STEPS} | sums).items():
        lines.append([name, *(f"{sum(figures[step] for step in steps):.2f}" for figures in columns.values())])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
