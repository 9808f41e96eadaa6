"""The English network's own steps: pieces, windows, sentences, names, and the spaCy component around them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.annotate.en.component import FACTORY
from coopex.annotate.en.decode import find_names, sentence_slices
from coopex.annotate.en.network import windows
from coopex.annotate.en.wordpiece import SHAPES, WordPieces, divide, shape_of
from coopex.annotate.english import model_directory

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "rosa", "##tom", "dvorak", "'", "s", "中", "国"]
TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Rosatom", ["rosa", "##tom"]),
        ("Dvořák's", ["dvorak", "'", "s"]),
        ("中国", ["中", "国"]),
        ("unheard", ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
        ("s" * 101, ["[UNK]"]),
    ],
)
def test_pieces(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[piece] for piece in WordPieces(VOCABULARY).pieces(word)] == pieces


@given(st.text(max_size=120))
def test_every_word_has_pieces_and_a_shape(word: str) -> None:
    assert WordPieces(VOCABULARY).pieces(word)
    assert 0 < shape_of(word) < len(SHAPES)
    assert all(divide(word))


@pytest.mark.parametrize(
    ("word", "shape"),
    [("visit", "lower"), ("Harbin", "title"), ("JINR", "capitals"), ("A.", "initial"), ("McKee", "mixed"),
     ("2019", "digits"), ("COVID-19", "digits_letters"), (",", "other")],
)  # fmt: skip
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(4, 40), st.integers(0, 20))
def test_windows_keep_each_word_once(sizes: list[int], window: int, overlap: int) -> None:
    kept: list[int] = []
    for words, keep in windows(sizes, window, overlap):
        inside = range(len(sizes))[words]
        assert sum(sizes[i] for i in inside) <= window or len(inside) == 1
        kept += inside[keep]
    assert kept == list(range(len(sizes)))


def test_sentences_start_where_the_score_says_and_nothing_bars_it() -> None:
    scores = np.array([-1.0, 2.0, -2.0, 3.0, -1.0])
    assert sentence_slices(scores, [0] * 5) == [slice(0, 1), slice(1, 3), slice(3, 5)]
    assert sentence_slices(scores, [0, -1, 0, 0, 1]) == [slice(0, 3), slice(3, 4), slice(4, 5)]


def test_names_are_well_formed_where_single_words_are_not() -> None:
    certain = np.eye(5)[[1, 2, 0, 3]]
    assert find_names(certain, TAGS) == [(0, 2, "PER"), (3, 4, "ORG")]
    torn = np.array([[0.4, 0.5, 0, 0, 0], [0, 0, 0.4, 0, 0.5]])  # B-PER I-ORG is no name
    assert find_names(torn, TAGS) == [(0, 2, "PER")]


@settings(max_examples=100)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=5, max_size=5), min_size=1, max_size=12))
def test_names_never_overlap(rows: list[list[int]]) -> None:
    names = find_names(np.array(rows, np.float64), TAGS)
    assert all(0 <= start < end <= len(rows) for start, end, _ in names)
    assert all(before[1] <= after[0] for before, after in pairwise(names))


def test_the_pipeline_is_one_that_spacy_loads_runs_and_writes(tmp_path: Path) -> None:
    nlp = spacy.load(model_directory())
    text = "Guests from Harbin visited the University of Oulu. \n\nThey left on Monday."
    doc = nlp(text)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Harbin", "LOC"), ("University of Oulu", "ORG")]
    assert [sentence.root.text for sentence in doc.sents] == ["visited", "left"]
    nlp.to_disk(tmp_path / "copy")
    assert spacy.load(tmp_path / "copy")(text).to_json() == doc.to_json()


def test_a_long_text_is_read_in_windows() -> None:
    nlp = spacy.load(model_directory())
    text = " ".join(["Minister Ana Ruiz of Peru visited the Tartu Institute of Physics on Monday."] * 60)
    doc = nlp(text)
    assert doc.text == text
    assert sum(token.text == "visited" and token.dep_ == "ROOT" for token in doc) >= 50
    assert sum(ent.label_ == "PER" for ent in doc.ents) >= 50


def test_without_weights_the_component_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY)
    with pytest.raises(RuntimeError, match="no weights"):
        nlp("Guests came.")
