from __future__ import annotations

from pathlib import Path

import pytest
import srsly

import coopex
from coopex.yaml_files import parse_yaml

FILES = sorted(Path(coopex.__file__).parent.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_our_files_are_read_as_by_a_parser_of_yaml_1_2(path: Path) -> None:
    text = path.read_text("utf-8")
    assert repr(parse_yaml(text)) == repr(srsly.yaml_loads(text))


def test_short_words_are_no_booleans() -> None:
    assert parse_yaml("en: [no, on, yes, true]") == {"en": ["no", "on", "yes", True]}
