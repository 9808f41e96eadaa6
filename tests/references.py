"""The examples of references and what the pipeline makes of them; shared by the test and `benchmarks/follow.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import srsly

from coopex.matching.phrases import read_phrase
from coopex.matching.text import Part
from coopex.pipeline import Extractor
from coopex.resolve.names import Entity
from coopex.resolve.reading import Reading, body_parts

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage with one marked mention; `means` and `also` hold names, alternatives parted by "|"."""

    language: str
    sort: str
    text: str
    start: int
    end: int
    means: tuple[str, ...]
    also: tuple[str, ...]
    held: bool
    known: str | None

    @property
    def mention(self) -> str:
        return self.text[self.start : self.end]


def examples(language: str) -> Iterator[Example]:
    """All examples of `tests/data/references_{language}.yaml`."""
    for sort, cases in srsly.read_yaml(DATA / f"references_{language}.yaml").items():
        for case in cases:
            marked = case["text"]
            start, end = marked.index("["), marked.index("]") - 1
            yield Example(
                language,
                sort,
                marked.replace("[", "").replace("]", ""),
                start,
                end,
                tuple(case["means"] or ()),
                tuple(case.get("also", ())),
                bool(case.get("held")),
                case.get("known"),
            )


@lru_cache(maxsize=len(LANGUAGES))
def readings(language: str) -> dict[str, Reading]:
    """Every passage of a language, read by the pipeline; a passage that several examples share is read once."""
    texts = list(dict.fromkeys(example.text for example in examples(language)))
    return dict(zip(texts, (reading for _, reading in Extractor(lang=language).readings(texts)), strict=True))


def meant(example: Example) -> tuple[list[Entity], str]:
    """Whom the pipeline takes the marked mention for, and the step that decided."""
    reading = readings(example.language)[example.text]
    for part in body_parts(reading.parts):
        if part.block.start <= example.start < part.block.end:
            return _meant(reading, part, example)
    return [], "the passage is no body"


def _meant(reading: Reading, part: Part, example: Example) -> tuple[list[Entity], str]:
    offset = part.block.start
    span = part.doc.char_span(example.start - offset, example.end - offset, alignment_mode="expand")
    assert span is not None
    nouns = [token for token in span if token.pos_ in {"NOUN", "PROPN"}]
    head = nouns[-1] if span.root.pos_ == "PRON" and nouns else span.root
    name = part.at(head)
    if name is not None and not name.derived:
        return [reading.entities.of(name)], "a name"
    offices = [found for token in span if (found := reading.offices.get((part.index, token.i)))]
    if offices:
        return [offices[0].actor.entity], "an office"
    reference = reading.references.get((part.index, head.i))
    if reference is not None:
        return [actor.entity for actor in reference.actors], f"{reference.sort}: {reference.step}"
    fillers = [filler for filler in read_phrase(part, head).fillers if filler.how == "named"]
    return [reading.entities.of(filler.mention) for filler in fillers], "a name beside it"


def is_right(example: Example) -> bool:
    """Whether every name wanted is there and nobody else."""
    found, _ = meant(example)
    wanted, allowed = example.means, (*example.means, *example.also)
    return all(any(_bears(entity, name) for entity in found) for name in wanted) and all(
        any(_bears(entity, name) for name in allowed) for entity in found
    )


def _bears(entity: Entity, names: str) -> bool:
    own = {_fold(name) for name in (entity.name, *entity.names, *entity.aliases())}
    return any(_fold(name) in own for name in names.split("|"))


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.lower().replace("ё", "е")).removeprefix("the ").strip()


def table() -> str:
    """Accuracy by class and language, as a table in Markdown."""
    sorts = list(dict.fromkeys(example.sort for language in LANGUAGES for example in examples(language)))
    heads = [(language, held) for language in LANGUAGES for held in (False, True)]
    lines = ["| class | " + " | ".join(f"{code}{', held' if held else ''}" for code, held in heads) + " |"]
    lines.append("| --- |" + " --- |" * len(heads))
    for sort in [*sorts, None]:
        cells = [_share(language, held, sort) for language, held in heads]
        lines.append(f"| {sort or 'all'} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(language: str, held: bool, sort: str | None) -> str:
    chosen = [e for e in examples(language) if e.held == held and sort in {None, e.sort}]
    right = sum(map(is_right, chosen))
    return f"{right} of {len(chosen)}" + (f" ({right / len(chosen):.2f})" if sort is None else "")
