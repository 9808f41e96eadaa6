"""Score records against gold files: how many slots were filled rightly, wrongly, and not at all.

A gold file `NAME.gold.json` belongs to the document whose `doc_id` is NAME. Records of a text are first
paired one to one, by the fillers that they share; then every slot of every pair counts its right, spurious
and missed fillers. Records without a partner count all their fillers as spurious, or as missed. What the gold
calls optional counts neither way. The score is the mean of the micro-averaged slot F1 of visits, agreements
and technology areas.

Names are compared as sets of words up to their endings, so «Харбина» is «Харбин»: see `same_name`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from coopex.errors import ReadError

Kind = Literal["visits", "agreements"]
Interval = tuple[date, date]

SLOTS: Mapping[Kind, tuple[str, ...]] = {
    "visits": ("visitors", "leaders", "hosts", "places"),
    "agreements": ("parties", "signatories", "technologies"),
}
LABELS: Mapping[Kind, tuple[str, ...]] = {"visits": ("status",), "agreements": ("status", "kind")}
CORE: Mapping[Kind, frozenset[str]] = {
    "visits": frozenset(SLOTS["visits"]),
    "agreements": frozenset({*SLOTS["agreements"], "kind"}),
}
"""The parts that make two records the same record; date and status only tip the balance."""

ALSO_RIGHT_IN = {
    "visitors": "leaders",
    "leaders": "visitors",
    "places": "hosts",
    "hosts": "places",
    "parties": "signatories",
    "signatories": "parties",
}
"""A filler that the gold has in the neighbouring slot is neither right nor wrong in this one."""

META = ("title", "published", "source")
SAME_NAME = 0.5
SAME_DATE = 0.5
PAIRING_STEPS = 20_000

_ARTICLES = {"the", "a", "an", "of", "и", "and"}
_LEGAL_FORMS = {"ооо", "ао", "пао", "оао", "зао", "нп", "гку", "фгуп", "фгбу"}
_STOP_WORDS = _ARTICLES | _LEGAL_FORMS | {"llc", "jsc", "ltd", "inc", "co"}
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[а-я]")


# --- comparing names and dates -----------------------------------------------------------------


def name_words(name: str) -> list[str]:
    """Split a name into lower-case words without articles and legal forms: "ООО «Заря»" → ["заря"]."""
    words = _WORD.findall(name.lower().replace("ё", "е"))
    return [word for word in words if word not in _STOP_WORDS] or words


def same_word(a: str, b: str) -> bool:
    """Whether two words differ at most by an ending: "харбине", "харбин" → True.

    They share at least four letters from the start; the longer has at most three more in Russian, one more in
    English.
    """
    if a == b:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ending = 3 if _CYRILLIC.search(a + b) else 1
    return shared >= max(4, max(len(a), len(b)) - ending)


def same_name(a: str, b: str) -> bool:
    """Whether at least half of the words of two names are the same word (Jaccard index)."""
    left, right = name_words(a), name_words(b)
    if not left or not right:
        return False
    rest = list(right)
    for word in left:
        twin = next((other for other in rest if same_word(word, other)), None)
        if twin is not None:
            rest.remove(twin)
    shared = len(right) - len(rest)
    return shared / (len(left) + len(right) - shared) >= SAME_NAME


def same_interval(a: Interval, b: Interval) -> bool:
    """Whether two ranges of days share at least half of the days from the first start to the last end."""
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    whole = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return shared > 0 and shared / whole >= SAME_DATE


# --- what is compared --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a slot under all its names; `exact` ones (ids) are compared letter by letter."""

    names: tuple[str, ...]
    optional: bool = False
    exact: bool = False

    def accepts(self, other: Filler) -> bool:
        """Whether any name of the other is one of this filler's."""
        if self.exact:
            return any(name in self.names for name in other.names)
        return any(same_name(theirs, ours) for theirs in other.names for ours in self.names)


@dataclass(frozen=True, slots=True)
class GoldDate:
    """The days that are right, the best reading first."""

    readings: tuple[Interval, ...]
    optional: bool = False

    def accepts(self, found: Interval) -> bool:
        """Whether the days found fit any of the readings."""
        return any(same_interval(found, reading) for reading in self.readings)


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """A visit or agreement of the gold: `labels` holds the accepted values of `status` and `kind`."""

    slots: Mapping[str, tuple[Filler, ...]]
    labels: Mapping[str, tuple[str, ...]]
    date: GoldDate | None
    optional: bool

    def required(self, slot: str) -> list[Filler]:
        """Fillers that must be found in `slot`."""
        return [filler for filler in self.slots[slot] if not filler.optional]

    def tolerated(self, slot: str) -> list[Filler]:
        """Fillers that are right in `slot` without being asked for there."""
        neighbour = ALSO_RIGHT_IN.get(slot)
        own = [filler for filler in self.slots[slot] if filler.optional]
        return own + (list(self.slots[neighbour]) if neighbour else [])


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A visit or agreement as it was extracted."""

    slots: Mapping[str, tuple[Filler, ...]]
    labels: Mapping[str, str | None]
    date: Interval | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldTechnology:
    """An area under every id that is right for it, the best first."""

    ids: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file."""

    language: str | None
    meta: Mapping[str, str | None]
    records: Mapping[Kind, tuple[GoldRecord, ...]]
    technologies: tuple[GoldTechnology, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One document as it was extracted; `technologies` maps an area to its role.

    The empty one stands for a text that gave none.
    """

    language: str | None = None
    meta: Mapping[str, str | None] = field(default_factory=dict)
    records: Mapping[Kind, tuple[FoundRecord, ...]] = field(default_factory=dict)
    technologies: Mapping[str, str] = field(default_factory=dict)


# --- reading them ------------------------------------------------------------------------------


def _gold_filler(item: Any, exact: bool) -> Filler:
    if isinstance(item, dict):
        return Filler(tuple(item["names"]), bool(item.get("optional")), exact)
    return Filler(tuple(item) if isinstance(item, list) else (item,), exact=exact)


def _found_filler(item: Any) -> Filler:
    if isinstance(item, str):
        return Filler((item,))
    names = (item.get("name"), item.get("text"), *(item.get("aliases") or ()))
    return Filler(tuple(name for name in names if name))


def _interval(item: Mapping[str, Any]) -> Interval:
    start, end = item["start"], item.get("end") or item["start"]
    return date.fromisoformat(start[:10]), date.fromisoformat(end[:10])


def _gold_date(item: Mapping[str, Any] | None) -> GoldDate | None:
    if item is None:
        return None
    readings = (item, *item.get("accept", ()))
    return GoldDate(tuple(_interval(reading) for reading in readings), bool(item.get("optional")))


def _gold_record(item: Mapping[str, Any], kind: Kind) -> GoldRecord:
    slots = {
        slot: tuple(_gold_filler(x, slot == "technologies") for x in item.get(slot) or ())
        for slot in SLOTS[kind]
    }
    labels = {label: tuple(item[label]) for label in LABELS[kind]}
    return GoldRecord(slots, labels, _gold_date(item.get("date")), bool(item.get("optional")))


def _found_record(item: Mapping[str, Any], kind: Kind) -> FoundRecord:
    slots = {slot: tuple(_found_filler(x) for x in item.get(slot) or ()) for slot in SLOTS[kind]}
    labels = {label: item.get(label) for label in LABELS[kind]}
    days = _interval(item["date"]) if item.get("date") else None
    return FoundRecord(slots, labels, days, tuple(item.get("rules") or ()))


def gold_of(item: Mapping[str, Any]) -> Gold:
    """Read the JSON object of a gold file."""
    meta = item.get("meta") or {}
    return Gold(
        language=item["language"],
        meta={key: meta.get(key) for key in META},
        records={kind: tuple(_gold_record(x, kind) for x in item.get(kind) or ()) for kind in SLOTS},
        technologies=tuple(
            GoldTechnology(tuple(x["id"]), bool(x.get("optional"))) for x in item.get("technologies") or ()
        ),
    )


def found_of(item: Mapping[str, Any]) -> Found:
    """Read the JSON object of a document, one line of `documents.jsonl`."""
    areas = item.get("technologies") or ()
    return Found(
        language=item.get("language"),
        meta={key: item.get(key) for key in META},
        records={kind: tuple(_found_record(x, kind) for x in item.get(kind) or ()) for kind in SLOTS},
        technologies=dict(_area_and_role(area) for area in areas),
    )


def _area_and_role(area: Any) -> tuple[str, str]:
    return (area["id"], area.get("role") or "") if isinstance(area, dict) else (area, "")


def gold_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Find every `NAME.gold.json` under the folders, by NAME."""
    ending = ".gold.json"
    found = {
        path.name[: -len(ending)]: path for folder in folders for path in sorted(folder.rglob(f"*{ending}"))
    }
    if not found:
        raise ReadError(
            file=", ".join(map(str, folders)),
            cause="there is no *.gold.json under it",
            remedy="Give a folder that holds gold files.",
        )
    return found


def load_gold(folders: Sequence[Path]) -> dict[str, Gold]:
    """Read every gold file under the folders, by the id of its document."""
    return {name: gold_of(_read_json(path)) for name, path in gold_files(folders).items()}


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(file=str(path), cause=str(error), remedy="Give a readable JSON file.") from error


def load_documents(path: Path) -> dict[str, Found]:
    """Read a `documents.jsonl`, by the id of its documents."""
    try:
        items = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        return {item["doc_id"]: found_of(item) for item in items}
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "Give the documents.jsonl of `coopex extract`."
        raise ReadError(file=str(path), cause=f"not a list of documents: {error}", remedy=remedy) from error


# --- counting ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """How many fillers were right, spurious (found, not in the gold) and missed (in the gold, not found)."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is to be found that was found; 1 when there is nothing to find."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_dict(self) -> dict[str, float]:
        """The figures, shares rounded to four places."""
        shares = {"p": self.precision, "r": self.recall, "f1": self.f1}
        counts = {"tp": self.right, "fp": self.spurious, "fn": self.missed}
        return {key: round(share, 4) for key, share in shares.items()} | counts


@dataclass(frozen=True, slots=True)
class Comparison:
    """One slot, or one pair of records: its counts, and what differs in words."""

    counts: Mapping[str, Counts]
    differences: tuple[str, ...]


def compare_slot(found: Sequence[Filler], gold: GoldRecord, slot: str) -> tuple[Counts, list[str]]:
    """Count the fillers of one slot; each required filler is claimed by the first that fits it."""
    required, tolerated = gold.required(slot), gold.tolerated(slot)
    left, right, spurious = list(required), 0, []
    for filler in found:
        claimed = next((want for want in left if want.accepts(filler)), None)
        if claimed is not None:
            left.remove(claimed)
            right += 1
        elif not any(want.accepts(filler) for want in required + tolerated):
            spurious.append(f"+{slot}:{filler.names[0] if filler.names else ''}")
    missed = [f"-{slot}:{want.names[0]}" for want in left]
    return Counts(right, len(spurious), len(missed)), spurious + missed


def compare_date(found: Interval | None, gold: GoldDate | None) -> Counts:
    """Count the date slot: a wrong date is both spurious and missed."""
    if found is None:
        return Counts(missed=int(gold is not None and not gold.optional))
    if gold is None:
        return Counts(spurious=1)
    required = int(not gold.optional)
    return Counts(right=required) if gold.accepts(found) else Counts(spurious=1, missed=required)


def compare_record(found: FoundRecord, gold: GoldRecord, kind: Kind) -> Comparison:
    """Count every slot, the date and the labels of a pair of records."""
    counts: dict[str, Counts] = {}
    differences: list[str] = []
    for slot in SLOTS[kind]:
        counts[slot], told = compare_slot(found.slots[slot], gold, slot)
        differences += told
    counts["date"] = compare_date(found.date, gold.date)
    if counts["date"].spurious or counts["date"].missed:
        differences.append(f"date:{_days(found.date)}!={_days(gold.date.readings[0] if gold.date else None)}")
    for label in LABELS[kind]:
        value = found.labels[label]
        right = value in gold.labels[label]
        counts[label] = Counts(right=1) if right else Counts(spurious=1, missed=1)
        if not right:
            differences.append(f"{label}:{value}!={gold.labels[label][0]}")
    return Comparison(counts, tuple(differences))


def _days(interval: Interval | None) -> str:
    return f"{interval[0]}..{interval[1]}" if interval else "none"


# --- pairing -----------------------------------------------------------------------------------


def similarity(found: FoundRecord, gold: GoldRecord, kind: Kind) -> float:
    """How much two records have in common; 0 when they share no filler that tells records apart."""
    counts = compare_record(found, gold, kind).counts
    core = sum(count.right for part, count in counts.items() if part in CORE[kind])
    rest = sum(count.right for part, count in counts.items() if part not in CORE[kind])
    spurious = sum(count.spurious for count in counts.values())
    return core + 0.4 * rest - 0.1 * spurious if core else 0.0


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


# --- scoring -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often records that a rule contributed to have a partner in the gold.

    Technology areas count under "technology." and their role.
    """

    right: int
    seen: int

    @property
    def confidence(self) -> float:
        """Smoothed precision, (right + 1) / (seen + 2)."""
        return (self.right + 1) / (self.seen + 2)


@dataclass(slots=True)
class Scores:
    """The figures of a run, and what differs text by text."""

    texts: int = 0
    slots: dict[str, dict[str, Counts]] = field(default_factory=lambda: defaultdict(dict))
    records: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    meta: dict[str, tuple[int, int]] = field(default_factory=lambda: defaultdict(lambda: (0, 0)))
    rules: dict[str, RulePrecision] = field(default_factory=lambda: defaultdict(lambda: RulePrecision(0, 0)))
    differences: dict[str, list[str]] = field(default_factory=dict)

    def count_rule(self, rule: str, *, right: bool) -> None:
        """Count one record that a rule had part in."""
        so_far = self.rules[rule]
        self.rules[rule] = RulePrecision(so_far.right + right, so_far.seen + 1)

    def total(self, kind: str) -> Counts:
        """Sum the counts of all slots of a kind of record."""
        return sum(self.slots[kind].values(), Counts())

    @property
    def score(self) -> float:
        """Mean slot F1 of visits, agreements and technology areas, rounded to four places."""
        kinds = ("visits", "agreements", "technologies")
        return round(sum(round(self.total(kind).f1, 4) for kind in kinds) / 3, 4)

    def confidences(self) -> dict[str, tuple[int, int]]:
        """How many records of each rule are right, and how many it had part in, by rule."""
        return {rule: (seen.right, seen.seen) for rule, seen in sorted(self.rules.items())}

    def to_dict(self) -> dict[str, Any]:
        """All figures as JSON-ready values."""
        out: dict[str, Any] = {"texts": self.texts}
        for kind in ("visits", "agreements", "technologies"):
            by_slot = {slot: counts.to_dict() for slot, counts in self.slots[kind].items()}
            out[kind] = {"slots": self.total(kind).to_dict(), "by_slot": by_slot}
        for kind in SLOTS:
            out[kind]["records"] = self.records[kind].to_dict()
        out["meta"] = {
            key: round(right / seen, 4) if seen else 1.0 for key, (right, seen) in self.meta.items()
        }
        return out | {"score": self.score}


def score(found: Mapping[str, Found], golds: Mapping[str, Gold]) -> Scores:
    """Score documents against gold, both by document id; a document that is missing found nothing."""
    scores = Scores()
    for name, gold in sorted(golds.items()):
        scores.texts += 1
        told = [] if name in found else ["no prediction"]
        told += _score_text(found.get(name, Found()), gold, scores)
        if told:
            scores.differences[name] = told
    return scores


def _score_text(found: Found, gold: Gold, scores: Scores) -> Iterator[str]:
    for kind in SLOTS:
        yield from _score_records(found.records.get(kind, ()), gold.records[kind], kind, scores)
    yield from _score_technologies(found.technologies, gold.technologies, scores)
    yield from _score_meta(found, gold, scores)


def _score_records(
    found: Sequence[FoundRecord], gold: Sequence[GoldRecord], kind: Kind, scores: Scores
) -> Iterator[str]:
    pairs = pair(found, gold, kind)
    _count_rules(found, pairs, scores)
    for i, j in pairs.items():
        if not gold[j].optional:
            compared = compare_record(found[i], gold[j], kind)
            _add(scores, kind, compared.counts, Counts(right=1))
            if compared.differences:
                yield f"{kind}[{i}] " + "; ".join(compared.differences)
    for i, record in enumerate(found):
        if i not in pairs:
            _add(scores, kind, _all_spurious(record, kind), Counts(spurious=1))
            names = _first_names(record.slots[SLOTS[kind][0]])
            yield f"{kind}[{i}] spurious: {names} {record.labels['status']}"
    for j, wanted in enumerate(gold):
        if j not in pairs.values() and not wanted.optional:
            _add(scores, kind, _all_missed(wanted, kind), Counts(missed=1))
            names = _first_names(wanted.required(SLOTS[kind][0]))
            yield f"{kind} missed: {names} {wanted.labels['status'][0]}"


def _count_rules(found: Sequence[FoundRecord], pairs: Mapping[int, int], scores: Scores) -> None:
    for i, record in enumerate(found):
        for rule in dict.fromkeys(record.rules):
            scores.count_rule(rule, right=i in pairs)


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


def _score_technologies(
    found: Mapping[str, str], gold: Sequence[GoldTechnology], scores: Scores
) -> Iterator[str]:
    known = {area_id for area in gold for area_id in area.ids}
    required = [area for area in gold if not area.optional]
    missed = [area.ids[0] for area in required if not found.keys() & set(area.ids)]
    extra = sorted(found.keys() - known)
    yield from (f"technology missed: {area_id}" for area_id in missed)
    yield from (f"technology spurious: {area_id}" for area_id in extra)
    for area_id, role in found.items():
        scores.count_rule(f"technology.{role}", right=area_id in known)
    if found or gold:
        slots = scores.slots["technologies"]
        counts = Counts(len(required) - len(missed), len(extra), len(missed))
        slots["id"] = slots.get("id", Counts()) + counts


def _score_meta(found: Found, gold: Gold, scores: Scores) -> Iterator[str]:
    _count_meta(scores, "language", found.language == gold.language)
    for key in META:
        have, want = found.meta.get(key), gold.meta.get(key)
        if key == "source" and not want:
            continue  # a site's name may stand in its address or logo line: not judged
        right = have == want if key == "published" or not want or not have else same_name(have, want)
        _count_meta(scores, key, right)
        if not right:
            yield f"{key}: {have!r} != {want!r}"


def _count_meta(scores: Scores, key: str, right: bool) -> None:
    so_far, seen = scores.meta[key]
    scores.meta[key] = (so_far + right, seen + 1)
