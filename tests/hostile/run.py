"""`python -m hostile.run 10000`: read and extract so many hostile files; what breaks is printed and kept."""

from __future__ import annotations

import argparse
import heapq
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path

from hostile.files import LONGEST, File, hostile_file
from hostile.properties import TooSlow, Watch, check, warm_extractor


def main() -> int:
    """Give the exit code: 1 when anything broke."""
    options = _options()
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")
    extractor, watch = warm_extractor(), Watch()
    times: list[tuple[float, int, str]] = []
    forms, broken = Counter[str](), 0
    for number in range(options.start, options.start + options.inputs):
        file = hostile_file(number, options.longest)
        with tempfile.TemporaryDirectory() as folder:
            try:
                times.append((check(file, Path(folder), extractor, watch), number, file.told))
            except (Exception, TooSlow) as error:
                broken += 1
                _tell(file, error, options.keep)
        forms[file.name.split(".", 1)[1]] += 1
        if len(times) % 500 == 0:
            print(f"{len(times)} held, {broken} broke", flush=True)
    print(f"{sum(forms.values())} files, {broken} broke; {dict(forms)}")
    print(f"{sum(took for took, *_ in times):.0f} s of processor time; the slowest:")
    for took, number, told in heapq.nlargest(5, times):
        print(f"  {took:6.2f} s  {number}: {told}")
    return int(broken > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--start", type=int, default=0, help="number of the first file")
    parser.add_argument("--longest", type=int, default=LONGEST, help="characters of an ordinary text")
    parser.add_argument("--keep", type=Path, help="folder for the files that broke something")
    return parser.parse_args()


def _tell(file: File, error: BaseException, keep: Path | None) -> None:
    told = traceback.format_exception(error)[-6:]
    print(f"{file.number} ({file.told}) {''.join(told)}", flush=True)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / file.name).write_bytes(file.data)


if __name__ == "__main__":
    sys.exit(main())
