"""Files, folders and archives to articles; what cannot be read becomes a `BadInput`, never an exception.

`find_inputs` lists what there is to read, `read_input` reads one of it; `read_paths` does both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from coopex.reading.article import Article, BadInput, PageFacts
from coopex.reading.encoding import Decoded, decode
from coopex.reading.inputs import Input, ReadOptions, find_inputs
from coopex.reading.read import read_input

__all__ = [
    "Article",
    "BadInput",
    "Decoded",
    "Input",
    "PageFacts",
    "ReadOptions",
    "decode",
    "find_inputs",
    "read_input",
    "read_paths",
]


def read_paths(
    paths: Sequence[Path | str], *, recursive: bool = True, options: ReadOptions | None = None
) -> Iterator[Article | BadInput]:
    """`["news/", "a.txt", "-"]` → the articles of all that `find_inputs` finds there, in its order."""
    options = options or ReadOptions(recursive=recursive)
    for item in find_inputs(paths, options):
        yield item if isinstance(item, BadInput) else read_input(item, options)
