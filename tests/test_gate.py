"""The gate: what it leaves unread costs at most one record in two hundred."""

from __future__ import annotations

import os
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex import Extractor
from coopex.blocks import Block
from coopex.gate import plan
from coopex.gate.lemmas import english_lemmas, russian_forms
from coopex.gate.plain import PlainDoc, judge, read_terms
from coopex.gate.sentences import sentences
from coopex.matching.engine import Match, match_part
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


def may_tell(text: str, language: str) -> bool:
    return plan(text, [Block(0, len(text), "body", language)], {0}).whole


@cache
def event_examples() -> list[tuple[str, str]]:
    """Sentences of the rules' examples in which a rule that creates events fires on a name, with their language."""
    found = []
    for lists in rule_examples().values():
        for language, marked in (lists.get("examples") or {}).items():
            for text in (unmark(split_reason(one)[1])[0] for one in marked or ()):
                part = cached_part(language, text)
                matches = [match for match in match_part(part) if isinstance(match, Match) and not match.lacking]
                named = any(slot.fillers for match in matches if match.rule.creates != "none" for slot in match.slots)
                if named and part.mentions:
                    found.append((language, text))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_rules_pass(language: str) -> None:
    examples = [text for code, text in event_examples() if code == language]
    assert len(examples) > 200
    silent = [text for text in examples if not may_tell(text, language)]
    assert len(silent) <= 0.01 * len(examples), silent


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_examples_pass_among_other_sentences(data: st.DataObject) -> None:
    language, text = data.draw(st.sampled_from([each for each in event_examples() if may_tell(each[1], each[0])]))
    before, after = data.draw(st.lists(st.just(RAIN[language]), max_size=3)), data.draw(st.booleans())
    assert may_tell(" ".join([*before, text, *([RAIN[language]] if after else [])]), language)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_examples_pass_however_they_are_typed(data: st.DataObject) -> None:
    language, text = data.draw(st.sampled_from([each for each in event_examples() if may_tell(each[1], each[0])]))
    typed = data.draw(st.sampled_from((str.upper, _without_yo, _curly, _hyphenated)))(text)
    assert may_tell(typed, language)


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
    assert may_tell("ДЕЛЕГАЦИЯ ХАРБИНА ПОСЕТИЛА ДУБНУ", "ru")
    assert may_tell("Деле\u00adгация Хар\u00adбина посе\u00adтила Дубну.", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_news_does_not_pass(language: str) -> None:
    assert not may_tell(RAIN[language], language)
    document = extractor(True).extract(RAIN[language])
    assert not document.entities
    assert not document.technologies


@pytest.mark.parametrize("language", LANGUAGES)
def test_gold_texts_keep_their_records(language: str) -> None:
    chosen = [path.read_text("utf-8") for path in TEXTS if language in (path.stem[:2], path.parent.name)]
    assert len(chosen) > 15
    assert lost(chosen) <= MOST_LOST


@pytest.mark.skipif("COOPEX_GOLD" not in os.environ, reason="COOPEX_GOLD names no folder of gold")
def test_open_gold_keeps_its_records() -> None:
    sets = ("domain", "domain2", "newswire", "unselected")
    paths = [path for name in sets for path in sorted(Path(os.environ["COOPEX_GOLD"], name).rglob("*.txt"))]
    assert len(paths) > 200
    assert lost([path.read_text("utf-8") for path in paths]) <= MOST_LOST


MOST_LOST = 0.005  # of all records


def lost(texts: list[str]) -> float:
    """Share of the records read without the gate that are not read with it."""
    gated, whole = (list(extractor(gate).pipe(texts)) for gate in (True, False))
    missing = sum(len(_ids(all_of_it) - _ids(part)) for part, all_of_it in zip(gated, whole, strict=True))
    return missing / sum(document.record_count for document in whole)


def _ids(document: Document) -> set[str]:
    events = {visit.id for visit in document.visits} | {agreement.id for agreement in document.agreements}
    return events | {area.id for area in document.technologies}


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
    assert lost(chosen) <= MOST_LOST


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
        ("Rain fell on Friday, and the peas drowned.", False),
        ("The couple plan a trip.", False),
        ("Minister Li Wei will come on Friday.", True),
        ("A contract binds the port of Riga.", True),
        ("The delegation toured the port.", True),
    ],
)
def test_a_text_is_read_where_somebody_stands_by_a_trigger(text: str, whole: bool) -> None:
    assert may_tell(text, "en") is whole


def test_all_blocks_are_read_at_once() -> None:
    text = "Rector Ivanov visited Harbin on Friday.\n\nIt rained."
    blocks = [Block(0, 39, "body", "en"), Block(41, len(text), "body", "en")]
    decided = plan(text, blocks, {0, 1})
    assert decided.whole
    assert decided.annotated == {0, 1}


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
