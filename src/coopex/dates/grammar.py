"""Rules for dates, compiled from the word data in `data/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import srsly

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru")

_WORD = re.compile(r"(?<!\?P)<([a-z_]+)(?::(\w+))?>")
_PIECE = re.compile(r"\{([a-z_]\w*)\}")


@dataclass(frozen=True, slots=True)
class WordClass:
    """A kind of word, such as the months, and the value each word stands for."""

    pattern: str
    values: tuple[tuple[re.Pattern[str], int], ...] = ()

    def value(self, text: str) -> int:
        """“august” → 8; a class without words holds figures: “21st” → 21."""
        for words, value in self.values:
            if words.fullmatch(text):
                return value
        return int("".join(filter(str.isdecimal, text)))


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing a date: its pattern and the function that gives the meaning."""

    id: str
    pattern: re.Pattern[str]
    means: str
    groups: Mapping[str, WordClass]

    def matches(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """All places in text[start:end] where the rule applies."""
        for match in self.pattern.finditer(text, start, len(text) if end is None else end):
            begin = match.end("skip") if "skip" in self.pattern.groupindex else match.start()
            yield Found(max(begin, match.start()), match.end(), self, self._values(match))

    def _values(self, match: re.Match[str]) -> dict[str, int]:
        texts = match.groupdict()
        return {name: kind.value(found) for name, kind in self.groups.items() if (found := texts[name])}


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that applies at text[start:end], with the values of its words."""

    start: int
    end: int
    rule: Rule
    values: dict[str, int]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of one language's dates."""

    rules: tuple[Rule, ...]
    durations: tuple[Rule, ...]
    bounds: re.Pattern[str]
    never: re.Pattern[str]
    participles: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]


@cache
def grammar(language: str) -> Grammar:
    """“en” → the rules for English.

    Raises ValueError for a language without rules.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no date rules for language {language!r}; there are {', '.join(LANGUAGES)}")
    shared, own = _read("common"), _read(language)
    classes = {name: _word_class(spec) for name, spec in {**shared["classes"], **own["classes"]}.items()}
    pieces = {**shared["pieces"], **own["pieces"]}

    def compiled(specs: list[dict[str, str]]) -> tuple[Rule, ...]:
        return tuple(_rule(spec, classes, pieces) for spec in specs)

    return Grammar(
        rules=compiled(own["rules"] + shared["rules"]),
        durations=compiled(own["durations"]),
        bounds=_bounds(own["bounds"]),
        never=_any_of(own["never"]),
        participles=_any_of(own["participles"]),
        future=_any_of(own["future"]),
        past=_any_of(own["past"]),
    )


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = srsly.read_yaml(DATA / f"{name}.yaml")
    return data


def _word_class(spec: dict[str, Any]) -> WordClass:
    if "pattern" in spec:
        return WordClass(spec["pattern"])
    capital = spec.get("capital", False)
    values = tuple(
        (re.compile(_alternatives(words, capital), re.IGNORECASE), value)
        for value, words in spec["words"].items()
    )
    everything = [word for words in spec["words"].values() for word in words]
    return WordClass(rf"(?<!\w){_alternatives(everything, capital)}(?!\w)", values)


def _alternatives(words: list[str], capital: bool) -> str:
    if not capital:
        return f"(?:{'|'.join(words)})"
    written = [form for word in words for form in (word.capitalize(), word.upper())]
    return f"(?-i:{'|'.join(written)})"


def _rule(spec: dict[str, str], classes: dict[str, WordClass], pieces: dict[str, str]) -> Rule:
    source = spec["reads"]
    while _PIECE.search(source):
        source = _PIECE.sub(lambda found: pieces[found[1]], source)
    groups = {found[2] or found[1]: classes[found[1]] for found in _WORD.finditer(source)}
    source = _WORD.sub(lambda found: f"(?P<{found[2] or found[1]}>{classes[found[1]].pattern})", source)
    try:
        pattern = re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"date rule {spec['id']!r} does not compile: {error}") from error
    return Rule(spec["id"], pattern, spec["means"], groups)


def _bounds(spec: dict[str, list[str]]) -> re.Pattern[str]:
    named = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in spec.items())
    return re.compile(rf"(?<!\w)(?:{named})\s+$", re.IGNORECASE)


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
