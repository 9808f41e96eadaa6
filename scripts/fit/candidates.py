"""Print which share of the gold's events has a candidate at its cue: `make candidates`.

The cue of a gold record is the shortest phrase that tells of the event; only gold that COOPEX_GOLD names has cues. A
candidate is there when a mention stands in a sentence of the cue, whatever is decided of it later.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import load
from stages import is_cued

from coopex.events.agreements.candidates import find_agreement_mentions
from coopex.events.visits.candidates import find_visit_mentions
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Reading

SETS = ("releases", "wire", "domain", "domain2", "newswire", "unselected")
Trigger = tuple[Part, Token]


def triggers_of(reading: Reading) -> dict[str, list[Trigger]]:
    """Words at which candidates of visits and of agreements stand."""
    visits = find_visit_mentions(reading, [*reading.matches, *reading.partial_matches])
    return {
        "visits": [(m.part, m.trigger) for m in visits],
        "agreements": [(m.part, m.head) for m in find_agreement_mentions(reading)],
    }


def main() -> None:
    """Print the shares by set and kind."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for text in load(*SETS):
        for kind, found in triggers_of(text.read()).items():
            for number, record in enumerate(text.raw.get(kind) or ()):
                if record.get("cue") and not record.get("optional"):
                    counts[text.set, kind][0] += any(is_cued(text, kind, number, *each) for each in found)
                    counts[text.set, kind][1] += 1
    if not counts:
        print("no gold with cues: set COOPEX_GOLD to a folder of gold")
    for (name, kind), (covered, every) in counts.items():
        print(f"{name:12}{kind:12} {covered} of {every} have a candidate at their cue ({covered / every:.1%})")


if __name__ == "__main__":
    main()
