from __future__ import annotations

from pathlib import Path

import pytest

from coopex.pipeline import Extractor
from hostile.files import hostile_file
from hostile.properties import Watch, check, warm_extractor

INPUTS = 500
LONGEST = 600  # characters, so that all are read in half a minute; `make fuzz` reads longer ones


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return warm_extractor()


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("first", range(0, INPUTS, 50))
def test_hostile_files_are_read_in_time_or_refused_with_a_reason(
    first: int, tmp_path: Path, extractor: Extractor, watch: Watch
) -> None:
    for number in range(first, first + 50):
        check(hostile_file(number, LONGEST), tmp_path, extractor, watch)
