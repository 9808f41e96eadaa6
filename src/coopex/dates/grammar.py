"""Rules for dates, compiled from the word data in `data/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coopex.dates.openings import Openings, openings
from coopex.yaml_files import parse_yaml

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "ru")

_WORD = re.compile(r"(?<!\?P)<([a-z_]+)(?::(\w+))?>")
_PIECE = re.compile(r"\{([a-z_]\w*)\}")


@cache  # one entry a rule or group of words, compiled when a text first has what it can begin with
def compiled(source: str) -> re.Pattern[str]:
    """The pattern of a rule or of words."""
    return re.compile(source, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordClass:
    """A kind of word, such as the months, and the value each word stands for."""

    pattern: str
    values: tuple[tuple[str, int], ...] = ()

    def value(self, text: str) -> int:
        """“august” → 8; a class without words holds figures: “21st” → 21."""
        for words, value in self.values:
            if compiled(words).fullmatch(text):
                return value
        return int("".join(filter(str.isdecimal, text)))


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing a date: its pattern, how that can begin, and the function that gives the meaning."""

    id: str
    source: str
    opens: frozenset[str]
    means: str
    groups: Mapping[str, WordClass]

    def matches(self, text: str, starts: Iterable[int]) -> Iterator[Found]:
        """What the rule reads in `text` from any of `starts`, each behind the one before."""
        pattern, behind = compiled(self.source), 0
        for start in starts:
            match = pattern.match(text, start) if start >= behind else None
            if match:
                behind = match.end()
                begin = match.end("skip") if "skip" in pattern.groupindex else match.start()
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
class Rules:
    """Rules that are sought together, in the order in which they win."""

    rules: tuple[Rule, ...]
    openings: Openings

    def matches(self, text: str) -> Iterator[Found]:
        """Everything that a rule reads in `text`, rule by rule."""
        for rule, starts in zip(self.rules, self.openings.places(text), strict=True):
            if starts:
                yield from rule.matches(text, starts)


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of one language's dates."""

    dates: Rules
    durations: Rules
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

    def sought(specs: list[dict[str, str]]) -> Rules:
        rules = tuple(_rule(spec, classes, pieces) for spec in specs)
        return Rules(rules, Openings(rule.opens for rule in rules))

    return Grammar(
        dates=sought(own["rules"] + shared["rules"]),
        durations=sought(own["durations"]),
        bounds=_bounds(own["bounds"]),
        never=_any_of(own["never"]),
        participles=_any_of(own["participles"]),
        future=_any_of(own["future"]),
        past=_any_of(own["past"]),
    )


@cache  # one entry a file
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = parse_yaml((DATA / f"{name}.yaml").read_text("utf-8"))
    return data


def _word_class(spec: dict[str, Any]) -> WordClass:
    if "pattern" in spec:
        return WordClass(spec["pattern"])
    capital = spec.get("capital", False)
    values = tuple((_alternatives(words, capital), value) for value, words in spec["words"].items())
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
        opens = openings(source)
    except (re.error, ValueError) as error:
        raise ValueError(f"date rule {spec['id']!r} cannot be used: {error}") from error
    return Rule(spec["id"], source, opens, spec["means"], groups)


def _bounds(spec: dict[str, list[str]]) -> re.Pattern[str]:
    named = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in spec.items())
    return re.compile(rf"(?<!\w)(?:{named})\s+$", re.IGNORECASE)


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
