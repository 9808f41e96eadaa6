"""Print which share of the gold's events has a candidate at its cue: `make candidates`.

The cue of a gold record is the shortest phrase that tells of the event; only gold that COOPEX_GOLD names has cues. A
candidate is there when a mention stands in a sentence of the cue, whatever is decided of it later.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus import GoldText, load

from coopex.events.agreements.candidates import find_agreement_mentions
from coopex.events.visits.candidates import find_visit_mentions
from coopex.resolve.reading import Reading

SETS = ("domain", "domain2", "newswire", "unselected")
Spans = list[tuple[int, int]]


def spans_of(text: GoldText, reading: Reading) -> dict[str, Spans]:
    """Character spans of the sentences in which candidates of visits and of agreements stand."""
    visits = find_visit_mentions(reading, [*reading.matches, *reading.partial_matches])
    places = {
        "visits": [(m.part, m.trigger) for m in visits],
        "agreements": [(m.part, m.head) for m in find_agreement_mentions(reading)],
    }
    return {
        kind: [
            (part.block.start + sentence.start_char, part.block.start + sentence.end_char)
            for part, token in found
            for sentence in [part.sentence(token)]
        ]
        for kind, found in places.items()
    }


def is_covered(text: str, cue: str, spans: Spans) -> bool:
    """Whether a cue shares a character with a span."""
    at = text.find(cue)
    while at >= 0:
        if any(start < at + len(cue) and at < end for start, end in spans):
            return True
        at = text.find(cue, at + 1)
    return False


def main() -> None:
    """Print the shares by set and kind."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for text in load(*SETS):
        spans = spans_of(text, text.read())
        for kind, found in spans.items():
            for record in text.raw.get(kind) or ():
                if record.get("cue") and not record.get("optional"):
                    counts[text.set, kind][0] += is_covered(text.text, record["cue"], found)
                    counts[text.set, kind][1] += 1
    if not counts:
        print("no gold with cues: set COOPEX_GOLD to a folder of gold")
    for (name, kind), (covered, every) in counts.items():
        print(f"{name:12}{kind:12} {covered} of {every} have a candidate at their cue ({covered / every:.1%})")


if __name__ == "__main__":
    main()
