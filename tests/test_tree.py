"""A `Tree` answers as the spaCy `Doc` it was made from."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from coopex.matching.tree import Tree
from parses import vocab

WORDS = ["«", "Li", ",", "who", "came", "from", "St.", "Ufa", "»", "visited", "plants", ".", "They", "left"]
HEADS = [1, 9, 4, 4, 1, 7, 7, 4, 1, 9, 9, 9, 13, 13]  # "»" hangs across other words
PLAIN = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "lang_")
SHAPES = ("is_alpha", "is_upper", "is_punct", "is_sent_start")


@pytest.fixture
def doc() -> Doc:
    made = Doc(
        vocab("en"),
        words=WORDS,
        spaces=[word not in {"«", "Li", "Ufa", "plants"} for word in WORDS],
        pos=["PUNCT" if not word.isalnum() else "NOUN" for word in WORDS],
        tags=["NN"] * len(WORDS),
        lemmas=[word.lower() for word in WORDS],
        deps=["root" if i == head else "dep" for i, head in enumerate(HEADS)],
        heads=HEADS,
        morphs=["Case=Acc,Nom|Number=Sing" if word == "Li" else "" for word in WORDS],
    )
    made.set_ents([DocSpan(made, 6, 8, "LOC")])
    return made


def test_words_are_those_of_the_doc(doc: Doc) -> None:
    for ours, theirs in zip(Tree(doc), doc, strict=True):
        assert [getattr(ours, name) for name in PLAIN] == [getattr(theirs, name) for name in PLAIN]
        assert [bool(getattr(ours, name)) for name in SHAPES] == [bool(getattr(theirs, name)) for name in SHAPES]
        assert len(ours) == len(theirs)
        assert str(ours.morph) == str(theirs.morph)
        for feature in ("Case", "Number", "Tense"):
            assert ours.morph.get(feature, []) == theirs.morph.get(feature, [])


def test_words_hang_as_in_the_doc(doc: Doc) -> None:
    for ours, theirs in zip(Tree(doc), doc, strict=True):
        assert ours.head.i == theirs.head.i
        for name in ("children", "ancestors", "subtree"):
            assert numbers(getattr(ours, name)) == numbers(getattr(theirs, name)), (ours, name)


def test_spans_are_those_of_the_doc(doc: Doc) -> None:
    tree = Tree(doc)
    for start, end in combinations(range(len(doc) + 1), 2):
        assert told(tree[start:end]) == told(doc[start:end])
        assert numbers(tree[start:end]) == numbers(doc[start:end])
        assert numbers(reversed(tree[start:end])) == numbers(reversed(list(doc[start:end])))
    assert numbers(tree[5:3]) == numbers(doc[5:3]) == []
    assert [told(sentence) for sentence in tree.sents] == [told(sentence) for sentence in doc.sents]
    assert [(told(ent), ent.label_) for ent in tree.ents] == [(told(ent), ent.label_) for ent in doc.ents]
    assert all(told(ours.sent) == told(theirs.sent) for ours, theirs in zip(tree, doc, strict=True))


def test_words_are_found_by_their_offsets(doc: Doc) -> None:
    found = Tree(doc).char_span(2, 9, alignment_mode="expand")
    assert found is not None
    assert told(found) == told(doc.char_span(2, 9, alignment_mode="expand"))
    assert Tree(doc).char_span(2, 9) is None


def numbers(words: Any) -> list[int]:
    return [word.i for word in words]


def told(span: Any) -> tuple[int, int, str, int, int, int]:
    return span.start, span.end, span.text, span.start_char, span.end_char, span.root.i
