"""Patterns that are tried only where the words stand that they need: they must find what they find without that."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopex.page import attribution, dateline
from coopex.page.cues import cues
from coopex.page.labels import _may_hold_label
from coopex.page.sought import Sought
from coopex.page.stamps import full_dates

TEXTS = sorted((Path(__file__).parents[1] / "data" / "raw").glob("*.txt"))
LINES = list(dict.fromkeys(chain.from_iterable(path.read_text("utf-8").splitlines() for path in TEXTS)))
MONTHS = re.findall(
    r"\w+",
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    янв фев мар апр авг сен окт ноя дек""",
)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("said", (("said",),)),
        (r"(?:said|told)\s+press", (("press",), ("said", "told"))),
        ("(?:date of issue|date|stamp)s?", (("date", "stamp"),)),
        (r"[:：]\s*(?P<name>\w+)", ((":", "："),)),
        (r"(?:\w+|told)\s", ()),
        ("(?:news)?paper", (("paper",),)),
        ("(?:news)+", (("news",),)),
        (r"a\bb(?!c)d", (("abd",),)),
        ("(?i:REUTERS)", (("reuters",),)),
        (r"[^a]\d+", ()),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, needs: tuple[tuple[str, ...], ...]) -> None:
    assert Sought(re.compile(pattern)).needs == needs


def test_sample_lines_are_found_as_without_needs() -> None:
    searches = [(each, each.pattern.search) for each in (cues().anywhere, *attribution._forms())]
    searches += [(each, each.pattern.match) for each in dateline._FORMS]
    found = [(each, line) for line in LINES for each, search in searches if search(line)]
    assert [(each.pattern.pattern, line) for each, line in found if not each.may_match(line.lower())] == []
    assert len(found) > 20


WORDS = ("Date", "ДАТА", "Источник", "Ещё", "Автор]", "by", ":", " – ", "—", " ", "\t", "5", "обновлено")


@given(st.lists(st.sampled_from(WORDS), max_size=8).map("".join))
def test_labels_are_looked_for_wherever_one_stands(line: str) -> None:
    assert _may_hold_label(line) or not cues().label.search(line)


@pytest.mark.parametrize("month", MONTHS)
def test_full_dates_of_every_month_are_found(month: str) -> None:
    assert [stamp.day.day for stamp in full_dates(f"Опубликовано 5 {month} 2020")] == [5]
