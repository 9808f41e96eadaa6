"""Lemmas that the rule lemmatizer cuts too short: "scrapped" → "scrapp"."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Doc

from coopex.yaml_files import parse_yaml


def with_single_consonants(doc: Doc) -> Doc:
    """Give "scrapped" the lemma "scrap"; the Doc is changed and given back."""
    for token in doc:
        if token.tag_ not in {"VBD", "VBN", "VBG"}:
            continue
        lemma = token.lemma_
        if len(lemma) > 3 and lemma[-1] == lemma[-2] and lemma in token.lower_ and _doubled(lemma):
            token.lemma_ = lemma[:-1]
    return doc


def _doubled(stem: str) -> bool:
    """Return whether a stem ends in a consonant doubled before an ending: "scrapp", "initiall"; not "add"."""
    if stem[-1] in "bgmnprt":
        return True
    vowels = sum(here in "aeiou" and before not in "aeiou" for before, here in zip(" " + stem, stem, strict=False))
    return stem[-1] == "l" and vowels > 1 and not stem.endswith(_verbs_in_ll())


@lru_cache(maxsize=1)
def _verbs_in_ll() -> tuple[str, ...]:
    raw = parse_yaml(files("coopex.annotate").joinpath("data/english_verbs.yaml").read_text("utf-8"))
    return tuple(raw["double_l"])
