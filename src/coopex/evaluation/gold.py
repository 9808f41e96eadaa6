"""Gold files and extracted documents, read into the same shape so that they can be compared.

A gold file `NAME.gold.json` belongs to the document whose `doc_id` is NAME.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from coopex.errors import ReadError
from coopex.evaluation.names import Interval, same_interval, same_name

Kind = Literal["visits", "agreements"]
Json = Mapping[str, Any]

SLOTS: Mapping[Kind, tuple[str, ...]] = {
    "visits": ("visitors", "leaders", "hosts", "places"),
    "agreements": ("parties", "signatories", "technologies"),
}
LABELS: Mapping[Kind, tuple[str, ...]] = {"visits": ("status",), "agreements": ("status", "kind")}

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

    def optional_fillers(self, slot: str) -> list[Filler]:
        """Fillers that may be found in `slot`."""
        return [filler for filler in self.slots[slot] if filler.optional]

    def tolerated(self, slot: str) -> list[Filler]:
        """Fillers that are right in `slot` without being asked for there."""
        neighbour = ALSO_RIGHT_IN.get(slot)
        return self.optional_fillers(slot) + (list(self.slots[neighbour]) if neighbour else [])


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
    slots = {slot: tuple(_gold_filler(x, slot == "technologies") for x in item.get(slot) or ()) for slot in SLOTS[kind]}
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
    found = {path.name[: -len(ending)]: path for folder in folders for path in sorted(folder.rglob(f"*{ending}"))}
    if not found:
        raise ReadError(
            file=", ".join(map(str, folders)),
            cause="there is no *.gold.json under it",
            remedy="Give a folder that holds gold files.",
        )
    return found


def load_gold(folders: Sequence[Path]) -> dict[str, Gold]:
    """Read every gold file under the folders, by the id of its document."""
    return {name: _load(path) for name, path in gold_files(folders).items()}


def _load(path: Path) -> Gold:
    try:
        return gold_of(json.loads(path.read_text("utf-8")))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ReadError(file=str(path), cause=str(error), remedy="Give a readable JSON file.") from error
    except KeyError as error:
        raise ReadError(file=str(path), cause=f"{error} is missing", remedy=_SHAPE) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ReadError(file=str(path), cause=f"not the shape of a gold file: {error}", remedy=_SHAPE) from error


_SHAPE = "See docs/evaluation.md for the shape of a gold file."


def load_documents(path: Path) -> dict[str, Json]:
    """Read a `documents.jsonl` as plain objects, by the id of its documents; `found_of` reads them further."""
    try:
        items = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        documents = {item["doc_id"]: item for item in items}
        for item in items:
            found_of(item)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "Give the documents.jsonl of `coopex extract`."
        raise ReadError(file=str(path), cause=f"not a list of documents: {error}", remedy=remedy) from error
    return documents
