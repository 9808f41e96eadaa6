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
Rules = dict[str, list[list[str]]]
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
    return word.lemma if word.upos == "PROPN" or word.lemma == "I" else word.lemma.lower()


def usual_lemmas(words: Counter[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The commonest lemma of every form and part of speech."""
    found: dict[tuple[str, str], str] = {}
    for (form, pos, lemma), _ in words.most_common():
        found.setdefault((form, pos), lemma)
    return found


def tables(files: Iterable[Path]) -> Lookups:
    """Suffix rules, known lemmas and exceptions in the shape of spaCy's lemma tables."""
    rules: Rules = srsly.read_yaml(HERE / "lemma_rules.yaml")
    words = read_words(files)
    usual = usual_lemmas(words)
    index = known_lemmas(usual, words, rules)
    exceptions: dict[str, dict[str, list[str]]] = {}
    for (form, pos), lemma in sorted(usual.items()):
        if pos.upper() not in COPIED and form.isascii() and by_rule(form, pos, rules, index)[-1:] != [lemma]:
            exceptions.setdefault(pos, {})[form] = [lemma]
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_index", {pos: sorted(lemmas) for pos, lemmas in index.items()})
    lookups.add_table("lemma_exc", exceptions)
    return lookups


def known_lemmas(
    usual: dict[tuple[str, str], str], words: Counter[tuple[str, str, str]], rules: Rules
) -> dict[str, set[str]]:
    """Lemmas by part of speech, without rare ones that would shadow a commoner one: trye, which shadows try."""
    counts: Counter[tuple[str, str]] = Counter()
    for (_, pos, lemma), count in words.items():
        counts[pos, lemma] += count
    index: dict[str, set[str]] = {name: set() for name in OPEN.values()}
    for (_, pos), lemma in usual.items():
        if pos in index and lemma.isalpha():
            index[pos].add(lemma)
    for (form, pos), lemma in usual.items():
        hits = by_rule(form, pos, rules, index)
        later = hits[hits.index(lemma) + 1 :] if lemma in hits else []
        index.get(pos, set()).difference_update(hit for hit in later if counts[pos, hit] < counts[pos, lemma])
    return index


def by_rule(form: str, pos: str, rules: Rules, known: dict[str, set[str]]) -> list[str]:
    """Known lemmas that the rules make of a form; spaCy takes the last."""
    found = [form[: len(form) - len(old)] + new for old, new in rules.get(pos, []) if form.endswith(old)]
    return [candidate for candidate in found if candidate in known.get(pos, set())]


def add_lemmatizer(nlp: Language, files: Iterable[Path]) -> None:
    """Add the rule lemmatizer with tables from ``files`` to a pipeline."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule", "overwrite": True})
    lemmatizer.initialize(list, nlp=nlp, lookups=tables(files))  # type: ignore[attr-defined]
