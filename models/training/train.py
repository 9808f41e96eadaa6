"""Train the whole English pipeline: two runs of the network, two more from their mean, the mean of all in 8 bits.

Then lemma tables and scores. Data: the folder named by COOPEX_TRAINING_DATA (see models/README.md). Needs the extra
`train`; takes an hour on two free cores without 16-bit arithmetic.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FIRST = (("1", "2"), "1600000", "3e-4")
"""Seeds, word pieces that each run learns from, highest rate."""
SECOND = (("3", "4"), "800000", "2e-4")


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
    """Train, put the mean of all runs into ``--output``, print the scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", default=os.environ.get("COOPEX_TRAINING_DATA", "data/training"))
    arguments.add_argument("--build", type=Path, default=Path("build"))
    arguments.add_argument("--output", type=Path, default=HERE.parent / "en_coopex_news")
    options = arguments.parse_args()
    common = ("--data", options.data)
    build = (*common, "--build", str(options.build))
    finish(step("base_model.py", str(options.build)))
    networks: list[str] = []
    every: list[str] = []
    for seeds, pieces, rate in (FIRST, SECOND):
        start = ["--start", *networks] if networks else []
        networks = [str(options.build / f"network-{seed}.pt") for seed in seeds]
        runs = ((*build, "--seed", seed, "--output", path) for seed, path in zip(seeds, networks, strict=True))
        finish(*(step("train_network.py", *run, "--pieces", pieces, "--rate", rate, *start) for run in runs))
        every += networks
    exported = str(options.build / "network")
    finish(step("export_network.py", *every, *build, "--output", exported))
    finish(step("assemble.py", *common, "--network", exported, "--output", str(options.output)))
    finish(step("evaluate.py", *common, "--model", str(options.output)))


if __name__ == "__main__":
    main()
