"""How far apart two dates are, also where one of them names no year."""

from __future__ import annotations

from datetime import date

import pytest

from coopex.dates.compare import days_between
from coopex.dates.find import find_dates


@pytest.mark.parametrize(
    ("language", "first", "second", "published", "days"),
    [
        ("en", "on 4 March 2024", "on 9 March 2024", None, 5),
        ("en", "from 4 to 9 March 2024", "on 7 March 2024", None, 0),
        ("en", "in June", "on 4 September", None, 66),
        ("en", "in June", "on 4 September 2021", None, 66),
        ("en", "on Monday", "on 4 September 2021", None, 0),
        ("en", "on Monday", "on 4 September 2021", date(2021, 9, 10), 2),
        ("ru", "4 марта 2024 года", "9 марта 2024 года", None, 5),
        ("ru", "в июне", "4 сентября", None, 66),
        ("ru", "в июне", "4 сентября 2021 года", None, 66),
        ("ru", "с 4 по 9 марта 2024 года", "7 марта 2024 года", None, 0),
    ],
)
def test_days_between(language: str, first: str, second: str, published: date | None, days: int) -> None:
    [a], [b] = (find_dates(text, language, published) for text in (first, second))
    assert days_between(a, b, language) == days_between(b, a, language) == days
