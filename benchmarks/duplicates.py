"""Measure how copies are told: found by edit, taken for copies wrongly, time. `docs/duplicates.md` has the figures.

`python benchmarks/duplicates.py` prints what the code does; `--shingles` what texts share by the length of shingles,
on the texts that are not held; `--texts N` adds the time of looking up N generated texts.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from coopex.duplicates import Duplicates, Fingerprint, find, fingerprint
from coopex.duplicates.fingerprints import BANDS, ROWS
from copies import EDITS, Pair, copies, originals, strangers

STEP = 100_000


def main() -> None:
    """Print the tables that are asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shingles", action="store_true")
    arguments.add_argument("--texts", type=int, default=0)
    options = arguments.parse_args()
    print("\n".join(shingles() if options.shingles else [*found(), "", *speed(options.texts)]))


def found() -> Iterator[str]:
    """One line an edit and a kind of strangers: pairs linked of all pairs, of those chosen on and of those held."""
    yield "| pairs | linked, chosen on | linked, held |\n| --- | --- | --- |"
    for edit in EDITS:
        yield _linked(edit, list(copies(edit)))
    pairs = list(strangers())
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        yield _linked(kind, [pair for pair in pairs if pair.kind == kind])
    texts = originals()
    yield f"| different news, all {len(texts)} at once | | {len(find(texts))} |"


def _linked(kind: str, pairs: list[Pair]) -> str:
    cells = []
    for held in (False, True):
        hits = [bool(find([pair.first, pair.second])) for pair in pairs if pair.held == held]
        cells.append(f"{sum(hits)} of {len(hits)}" if hits else "")
    return f"| {kind} | {' | '.join(cells)} |"


def shingles() -> Iterator[str]:
    """One line a kind of pairs: the least, the middle and the largest share of shingles, by length of the shingle."""
    lengths = (1, 2, 3, 4, 5)
    yield "| pairs | " + " | ".join(f"{length} words" for length in lengths) + " | names and numbers |"
    yield "| --- " * (len(lengths) + 2) + "|"
    pairs = [pair for edit in EDITS for pair in copies(edit)] + list(strangers())
    for kind in dict.fromkeys(pair.kind for pair in pairs if not pair.held):
        chosen = [pair for pair in pairs if pair.kind == kind and not pair.held]
        cells = [_spread(_jaccard(pair, length) for pair in chosen) for length in lengths]
        prints = [(fingerprint(pair.first), fingerprint(pair.second)) for pair in chosen]
        yield f"| {kind} | {' | '.join(cells)} | {_spread(a.shared_particulars(b) for a, b in prints)} |"


def _spread(values: Iterable[float]) -> str:
    sorted_values = sorted(values)
    return f"{sorted_values[0]:.2f} {median(sorted_values):.2f} {sorted_values[-1]:.2f}"


def _jaccard(pair: Pair, length: int) -> float:
    first, second = (_shingles(text, length) for text in (pair.first, pair.second))
    return len(first & second) / len(first | second)


def _shingles(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def speed(count: int) -> Iterator[str]:
    """The time of a fingerprint, and of a look-up among `count` texts, a quarter of them copies."""
    texts = list(originals().values())
    started = process_time()
    prints = [fingerprint(text) for text in texts * 5]
    yield f"fingerprint: {(process_time() - started) / len(prints) * 1e6:.0f} µs a text"
    yield f"its line: {median(len(str(each)) for each in prints)} characters"
    with tempfile.TemporaryDirectory() as folder, Duplicates(Path(folder, "seen.sqlite")) as seen:
        spent = 0.0
        for number, each in enumerate(generated(count), start=1):
            started = process_time()
            seen.add(f"text-{number}", each)
            spent += process_time() - started
            if number % STEP == 0:
                size = Path(folder, "seen.sqlite").stat().st_size
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                yield (
                    f"look-up, the last {STEP:,} of {number:,}: {spent / STEP * 1e6:.0f} µs a text; "
                    f"{size / number:.0f} bytes a text on disk, peak memory {peak} MB"
                )
                spent = 0.0


def generated(count: int) -> Iterator[Fingerprint]:
    """Yield fingerprints as of many texts: three quarters new, the others copies of one of the last thousand."""
    chance = random.Random(1)
    last: deque[Fingerprint] = deque(maxlen=1000)
    for number in range(count):
        if number % 4 == 3:
            original = last[chance.randrange(len(last))]
            third = len(original.sketch) // 3
            sketch = chance.randbytes(third) + original.sketch[third:]
            yield Fingerprint(chance.randbytes(8), sketch, original.particulars)
        else:
            last.append(Fingerprint(chance.randbytes(8), chance.randbytes(2 * BANDS * ROWS), b""))
            yield last[-1]


if __name__ == "__main__":
    main()
