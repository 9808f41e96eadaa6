"""Dates: phrases with the days they name, traps, and properties over generated text."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import srsly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coopex.dates import DateMention, find_absolute, find_dates, find_durations
from coopex.dates.grammar import Rules, compiled, grammar
from coopex.dates.openings import openings

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


@settings(max_examples=300, deadline=None)
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


@pytest.mark.parametrize("language", ["en", "ru"])
def test_rules_miss_nothing_by_trying_only_where_they_can_begin(language: str) -> None:
    texts = [path.read_text("utf-8") for path in (Path(__file__).parents[1] / "data" / "raw").glob("*.txt")]
    phrases = "\n".join(unmark(case["text"])[0] for _, case, _ in ALL)
    read = grammar(language)
    for text in [*texts, phrases, phrases.upper(), phrases.replace("s", "ſ").replace("i", "ı"), "ß" + phrases]:
        assert _spans(read.dates, text) == _spans_sought_everywhere(read.dates, text)
        assert _spans(read.durations, text) == _spans_sought_everywhere(read.durations, text)


def _spans(rules: Rules, text: str) -> list[tuple[str, int]]:
    return [(found.rule.id, found.end) for found in rules.matches(text)]


def _spans_sought_everywhere(rules: Rules, text: str) -> list[tuple[str, int]]:
    return [(rule.id, match.end()) for rule in rules.rules for match in compiled(rule.source).finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(?:the\s+)?week", {"the", "wee"}),
        (r"(?<!\w)[12]\d?(?:st|th)", {"00s", "00t", "0st", "0th"}),
        (r"(?:\d+,\s*)*May", {"0", "may"}),
        (r"in\w+|\d", {"in", "0"}),
    ],
)
def test_openings(pattern: str, found: set[str]) -> None:
    assert openings(pattern) == found


def test_a_pattern_that_can_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="can begin with anything"):
        openings(r"\w*day")


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


# Phrases made from the days that they must give back


LONG = {
    "en": words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "ru": words("понедельник вторник среду четверг пятницу субботу воскресенье"),
}
SHORT = {
    "en": words("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec."),
    "ru": words("янв. фев. мар. апр. мая июн. июл. авг. сен. окт. нояб. дек."),
}
IN_MONTH = {
    "en": MONTHS["en"],
    "ru": words("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"),
}
DAY_SHAPES = {
    "en": [
        "{d} {m} {y}",
        "{m} {d}, {y}",
        "{d}th of {m}, {y}",
        "{s} {d}, {y}",
        "{wd}, {m} {d}, {y}",
        "{wd}, {d} {m} {y}",
        "{wd} {d} {m} {y}",
        "the {d}th of {m} {y}",
        "{y}-{mm}-{dd}",
        "{dd}.{mm}.{y}",
        "{y}/{mm}/{dd}",
    ],
    "ru": [
        "{d} {m} {y} года",
        "{d} {m} {y} г.",
        "{d} {m} {y}",
        "{d}-го {m} {y} года",
        "{wd}, {d} {m} {y} года",
        "{wd} ({d} {m} {y} г.)",
        "{d} {s} {y}",
        "{dd}.{mm}.{y} г.",
        "{dd}.{mm}.{y}",
        "{dd}/{mm}/{y}",
        "{y}-{mm}-{dd}",
    ],
}
SAME_MONTH = {
    "en": [
        "{d}–{d2} {m} {y}",
        "{m} {d}-{d2}, {y}",
        "from {d} to {d2} {m} {y}",
        "from {m} {d} to {d2}, {y}",
        "between {d} and {d2} {m} {y}",
        "{m} {d} through {d2}, {y}",
        "{d}th to {d2}th of {m} {y}",
        "from the {d}th to the {d2}th of {m} {y}",
    ],
    "ru": [
        "{d}–{d2} {m} {y} года",
        "с {d} по {d2} {m} {y} г.",
        "с {d}-го по {d2}-е {m} {y} года",
        "с {d} до {d2} {m} {y} года",
        "{d} - {d2} {m} {y}",
        "{d}—{d2} {m} {y} г.",
        "{dd}–{dd2}.{mm}.{y}",
    ],
}
TWO_MONTHS = {
    "en": [
        "{d} {m} – {d2} {m2} {y}",
        "from {m} {d} to {m2} {d2}, {y}",
        "{s} {d}-{s2} {d2}, {y}",
        "from {d} {m} until {d2} {m2} {y}",
        "between {m} {d} and {m2} {d2}, {y}",
    ],
    "ru": [
        "{d} {m} — {d2} {m2} {y} года",
        "с {d} {m} по {d2} {m2} {y} г.",
        "с {d} {m} до {d2} {m2} {y} года",
        "{dd}.{mm}–{dd2}.{mm2}.{y}",
    ],
}
BLANKS = st.sampled_from([" ", "\u00a0", "\u2009", "  ", "\u202f"])
DASHES = st.sampled_from(["-", "–", "—", " – ", " — ", "\u2011", "\u2212"])
LANGUAGES = st.sampled_from(["en", "ru"])


def write(shape: str, language: str, first: date, last: date | None = None) -> str:
    """ "{d} {m} {y}" and 2018-08-21 → "21 August 2018"."""
    last = last or first
    return shape.format(
        d=first.day,
        m=MONTHS[language][first.month - 1],
        s=SHORT[language][first.month - 1],
        y=first.year,
        wd=LONG[language][first.weekday()],
        dd=f"{first.day:02}",
        mm=f"{first.month:02}",
        d2=last.day,
        m2=MONTHS[language][last.month - 1],
        s2=SHORT[language][last.month - 1],
        dd2=f"{last.day:02}",
        mm2=f"{last.month:02}",
        y2=last.year,
    )


def roughen(text: str, blank: str, dash: str) -> str:
    """Put other blanks and, between two figures or words, another dash into a phrase."""
    return re.sub(r"(?<=\d)\s?[–—]\s?(?=\d)", lambda _: dash, text).replace(" ", blank)


def only(text: str, language: str, published: date | None = None, tense: str = "auto") -> DateMention:
    found = find_dates(text, language, published, tense=tense)
    assert len(found) == 1, (text, [(m.text, m.rule) for m in found])
    return found[0]


def around(phrase: str, language: str) -> str:
    return f"Talks were held {phrase} in Oslo." if language == "en" else f"Встреча прошла {phrase} в Осло."


@settings(max_examples=400, deadline=None)
@given(LANGUAGES, st.data(), DAYS, BLANKS)
def test_a_day_in_any_shape_is_that_day(language: str, data: st.DataObject, day: date, blank: str) -> None:
    phrase = write(data.draw(st.sampled_from(DAY_SHAPES[language])), language, day)
    found = only(around(phrase.replace(" ", blank), language), language)
    assert (found.first, found.last, found.origin) == (day, day, "stated")


@settings(max_examples=400, deadline=None)
@given(LANGUAGES, st.data(), DAYS, st.integers(1, 27), BLANKS, DASHES)
def test_a_range_in_a_month_is_that_range(
    language: str, data: st.DataObject, day: date, length: int, blank: str, dash: str
) -> None:
    last = day + timedelta(days=length)
    assume(last.month == day.month)
    shape = data.draw(st.sampled_from(SAME_MONTH[language]))
    found = only(around(roughen(write(shape, language, day, last), blank, dash), language), language)
    assert (found.first, found.last, found.precision) == (day, last, "range")


@settings(max_examples=300, deadline=None)
@given(LANGUAGES, st.data(), DAYS, st.integers(1, 60), BLANKS)
def test_a_range_over_months_is_that_range(
    language: str, data: st.DataObject, day: date, length: int, blank: str
) -> None:
    last = day + timedelta(days=length)
    assume((last.month, last.year) != (day.month, day.year) and last.year == day.year)
    shape = data.draw(st.sampled_from(TWO_MONTHS[language]))
    found = only(around(write(shape, language, day, last).replace(" ", blank), language), language)
    assert (found.first, found.last, found.precision) == (day, last, "range")


@given(LANGUAGES, DAYS, st.integers(-120, 120), st.integers(1, 9), BLANKS)
def test_a_range_without_a_year_lies_around_publication(
    language: str, published: date, offset: int, length: int, blank: str
) -> None:
    first = published + timedelta(days=offset)
    last = first + timedelta(days=length)
    assume(first.month == last.month)
    form = "from {d} to {d2} {m}" if language == "en" else "с {d} по {d2} {m}"
    phrase = write(form, language, first, last).replace(" ", blank)
    text = f"({phrase})"
    found = only(text, language, published)
    assert (found.first, found.last, found.origin) == (first, last, "relative")


RELATIVE_DAYS = {
    "en": {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2},
    "ru": {"вчера": -1, "сегодня": 0, "завтра": 1, "позавчера": -2, "послезавтра": 2},
}
RELATIVE_WEEKS = {
    "en": {"last week": -1, "this week": 0, "next week": 1},
    "ru": {"на прошлой неделе": -1, "на этой неделе": 0, "на следующей неделе": 1, "на минувшей неделе": -1},
}
RELATIVE_MONTHS = {
    "en": {"last month": -1, "this month": 0, "next month": 1},
    "ru": {"в прошлом месяце": -1, "в этом месяце": 0, "в следующем месяце": 1, "в текущем месяце": 0},
}
RELATIVE_YEARS = {
    "en": {"last year": -1, "this year": 0, "next year": 1},
    "ru": {"в прошлом году": -1, "в нынешнем году": 0, "в будущем году": 1, "в позапрошлом году": -2},
}


@given(LANGUAGES, st.data(), DAYS)
def test_relative_words_count_from_publication(language: str, data: st.DataObject, published: date) -> None:
    words_ = data.draw(st.sampled_from([RELATIVE_DAYS, RELATIVE_WEEKS, RELATIVE_MONTHS, RELATIVE_YEARS]))
    phrase, steps = data.draw(st.sampled_from(sorted(words_[language].items())))
    found = only(around(phrase, language), language, published)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=steps)
    month = (published.year * 12 + published.month - 1 + steps) // 12, (published.month - 1 + steps) % 12 + 1
    expected = {
        "day": published + timedelta(days=steps),
        "week": monday,
        "month": date(*month, 1),
        "year": date(published.year + steps, 1, 1),
    }
    assert found.first == expected[found.precision]
    assert only(around(phrase, language), language).first is None


@given(LANGUAGES, DAYS, st.integers(1, 12), st.integers(2, 9))
def test_so_long_ago_counts_back(language: str, published: date, month: int, count: int) -> None:
    text = f"{count} days ago" if language == "en" else f"{count} дней назад"
    assert only(around(text, language), language, published).first == published - timedelta(days=count)
    in_month = f"in {IN_MONTH['en'][month - 1]}" if language == "en" else f"в {IN_MONTH['ru'][month - 1]}"
    past = only(around(in_month, language), language, published, "past")
    future = only(around(in_month, language), language, published, "future")
    assert past.first
    assert future.last
    assert past.first.month == future.last.month == month
    assert past.first <= published <= future.last


@given(LANGUAGES, DAYS, st.integers(0, 6), st.sampled_from([-1, 1]))
def test_last_and_next_weekday_lie_beyond_the_day(
    language: str, published: date, weekday: int, side: int
) -> None:
    name = LONG[language][weekday]
    word = {("en", -1): "last", ("en", 1): "next", ("ru", -1): "минувш", ("ru", 1): "следующ"}[language, side]
    ending = {2: "ую", 4: "ую", 5: "ую", 6: "ее"}.get(weekday, "ий")
    phrase = f"{word} {name}" if language == "en" else f"в {word}{ending} {name}"
    found = only(around(phrase, language), language, published).first
    assert found
    assert found.weekday() == weekday
    assert 0 < side * (found - published).days <= 7
