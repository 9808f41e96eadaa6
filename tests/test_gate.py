"""The gate: what it leaves unread changes no record."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import srsly
from coopex.gate.founding import founds, matches_in
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex import Extractor
from coopex.blocks import Block
from coopex.gate import plan
from coopex.gate.lemmas import english_lemmas, russian_forms
from coopex.gate.plain import PlainDoc, judge, read_terms
from coopex.gate.sentences import sentences
from coopex.metadata import read_metadata
from coopex.reading.article import Article
from coopex.records import Document
from parses import cached_part, rule_examples, split_reason, unmark

ROOT = Path(__file__).parents[1]
TEXTS = sorted(chain(ROOT.glob("data/raw/*.txt"), ROOT.glob("tests/gold/more/*/*.txt")))
PASSAGES = ("references", "status_records", "assembly", "near_misses", "slots")
LANGUAGES = ("en", "ru")
RAIN = {
    "en": "It rained. The bread was good, and nobody minded.",
    "ru": "Шёл дождь. Хлеб был хорош, и всем понравилось.",
}
RECORDS = {"visits", "agreements", "technologies", "title", "published", "source", "authors", "language"}


@cache
def extractor(gate: bool) -> Extractor:
    return Extractor(gate=gate)


def records(text: str, *, gate: bool) -> dict[str, Any]:
    return extractor(gate).extract(text).model_dump(include=RECORDS)


def may_found(text: str, language: str) -> bool:
    return bool(plan(text, [Block(0, len(text), "body", language)], {0}).founding)


@cache
def founding_examples() -> list[tuple[str, str]]:
    """Sentences of the rules' examples in which a match may found a record by itself, with their language."""
    found = []
    for lists in rule_examples().values():
        for language, marked in (lists.get("examples") or {}).items():
            for text in (unmark(split_reason(one)[1])[0] for one in marked or ()):
                part = cached_part(language, text)
                metadata = read_metadata(text, [part.block])
                if any(founds(part, match, metadata) for match in matches_in(part)):
                    found.append((language, text))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_rules_pass(language: str) -> None:
    examples = [text for code, text in founding_examples() if code == language]
    assert len(examples) > 200
    assert [text for text in examples if not may_found(text, language)] == []


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_examples_pass_among_other_sentences(data: st.DataObject) -> None:
    language, text = data.draw(st.sampled_from(founding_examples()))
    before, after = data.draw(st.lists(st.just(RAIN[language]), max_size=3)), data.draw(st.booleans())
    assert may_found(" ".join([*before, text, *([RAIN[language]] if after else [])]), language)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_examples_pass_however_they_are_typed(data: st.DataObject) -> None:
    language, text = data.draw(st.sampled_from(founding_examples()))
    typed = data.draw(st.sampled_from((str.upper, _without_yo, _curly, _hyphenated)))(text)
    assert may_found(typed, language)


def _without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _curly(text: str) -> str:
    return text.replace("'", "’")


def _hyphenated(text: str) -> str:
    """With a soft hyphen inside every long word, as a page may have it."""
    return " ".join(
        f"{word[:3]}\u00ad{word[3:]}" if word[:6].isalpha() and len(word) > 5 else word for word in text.split(" ")
    )


def test_soft_hyphens_and_capitals_change_no_word() -> None:
    assert may_found("ДЕЛЕГАЦИЯ ХАРБИНА ПОСЕТИЛА ДУБНУ", "ru")
    assert may_found("Деле\u00adгация Хар\u00adбина посе\u00adтила Дубну.", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_news_does_not_pass(language: str) -> None:
    assert not may_found(RAIN[language], language)
    document = extractor(True).extract(RAIN[language])
    assert not document.entities
    assert not document.technologies


@pytest.mark.parametrize("language", LANGUAGES)
def test_gold_texts_keep_their_records(language: str) -> None:
    chosen = [path.read_text("utf-8") for path in TEXTS if language in (path.stem[:2], path.parent.name)]
    assert len(chosen) > 15
    gated, whole = (list(extractor(gate).pipe(chosen)) for gate in (True, False))
    assert [_records(one) for one in gated] == [_records(one) for one in whole]


def _records(document: Document) -> dict[str, Any]:
    return document.model_dump(include=RECORDS)


def passages(language: str) -> list[str]:
    """Texts of some passages of the tests, every fourth."""
    found: list[str] = []
    for name in PASSAGES:
        found += _texts_in(srsly.read_yaml(ROOT / f"tests/data/{name}_{language}.yaml"))
    return found[::4]


def _texts_in(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [text for key, value in node.items() if key != "text" for text in _texts_in(value)]
    return [text for value in node for text in _texts_in(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_keep_their_records(language: str) -> None:
    chosen = [unmark(text)[0] for text in passages(language)]
    assert len(chosen) > 20
    gated, whole = (list(extractor(gate).pipe(chosen)) for gate in (True, False))
    assert [_records(one) for one in gated] == [_records(one) for one in whole]


def test_a_text_without_records_is_not_annotated() -> None:
    reader = Extractor()
    document = reader.extract("Rain in the valley\n\nIt rained for three hours. The river rose by a metre.\n")
    assert (document.title, document.language) == ("Rain in the valley", "en")
    assert not {"annotate", "load"} & reader.stages.seconds.keys()


def test_a_quiet_text_keeps_its_areas() -> None:
    text = (
        "A laser plant will be built\n\nThe plant will make fibre lasers for research laboratories and industry.\n\n"
        "It was raining.\n\nEngineers will test the lasers with partners.\n"
    )
    reader = Extractor()
    assert [area.id for area in reader.extract(text).technologies] == ["lasers"]
    assert "load" not in reader.stages.seconds
    assert records(text, gate=True) == records(text, gate=False)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("He waited at the railway station.", "sure"),
        ("The Northern Railway Station Trust fell.", "open"),
        ("The bread was good.", "none"),
        ("He waited at the railway station on Monday.", "sure"),
        ("He waited at the railway station of Northam.", "open"),
        ("Хлеб сгорел, автобус опоздал.", "sure"),
        ("Автобус Северного треста опоздал.", "open"),
        ("Автобус объединённого треста Северный опоздал.", "open"),
    ],
)
def test_terms_are_sure_away_from_names(text: str, verdict: str) -> None:
    language = "en" if text.isascii() else "ru"
    assert judge(read_terms(PlainDoc(text, language))) == verdict


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Rain is forecast for Friday, but it will come too late for the peas.", False),
        ("The two parties held talks last month but could not reach an agreement.", False),
        ("Midfielder Quigley has signed a five-year contract, the club said on Tuesday.", False),
        ("Minister Li Wei will come on Friday.", True),
    ],
)
def test_a_text_is_read_where_a_match_can_name_somebody(text: str, whole: bool) -> None:
    quiet = "The bread was good, and nobody minded. " * 4
    reader = Counting()
    reader.extract(f"A day in town\n\n{quiet}\n\n{text}\n\n{quiet}\n")
    assert reader.blocks == [1, 3 if whole else 0]


class Counting(Extractor):
    """Notes how many blocks each round annotates."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[int] = []

    def _annotate(self, pages: Any, wanted: Any) -> Any:
        self.blocks.append(sum(map(len, wanted)))
        return super()._annotate(pages, wanted)


@pytest.mark.parametrize(
    "after",
    [
        "It included Li Wei, an envoy of China.",
        "Those present at the talks were Li Wei and Chen Hao.",
        "The Chinese delegation liked the soup.",
    ],
)
def test_visitors_may_be_named_in_another_block(after: str) -> None:
    text = f"It will arrive on Friday.\n\n{after}"
    start = text.index(after)
    blocks = [Block(0, start, "body", "en"), Block(start, len(text), "body", "en")]
    assert plan(text, blocks, {0, 1}).around.names_visitors({0})


@pytest.mark.parametrize(
    ("noun", "text", "expected"),
    [
        ("union", "The union signed. Bread is cheap.", False),
        ("union", "The union signed. The Union of Miners is old.", True),
        ("company", "The company signed. Huawei makes phones.", True),
    ],
)
def test_a_body_needs_another_of_its_kind(noun: str, text: str, expected: bool) -> None:
    around = plan(text, [Block(0, len(text), "body", "en")], {0}).around
    assert around.names_bodies(noun, "en") is expected


def test_a_post_needs_somebody_who_holds_it() -> None:
    text = "The minister came under fire. Premier Li likes soup."
    around = plan(text, [Block(0, len(text), "body", "en")], {0}).around
    assert not around.names_post("minister", "en")
    assert around.names_post("premier", "en")


def test_a_text_mostly_of_visits_is_read_at_once() -> None:
    text = "Rector Ivanov visited Harbin on Friday.\n\nIt rained."
    blocks = [Block(0, 39, "body", "en"), Block(41, len(text), "body", "en")]
    decided = plan(text, blocks, {0, 1})
    assert decided.whole
    assert decided.first_round == {0, 1}


def test_a_quotation_may_belong_to_the_sentence_before() -> None:
    assert len(list(sentences('A town voted for the council. "He went home," she said.'))) == 1


def test_lemmas() -> None:
    assert {"meeting", "meet"} <= english_lemmas("meeting")
    assert "initial" in english_lemmas("initialled")
    assert russian_forms({"посетить"})["посетившая"] == {"посетить"}


def test_sentences_end_behind_words_only() -> None:
    assert list(sentences("He met Dr. Smith. They left.")) == ["He met Dr. Smith. ", "They left."]
    assert list(sentences("В г. Тверь приехал Иванов.")) == ["В г. Тверь приехал Иванов."]


def test_articles_that_want_no_records_stay_unread() -> None:
    [document] = extractor(True).pipe([Article("a", "Rector Ivanov visited Harbin on Friday.", records=False)])
    assert not document.visits
