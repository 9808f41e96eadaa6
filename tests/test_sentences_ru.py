"""Russian sentences do not end inside academic degrees, initials and firms' names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coopex.annotate.sentences_ru import sentence_starts


def split(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[start:end].strip() for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    "text",
    [
        "Был к. м. н. Анна Ким.",
        "Доклад прочли д. т. н. Лосев и к. ф.-м. н. Анна Ким.",
        "В группе — д.э.н. Лосев, д. м. н. А. Ким.",
        "Гостей ждал П. А. Лосев.",
        "Договор с Nord Co. Ltd. подписан.",
    ],
)
def test_a_name_goes_on_behind_a_degree(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "text",
    ["Вступил Лосев, к. м. н. | Гости молчали.", "Приехал Лосев. | Анна ждала."],
)
def test_a_sentence_ends_before_a_common_word(text: str) -> None:
    assert split(text.replace("| ", "")) == text.split(" | ")


def test_a_blank_line_ends_a_sentence() -> None:
    assert split("Был к. м. н.\n\nАнна Ким") == ["Был к. м. н.", "Анна Ким"]
