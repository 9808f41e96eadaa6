"""The scores on every set of gold stay above their floors; see `floors.py`."""

from __future__ import annotations

import pytest

from floors import KINDS, NOISE, SETS, figures_of, floors, out_of_fold, scores_of


@pytest.mark.parametrize("name", list(floors()))
def test_scores_out_of_fold_stay_above_their_floors(name: str) -> None:
    figures = out_of_fold()[name]
    assert {kind: (figures[kind], floor) for kind, floor in floors()[name].items() if figures[kind] < floor} == {}


@pytest.mark.parametrize("name", SETS)
def test_the_product_stays_above_the_floors(name: str) -> None:
    figures = figures_of(SETS[name])
    wanted = floors()[name].items()
    fallen = {kind: (figures[kind], floor) for kind, floor in wanted if figures[kind] < floor - NOISE}
    assert not fallen, f"{name}: {fallen} (figure, floor)\n{_differences(name)}"


def test_floors_are_set_for_every_figure() -> None:
    assert set(SETS) <= set(floors())
    for name in SETS:
        assert set(floors()[name]) == set(KINDS)
        assert min(floors()[name].values()) > 0


def _differences(name: str) -> str:
    told = scores_of(SETS[name]).differences
    return "\n".join(f"{text}: {line}" for text, lines in told.items() for line in lines)
