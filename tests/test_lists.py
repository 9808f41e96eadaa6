"""Lists of people and bodies say what they are to the visit, whatever the tree; `data/lists.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import srsly

from coopex import Extractor
from coopex.events.lists import _patterns
from coopex.events.passages import read_passages
from coopex.matching.lexicon import LANGUAGES

SAYS = ("came", "led", "received", "showed", "met", "present", "side", "stop")


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor()


def cases() -> Iterator[Any]:
    """Every text of the data as a parameter."""
    for language, texts in srsly.read_yaml(Path(__file__).with_name("data") / "lists.yaml").items():
        for case in texts:
            yield pytest.param(case, id=f"{language}-{case['text']}")


@pytest.mark.parametrize("case", list(cases()))
def test_lists_say_what_their_names_are(case: dict[str, Any]) -> None:
    passages = read_passages(extractor().read(case["text"]))
    said = {entity.name: {says for _, says in passages.listed.get(n, ())} for n, entity in passages.entities.items()}
    wanted = {name: {says} for says in SAYS for name in case.get(says, ())}
    wanted.update({name: set() for name in case.get("nothing", ())})
    assert {name: said.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_of_both_languages_say_the_same_things(language: str) -> None:
    assert {pattern.says for found in _patterns()[language].values() for pattern in found} == set(SAYS)
