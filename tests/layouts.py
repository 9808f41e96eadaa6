"""Reads `page_layouts.yaml`: pages whose lines are marked with the kinds that their blocks must get."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import srsly

KINDS = {"T": "title", "B": "body", "C": "credit", "X": "boilerplate"}


@dataclass
class Layout:
    """A page's text, the blocks expected (kind and text), and what its metadata must be."""

    name: str
    text: str = ""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    expect: dict[str, Any] = field(default_factory=dict)
    language: str | None = None


def _add(layout: Layout, marked: str) -> None:
    mark, _, line = marked.partition("|")
    if mark == "+":
        kind, before = layout.blocks.pop()
        gap = "\n\n" if layout.text.endswith("\n\n") else "\n"
        layout.blocks.append((kind, before + gap + line))
    else:
        pieces = zip(mark.split("/"), line.split("¦"), strict=True)
        layout.blocks += [(KINDS[kind], piece.strip()) for kind, piece in pieces]
    layout.text += line.replace("¦", "") + "\n"


def read_layouts() -> list[Layout]:
    """All layouts of the file, in order."""
    layouts = []
    for entry in srsly.read_yaml(Path(__file__).with_name("page_layouts.yaml")):
        layout = Layout(entry["name"], expect=entry["expect"])
        for marked in entry["page"].splitlines():
            if marked:
                _add(layout, marked)
            else:
                layout.text += "\n"
        cyrillic = sum("а" <= c <= "я" for c in layout.text) > len(layout.text) / 4
        layout.language = entry.get("language", "ru" if cyrillic else "en")
        layouts.append(layout)
    return layouts
