"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from coopex.errors import ExportFailed


class AtomicFile:
    """A text file that is written beside `path` and moved there by `commit`.

    Until then `path` is untouched; `discard` removes what was written. Lines end in \\n on every system.
    """

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path = path
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        self._temporary = Path(name)
        self.file: TextIO = os.fdopen(handle, "w", encoding=encoding, newline="")

    def close(self) -> None:
        """Write out everything, so that a full disk is noticed before any file is moved."""
        if not self.file.closed:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()

    def commit(self) -> None:
        """Put the file in its place with the rights of an ordinary new file."""
        self.close()
        self._temporary.chmod(0o666 & ~_umask())
        self._temporary.replace(self.path)

    def discard(self) -> None:
        """Close the file and remove what was written; nothing happens after `commit`."""
        with suppress(OSError):
            self.file.close()
        self._temporary.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed while it wrote has left; none may be writing there now."""
    for path in folder.glob(".*.*.tmp"):
        path.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a whole file, whole or not at all; raises `ExportFailed`."""
    try:
        out = AtomicFile(path)
    except OSError as error:
        raise ExportFailed(file=str(path), cause=error.strerror or str(error)) from error
    try:
        out.file.write(text)
        out.commit()
    except OSError as error:
        raise ExportFailed(file=str(path), cause=error.strerror or str(error)) from error
    finally:
        out.discard()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
