"""The texts that weights are fitted to: gold of the repository and of the folder that COOPEX_GOLD names, annotated.

Annotation takes most of the time, so it is kept in `build/annotations`, by the hash of text and code of annotation.
The check sets are read only to be scored: nothing is fitted to them.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import srsly

from coopex.evaluation.gold import Gold, found_of, gold_of, load_gold
from coopex.matching.lexicon import LANGUAGES
from coopex.pipeline import Extractor, _Page, _share_names
from coopex.reading import Article
from coopex.resolve.reading import Reading

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build" / "annotations"
OPEN_SETS = (
    *("dev", "more", "fresh", "releases", "wire", "ordinary", "seeds"),
    *("domain", "domain2", "newswire", "unselected"),
)
CHECK_SETS = ("check/domain", "check/domain2", "check/newswire", "check/unselected")


@dataclass(frozen=True)
class GoldText:
    """A text of a set with its gold; `raw` is the gold file as it stands, with `cue` and `where`."""

    set: str
    doc_id: str
    text: str
    gold: Gold
    raw: Mapping[str, Any]
    published: Any = None

    @property
    def language(self) -> str:
        """Language of the gold."""
        return str(self.gold.language)

    def cues(self, kind: str, number: int) -> list[tuple[int, int]]:
        """Where the cue of a record of the gold stands in the text; nowhere if it has none."""
        cue = self.raw[kind][number].get("cue")
        return [(found.start(), found.end()) for found in re.finditer(re.escape(cue), self.text)] if cue else []

    @property
    def article(self) -> Article:
        """The text as the pipeline takes it."""
        return Article(doc_id=self.doc_id, text=self.text, published=self.published)

    @cached_property
    def annotated(self) -> tuple[_Page, dict[int, Any], Any]:
        """Page, Docs by block and the function that gives base forms."""
        return _annotated(self)

    def read(self) -> Reading:
        """Read the text up to its events, with the models in use."""
        from coopex.events import find_events
        from coopex.resolve import resolve

        page, docs, base_form = self.annotated
        published = page.metadata.published
        return find_events(resolve(self.text, page.language, page.metadata, page.blocks, docs, published, base_form))

    def document(self, reading: Reading | None = None) -> Any:
        """Build the records of the text."""
        from coopex.build import build_document

        return build_document(self.article, reading or self.read())

    def found(self, reading: Reading | None = None) -> Any:
        """The records in the shape that is compared with gold."""
        return found_of(json.loads(self.document(reading).to_json()))


def folders() -> dict[str, list[tuple[Path, Path]]]:
    """Folders of gold, each with the folder of its texts, by set; sets whose folder is not there are left out."""
    gold, raw = ROOT / "tests" / "gold", ROOT / "data" / "raw"
    found = {
        "dev": [(gold / "dev", raw)],
        "more": [(gold / "more", gold / "more")],
        "fresh": [(gold / "fresh", gold / "fresh")],
        "releases": [(gold / "releases", gold / "releases")],
        "wire": [(gold / "wire", gold / "wire")],
        "ordinary": [(gold / "ordinary", gold / "ordinary")],
        "seeds": [(gold / "seeds", raw)],
    }
    outside = os.environ.get("COOPEX_GOLD")
    if outside:
        for name in ("domain", "domain2", "newswire", "unselected", *CHECK_SETS):
            folder = Path(outside) / name
            if folder.is_dir():
                found[name] = [(folder, folder)]
        seeds = Path(outside).parent / "seeds"
        if seeds.is_dir():
            found["seeds"] = [(seeds, seeds)]
    return found


PASSAGES = ("near_misses", "status_records", "slots", "assembly")
PUBLISHED = date(2024, 5, 15)  # of the passages of tests/data


def passages() -> list[GoldText]:
    """Passages of tests/data whose number of visits and agreements is known, each as a text of the set "passages".

    Passages held out and those known to fail are left out. Their gold names some fillers at most.
    """
    found = []
    for name in PASSAGES:
        for language in LANGUAGES:
            groups = srsly.read_yaml(ROOT / "tests" / "data" / f"{name}_{language}.yaml")
            cases = [case for group in groups.values() for case in group]
            for number, case in enumerate(cases):
                known = str(case.get("known", "decision"))  # what only weights get wrong teaches as well
                if not case.get("held") and known.startswith("decision"):
                    text = f"{case['title']}\n\n{case['text']}" if "title" in case else case["text"]
                    raw = {
                        "language": language,
                        "visits": _wanted(case.get("visits", [])),
                        "agreements": _wanted(case.get("agreements", [])),
                    }
                    published = PUBLISHED if name in {"slots", "assembly"} else None
                    gold = gold_of({"language": language})
                    found.append(GoldText("passages", f"{name}-{language}-{number}", text, gold, raw, published))
    return found


def _wanted(told: Any) -> list[dict[str, Any]]:
    """Records that a passage must give: names and status as far as they are told."""
    if isinstance(told, int):
        return [{}] * told
    return [_wanted_record(each) for each in told]


def _wanted_record(told: Any) -> dict[str, Any]:
    if isinstance(told, dict):
        return {
            "status": [told["status"]] if "status" in told else [],
            **{k: v for k, v in told.items() if k != "status"},
        }
    if isinstance(told, int):
        return {"maybe": True}
    status, _, names = str(told).partition(": ")
    return {
        "maybe": status.endswith("?"),
        "status": status.rstrip("?").split("|"),
        "visitors": [name for name in names.split("|") if name],
    }


def load(*sets: str) -> list[GoldText]:
    """Texts of some sets, by default of all open ones, in the order of set and name."""
    return [text for name in sets or OPEN_SETS for text in _texts(name)]


def _texts(name: str) -> Iterator[GoldText]:
    for gold, texts in folders().get(name, ()):
        golds = load_gold([gold])
        for path in sorted(gold.rglob("*.gold.json")):
            doc_id = path.name.removesuffix(".gold.json")
            beside = path.with_name(f"{doc_id}.txt")
            source = beside if beside.exists() else next(texts.rglob(f"{doc_id}.txt"))
            text = source.read_bytes().decode("utf-8-sig")
            yield GoldText(name, doc_id, text, golds[doc_id], json.loads(path.read_text("utf-8")))


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor that annotates; every block is read."""
    return Extractor(gate=False)


@lru_cache(maxsize=1)
def _code() -> str:
    """Hash of what annotation rests on."""
    digest = hashlib.sha256()
    source = ROOT / "src" / "coopex"
    names = [
        *(source / "annotate").rglob("*"),
        *(source / "page").rglob("*"),
        *source.glob("*.py"),
        *(ROOT / "models" / "en_coopex_news").rglob("*"),
    ]
    for path in sorted(names):
        if path.is_file() and path.suffix in {".py", ".yaml", ".onnx", ".json", ".cfg"} and path.name not in _ELSEWHERE:
            digest.update(path.read_bytes())
    return digest.hexdigest()


_ELSEWHERE = {
    "build.py",
    "cli.py",
    "confidence.py",
    "explain.py",
    "pipeline.py",
    "records.py",
    "weights.py",
    "weights.json",
}


def _annotated(text: GoldText) -> tuple[_Page, dict[int, Any], Any]:
    key = hashlib.sha256(f"{_code()}|{text.doc_id}|{text.text}".encode()).hexdigest()[:24]
    path = CACHE / f"{key}.pickle"
    made = extractor()
    if path.exists():
        page, packed, forms = pickle.loads(path.read_bytes())
        docs = {i: _unpack(data, str(page.blocks[i].language)) for i, data in packed.items()}
    else:
        page = made._page(text.article)
        (docs,) = made._annotate([page], [page.told])
        _share_names([doc for _, doc in sorted(docs.items())])
        forms = {
            (i, ent.start, ent.end): made._base_form(ent, str(page.blocks[i].language))
            for i, doc in docs.items()
            for ent in doc.ents
        }
        CACHE.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps((page, {i: doc.to_bytes() for i, doc in docs.items()}, forms)))
    numbers = {id(doc): i for i, doc in docs.items()}

    def base_form(span: Any, language: str) -> str:
        known = forms.get((numbers.get(id(span.doc)), span.start, span.end))
        return known if known is not None else made._base_form(span, language)

    return page, docs, base_form


@lru_cache(maxsize=2)
def _vocab(language: str) -> Any:
    import spacy

    return spacy.blank(language).vocab


def _unpack(data: bytes, language: str) -> Any:
    from spacy.tokens import Doc

    return Doc(_vocab(language)).from_bytes(data)
