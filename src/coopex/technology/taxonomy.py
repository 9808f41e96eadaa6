"""The closed list of technology areas: ids, fields and labels in both languages."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TAXONOMY = Path(__file__).with_name("taxonomy.csv")


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the taxonomy: `lasers, photonics, Laser technology, Лазерные технологии`."""

    id: str
    field: str
    label_en: str
    label_ru: str


@cache
def areas() -> dict[str, Area]:
    """All areas by id, in the order of the file: `areas()["lasers"].label_en` -> "Laser technology"."""
    with TAXONOMY.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: Area(**row) for row in csv.DictReader(lines)}
