"""Dates: phrases with the days they name, traps, and properties over generated text."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from coopex.dates import DateMention, find_absolute, find_dates, find_durations

DATA = Path(__file__).parent / "data"
MARK = re.compile(r"\[([^\]]*)\]")


def cases(language: str) -> list[tuple[str, dict[str, Any], bool]]:
    data = srsly.read_yaml(DATA / f"dates_{language}.yaml")
    return [
        (language, {"published": data["published"], **case}, group["held"])
        for group in data["groups"]
        for case in group["cases"]
    ]


def traps(language: str) -> list[tuple[str, str]]:
    return [(language, text) for text in srsly.read_yaml(DATA / f"dates_{language}.yaml")["traps"]]


def durations(language: str) -> list[tuple[str, dict[str, Any]]]:
    return [(language, case) for case in srsly.read_yaml(DATA / f"dates_{language}.yaml")["durations"]]


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """ "on [Monday]" → "on Monday", [(3, 9)]."""
    spans, shift = [], 0
    for match in MARK.finditer(marked):
        spans.append((match.start() - shift, match.end() - shift - 2))
        shift += 2
    return MARK.sub(r"\1", marked), spans


def say(mention: DateMention) -> str:
    """The days and precision as the case files write them."""
    if mention.first is None or mention.last is None:
        return f"none {mention.precision}"
    last = "" if mention.last == mention.first else f"..{mention.last}"
    return f"{mention.first}{last} {mention.precision}"


def as_date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def read(language: str, case: dict[str, Any]) -> tuple[str, list[DateMention], list[tuple[int, int]]]:
    text, spans = unmark(case["text"])
    return text, find_dates(text, language, as_date(case["published"])), spans


ALL = [*cases("en"), *cases("ru")]


@pytest.mark.parametrize(("language", "case", "held"), ALL, ids=[case["text"] for _, case, _ in ALL])
def test_phrase(language: str, case: dict[str, Any], held: bool, request: pytest.FixtureRequest) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=case["fails"], strict=True))
    text, mentions, spans = read(language, case)
    rules = [(mention.text, mention.rule) for mention in mentions]
    assert [(m.start, m.end) for m in mentions] == spans, rules
    assert [say(m) for m in mentions] == [str(d) for d in case["dates"]], rules
    assert all(text[m.start : m.end] == m.text for m in mentions)
    if "bounds" in case:
        assert [m.bound for m in mentions] == case["bounds"]


@pytest.mark.parametrize(("language", "text"), [*traps("en"), *traps("ru")])
def test_trap(language: str, text: str) -> None:
    assert [(m.text, m.rule) for m in find_dates(text, language, date(2018, 8, 21))] == []


@pytest.mark.parametrize(("language", "case"), [*durations("en"), *durations("ru")])
def test_duration(language: str, case: dict[str, Any]) -> None:
    text, spans = unmark(case["text"])
    found = find_durations(text, language)
    assert [d.days for d in found] == case["days"]
    assert [(d.start, d.end) for d in found] == spans


# Properties


def words(text: str) -> list[str]:
    return text.split(" ")


MONTHS = {
    "en": words("January February March April May June July August September October November December"),
    "ru": words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
}
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
PUBLISHED = date(2018, 8, 21)
PIECES = [
    *words("21 3 31 0 2018 2014-2015 1990s 13th 6-го 30.02.2018 29 February , . - – ( ) from to с по : / \n"),
    *words("May март March мая last next this прошлой недели week month year года год назад ago two пять"),
    *words("that the same того же later спустя weekend Monday среду в on 99 12/31/9999 1700 первого Q3"),
    *words("день quarter until полугодии before накануне earlier beginning of конце first two days"),
]


def full(language: str, day: date) -> str:
    tail = " года" if language == "ru" else ""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}{tail}"


@given(st.sampled_from(["en", "ru"]), DAYS)
def test_a_full_date_names_its_day(language: str, day: date) -> None:
    text = f"– {full(language, day)}, –"
    [mention] = find_dates(text, language)
    assert (mention.first, mention.last, mention.origin) == (day, day, "stated")
    assert mention.text == full(language, day)


@given(DAYS, st.sampled_from(["%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%Y-%m-%d", "%A, %d %B %Y", "%Y.%m.%d"]))
def test_any_format_gives_the_same_day(day: date, form: str) -> None:
    [mention] = find_absolute(f"Date: {day.strftime(form)}")
    assert (mention.first, mention.last, mention.precision) == (day, day, "day")


@given(st.sampled_from(["en", "ru"]), DAYS, st.integers(1, 60))
def test_a_range_names_its_ends(language: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    pattern = "from {} to {}" if language == "en" else "с {} по {}"
    [mention] = find_dates(pattern.format(full(language, first), full(language, last)), language)
    assert (mention.first, mention.last, mention.precision) == (first, last, "range")


@given(st.sampled_from(["en", "ru"]), DAYS, st.integers(-150, 150))
def test_a_date_without_a_year_is_the_nearest(language: str, published: date, offset: int) -> None:
    day = published + timedelta(days=offset)
    text = f"{day.day} {MONTHS[language][day.month - 1]}"
    [mention] = find_dates(text, language, published)
    assert (mention.first, mention.origin) == (day, "relative")


@given(st.sampled_from(["en", "ru"]), DAYS, st.sampled_from(["past", "future"]), st.integers(0, 6))
def test_a_weekday_lies_on_the_side_asked_for(
    language: str, published: date, tense: str, weekday: int
) -> None:
    names = {
        "en": words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        "ru": words("понедельник вторник среду четверг пятницу субботу воскресенье"),
    }
    text = f"{'on' if language == 'en' else 'в'} {names[language][weekday]}"
    [mention] = find_dates(text, language, published, tense=tense)
    assert mention.first
    assert mention.first.weekday() == weekday
    away = (mention.first - published).days
    assert -7 < away <= 0 if tense == "past" else 0 <= away < 7


@given(st.sampled_from(["en", "ru"]), st.text(max_size=200), st.none() | st.dates(), st.none() | st.dates())
def test_wild_text_does_no_harm(
    language: str, text: str, published: date | None, anchor: date | None
) -> None:
    check_sound(text, find_dates(text, language, published, anchor=anchor))
    find_durations(text, language)


@settings(max_examples=300)
@given(
    st.sampled_from(["en", "ru"]),
    st.lists(st.sampled_from(PIECES), max_size=20),
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.sampled_from(["auto", "past", "future"]),
)
def test_heaps_of_date_words_do_no_harm(
    language: str, heap: list[str], published: date | None, anchor: date | None, tense: str
) -> None:
    text = " ".join(heap)
    check_sound(text, find_dates(text, language, published, anchor=anchor, tense=tense))


def check_sound(text: str, mentions: list[DateMention]) -> None:
    position = 0
    for mention in mentions:
        assert position <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert (mention.first is None) == (mention.last is None)
        if mention.first and mention.last:
            assert mention.first <= mention.last
            assert mention.precision != "day" or mention.first == mention.last
        position = mention.end


# Arguments and limits


def test_anchor_lends_its_year_without_publication_date() -> None:
    [mention] = find_dates("in May", "en", anchor=date(2014, 3, 1))
    assert say(mention) == "2014-05-01..2014-05-31 month"


def test_anchor_is_where_relative_phrases_count_from() -> None:
    mentions = find_dates("He left the next day.", "en", PUBLISHED, anchor=date(2014, 3, 1))
    assert [say(m) for m in mentions] == ["2014-03-02 day"]


def test_publication_day_outweighs_anchor_for_the_year() -> None:
    [mention] = find_dates("in May", "en", PUBLISHED, anchor=date(2014, 3, 1))
    assert say(mention) == "2018-05-01..2018-05-31 month"


def test_tense_chooses_the_side_of_publication() -> None:
    assert find_dates("30 August", "en", PUBLISHED, tense="past")[0].first == date(2017, 8, 30)
    assert find_dates("28 August", "en", PUBLISHED, tense="future")[0].first == date(2018, 8, 28)
    assert find_dates("28 July", "en", PUBLISHED, tense="future")[0].first == date(2018, 7, 28)
    assert find_dates("in May", "en", PUBLISHED, tense="future")[0].first == date(2019, 5, 1)


def test_weekday_settles_the_year() -> None:
    [mention] = find_dates("Friday, 1 March", "en", date(2018, 8, 21))
    assert mention.first == date(2019, 3, 1)


def test_absolute_reads_addresses_and_both_languages() -> None:
    text = "https://example.org/2018/08/21/x 21 августа 2018 года | Aug 21, 2018, in May, 2018年8月21日"
    assert [m.first for m in find_absolute(text)] == [date(2018, 8, 21)] * 4


def test_impossible_days_are_no_dates() -> None:
    assert [m.text for m in find_dates("30 February 2018 and 31.04.2018", "en")] == ["February 2018"]


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no date rules for language 'de'"):
        find_dates("am Montag", "de")


@pytest.mark.parametrize(
    "piece", ["1 ", "May ", "from 1, 2, 3, ", " ", "1,", "first ", "21 мая ", "19-20-", "a"]
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_time_grows_with_length_only(language: str, piece: str) -> None:
    def seconds(copies: int) -> float:
        begin = time.perf_counter()
        find_dates(piece * copies, language, PUBLISHED)
        return time.perf_counter() - begin

    seconds(1)
    assert seconds(16_000) < 12 * seconds(4_000) + 0.2
