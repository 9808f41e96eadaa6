"""Train the whole English pipeline: parser and entity recognizer side by side, then assemble and evaluate.

Data: the folder named by COOPEX_TRAINING_DATA (see models/README.md). Takes 80 minutes on two free cores.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def step(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one script of this folder in a process of its own, on one thread."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, str(HERE / script), *arguments], env=environment)


def finish(*steps: subprocess.Popen[bytes]) -> None:
    """Wait for processes; stop with the code of the first that failed."""
    for code in [process.wait() for process in steps]:
        if code:
            sys.exit(code)


def main() -> None:
    """Train both halves for ``--minutes`` each, put them together in ``--output``, print the scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", default=os.environ.get("COOPEX_TRAINING_DATA", "data/training"))
    arguments.add_argument("--build", type=Path, default=Path("build"))
    arguments.add_argument("--output", type=Path, default=HERE.parent / "en_coopex_news")
    arguments.add_argument("--minutes", default="80")
    arguments.add_argument("--without-gmb", action="store_true", help="leave out the ODbL data of GMB")
    options = arguments.parse_args()
    parser, ner = str(options.build / "model-parser"), str(options.build / "model-ner")
    common = ("--data", options.data)
    first, second = 0.55 * float(options.minutes), 0.45 * float(options.minutes)
    ner_budget = ("--minutes", str(first), "--finish-minutes", str(second))
    gmb = ("--without-gmb",) if options.without_gmb else ()
    finish(
        step("train_parser.py", *common, "--minutes", options.minutes, "--output", parser),
        step("train_ner.py", *common, *ner_budget, "--output", ner, *gmb),
    )
    finish(step("assemble.py", *common, "--parser", parser, "--ner", ner, "--output", str(options.output)))
    finish(step("evaluate.py", *common, "--model", str(options.output)))


if __name__ == "__main__":
    main()
