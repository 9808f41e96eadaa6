"""Compare the records of a text with its gold: pair them, then tell of every value whether it is right.

Records of a text are first paired one to one, by the fillers that they share; then every slot of every pair
counts its right, spurious and missed fillers. Records without a partner count all their fillers as spurious, or
as missed. What the gold calls optional counts neither way; it only helps to pair records that share nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from coopex.evaluation.counts import Counts
from coopex.evaluation.gold import (
    LABELS,
    META,
    SLOTS,
    Filler,
    Found,
    FoundRecord,
    Gold,
    GoldDate,
    GoldRecord,
    GoldTechnology,
    Kind,
)
from coopex.evaluation.names import Interval, same_name

Verdict = Literal["right", "wrong", "tolerated"]

CORE: Mapping[Kind, frozenset[str]] = {
    "visits": frozenset(SLOTS["visits"]),
    "agreements": frozenset({*SLOTS["agreements"], "kind"}),
}
"""The parts that make two records the same record; date and status only tip the balance."""

OPTIONAL_WEIGHT = 0.3
MOST_OPTIONAL = 2
"""What an optional filler in common weighs beside a required one, and how many of them count."""

PAIRING_STEPS = 20_000


# --- one record --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SlotComparison:
    """One slot: what was found with a verdict on each, and what was missed."""

    found: tuple[Filler, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    missed: tuple[Filler, ...] = ()

    @property
    def counts(self) -> Counts:
        """Right, spurious and missed fillers; tolerated ones count neither way."""
        return Counts(self.verdicts.count("right"), self.verdicts.count("wrong"), len(self.missed))

    def differences(self, slot: str) -> list[str]:
        """Say what differs: "+hosts:Tver" for what is spurious, "-hosts:Troitsk" for what is missed."""
        wrong = [filler for filler, verdict in zip(self.found, self.verdicts, strict=True) if verdict == "wrong"]
        signs = [("+", filler) for filler in wrong] + [("-", filler) for filler in self.missed]
        return [f"{sign}{slot}:{filler.names[0] if filler.names else ''}" for sign, filler in signs]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One pair of records: the comparison of every slot, the counts of all parts, and what differs in words."""

    slots: Mapping[str, SlotComparison]
    counts: Mapping[str, Counts]
    differences: tuple[str, ...]

    @property
    def share_right(self) -> float:
        """Share of the values of the record that are right; 1 when all are only tolerated."""
        return sum(self.counts.values(), Counts()).precision


def compare_slot(found: Sequence[Filler], gold: GoldRecord, slot: str) -> SlotComparison:
    """Judge the fillers of one slot; each required filler is claimed by the first that fits it."""
    required, tolerated = gold.required(slot), gold.tolerated(slot)
    left, verdicts = list(required), list[Verdict]()
    for filler in found:
        claimed = next((want for want in left if want.accepts(filler)), None)
        if claimed is not None:
            left.remove(claimed)
            verdicts.append("right")
        else:
            accepted = any(want.accepts(filler) for want in required + tolerated)
            verdicts.append("tolerated" if accepted else "wrong")
    return SlotComparison(tuple(found), tuple(verdicts), tuple(left))


def compare_date(found: Interval | None, gold: GoldDate | None) -> Counts:
    """Count the date slot: a wrong date is both spurious and missed."""
    if found is None:
        return Counts(missed=int(gold is not None and not gold.optional))
    if gold is None:
        return Counts(spurious=1)
    required = int(not gold.optional)
    return Counts(right=required) if gold.accepts(found) else Counts(spurious=1, missed=required)


def compare_record(found: FoundRecord, gold: GoldRecord, kind: Kind) -> Comparison:
    """Compare every slot, the date and the labels of a pair of records."""
    slots = {slot: compare_slot(found.slots[slot], gold, slot) for slot in SLOTS[kind]}
    counts = {slot: compared.counts for slot, compared in slots.items()}
    differences = [told for slot, compared in slots.items() for told in compared.differences(slot)]
    counts["date"] = compare_date(found.date, gold.date)
    if counts["date"].spurious or counts["date"].missed:
        differences.append(f"date:{days(found.date)}!={days(gold.date.readings[0] if gold.date else None)}")
    for label in LABELS[kind]:
        value = found.labels[label]
        right = value in gold.labels[label]
        counts[label] = Counts(right=1) if right else Counts(spurious=1, missed=1)
        if not right:
            differences.append(f"{label}:{value}!={gold.labels[label][0]}")
    return Comparison(slots, counts, tuple(differences))


def days(interval: Interval | None) -> str:
    """Write a range of days: "2018-08-20..2018-08-26", or "none"."""
    return f"{interval[0]}..{interval[1]}" if interval else "none"


# --- pairing -----------------------------------------------------------------------------------


def similarity(found: FoundRecord, gold: GoldRecord, kind: Kind) -> float:
    """How much two records have in common; 0 when they share no filler that tells records apart.

    Without a required filler in common, optional ones still tell that it is the same record.
    """
    counts = compare_record(found, gold, kind).counts
    core: float = sum(count.right for part, count in counts.items() if part in CORE[kind])
    core = core or OPTIONAL_WEIGHT * min(_count_optional(found, gold, kind), MOST_OPTIONAL)
    rest = sum(count.right for part, count in counts.items() if part not in CORE[kind])
    spurious = sum(count.spurious for count in counts.values())
    return core + 0.4 * rest - 0.1 * spurious if core else 0.0


def _count_optional(found: FoundRecord, gold: GoldRecord, kind: Kind) -> int:
    """Count the fillers found that the gold has in the same slot as optional; ids of areas tell nothing apart."""
    return sum(
        any(wanted.accepts(filler) for wanted in gold.optional_fillers(slot))
        for slot in SLOTS[kind]
        if slot != "technologies"
        for filler in found.slots[slot]
    )


def pair(found: Sequence[FoundRecord], gold: Sequence[GoldRecord], kind: Kind) -> dict[int, int]:
    """Pair found with gold records one to one so that the similarities add up to the most.

    All ways of pairing are tried, the most similar pairs first, up to `PAIRING_STEPS`.
    """
    candidates = [
        (likeness, i, j)
        for i, one in enumerate(found)
        for j, other in enumerate(gold)
        if (likeness := similarity(one, other, kind)) > 0
    ]
    return _Pairing(sorted(candidates, reverse=True)).best


class _Pairing:
    def __init__(self, candidates: Sequence[tuple[float, int, int]]) -> None:
        self.candidates = candidates
        self.best: dict[int, int] = {}
        self._best_total = 0.0
        self._steps = PAIRING_STEPS
        self._search(0, {}, 0.0)

    def _search(self, first: int, chosen: dict[int, int], total: float) -> None:
        if total > self._best_total:
            self.best, self._best_total = dict(chosen), total
        self._steps -= 1
        if self._steps < 0:
            return
        taken = set(chosen.values())
        for n in range(first, len(self.candidates)):
            likeness, i, j = self.candidates[n]
            if i not in chosen and j not in taken:
                self._search(n + 1, {**chosen, i: j}, total + likeness)


# --- one text ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class RecordsComparison:
    """The visits, or the agreements, of a text: which found record is which gold record, and how they compare."""

    kind: Kind
    found: tuple[FoundRecord, ...]
    gold: tuple[GoldRecord, ...]

    @cached_property
    def pairs(self) -> Mapping[int, int]:
        """Number of the gold record by that of the found one."""
        return pair(self.found, self.gold, self.kind)

    @cached_property
    def compared(self) -> Mapping[int, Comparison]:
        """Comparison of each paired found record, by its number."""
        return {i: compare_record(self.found[i], self.gold[j], self.kind) for i, j in self.pairs.items()}

    @property
    def missed(self) -> list[int]:
        """Numbers of the required gold records that nothing was paired with."""
        taken = set(self.pairs.values())
        return [j for j, wanted in enumerate(self.gold) if j not in taken and not wanted.optional]

    def share_right(self, i: int) -> float:
        """Share of the values of a found record that are right; 0 for a record that the text does not tell."""
        return self.compared[i].share_right if i in self.compared else 0.0


@dataclass(frozen=True, slots=True)
class AreasComparison:
    """The technology areas of a text: every id found with its role and verdict, and the ids missed."""

    gold: tuple[GoldTechnology, ...]
    roles: Mapping[str, str]
    verdicts: Mapping[str, Verdict]
    right: int
    missed: tuple[str, ...]
    judged: bool

    @property
    def wrong(self) -> list[str]:
        """Ids found that the gold does not have, in alphabetical order."""
        return sorted(area_id for area_id, verdict in self.verdicts.items() if verdict == "wrong")


@dataclass(frozen=True, slots=True)
class MetaComparison:
    """One fact of the page: what was read, what is right, and whether they agree."""

    key: str
    found: str | None
    gold: str | None
    right: bool


@dataclass(frozen=True, slots=True)
class TextComparison:
    """All that was found in a text against its gold."""

    records: Mapping[Kind, RecordsComparison]
    areas: AreasComparison
    meta: tuple[MetaComparison, ...]


def compare_text(found: Found, gold: Gold) -> TextComparison:
    """Compare a document with its gold."""
    return TextComparison(
        records={
            kind: RecordsComparison(kind, tuple(found.records.get(kind, ())), gold.records[kind]) for kind in SLOTS
        },
        areas=_compare_areas(found, gold),
        meta=tuple(_compare_meta(found, gold)),
    )


def _compare_areas(found: Found, gold: Gold) -> AreasComparison:
    known = {area_id for area in gold.technologies for area_id in area.ids}
    required = [area for area in gold.technologies if not area.optional]
    asked = {area_id for area in required for area_id in area.ids}
    missed = tuple(area.ids[0] for area in required if not found.technologies.keys() & set(area.ids))
    verdicts: dict[str, Verdict] = {
        area_id: "right" if area_id in asked else "tolerated" if area_id in known else "wrong"
        for area_id in found.technologies
    }
    judged = bool(found.technologies or gold.technologies)
    return AreasComparison(gold.technologies, found.technologies, verdicts, len(required) - len(missed), missed, judged)


def _compare_meta(found: Found, gold: Gold) -> Iterable[MetaComparison]:
    yield MetaComparison("language", found.language, gold.language, found.language == gold.language)
    for key in META:
        have, want = found.meta.get(key), gold.meta.get(key)
        if key == "source" and not want:
            continue  # a site's name may stand in its address or logo line: not judged
        right = have == want if key == "published" or not want or not have else same_name(have, want)
        yield MetaComparison(key, have, want, right)
