"""What README.md shows is what comes out, and what it and the other pages link to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopex import Extractor
from coopex.console import rules_markdown
from coopex.export import RecordKind
from coopex.export.rows import KINDS
from coopex.export.tables import cell_text
from coopex.matching.rules import load_rules

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


def examples() -> Iterator[tuple[str, RecordKind, dict[str, str]]]:
    """Give each sentence of the README with each table that follows it."""
    sentence = ""
    for block in (ROOT / "README.md").read_text("utf-8").split("\n\n"):
        if block.startswith("> "):
            sentence = block.removeprefix("> ")
        header = re.match(r"\| `(\w+)` \|", block)
        if header and sentence:
            (kind,) = (each for each in KINDS if each == header[1])
            yield sentence, kind, dict(re.findall(r"^\| (\w+) \| (.+) \|$", block, re.MULTILINE))


def test_the_readme_shows_both_records_in_both_languages() -> None:
    assert [kind for _, kind, _ in examples()] == ["visits", "agreements"] * 2


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(("sentence", "kind", "shown"), list(examples()))
def test_the_readme_shows_real_output(
    extractor: Extractor, sentence: str, kind: RecordKind, shown: dict[str, str]
) -> None:
    (row,) = extractor.extract(sentence).to_dicts(kind)
    assert {key: names_in(cell_text(row[key])) for key in shown} == {
        key: names_in(cell) for key, cell in shown.items()
    }


def names_in(cell: str) -> set[str]:
    """Split a cell; the order of parties says nothing."""
    return set(cell.split("; "))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_of_rules_is_current() -> None:
    """`make docs` writes it anew."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == "\n".join(rules_markdown(load_rules())) + "\n"


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))}
    assert named
    assert named <= targets
