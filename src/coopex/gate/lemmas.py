"""Which lemmas a word of the text could get from the annotators, told without their models.

English lemmas come from tables of endings and exceptions, by the part of speech, which is not known here: all are
taken. Russian triggers are a closed list, so that every form of every one of them is made once, by the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import srsly

_LONGEST_WORD = 40  # letters: what is longer is an address or a row of signs, no trigger


@cache
def _tables() -> Mapping[str, Mapping[int, Any]]:
    from coopex.annotate.english import model_directory

    packed = (model_directory() / "lemmatizer" / "lookups" / "lookups.bin").read_bytes()
    tables: Mapping[str, Mapping[int, Any]] = srsly.msgpack_loads(packed)
    return tables


@lru_cache(maxsize=20_000)
def english_lemmas(word: str) -> frozenset[str]:
    """ "meetings" → meetings, meeting, and "meet" by way of the verb: every lemma of a word in small letters."""
    if len(word) > _LONGEST_WORD:
        return frozenset()
    tables = _tables()
    found = {word}
    for pos in tables["lemma_rules"].keys() | tables["lemma_exc"].keys():
        found.update(_of_pos(word, pos, tables))
    return frozenset(found | {shorter for lemma in found for shorter in _mended(lemma)})


def _of_pos(word: str, pos: int, tables: Mapping[str, Mapping[int, Any]]) -> Iterable[str]:
    """What the tables give a word of one part of speech: exceptions and known forms, else unknown ones."""
    index = tables["lemma_index"].get(pos, ())
    made = [word[: len(word) - len(old)] + new for old, new in tables["lemma_rules"].get(pos, ()) if word.endswith(old)]
    exceptions = list(tables["lemma_exc"].get(pos, {}).get(word, ()))
    known = [form for form in made if form and (form in index or not form.isalpha())]
    return exceptions + known or [form for form in made if form]


def _mended(lemma: str) -> Iterable[str]:
    """What `annotate/lemmas_en.py` and `matching/engine.py` make of it: "scrapp" → scrap, "initialled" → initial."""
    if len(lemma) > 3 and lemma[-1] == lemma[-2]:
        yield lemma[:-1]
    if lemma.endswith("ed"):
        yield from (lemma[:-1], lemma[:-2], lemma[:-3])


@lru_cache(maxsize=20_000)
def is_english_word(word: str) -> bool:
    """ "residents" → True, "ludlow" → False: whether the tables know the word, in small letters, or its lemma."""
    known = _tables()["lemma_index"].values()
    return any(lemma in index for lemma in english_lemmas(word) for index in known)


def is_inflected(word: str) -> bool:
    """ "arrested" → True, "due" → False: whether an English word is a form of another."""
    return len(english_lemmas(word)) > 1


@lru_cache(maxsize=20_000)
def russian_lemmas(word: str) -> frozenset[str]:
    """ "встречи" → встреча: every lemma of a word in small letters, е for ё."""
    from coopex.annotate._pymorphy import morph_vocab

    if len(word) > _LONGEST_WORD or not word.isalpha():
        return frozenset({word})
    return frozenset({word, *(parse.normal_form.replace("ё", "е") for parse in morph_vocab().parse(word))})


def russian_forms(lemmas: Iterable[str]) -> dict[str, frozenset[str]]:
    """{"визит"} → {"визит": {"визит"}, "визита": {"визит"}, …}: all forms of some lemmas, е for ё.

    Verbs come with their participles and gerunds. A lemma that the dictionary lacks has no form but itself.
    """
    found: dict[str, set[str]] = {}
    for lemma in lemmas:
        for form in _lexeme(lemma):
            found.setdefault(form, set()).add(lemma)
    return {form: frozenset(of) for form, of in found.items()}


def _lexeme(lemma: str) -> set[str]:
    from coopex.annotate._pymorphy import morph_vocab

    analyser = morph_vocab()
    forms = {lemma}
    for parse in analyser.parse(lemma):
        if parse.normal_form.replace("ё", "е") == lemma:
            forms |= {form.word.replace("ё", "е") for form in analyser.get_lexeme(parse)}
    return forms
