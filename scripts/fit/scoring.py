"""Scores of some texts by set and language, as `shared/tools/sets.py` prints them, without annotating anew."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from corpus import CHECK_SETS, OPEN_SETS, GoldText, load
from logistic import NEWS

from coopex.evaluation.comparing import compare_text
from coopex.evaluation.counts import Counts

KINDS = ("visits", "agreements", "technologies")


OWN = ("dev", "more", "fresh", "releases")


def pools_of(name: str) -> tuple[str, ...]:
    """Name the pools that a set of gold belongs to: floors are kept on pools, as small sets move by chance.

    "own" is the repository's own gold about cooperation, on which the product itself is scored by tests. Ordinary news,
    where hardly any text has a record, is in no pool: what it shows are false records.
    """
    if name in CHECK_SETS or name == "ordinary":
        return ()
    return ("open news",) if name in NEWS else ("cooperation", "own") if name in OWN else ("cooperation",)


def slot_counts(found: Any, text: GoldText) -> dict[tuple[str, str], Counts]:
    """Count right, spurious and missed fillers of a text by kind and slot; records under the slot "record"."""
    compared = compare_text(found, text.gold)
    counts: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for kind, records in compared.records.items():
        for i, record in enumerate(records.found):
            if i not in records.pairs:
                for slot, fillers in record.slots.items():
                    counts[kind, slot] += Counts(0, len(fillers), 0)
                counts[kind, "date"] += Counts(0, int(record.date is not None), 0)
                counts[kind, "status"] += Counts(0, 1, 0)
                counts[kind, "record"] += Counts(0, 1, 0)
        for i, j in records.pairs.items():
            if records.gold[j].optional:
                continue
            for slot, count in records.compared[i].counts.items():
                counts[kind, slot] += count
            counts[kind, "record"] += Counts(1, 0, 0)
        for j in records.missed:
            gold = records.gold[j]
            for slot in gold.slots:
                counts[kind, slot] += Counts(0, 0, len(gold.required(slot)))
            counts[kind, "date"] += Counts(0, 0, int(gold.date is not None and not gold.date.optional))
            counts[kind, "status"] += Counts(0, 0, 1)
            counts[kind, "record"] += Counts(0, 0, 1)
    areas = compared.areas
    counts["technologies", "id"] += Counts(areas.right, len(areas.wrong), len(areas.missed))
    return counts


def table(
    found: Mapping[tuple[str, str], Any], texts: Iterable[GoldText], slots: bool = False
) -> dict[str, dict[str, float]]:
    """Print F1 by set, pool and language, with `slots` also by slot; return it: {"dev/en": {"visits": 0.55, …}, …}."""
    sums: dict[tuple[str, str], dict[tuple[str, str], Counts]] = defaultdict(lambda: defaultdict(Counts))
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for text in texts:
        counted = slot_counts(found[text.set, text.doc_id], text)
        for name, language in product((text.set, *pools_of(text.set)), (text.language, "all")):
            numbers[name, language] += 1
            for key, count in counted.items():
                sums[name, language][key] += count
    figures: dict[str, dict[str, float]] = {}
    for (name, language), counts in sums.items():
        cells = [f"{name:17}{language:4}{numbers[name, language]:4}"]
        for kind in KINDS:
            total = sum((c for (k, s), c in counts.items() if k == kind and s != "record"), Counts())
            figures.setdefault(f"{name}/{language}", {})[kind] = round(total.f1, 3)
            cells.append(f"{total.precision:.2f}/{total.recall:.2f}/{total.f1:.3f}")
            if kind != "technologies":
                record = counts[kind, "record"]
                cells[-1] += f" rec {record.precision:.2f}/{record.recall:.2f}"
        false = [counts[kind, "record"].spurious for kind in KINDS[:2]] + [counts["technologies", "id"].spurious]
        cells.append(" ".join(f"{100 * n / numbers[name, language]:5.1f}" for n in false))
        print("  ".join(cells), flush=True)
        if slots and not name.startswith("check"):
            for (kind, slot), c in sorted(counts.items()):
                told = f"P {c.precision:.2f} R {c.recall:.2f} F {c.f1:.3f}"
                print(f"      {kind:13}{slot:13} {told} ({c.right} right, {c.spurious} spurious, {c.missed} missed)")
    return figures


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or [*OPEN_SETS, *CHECK_SETS]
    texts = load(*chosen)
    table({(text.set, text.doc_id): text.found() for text in texts}, texts, slots="--slots" in sys.argv)
