"""One text of the page: its records beside those of the gold, value by value, and the text with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coopex.evaluation.comparing import Comparison, RecordsComparison, TextComparison, Verdict, compare_text, days
from coopex.evaluation.counts import Counts
from coopex.evaluation.gold import LABELS, SLOTS, Filler, Found, FoundRecord, Gold, GoldDate, GoldRecord, Json, found_of
from coopex.evaluation.page.marks import Judgement, Mark, Piece, name_marks, pieces_of

State = Literal["right", "differs", "spurious", "missed", "optional"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its judgement; `also` are other names by which the gold knows it."""

    text: str
    judgement: Judgement
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of a record: what was found beside what the gold has."""

    name: str
    found: tuple[Value, ...]
    gold: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record, found or of the gold or both."""

    kind: str
    title: str
    state: State
    slots: tuple[SlotView, ...]
    told: str = ""

    @property
    def differs(self) -> bool:
        """Whether there is anything to look at."""
        return self.state not in {"right", "optional"}


@dataclass(frozen=True, slots=True)
class TextView:
    """One text: its records, what was read of its page, and its pieces with their marks."""

    name: str
    language: str
    title: str
    records: tuple[RecordView, ...]
    facts: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def differing(self) -> list[RecordView]:
        """The records that differ from the gold."""
        return [record for record in self.records if record.differs]

    @property
    def kinds(self) -> list[str]:
        """Kinds of record that the text or its gold has."""
        return list(dict.fromkeys(record.kind for record in self.records))


def text_view(name: str, document: Json | None, gold: Gold, text: str | None) -> TextView:
    """Hold one document against its gold; without a document everything is missed."""
    raw = document or {}
    compared = compare_text(found_of(raw) if document else Found(), gold)
    records = [view for each in compared.records.values() for view in _records(each, raw)]
    areas = _areas(compared)
    facts = [f"{fact.key}: read {fact.found!r}, gold {fact.gold!r}" for fact in compared.meta if not fact.right]
    return TextView(
        name,
        gold.language or "none",
        gold.meta.get("title") or raw.get("title") or name,
        (*records, *areas),
        tuple(facts if document else ["there is no document for this text", *facts]),
        tuple(pieces_of(text, list(_marks(compared, raw, text)))) if text else (),
    )


# --- records -----------------------------------------------------------------------------------


def _records(compared: RecordsComparison, raw: Json) -> Iterator[RecordView]:
    for i, record in enumerate(compared.found):
        told = _told(raw[compared.kind][i])
        title = f"{compared.kind.removesuffix('s')} {i + 1}"
        if i in compared.pairs:
            wanted, comparison = compared.gold[compared.pairs[i]], compared.compared[i]
            state: State = "differs" if comparison.differences else "right"
            if wanted.optional:
                state, told = "optional", f"optional in the gold; {told}"
            slots = _pair_slots(compared, record, wanted, comparison)
        else:
            state, slots = "spurious", _lone_slots(compared, record, None)
        yield RecordView(compared.kind, title, state, tuple(slots), told)
    for j in compared.missed:
        slots = _lone_slots(compared, None, compared.gold[j])
        yield RecordView(compared.kind, f"{compared.kind.removesuffix('s')} not found", "missed", tuple(slots))


def _told(record: Any) -> str:
    """Tell confidence and rules of a found record: "confidence 0.83, by visit.travel"."""
    rules = ", ".join(record.get("rules") or ())
    sure = f"confidence {record['confidence']:.2f}" if record.get("confidence") is not None else ""
    return ", ".join(part for part in (sure, f"by {rules}" if rules else "") if part)


def _pair_slots(
    compared: RecordsComparison, found: FoundRecord, wanted: GoldRecord, comparison: Comparison
) -> Iterator[SlotView]:
    for label in LABELS[compared.kind]:
        right = found.labels[label] in wanted.labels[label]
        value = Value(found.labels[label] or "none", "right" if right else "wrong")
        yield SlotView(label, (value,), (_label(wanted, label, "right" if right else "missed"),))
    for slot in SLOTS[compared.kind]:
        judged = comparison.slots[slot]
        values = [Value(_name(filler), v) for filler, v in zip(judged.found, judged.verdicts, strict=True)]
        gold = [_gold_value(filler, missed=filler in judged.missed) for filler in wanted.slots[slot]]
        if values or gold:
            yield SlotView(slot, tuple(values), tuple(gold))
    if found.date or wanted.date:
        yield _date_slot(found, wanted.date, comparison.counts["date"])


def _label(wanted: GoldRecord, label: str, judgement: Judgement) -> Value:
    best, *others = wanted.labels[label]
    return Value(best, judgement, tuple(others))


def _gold_value(filler: Filler, *, missed: bool) -> Value:
    judgement: Judgement = "tolerated" if filler.optional else "missed" if missed else "right"
    return Value(_name(filler), judgement, filler.names[1:])


def _name(filler: Filler) -> str:
    return filler.names[0] if filler.names else "unnamed"


def _date_slot(found: FoundRecord, wanted: GoldDate | None, counts: Counts) -> SlotView:
    optional = wanted is not None and wanted.optional
    own: Judgement = "wrong" if counts.spurious else "tolerated" if optional else "right"
    theirs: Judgement = "tolerated" if optional else "missed" if counts.missed else "right"
    values = (Value(days(found.date), own),) if found.date else ()
    if wanted is None:
        return SlotView("date", values, ())
    best, *others = wanted.readings
    return SlotView("date", values, (Value(days(best), theirs, tuple(days(each) for each in others)),))


def _lone_slots(
    compared: RecordsComparison, found: FoundRecord | None, wanted: GoldRecord | None
) -> Iterator[SlotView]:
    """Show a record that has no partner: all its values are wrong, or missed."""
    for label in LABELS[compared.kind]:
        told = (Value(found.labels[label] or "none", "wrong"),) if found else ()
        yield SlotView(label, told, (_label(wanted, label, "missed"),) if wanted else ())
    for slot in SLOTS[compared.kind]:
        values = tuple(Value(_name(filler), "wrong") for filler in found.slots[slot]) if found else ()
        gold = tuple(_gold_value(filler, missed=True) for filler in wanted.slots[slot]) if wanted else ()
        if values or gold:
            yield SlotView(slot, values, gold)
    if found and found.date:
        yield SlotView("date", (Value(days(found.date), "wrong"),), ())
    if wanted and wanted.date:
        judgement: Judgement = "tolerated" if wanted.date.optional else "missed"
        yield SlotView("date", (), (Value(days(wanted.date.readings[0]), judgement),))


def _areas(compared: TextComparison) -> Iterator[RecordView]:
    """Show the technology areas of a text as one record."""
    areas = compared.areas
    if not areas.judged:
        return
    found = tuple(Value(area_id, verdict) for area_id, verdict in areas.verdicts.items())
    gold = tuple(
        Value(area.ids[0], _area_judgement(area.ids[0], area.optional, areas.missed), area.ids[1:])
        for area in compared.areas.gold
    )
    state: State = "differs" if areas.missed or areas.wrong else "right"
    yield RecordView("technologies", "technology areas", state, (SlotView("areas", found, gold),))


def _area_judgement(area_id: str, optional: bool, missed: Sequence[str]) -> Judgement:
    return "tolerated" if optional else "missed" if area_id in missed else "right"


# --- marks -------------------------------------------------------------------------------------


def _marks(compared: TextComparison, raw: Json, text: str) -> Iterator[Mark]:
    for records in compared.records.values():
        yield from _record_marks(records, raw, text)
    for area in raw.get("technologies") or ():
        if isinstance(area, Mapping):
            verdict = compared.areas.verdicts[area["id"]]
            yield from _evidence_marks(area.get("mentions") or (), verdict, f"technology area: {area['id']}")


def _record_marks(compared: RecordsComparison, raw: Json, text: str) -> Iterator[Mark]:
    for i, record in enumerate(compared.found):
        item, name = raw[compared.kind][i], f"{compared.kind.removesuffix('s')} {i + 1}"
        comparison = compared.compared.get(i)
        for slot in SLOTS[compared.kind]:
            verdicts = _verdicts(comparison, slot, len(record.slots[slot]))
            for party, verdict in zip(item.get(slot) or (), verdicts, strict=True):
                if isinstance(party, Mapping):
                    yield from _evidence_marks([party.get("evidence")], verdict, f"{name}, {slot}: {party['name']}")
            missed = comparison.slots[slot].missed if comparison and slot != "technologies" else ()
            yield from _missed_marks(text, missed, f"{name}, {slot}")
        if item.get("date"):
            wrong = comparison is None or comparison.counts["date"].spurious
            told = f"{name}, date: {days(record.date)}"
            yield from _evidence_marks([item["date"].get("evidence")], "wrong" if wrong else "right", told)
    for j in compared.missed:
        for slot in SLOTS[compared.kind]:
            if slot != "technologies":
                yield from _missed_marks(
                    text, compared.gold[j].required(slot), f"{compared.kind[:-1]} not found, {slot}"
                )


def _verdicts(comparison: Comparison | None, slot: str, number: int) -> tuple[Verdict, ...]:
    """Give the verdicts on a slot; in a record that the gold does not have all is wrong."""
    wrong: Verdict = "wrong"
    return comparison.slots[slot].verdicts if comparison else (wrong,) * number


def _evidence_marks(pieces: Iterable[Any], verdict: Judgement, told: str) -> Iterator[Mark]:
    for piece in pieces:
        if piece:
            yield Mark(int(piece["start"]), int(piece["end"]), verdict, told)


def _missed_marks(text: str, missed: Iterable[Filler], told: str) -> Iterator[Mark]:
    for filler in missed:
        yield from name_marks(text, filler.names, f"{told}: {_name(filler)}")
