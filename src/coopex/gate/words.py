"""The words of `words.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import srsly


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = srsly.yaml_loads(files("coopex.gate").joinpath("words.yaml").read_text("utf-8"))
    return found


@cache
def words(name: str, language: str) -> frozenset[str]:
    """("links", "en") → {"of", "the", …}."""
    return frozenset(_lists()[name][language].split())
