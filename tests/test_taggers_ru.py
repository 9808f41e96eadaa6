"""Natasha's networks run together: the tags, trees and names are natasha's own, in any company."""

import random
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import razdel
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.annotate import russian
from coopex.annotate._pymorphy import repair_pymorphy
from coopex.annotate.agreement_ru import forbidden_arcs
from coopex.annotate.networks_ru import CAPACITY, REACH, ROWS
from coopex.annotate.projective import are_nested
from coopex.annotate.russian import RussianAnnotator
from coopex.annotate.taggers_ru import Reading, Taggers, _windows, best_paths

TAGGERS = Taggers()
RAW = Path(__file__).parents[1] / "data" / "raw"
TEXTS = [text for path in sorted(RAW.glob("*.txt")) if "ё" in (text := path.read_text("utf-8"))]


@cache
def natasha() -> tuple[Any, Any, Any]:
    repair_pymorphy()
    from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser

    embedding = NewsEmbedding()
    return NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)


def words_of(text: str) -> list[str]:
    return [token.text for token in razdel.tokenize(text)]


@cache
def sentences() -> list[list[str]]:
    return [words_of(sentence.text) for text in TEXTS for sentence in razdel.sentenize(text)][:120]


def names_by_natasha(text: str) -> list[str]:
    return [f"{span.type} {text[span.start : span.stop]}" for span in natasha()[2](text).spans]


def names_by_us(text: str) -> list[str]:
    tokens = list(razdel.tokenize(text))
    return [
        f"{name.label} {text[tokens[name.start].start : tokens[name.end - 1].stop]}"
        for name in TAGGERS.names([[token.text for token in tokens]])[0]
    ]


def test_tags_and_trees_are_those_of_natasha() -> None:
    morph, syntax, _ = natasha()
    readings = list(TAGGERS.read(sentences()))
    for words, reading in zip(sentences(), readings, strict=True):
        tagged = [(token.pos, token.feats) for token in morph(words).tokens]
        assert [(tag.pos, tag.feats) for tag in reading.tags] == tagged
        heads = [int(token.head_id) - 1 for token in syntax(words).tokens]
        kept = set(enumerate(heads)).isdisjoint(forbidden_arcs(words, reading.tags))
        if kept and heads.count(-1) == 1 and are_nested([head + 1 for head in heads]):
            assert reading.heads == [index if head < 0 else head for index, head in enumerate(heads)]
            assert reading.relations == [token.rel for token in syntax(words).tokens]


@pytest.mark.parametrize("text", TEXTS[:5])
def test_names_are_those_of_natasha(text: str) -> None:
    assert names_by_us(text) == names_by_natasha(text)


def test_a_long_text_is_read_in_windows_that_change_nothing() -> None:
    text = " ".join(TEXTS[:5])
    text = " ".join([text] * (2 * ROWS // len(words_of(text)) + 1))
    assert names_by_us(text) == names_by_natasha(text)


@given(st.integers(0, 5 * ROWS))
def test_windows_keep_each_word_once_with_all_that_it_sees(length: int) -> None:
    kept = []
    for window in _windows(length):
        inner = range(window.start, window.stop)[window.kept]
        kept += list(inner)
        assert len(range(window.start, window.stop)) <= ROWS
        if inner:
            assert window.start <= max(0, inner[0] - REACH)
            assert window.stop >= min(length, inner[-1] + 1 + REACH)
    assert kept == list(range(length))


def test_no_sentence_is_read_by_its_company() -> None:
    alone = [next(iter(TAGGERS.read([words]))) for words in sentences()]
    order = list(range(len(sentences())))
    random.Random(5).shuffle(order)
    together = list(TAGGERS.read([sentences()[index] for index in order]))
    assert together == [alone[index] for index in order]


def test_words_forgotten_and_met_again_are_read_alike() -> None:
    first = read(["Гости", "посетили", "Тулу", "."])
    strangers = [f"слово{number}" for number in range(2 * CAPACITY)]
    TAGGERS.names([strangers])
    assert read(["Гости", "посетили", "Тулу", "."]) == first


def read(words: list[str]) -> Reading:
    return next(iter(TAGGERS.read([words])))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_best_paths_are_the_best_of_all(data: st.DataObject) -> None:
    marks = 3
    numbers = st.integers(-20, 20)
    transitions = np.array(data.draw(st.lists(numbers, min_size=9, max_size=9)), np.float32).reshape(marks, marks)
    lengths = data.draw(st.lists(st.integers(0, 4), max_size=3))
    scores = [
        np.array(data.draw(st.lists(numbers, min_size=3 * n, max_size=3 * n)), np.float32).reshape(n, marks)
        for n in lengths
    ]

    def worth(score: Any, path: Any) -> float:
        steps = sum(transitions[one, two] for one, two in pairwise(path))
        return float(sum(score[index, mark] for index, mark in enumerate(path)) + steps)

    for score, path in zip(scores, best_paths(scores, transitions), strict=True):
        assert len(path) == len(score)
        assert worth(score, path) == max(worth(score, every) for every in product(range(marks), repeat=len(score)))


def test_a_vocabulary_that_has_grown_is_left_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    annotator = RussianAnnotator()
    first = next(annotator.annotate(["Гости посетили Тулу."]))
    monkeypatch.setattr(russian, "MOST_STRINGS", len(first.vocab.strings) - 1)
    second = next(annotator.annotate(["Гости посетили Тулу."]))
    assert second.vocab is not first.vocab
    assert second.to_json() == first.to_json()
