"""Scores of a run: micro-averaged counts of every slot, overall and language by language.

The score is the mean of the slot F1 of visits, agreements and technology areas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coopex.evaluation.comparing import (
    AreasComparison,
    MetaComparison,
    RecordsComparison,
    TextComparison,
    compare_date,
    compare_text,
)
from coopex.evaluation.counts import Counts
from coopex.evaluation.gold import SLOTS, Filler, Found, FoundRecord, Gold, GoldRecord, Kind

KINDS = ("visits", "agreements", "technologies")


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often records that a rule contributed to have a partner in the gold, and how much of them is right.

    `values` adds up the shares of right values, 0 for a record without a partner. Technology areas count under
    "technology." and their role.
    """

    right: int = 0
    seen: int = 0
    values: float = 0.0

    @property
    def confidence(self) -> float:
        """Smoothed precision of records, (right + 1) / (seen + 2)."""
        return (self.right + 1) / (self.seen + 2)

    @property
    def share_right(self) -> float:
        """Mean share of values that are right."""
        return self.values / self.seen if self.seen else 0.0

    def to_dict(self) -> dict[str, float]:
        """The figures, shares rounded to four places."""
        return {"right": self.right, "seen": self.seen, "values_right": round(self.share_right, 4)}


@dataclass(slots=True)
class Scores:
    """The figures of a run, and what differs text by text."""

    texts: int = 0
    slots: dict[str, dict[str, Counts]] = field(default_factory=lambda: defaultdict(dict))
    records: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    meta: dict[str, tuple[int, int]] = field(default_factory=lambda: defaultdict(lambda: (0, 0)))
    rules: dict[str, RulePrecision] = field(default_factory=lambda: defaultdict(RulePrecision))
    differences: dict[str, list[str]] = field(default_factory=dict)

    def count_rule(self, rule: str, *, right: bool, values: float) -> None:
        """Count one record that a rule had part in."""
        so_far = self.rules[rule]
        self.rules[rule] = RulePrecision(so_far.right + right, so_far.seen + 1, so_far.values + values)

    def total(self, kind: str) -> Counts:
        """Sum the counts of all slots of a kind of record."""
        return sum(self.slots[kind].values(), Counts())

    @property
    def score(self) -> float:
        """Mean slot F1 of visits, agreements and technology areas, rounded to four places."""
        return round(sum(round(self.total(kind).f1, 4) for kind in KINDS) / 3, 4)

    def to_dict(self) -> dict[str, Any]:
        """All figures as JSON-ready values."""
        out: dict[str, Any] = {"texts": self.texts}
        for kind in KINDS:
            by_slot = {slot: counts.to_dict() for slot, counts in self.slots[kind].items()}
            out[kind] = {"slots": self.total(kind).to_dict(), "by_slot": by_slot}
        for kind in SLOTS:
            out[kind]["records"] = self.records[kind].to_dict()
        out["meta"] = {key: round(right / seen, 4) if seen else 1.0 for key, (right, seen) in self.meta.items()}
        return out | {"score": self.score}


def score(found: Mapping[str, Found], golds: Mapping[str, Gold]) -> Scores:
    """Score documents against gold, both by document id; a document that is missing found nothing."""
    scores = Scores()
    for name, gold in sorted(golds.items()):
        scores.texts += 1
        told = [] if name in found else ["no prediction"]
        told += _count_text(compare_text(found.get(name, Found()), gold), scores)
        if told:
            scores.differences[name] = told
    return scores


def score_by_language(found: Mapping[str, Found], golds: Mapping[str, Gold]) -> dict[str, Scores]:
    """Score the texts of each language for themselves, by the language that the gold names."""
    languages = sorted({gold.language or "none" for gold in golds.values()})
    return {
        language: score(found, {name: gold for name, gold in golds.items() if (gold.language or "none") == language})
        for language in languages
    }


def _count_text(compared: TextComparison, scores: Scores) -> Iterator[str]:
    for records in compared.records.values():
        yield from _count_records(records, scores)
    yield from _count_areas(compared.areas, scores)
    for fact in compared.meta:
        yield from _count_meta(fact, scores)


def _count_records(compared: RecordsComparison, scores: Scores) -> Iterator[str]:
    kind = compared.kind
    _count_rules(compared, scores)
    for i, j in compared.pairs.items():
        if not compared.gold[j].optional:
            _add(scores, kind, compared.compared[i].counts, Counts(right=1))
            if compared.compared[i].differences:
                yield f"{kind}[{i}] " + "; ".join(compared.compared[i].differences)
    for i, record in enumerate(compared.found):
        if i not in compared.pairs:
            _add(scores, kind, _all_spurious(record, kind), Counts(spurious=1))
            names = _first_names(record.slots[SLOTS[kind][0]])
            yield f"{kind}[{i}] spurious: {names} {record.labels['status']}"
    for j in compared.missed:
        wanted = compared.gold[j]
        _add(scores, kind, _all_missed(wanted, kind), Counts(missed=1))
        names = _first_names(wanted.required(SLOTS[kind][0]))
        yield f"{kind} missed: {names} {wanted.labels['status'][0]}"


def _count_rules(compared: RecordsComparison, scores: Scores) -> None:
    for i, record in enumerate(compared.found):
        for rule in dict.fromkeys(record.rules):
            scores.count_rule(rule, right=i in compared.pairs, values=compared.share_right(i))


def _first_names(fillers: Iterable[Filler]) -> str:
    return ", ".join(filler.names[0] for filler in fillers if filler.names) or "nobody"


def _all_spurious(record: FoundRecord, kind: Kind) -> dict[str, Counts]:
    counts = {slot: Counts(spurious=len(record.slots[slot])) for slot in SLOTS[kind]}
    return counts | {"date": Counts(spurious=int(record.date is not None)), "status": Counts(spurious=1)}


def _all_missed(record: GoldRecord, kind: Kind) -> dict[str, Counts]:
    counts = {slot: Counts(missed=len(record.required(slot))) for slot in SLOTS[kind]}
    return counts | {"date": compare_date(None, record.date), "status": Counts(missed=1)}


def _add(scores: Scores, kind: Kind, slots: Mapping[str, Counts], record: Counts) -> None:
    for slot, counts in slots.items():
        scores.slots[kind][slot] = scores.slots[kind].get(slot, Counts()) + counts
    scores.records[kind] += record


def _count_areas(areas: AreasComparison, scores: Scores) -> Iterator[str]:
    yield from (f"technology missed: {area_id}" for area_id in areas.missed)
    yield from (f"technology spurious: {area_id}" for area_id in areas.wrong)
    for area_id, role in areas.roles.items():
        right = areas.verdicts[area_id] != "wrong"
        scores.count_rule(f"technology.{role}", right=right, values=float(right))
    if areas.judged:
        slots = scores.slots["technologies"]
        slots["id"] = slots.get("id", Counts()) + Counts(areas.right, len(areas.wrong), len(areas.missed))


def _count_meta(fact: MetaComparison, scores: Scores) -> Iterator[str]:
    so_far, seen = scores.meta[fact.key]
    scores.meta[fact.key] = (so_far + fact.right, seen + 1)
    if not fact.right and fact.key != "language":
        yield f"{fact.key}: {fact.found!r} != {fact.gold!r}"
