"""Lemma tables for spaCy's rule lemmatizer, made from the training treebanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import srsly
from conllu import Word, read_conllu
from spacy.language import Language
from spacy.lookups import Lookups

HERE = Path(__file__).parent
OPEN = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
COPIED = {"PROPN", "NUM", "PUNCT", "SYM", "X", "INTJ"}


def read_words(files: Iterable[Path]) -> Counter[tuple[str, str, str]]:
    """Treebanks -> how often each (lower-case form, part of speech, lemma) occurs."""
    return Counter(
        (word.form.lower(), word.upos.lower(), _lemma(word))
        for path in files
        for s in read_conllu(path)
        for word in s.words
    )


def _lemma(word: Word) -> str:
    return word.lemma if word.upos == "PROPN" else word.lemma.lower()


def usual_lemmas(words: Counter[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The commonest lemma of every form and part of speech."""
    found: dict[tuple[str, str], str] = {}
    for (form, pos, lemma), _ in words.most_common():
        found.setdefault((form, pos), lemma)
    return found


def tables(files: Iterable[Path]) -> Lookups:
    """Suffix rules, known lemmas and exceptions in the shape of spaCy's lemma tables."""
    rules = srsly.read_yaml(HERE / "lemma_rules.yaml")
    words = read_words(files)
    usual = usual_lemmas(words)
    index: dict[str, list[str]] = {name: [] for name in OPEN.values()}
    exceptions: dict[str, dict[str, list[str]]] = {}
    for (form, pos), lemma in sorted(usual.items()):
        if pos in index and lemma.isalpha() and lemma not in index[pos]:
            index[pos].append(lemma)
        if pos.upper() not in COPIED and form.isascii() and (lemma != form or pos in index):
            exceptions.setdefault(pos, {})[form] = [lemma]
    known = {pos: set(lemmas) for pos, lemmas in index.items()}
    for pos, table in exceptions.items():
        exceptions[pos] = {
            form: lemma for form, lemma in table.items() if not _regular(form, lemma[0], pos, rules, known)
        }
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_index", index)
    lookups.add_table("lemma_exc", exceptions)
    return lookups


def _regular(
    form: str, lemma: str, pos: str, rules: dict[str, list[list[str]]], known: dict[str, set[str]]
) -> bool:
    """Whether the rules find this lemma without help (of the known lemmas they keep the last)."""
    found = [form[: len(form) - len(old)] + new for old, new in rules.get(pos, []) if form.endswith(old)]
    hits = [candidate for candidate in found if candidate in known.get(pos, set())]
    return bool(hits) and hits[-1] == lemma


def add_lemmatizer(nlp: Language, files: Iterable[Path]) -> None:
    """Add the rule lemmatizer with tables from ``files`` to a pipeline."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule", "overwrite": True})
    lemmatizer.initialize(list, nlp=nlp, lookups=tables(files))  # type: ignore[attr-defined]
