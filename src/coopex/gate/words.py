"""The words of `words.yaml`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import srsly


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = srsly.yaml_loads(files("coopex.gate").joinpath("words.yaml").read_text("utf-8"))
    return found


@cache
def words(name: str, language: str) -> frozenset[str]:
    """("within", "en") → {"in", "at"}."""
    return frozenset(_lists()[name][language].split())


@cache
def dates(language: str) -> re.Pattern[str]:
    """The pattern of a word that may tell a day: "Friday", «утром»."""
    return re.compile("|".join(_lists()["dates"][language].split()))


@cache
def company_of(instrument: str) -> tuple[str, ...]:
    """ "letter" → ("intent",): beginnings of words without one of which a noun names no instrument."""
    return tuple(_lists()["instruments"].get(instrument, "").split())
