"""Copies of our texts, made by edits, and texts that look alike and are no copies: for tests and benchmarks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import srsly

HERE = Path(__file__).parent
_DATA: Mapping[str, Any] = srsly.read_yaml(HERE / "data" / "duplicates.yaml")
Edit = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, what they have in common, and whether they were left out when parameters were chosen."""

    kind: str
    held: bool
    first: str
    second: str


def originals() -> dict[str, str]:
    """The sample texts, all different, by name."""
    paths = [*sorted((HERE.parent / "data" / "raw").glob("*.txt")), *sorted((HERE / "gold" / "more").glob("*/*.txt"))]
    return {path.stem: path.read_text("utf-8") for path in paths}


def copies(edit: str) -> Iterator[Pair]:
    """Yield every sample text with its copy made by an edit; the same ones each time. Every second one is held."""
    chance = random.Random(1)
    for number, text in enumerate(originals().values()):
        first = furnished(text, 0) if edit == "on two sites" else text
        yield Pair(edit, number % 2 == 1, first, EDITS[edit](text, chance))


def strangers() -> Iterator[Pair]:
    """Yield all pairs of texts that only look alike."""
    for form in _DATA["templates"]:
        filled = [form["text"].format(*fill) for fill in form["fills"]]
        for first, second in combinations(filled, 2):
            yield Pair(f"form: {form['name']}", bool(form.get("held")), first, second)
    for event in _DATA["events"]:
        for first, second in combinations(event["texts"], 2):
            yield Pair("other account of one event", bool(event.get("held")), first, second)
    for first, second in combinations(_DATA["short"], 2):
        yield Pair("short", False, first, second)


def furnished(text: str, site: int) -> str:
    """Put before and behind the text what a site puts there."""
    furniture = _DATA["furniture"]["ru" if re.search("[а-я]{3}", text) else "en"][site]
    return f"{furniture['before']}\n{text}\n{furniture['after']}"


def thinned(text: str, share: float, chance: random.Random) -> str:
    """Leave out a share of the words, here and there."""
    return " ".join(word for word in text.split() if chance.random() >= share)


def cut(text: str, share: float) -> str:
    """Keep a share of the words, from the first."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def retyped(text: str) -> str:
    """Write the text as another editor would: straight quotes, hyphens, no ё, other lines."""
    plain = text.translate(str.maketrans("«»“”—–ёЁ’", '""""--еЕ\'')).replace("\n", "\r\n").replace(" ", "  ")
    return f"\ufeff{plain.upper()}\n"


EDITS: Mapping[str, Edit] = {
    "retyped": lambda text, chance: retyped(text),
    "5 % of words dropped": lambda text, chance: thinned(text, 0.05, chance),
    "boilerplate added": lambda text, chance: furnished(text, chance.randrange(2)),
    "cut to 70 %": lambda text, chance: cut(text, 0.7),
    "15 % of words dropped": lambda text, chance: thinned(text, 0.15, chance),
    "cut to half": lambda text, chance: cut(text, 0.5),
    "on two sites": lambda text, chance: furnished(text, 1),
    "cut to 70 %, boilerplate added": lambda text, chance: furnished(cut(text, 0.7), chance.randrange(2)),
}
