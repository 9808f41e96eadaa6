"""The scores on the pools of gold stay above their floors; see `floors.py`."""

from __future__ import annotations

import pytest

from coopex.matching.lexicon import LANGUAGES
from floors import KINDS, NOISE, POOL, POOLS, figures_of, floors, out_of_fold, scores_of


@pytest.mark.parametrize("name", POOLS)
def test_scores_out_of_fold_stay_above_their_floors(name: str) -> None:
    figures = out_of_fold()[name]
    assert {kind: (figures[kind], floor) for kind, floor in floors()[name].items() if figures[kind] < floor} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_product_stays_above_the_floors(language: str) -> None:
    figures = figures_of(language)
    wanted = floors()[f"{POOL}/{language}"].items()
    fallen = {kind: (figures[kind], floor) for kind, floor in wanted if figures[kind] < floor - NOISE}
    assert not fallen, f"{language}: {fallen} (figure, floor)\n{_differences(language)}"


def test_floors_are_set_for_every_figure() -> None:
    assert set(floors()) == set(POOLS)
    for name in POOLS:
        assert set(floors()[name]) == set(KINDS)
        assert min(floors()[name].values()) > 0


def _differences(language: str) -> str:
    told = scores_of(language).differences
    return "\n".join(f"{text}: {line}" for text, lines in told.items() for line in lines)
