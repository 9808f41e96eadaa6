"""Parse the sentences of the rule tests anew: `python scripts/make_parses.py [en] [ru]`.

Reads the sentences of `src/coopex/rules/examples.yaml` and `tests/data/status_*.yaml`, annotates them as the
pipeline would, each as an article of one block, and writes `tests/parses/{en,ru}.json.gz`. Needs the models;
the tests that read the parses do not. The same models and sentences give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import parses

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the parses of the languages named, by default of both."""
    parser = argparse.ArgumentParser(description="Parse the sentences of the rule tests anew.")
    parser.add_argument("languages", nargs="*", metavar="language", help="en or ru; both when left out")
    chosen = parser.parse_args(arguments).languages or list(_ANNOTATORS)
    if unknown := sorted(set(chosen) - set(_ANNOTATORS)):
        parser.error(f"unknown language {', '.join(unknown)}; known are {', '.join(_ANNOTATORS)}")
    for language in chosen:
        print(_write(language))


def _write(language: str) -> str:
    sentences = parses.wanted(language)
    docs, base_form = _ANNOTATORS[language](sentences)
    packed = {
        text: parses.pack(doc, [base_form(ent) for ent in doc.ents]) for text, doc in zip(sentences, docs, strict=True)
    }
    path = parses.write(language, packed)
    return f"{path}: {len(packed)} sentences, {path.stat().st_size} bytes"


def _annotate_english(sentences: list[str]) -> tuple[list[Doc], Callable[[Span], str]]:
    from coopex.annotate.english import EnglishAnnotator
    from coopex.annotate.names import share_names

    docs = list(EnglishAnnotator().annotate(sentences))
    for doc in docs:
        share_names([doc])
    return docs, lambda span: span.text


def _annotate_russian(sentences: list[str]) -> tuple[list[Doc], Callable[[Span], str]]:
    from coopex.annotate.russian import RussianAnnotator

    annotator = RussianAnnotator()
    return list(annotator.annotate(sentences)), annotator.nominative


_ANNOTATORS = {"en": _annotate_english, "ru": _annotate_russian}


if __name__ == "__main__":
    main()
