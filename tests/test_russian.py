"""Russian annotation: the text kept to the letter, one tree per sentence, lemmas that rules can name."""

from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from coopex.annotate.russian import BATCH, RussianAnnotator

ANNOTATOR = RussianAnnotator()
WILD = st.text(
    alphabet=st.one_of(
        st.sampled_from("Аабв «»\"'.,;:!?()-—–  \n\n\r\t\u00a0\u200b\u2028\x0b\x1c\ufeff№…ёЁAz09"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


def annotate(text: str) -> Doc:
    return next(ANNOTATOR.annotate([text]))


def token(doc: Doc, text: str) -> Token:
    return next(item for item in doc if item.text == text)


@settings(max_examples=100, deadline=None)
@given(WILD)
def test_any_text_is_kept_and_parsed_into_trees(text: str) -> None:
    doc = annotate(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(item.head.i == item.i for item in sentence) == 1
        assert {item.i for item in sentence.root.subtree} == {item.i for item in sentence}


def test_white_space_beyond_one_blank_is_a_token() -> None:
    doc = annotate("  Встреча  прошла\u00a0вчера.\n\nДелегация\nуехала ")
    assert [item.text for item in doc if item.pos_ == "SPACE"] == ["  ", " ", "\u00a0", "\n\n", "\n"]
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Встреча  прошла\u00a0вчера.",
        "Делегация\nуехала",
    ]


def test_texts_come_in_order_and_one_batch_ahead() -> None:
    def texts() -> Iterator[str]:
        yield from (f"Текст {number}." if number % 3 else "" for number in range(BATCH))
        raise AssertionError("read ahead")

    docs = list(islice(ANNOTATOR.annotate(texts()), BATCH))
    assert [doc.text for doc in docs[:4]] == ["", "Текст 1.", "Текст 2.", ""]


def test_batches_change_nothing() -> None:
    texts = [
        "Ректор посетил завод в Туле.",
        "Да.",
        "Гости из Перу, прибывшие утром, осмотрели цех и уехали домой.",
    ]
    together = [
        [(token.text, token.dep_, token.tag_, str(token.morph)) for token in doc]
        for doc in ANNOTATOR.annotate(texts)
    ]
    alone = [
        [(token.text, token.dep_, token.tag_, str(token.morph)) for token in annotate(text)] for text in texts
    ]
    assert together == alone


def test_labels_are_universal_dependencies() -> None:
    doc = annotate("Министр посетил завод в Туле.")
    assert [(item.text, item.dep_, item.head.text) for item in doc if not item.is_punct] == [
        ("Министр", "nsubj", "посетил"),
        ("посетил", "ROOT", "посетил"),
        ("завод", "obj", "посетил"),
        ("в", "case", "Туле"),
        ("Туле", "nmod", "завод"),
    ]
    assert token(doc, "завод").morph.get("Case", []) == ["Acc"]


@pytest.mark.parametrize(
    ("text", "word", "lemma", "pos"),
    [
        ("Президент посетил институт.", "посетил", "посетить", "VERB"),
        ("В ходе визита стороны подписали меморандум.", "визита", "визит", "NOUN"),
        ("Меморандум подписан в Москве.", "подписан", "подписать", "VERB"),
        ("Соглашение было подписано вчера.", "подписано", "подписать", "VERB"),
        ("Делегация, прибывшая из Перу, осмотрела цех.", "прибывшая", "прибыть", "VERB"),
        ("Встреча состоялась в Туле.", "состоялась", "состояться", "VERB"),
        ("Гости ознакомились с производством.", "ознакомились", "ознакомиться", "VERB"),
        ("На приёме присутствовал посол.", "приёме", "прием", "NOUN"),
    ],
)
def test_lemmas(text: str, word: str, lemma: str, pos: str) -> None:
    found = token(annotate(text), word)
    assert (found.lemma_, found.pos_) == (lemma, pos)


def test_participles_keep_their_form() -> None:
    morph = token(annotate("Делегация, возглавляемая ректором, прибыла."), "возглавляемая").morph
    assert morph.get("VerbForm", []) == ["Part"]
    assert morph.get("Voice", []) == ["Pass"]
