"""Patterns that are tried only where they can match: a text must hold the letters that they cannot do without.

To look for a dozen plain words takes a tenth of the time of a pattern that can begin with any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from typing import Any

_Words = frozenset[str]  # of which a match holds one
_FEW = 4  # characters of a set such as "[:：]", each a word of its own


class Sought:
    """A compiled pattern with what every match of it holds.

    >>> Sought(re.compile(r"(?:said|told)\\s+(?:the\\s+)?press")).needs
    (('press',), ('said', 'told'))
    """

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)  # no public name since Python 3.11
        needs = {tuple(sorted(_shortest(words))) for words in _needed(parsed)}
        self.needs = tuple(sorted(needs, key=lambda words: (len(words), words)))
        self._ascii_needs = tuple(tuple(word for word in words if word.isascii()) for words in self.needs)

    def may_match(self, folded: str) -> bool:
        """Whether a text, given in small letters, holds what the pattern needs."""
        for words in self._ascii_needs if folded.isascii() else self.needs:
            for word in words:
                if word in folded:
                    break
            else:
                return False
        return True

    def search(self, text: str) -> re.Match[str] | None:
        """Do as `re.Pattern.search` does."""
        return self.pattern.search(text) if self.may_match(text.lower()) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Do as `re.Pattern.finditer` does."""
        return self.pattern.finditer(text) if self.may_match(text.lower()) else iter(())


def _needed(operations: Iterable[tuple[Any, Any]]) -> list[_Words]:
    """What a match of a parsed pattern holds: one word of each set."""
    found: list[_Words] = []
    run = ""
    for operation, argument in _flat(operations):
        if operation == "LITERAL":
            run += chr(argument).lower()
        elif operation not in ("AT", "ASSERT_NOT"):  # these take no place between two letters
            found += [frozenset({run})] if run.strip() else []
            run = ""
            found += _of_one(operation, argument)
    return [*found, frozenset({run})] if run.strip() else found


def _flat(operations: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for operation, argument in operations:
        if str(operation) == "SUBPATTERN":
            yield from _flat(argument[-1])
        else:
            yield str(operation), argument


def _of_one(operation: str, argument: Any) -> list[_Words]:
    """What one operation of several choices or turns needs."""
    if operation == "BRANCH":
        choices = [_needed(branch) for branch in argument[1]]
        return [frozenset(chain.from_iterable(map(_most_telling, choices)))] if all(choices) else []
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0]:
        return _needed(argument[-1])
    if operation == "IN" and len(argument) <= _FEW and all(str(kind) == "LITERAL" for kind, _ in argument):
        signs = frozenset(chr(code).lower() for _, code in argument)
        return [] if any(sign.isspace() for sign in signs) else [signs]
    return []


def _most_telling(needs: list[_Words]) -> _Words:
    return max(needs, key=lambda words: (min(map(len, words)), -len(words)))


def _shortest(words: _Words) -> Iterator[str]:
    """Without words that hold another: where "date of issue" is, "date" is."""
    return (word for word in words if not any(other in word for other in words - {word}))
