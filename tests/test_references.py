"""References in news passages, run through the pipeline: whom a marked mention means, or that it stays open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from coopex.explain import explanation
from references import LANGUAGES, Example, examples, is_right, meant, readings


def cases() -> Iterator[Any]:
    """Every example as a parameter; what is known to fail is a strict expected failure with its cause."""
    for language in LANGUAGES:
        for example in examples(language):
            known = (
                [pytest.mark.xfail(reason=example.known, strict=True, raises=AssertionError)] if example.known else []
            )
            yield pytest.param(example, id=f"{language}-{example.sort}-{example.text}", marks=known)


@pytest.mark.parametrize("example", list(cases()))
def test_mention_means_whom_it_should(example: Example) -> None:
    found, step = meant(example)
    names = [entity.name for entity in found]
    assert is_right(example), f"{example.mention!r} means {names} ({step}), not {example.means}: {example.text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_cover_every_class_and_hold_a_third_back(language: str) -> None:
    found = list(examples(language))
    held = sum(example.held for example in found)
    assert len(found) >= 80
    assert 0.3 <= held / len(found) <= 0.4
    assert {example.sort for example in found} == {example.sort for example in examples("en")}
    assert sum(not example.means for example in found) >= 12, "too few mentions that must stay open"


@pytest.mark.parametrize(
    ("language", "mention", "line"),
    [
        ("en", "The rector", "'rector' (post) means Irina Lobova: only candidate"),
        ("ru", "главы ведомства", "'главы' (post) means Йован Петкович: kind"),
        ("en", "Both universities", "(bodies) means Mbarara University; Tver Medical Academy: number: 2 of the kind"),
    ],
)
def test_explain_tells_antecedent_and_step(language: str, mention: str, line: str) -> None:
    example = next(each for each in examples(language) if each.mention == mention)
    assert line in "\n".join(explanation(readings(language)[example.text]))
