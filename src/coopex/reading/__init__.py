"""Files and folders to articles; a file that cannot be read becomes a `BadInput`, never an exception.

`find_inputs` lists what there is to read, `read_input` reads one of it; `read_paths` does both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from coopex.errors import EmptyText
from coopex.reading.article import Article, BadInput, is_blank
from coopex.reading.encoding import Decoded, decode
from coopex.reading.inputs import Input, ReadOptions, find_inputs, read_input

__all__ = [
    "Article",
    "BadInput",
    "Decoded",
    "Input",
    "ReadOptions",
    "decode",
    "find_inputs",
    "read_bytes",
    "read_input",
    "read_paths",
]


def read_paths(paths: Sequence[Path | str], *, recursive: bool = True) -> Iterator[Article | BadInput]:
    """`["news/", "a.txt", "-"]` → the articles of all that `find_inputs` finds there, in its order."""
    options = ReadOptions(recursive=recursive)
    for item in find_inputs(paths, options):
        yield item if isinstance(item, BadInput) else read_input(item, options)


def read_bytes(data: bytes, doc_id: str, path: str | None = None) -> Article:
    """The article in `data`; raises a `ReadError` (empty, binary, undecodable) naming `path` or `doc_id`."""
    decoded = decode(data)
    if is_blank(decoded.text):
        raise EmptyText
    digest = hashlib.sha256(data).hexdigest()
    return Article(doc_id, decoded.text, path, digest, decoded.encoding)
