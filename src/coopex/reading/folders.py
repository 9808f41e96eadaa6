"""The files of a folder in a fixed order, found one by one, so that a folder of millions is not listed first."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from coopex.errors import CoopexError, OutsideLink, UnreadableInput
from coopex.reading.forms import suffix_of


def files_of(
    folder: Path, globs: tuple[str, ...] = (), *, recursive: bool = True, exclude: tuple[str, ...] = ()
) -> Iterator[Path | tuple[Path, CoopexError]]:
    """`Path("news")` → "news/a.txt", "news/b/c.html", …: by name, hidden files and folders skipped.

    Links to files of the same folder are followed, links to folders are not (what is in them is found anyway);
    a link that leads outside is given with an error, as is a folder that may not be read.
    """
    wanted = _chooser(globs)
    skipped = {os.path.realpath(path) for path in exclude}
    yield from _walk(folder, folder, wanted, skipped, recursive)


def _walk(
    top: Path, folder: Path, wanted: re.Pattern[str] | None, skipped: set[str], recursive: bool
) -> Iterator[Path | tuple[Path, CoopexError]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not entry.name.startswith(".")), key=lambda e: e.name)
    except OSError as error:
        yield folder, UnreadableInput(cause=f"the folder could not be read ({error.strerror or error})")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if recursive and os.path.realpath(path) not in skipped:
                yield from _walk(top, path, wanted, skipped, recursive)
        elif entry.is_symlink() and _leads_outside(path, top):
            if path.is_dir() or _is_wanted(path, top, wanted):
                yield path, OutsideLink()
        elif entry.is_file() and _is_wanted(path, top, wanted):
            yield path


def _leads_outside(link: Path, top: Path) -> bool:
    return not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(top))


def _is_wanted(path: Path, top: Path, wanted: re.Pattern[str] | None) -> bool:
    relative = path.relative_to(top).as_posix()
    return bool(wanted.fullmatch(relative) if wanted else suffix_of(path.name))


def _chooser(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(_translated(glob) for glob in globs), re.IGNORECASE | re.DOTALL) if globs else None


def _translated(glob: str) -> str:
    """`"*.html"` → any page below the folder, `"2019/*.html"` → pages right in 2019, `"2019/**"` → all below it."""
    pattern = glob if "/" in glob else f"**/{glob}"
    pieces = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\])", pattern.removeprefix("./"))
    return "".join(_SIGNS.get(piece) or _literal(piece) for piece in pieces)


_SIGNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _literal(piece: str) -> str:
    """`"a.b"` → "a\\\\.b", `"[!a-c]"` → "[^a-c]"."""
    if not piece.startswith("["):
        return re.escape(piece)
    inside = re.sub(r"([\\\[&~|])", r"\\\1", piece[1:-1])
    return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
