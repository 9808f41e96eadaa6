"""`python -m hostile.guided html 20000`: bytes bred by coverage for one reader, with atheris; `all` for each.

Only what is written in Python profits from such guidance; what must hold is less than in `properties.py`: text or a
`CoopexError`. The same seed breeds the same bytes.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import count, islice
from pathlib import Path

from hostile.files import hostile_file

_NO_ATHERIS = (
    "atheris is not installed, so no bytes are bred. It exists for Linux and Python 3.11 to 3.13:"
    " pip install 'coopex[fuzz]'"
)
_SEEDS = 40  # files
_SLOWEST = 20  # seconds for one input


def _read(form: str) -> Callable[[bytes], object]:
    from coopex.reading import Input, read_input

    return lambda data: read_input(Input("a", f"a.{form}", form, data=data))  # type: ignore[arg-type]


def _open(form: str) -> Callable[[bytes], object]:
    from coopex.reading import find_inputs

    path = Path(tempfile.mkdtemp()) / f"a.{form}"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        list(find_inputs([path]))

    return read


def _decode(_: str) -> Callable[[bytes], object]:
    from coopex.reading import decode

    return decode


def _dates(_: str) -> Callable[[bytes], object]:
    from coopex.dates import find_dates

    return lambda data: [find_dates(data.decode("utf-8", "replace"), language) for language in ("en", "ru")]


def _page(_: str) -> Callable[[bytes], object]:
    from coopex.blocks import split_blocks
    from coopex.metadata import read_metadata

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        read_metadata(text, split_blocks(text))

    return read


TARGETS: dict[str, Callable[[str], Callable[[bytes], object]]] = {
    "text": _decode,
    "html": _read,
    "pdf": _read,
    "docx": _read,
    "csv": _open,
    "jsonl": _open,
    "zip": _open,
    "tar.gz": _open,
    "dates": _dates,
    "page": _page,
}


def main() -> int:
    """Give the exit code: that of libFuzzer, 0 without atheris."""
    if importlib.util.find_spec("atheris") is None:
        print(_NO_ATHERIS)
        return 0
    target, runs = sys.argv[1], sys.argv[2]
    if target == "all":
        commands = [[sys.executable, "-m", "hostile.guided", each, runs] for each in TARGETS]
        return max(subprocess.run(command, check=False).returncode for command in commands)
    _breed(target, int(runs))
    return 0


def _breed(target: str, runs: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["coopex", "pypdf"]):
        from coopex.errors import CoopexError

        read = TARGETS[target](target)
        read(b"On 5 May 2018 the rector visited Dubna.")  # what is imported when first needed

    def one(data: bytes) -> None:
        with suppress(CoopexError):
            read(data)

    options = [f"-runs={runs}", "-seed=1", "-max_len=4000", f"-timeout={_SLOWEST}", "-rss_limit_mb=2000"]
    with tempfile.TemporaryDirectory() as folder:
        _sow(target, Path(folder))
        atheris.Setup([sys.argv[0], *options, "-verbosity=0", "-print_final_stats=1", folder], one)
        print(f"{target}: {runs} inputs", flush=True)
        atheris.Fuzz()


def _sow(target: str, folder: Path) -> None:
    """Put hostile files of the form into a folder, from which the others are bred."""
    suffix = ".txt" if target in {"text", "dates", "page"} else f".{target}"
    files = (file for number in count() if (file := hostile_file(number, 1_000)).name.endswith(suffix))
    for file in islice(files, _SEEDS):
        (folder / file.name).write_bytes(file.data)


if __name__ == "__main__":
    sys.exit(main())
