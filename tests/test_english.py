from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from coopex.annotate.english import EnglishAnnotator, model_directory
from coopex.errors import MissingModel

TEXT = (
    "A delegation of Harbin Engineering University (HEU) headed by YAN Rujian visited the Joint Institute "
    "for Nuclear Research in Dubna. Rector Andrei Rudskoy said that both sides had signed an agreement."
)


def _present() -> bool:
    try:
        model_directory()
    except MissingModel:
        return False
    return True


needs_model = pytest.mark.skipif(not _present(), reason="the English pipeline is not in models/")


@pytest.fixture(scope="module")
def annotator() -> EnglishAnnotator:
    return EnglishAnnotator()


@pytest.fixture(scope="module")
def doc(annotator: EnglishAnnotator) -> Doc:
    return next(annotator.annotate([TEXT]))


@needs_model
def test_names_are_whole(doc: Doc) -> None:
    names = {(ent.text, ent.label_) for ent in doc.ents}
    assert {
        ("Harbin Engineering University", "ORG"),
        ("HEU", "ORG"),
        ("YAN Rujian", "PER"),
        ("Joint Institute for Nuclear Research", "ORG"),
        ("Dubna", "LOC"),
        ("Andrei Rudskoy", "PER"),
    } <= names


@needs_model
def test_one_rooted_tree_per_sentence(doc: Doc) -> None:
    sentences = list(doc.sents)
    assert len(sentences) == 2
    for sentence in sentences:
        assert [token.dep_ for token in sentence].count("root") == 1
        assert all(token.head in sentence for token in sentence)


@needs_model
def test_universal_labels_and_lemmas(doc: Doc) -> None:
    by_text = {token.text: token for token in doc}
    assert by_text["visited"].lemma_ == "visit"
    assert by_text["visited"].pos_ == "VERB"
    assert by_text["delegation"].dep_ == "nsubj"
    assert by_text["signed"].morph.get("VerbForm", []) == ["Part"]
    assert by_text["sides"].lemma_ == "side"


@needs_model
@pytest.mark.parametrize(
    "text", ["", " ", "One\nTwo  three\u00a0four", "«Quoted» — “text”, don’t", "🚀 Harbin"]
)
def test_text_is_unchanged(annotator: EnglishAnnotator, text: str) -> None:
    assert [doc.text for doc in annotator.annotate([text])] == [text]


@needs_model
def test_order_is_kept_over_batches(annotator: EnglishAnnotator) -> None:
    texts = [f"Guest {number} came." for number in range(70)]
    assert [doc.text for doc in annotator.annotate(iter(texts))] == texts


@needs_model
def test_words_are_divided_as_in_universal_dependencies(annotator: EnglishAnnotator) -> None:
    doc = next(annotator.annotate(["Russian-Chinese talks on COVID-19 with Yu.A. Kopylov didn't end."]))
    assert [token.text for token in doc] == [
        "Russian", "-", "Chinese", "talks", "on", "COVID", "-", "19", "with",
        "Yu.A.", "Kopylov", "did", "n't", "end", ".",
    ]  # fmt: skip


@needs_model
def test_entities_of_another_pipeline_replace_ours(tmp_path: Path) -> None:
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "GPE", "pattern": "Zorgon"},
            {"label": "NORP", "pattern": "Blib"},
            {"label": "PERSON", "pattern": "Nera"},
        ]
    )
    other.to_disk(tmp_path)
    doc = next(EnglishAnnotator(ner=str(tmp_path)).annotate(["They saw Nera in Zorgon with the Blib ones."]))
    assert ("Zorgon", "LOC") in [(ent.text, ent.label_) for ent in doc.ents]
    assert ("Nera", "PER") in [(ent.text, ent.label_) for ent in doc.ents]


def test_unknown_other_pipeline_tells_what_to_do() -> None:
    with pytest.raises(MissingModel, match="no_such_pipeline"):
        list(EnglishAnnotator(ner="no_such_pipeline").annotate(["Text."]))


@needs_model
def test_a_text_is_read_alike_in_any_company(annotator: EnglishAnnotator) -> None:
    others = ["Guests came.", "", "A rector and two deans of the institute were shown the new reactor hall on Monday."]
    alone = next(annotator.annotate([TEXT]))
    for batch in ([TEXT, *others], [*others, TEXT], [others[2]] * 40 + [TEXT]):
        doc = next(doc for doc in annotator.annotate(batch) if doc.text == TEXT)
        assert doc.to_json() == alone.to_json()


@needs_model
def test_the_vocabulary_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopex.annotate.english._NEW_STRINGS", 20)
    annotator = EnglishAnnotator()
    first = next(annotator.annotate([TEXT]))
    sizes = []
    for number in range(4):
        made_up = " ".join(f"Zorg{'abcdefghij'[i]}{'klmn'[number]}on" for i in range(10))
        sizes.append(len(next(annotator.annotate([f"{made_up} visited Harbin."])).vocab.strings))
    assert max(sizes) < min(sizes) + 30  # each text brings 20
    assert next(annotator.annotate([TEXT])).to_json() == first.to_json()


@needs_model
def test_a_block_longer_than_a_batch_is_read(annotator: EnglishAnnotator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopex.annotate.english.BATCH", 40)
    texts = ["Guests came.", "They left.", TEXT, "", "The end."]
    assert [doc.text for doc in annotator.annotate(texts)] == texts
