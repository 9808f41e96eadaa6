"""Passages that the whole pipeline reads by fitted weights: how many are read rightly must not fall.

One passage more or less turns with every fit, so no single passage is a test: of each file and language the share of
passages read rightly is held against `shares.json`, which only rises. `make floors` raises it. A passage with `known`
notes why it fails where no weight decides it; such passages are counted, and teach no weights.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("shares.json")
RAISE = "COOPEX_RAISE_FLOORS"
"""Environment variable that makes the tests raise floors where they would compare."""
SLACK = 0.03
"""How far below the share measured a floor is set: what turns with a fit."""


def hold(name: str, cases: Sequence[dict[str, Any]], right: Callable[[dict[str, Any]], bool]) -> None:
    """Assert that the share of cases read rightly is at least the floor of a name, and tell those read wrongly."""
    wrong = [case for case in cases if not right(case)]
    share = 1 - len(wrong) / len(cases)
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if os.environ.get(RAISE):
        floors[name] = max(floors.get(name, 0.0), round(share - SLACK, 3))
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n", "utf-8")
    told = "\n".join(str(case.get("text", case)) for case in wrong)
    assert share >= floors[name], f"{name}: {share:.3f} of {len(cases)}, floor {floors[name]}; wrong are\n{told}"
