"""News agencies are nobody of the story where they only report, and parties like others where they act."""

from __future__ import annotations

import pytest

from marked_names import extractor

REPORTS = [
    ("The minister told Interfax that Gazprom and Sinopec had signed a contract.", "Interfax"),
    ("Minister Ivanov visited Hanoi on Monday, the Saudi Press Agency said.", "Saudi Press Agency"),
    ("A delegation from Pune visited Ufa, a Kazinform correspondent reports.", "Kazinform"),
    pytest.param(
        "KAZINFORM Deputy Prime Minister Ivan Orlov visited Seoul.",
        "KAZINFORM",
        marks=pytest.mark.xfail(reason="names: the agency read as a person who visits", strict=True),
    ),
    ("The Lithuanian company Elvora signed a contract, its director told ELTA.", "ELTA"),
    ("Об этом ТАСС рассказал директор завода Егор Лунин.", "ТАСС"),
    ("Как передаёт Trend, договор подписан в Астане.", "Trend"),
    ("Министр посетил Астану, передаёт корреспондент БЕЛТА.", "БЕЛТА"),
    ("Об этом он сказал телеканалу «Россия 24» после визита в Ханой.", "Россия 24"),
]
ACTS = [
    ("TASS and Xinhua signed an agreement on the exchange of news.", ["TASS", "Xinhua"]),
    ("The delegation of BelTA visited Xinhua in Beijing.", ["BelTA", "Xinhua"]),
    ("ТАСС и Синьхуа подписали соглашение.", ["ТАСС", "Синьхуа"]),
]


@pytest.mark.parametrize(("text", "agency"), REPORTS)
def test_who_only_reports_is_no_entity(text: str, agency: str) -> None:
    assert not [entity.name for entity in extractor().read(text).entities.all if agency in entity.name]


@pytest.mark.parametrize(("text", "agencies"), ACTS)
def test_agencies_that_act_are_entities(text: str, agencies: list[str]) -> None:
    names = [entity.name for entity in extractor().read(text).entities.all]
    assert set(agencies) <= set(names)
