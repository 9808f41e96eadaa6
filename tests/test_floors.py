"""The scores on every set of gold stay above their floors; see `floors.py`."""

from __future__ import annotations

import pytest

from floors import SETS, figures_of, floors, scores_of, sets


@pytest.mark.parametrize("name", [*SETS, "outside seeds"])
def test_scores_stay_above_their_floors(name: str) -> None:
    if name not in sets():
        pytest.skip("COOPEX_SEEDS does not name a folder of gold")
    figures = figures_of(sets()[name])
    fallen = {key: (figures[key], floor) for key, floor in floors()[name].items() if figures[key] < floor}
    assert not fallen, f"{name}: {fallen} (figure, floor)\n{_differences(name)}"


def test_floors_are_set_for_every_figure() -> None:
    for name in SETS:
        assert set(floors()[name]) == {"visits", "agreements", "technologies", "score"}
        assert min(floors()[name].values()) > 0


def _differences(name: str) -> str:
    told = scores_of(sets()[name]).differences
    return "\n".join(f"{text}: {line}" for text, lines in told.items() for line in lines)
