"""Scores that must not fall: the sets of gold, what is measured on each, and `floors.json`, which only rises.

Floors are figures out of fold: `make fit` reads each text by weights fitted without it and keeps the scores in
`weights.json`. They stand on pools, texts about cooperation, those of the repository among them, and open news: a set
of twenty texts moves by chance whenever another set is added to what weights are fitted to. The product itself,
fitted on all of these texts, must not score much less. Run as a program (`make floors`) this raises each floor to
just below the figure.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from coopex import Extractor
from coopex.evaluation import Scores, found_of, gold_files, load_gold, score
from coopex.reading import Article
from coopex.records import Document

TESTS = Path(__file__).parent
TEXTS = TESTS.parent / "data" / "raw"
FLOORS = TESTS / "floors.json"
KINDS = ("visits", "agreements", "technologies")
SLACK = 0.02
"""How far below the measured figure a floor is set: what a fit on a few more texts moves it by."""

GOLD = ("dev", "more", "fresh", "releases")
"""Gold of the repository about cooperation, a folder for each language; texts lie beside it or in data/raw."""

POOL = "own"
"""The pool of `scripts/fit/scoring.py` that is this gold."""

POOLS = tuple(f"{pool}/{language}" for pool in ("cooperation", POOL, "open news") for language in ("en", "ru", "all"))
"""What floors are kept on."""

NOISE = 0.03
"""How far below its floor out of fold the product may score: weights fitted on all texts differ a little."""


@cache
def extractor() -> Extractor:
    """Load the models once for all sets."""
    return Extractor()


@cache
def scores_of(language: str) -> Scores:
    """Extract from the texts of the repository's gold in a language and score them."""
    folders = [TESTS / "gold" / name / language for name in GOLD]
    documents = {name: extract(name, path.parent) for name, path in gold_files(folders).items()}
    found = {name: found_of(json.loads(document.to_json())) for name, document in documents.items()}
    return score(found, load_gold(folders))


@cache
def extract(name: str, folder: Path) -> Document:
    """Extract from the text NAME.txt in the folder of its gold, else in data/raw."""
    beside, raw = folder / f"{name}.txt", TEXTS / f"{name}.txt"
    text = (beside if beside.exists() else raw).read_bytes().decode("utf-8-sig")
    (document,) = extractor().pipe([Article(doc_id=name, text=text)])
    return document


def figures_of(language: str) -> dict[str, float]:
    """Give what floors are set on: F1 of all slots of each kind of record."""
    scores = scores_of(language)
    return {kind: round(scores.total(kind).f1, 4) for kind in KINDS}


def floors() -> dict[str, dict[str, float]]:
    """Read the floors."""
    found: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    return found


@cache
def out_of_fold() -> dict[str, dict[str, float]]:
    """F1 by set, language and kind of record, each text read by weights fitted without it."""
    raw = json.loads(files("coopex").joinpath("weights.json").read_text("utf-8"))
    found: dict[str, dict[str, float]] = raw["out_of_fold"]
    return found


def raise_floors() -> None:
    """Raise every floor that is more than `SLACK` below its figure; none is lowered."""
    now = floors()
    for name in POOLS:
        figures, old = out_of_fold()[name], now.get(name, {})
        now[name] = {kind: max(old.get(kind, 0.0), round(figure - SLACK, 3)) for kind, figure in figures.items()}
        print(name, figures, "floors", now[name])
    FLOORS.write_text(json.dumps(now, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    raise_floors()
