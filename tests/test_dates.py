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
    """"on [Monday]" → "on Monday", [(3, 9)]."""
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
def test_phrase(language: str, case: dict[str, Any], held: bool) -> None:
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
