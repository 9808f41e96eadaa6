"""Names marked in sentences of tests/data/names_{en,ru}.yaml, and how many of them are found.

    python tests/marked_names.py          # F1 of exact names with label, per language and label
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import srsly
from spacy.tokens import Doc, Span

from coopex.annotate.english import EnglishAnnotator
from coopex.annotate.russian import RussianAnnotator
from coopex.pipeline import Extractor

DATA = Path(__file__).parent / "data"
LABELS = {"P": "PER", "O": "ORG", "L": "LOC"}
_MARK = re.compile(r"\[([^\]]+)\]([POL])")
Found = frozenset[tuple[int, int, str]]


@dataclass(frozen=True)
class Case:
    """A sentence with its names by character, and what else is known of them."""

    language: str
    text: str
    names: Found
    held: bool = False
    known: str | None = None
    forms: dict[str, str] = field(default_factory=dict)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    facts_known: str | None = None
    forms_known: str | None = None


@cache
def cases(language: str) -> tuple[Case, ...]:
    """All sentences of a language."""
    items = srsly.read_yaml(DATA / f"names_{language}.yaml")
    return tuple(_case(language, dict(item)) for item in items)


def _case(language: str, item: dict[str, object]) -> Case:
    """ "[Ann Lee]P came." → the text "Ann Lee came." and the name (0, 7, PER)."""
    marked = str(item.pop("text"))
    names, shift = set(), 0
    for match in _MARK.finditer(marked):
        start = match.start() - shift
        names.add((start, start + len(match[1]), LABELS[match[2]]))
        shift += len(match[0]) - len(match[1])
    return Case(language, _MARK.sub(r"\1", marked), frozenset(names), **item)  # type: ignore[arg-type]


@cache
def extractor() -> Extractor:
    """One extractor for all, as its models take a second to load."""
    return Extractor()


@cache
def annotated(language: str) -> dict[str, Doc]:
    """The annotated sentences of a language, as the product annotates them."""
    annotator = EnglishAnnotator() if language == "en" else RussianAnnotator()
    texts = [case.text for case in cases(language)]
    return dict(zip(texts, annotator.annotate(texts), strict=True))


def found_names(case: Case) -> Found:
    """Names that the annotator finds in a sentence."""
    return frozenset((e.start_char, e.end_char, e.label_) for e in annotated(case.language)[case.text].ents)


def told(text: str, names: Iterable[tuple[int, int, str]]) -> list[str]:
    """ "Ann Lee came." and (0, 7, PER) → ["Ann Lee PER"]."""
    return [f"{text[start:end]} {label}" for start, end, label in sorted(names)]


def spans(case: Case) -> Iterator[Span]:
    """The marked names as spans of the annotated sentence, where they end with its tokens."""
    doc = annotated(case.language)[case.text]
    for start, end, label in sorted(case.names):
        if (span := doc.char_span(start, end, label=label)) is not None:
            yield span


def f1(chosen: Iterable[Case]) -> str:
    """F1 per label and over all."""
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in chosen:
        names = found_names(case)
        for counter, some in ((found, names), (wanted, case.names), (right, names & case.names)):
            counter.update([label for *_, label in some] + ["all"] * len(some))
    rows = (
        f"{label} {2 * right[label] / max(1, found[label] + wanted[label]):.3f}"
        for label in ("PER", "ORG", "LOC", "all")
    )
    return "  ".join(rows)


def main() -> None:
    """Print the table, and with -v what differs."""
    for language in ("en", "ru"):
        for held in (False, True):
            chosen = [case for case in cases(language) if case.held == held]
            print(language, "held  " if held else "tuning", len(chosen), f1(chosen))
            for case in chosen if "-v" in sys.argv and (not held or "-h" in sys.argv) else []:
                missed, extra = case.names - found_names(case), found_names(case) - case.names
                if missed or extra:
                    print(f"    {case.text}\n      -{told(case.text, missed)} +{told(case.text, extra)}")


if __name__ == "__main__":
    main()
