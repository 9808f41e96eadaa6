"""Print how many references of `tests/data/references_{en,ru}.yaml` are followed rightly, by class and language.

`make references` runs it; the table of `docs/references.md` is its output.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from references import table

if __name__ == "__main__":
    print(table())
