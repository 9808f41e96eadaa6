"""What hides words from a reader of texts, and where the cleaned characters stand in the original."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex import Extractor
from coopex.reading.cleaned import clean

ENGLISH = "A delegation of Oulu University visited the Graz Tram Works on 4 June 2018."
RUSSIAN = "Делегация Университета Оулу посетила завод «Ротор» в Омске 4 июня 2018 года."
HIDDEN = ["\u00ad", "\u200b", "\u200e", "\u2060", "\u202a", "\ufeff"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Har\u200bbin and Graz", "Harbin and Graz"),
        ("посе\u00adтила", "посетила"),
        ("\u200fTehran\u200f", "Tehran"),
        ("Делегaция посeтила Гpац", "Делегация посетила Грац"),
        ("The minister visited Oslо", "The minister visited Oslo"),
        ("IT-специалисты и 3D-принтер", "IT-специалисты и 3D-принтер"),
        ("компания XGroupа", "компания XGroupa"),
        ("завод ЛОМОZ", "завод ЛОМОZ"),
        ("завод <<Ротор>> и <<Северная звезда>>.", "завод «Ротор» и «Северная звезда»."),
        (">>Перейти к новости, 5 >> 3", ">>Перейти к новости, 5 >> 3"),
        ("подписали меморан-\nдум", "подписали меморандум"),
        ("научно-\nтехнический центр", "научно-технический центр"),
        ("signed a memo-\nrandum", "signed a memorandum"),
        ("a non-\nbinding pact", "a non-binding pact"),
        ("a well-known port, well-\nknown in Oulu", "a well-known port, well-known in Oulu"),
        ("Oulu -\nGraz", "Oulu -\nGraz"),
        ("М Е М О Р А Н Д У М подписан", "МЕМОРАНДУМ подписан"),
        ("групп А и Б", "групп А и Б"),
        ("И\u0306орк, Кии\u0306в", "Йорк, Кийв"),
        ("nothing to clean here", "nothing to clean here"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert clean(text).text == seen


@given(st.text(alphabet="Aаb оc-\n<>\u00ad\u200bи\u0306Б ", max_size=40))
def test_every_character_has_its_place_in_the_original(text: str) -> None:
    cleaned = clean(text)
    if not cleaned.is_changed:
        assert cleaned.text == text
        return
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(cleaned.starts, cleaned.ends, strict=True))
    assert list(cleaned.starts) == sorted(cleaned.starts)


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


MARKS = st.lists(st.tuples(st.integers(1, 70), st.sampled_from(HIDDEN)), max_size=8)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([ENGLISH, RUSSIAN]), MARKS)
def test_hidden_signs_change_no_record(text: str, marks: list[tuple[int, str]]) -> None:
    hidden = text
    for place, mark in sorted(marks, reverse=True):
        hidden = hidden[:place] + mark + hidden[place:]
    plain, read = extractor().extract(text), extractor().extract(hidden)
    assert [problem for one in read.evidence() if (problem := one.problem(hidden))] == []
    for kept, wanted in zip(read.visits, plain.visits, strict=True):
        assert [p.name for p in kept.visitors] == [p.name for p in wanted.visitors]
        assert [p.name for p in kept.places] == [p.name for p in wanted.places]
