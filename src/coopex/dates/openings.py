"""Where in a text a pattern can begin at all, so that it need not be tried at every character.

"yesterday|today" can begin with "yes" and "tod" only. Such openings are read off a pattern once and
sought for all patterns together. Measured on data/raw: to seek each of 80 date rules from every character took
14 ms a text, to try them where they can begin takes 0.8 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import chain
from typing import Any

LENGTH = 3  # characters; measured on data/raw, 2 took 1.6 times as long as 3, and 4 took 1.3 times as long
_WIDE = 12  # a set of more characters than this says nothing
_SPACE, _FIGURE = " ", "0"  # any white space, any digit
_LIKE = str.maketrans({"ı": "i"})  # `re` takes the two for one when case is ignored, casefold() does not

_Beginnings = set[tuple[str, bool]]  # characters known, and whether what comes after them is known too


class Openings:
    """Where each of several patterns can begin.

    >>> Openings([openings("today|tomorrow"), openings(r"\\d+ May")]).places("On 5 May, today")
    [[10], [3]]
    """

    def __init__(self, patterns: Iterable[frozenset[str]]) -> None:
        self._count = 0
        self._patterns: dict[str, list[int]] = {}
        self._short: list[str] = []
        for number, beginnings in enumerate(patterns):
            self._count += 1
            for opening in beginnings:
                self._patterns.setdefault(opening, []).append(number)
        self._short = [opening for opening in self._patterns if len(opening) < LENGTH]

    def places(self, text: str) -> list[list[int]]:
        """Give, for each pattern, the places of `text` where it can begin, in their order."""
        found: list[list[int]] = [[] for _ in range(self._count)]
        like, patterns = _alike(text), self._patterns
        for start, opening in enumerate(map("".join, zip(like, like[1:], like[2:], strict=False))):
            if opening in patterns:
                for number in patterns[opening]:
                    found[number].append(start)
        for opening in self._short:
            start = like.find(opening)
            while start >= 0:
                for number in patterns[opening]:
                    found[number].append(start)
                start = like.find(opening, start + 1)
        for starts in found:
            starts.sort()
        return found


def openings(pattern: str) -> frozenset[str]:
    """Give what a match of `pattern`, case ignored, can begin with: up to `LENGTH` characters, "0" for any digit.

    "(?:the\\s+)?week" → {"the", "wee"}. Raises re.error for what is no pattern and ValueError for one that can begin
    with anything.
    """
    parsed = import_module("re._parser").parse(pattern, re.IGNORECASE)  # has no public name since Python 3.11
    found = {known for known, _ in _sequence(parsed, {("", True)})}
    if "" in found:
        raise ValueError(f"{pattern!r} can begin with anything")
    return frozenset(known for known in found if not any(known[:size] in found for size in range(1, len(known))))


def _sequence(operations: Iterable[tuple[Any, Any]], before: _Beginnings) -> _Beginnings:
    """Go through the operations of a parsed pattern as far as the beginnings are not long enough."""
    for operation, argument in operations:
        if not any(_grows(beginning) for beginning in before):
            break
        before = {beginning for beginning in before if not _grows(beginning)} | {
            after
            for beginning in before
            if _grows(beginning)
            for after in _extended(beginning, str(operation), argument)
        }
    return before


def _grows(beginning: tuple[str, bool]) -> bool:
    known, sure = beginning
    return sure and len(known) < LENGTH


def _extended(beginning: tuple[str, bool], operation: str, argument: Any) -> _Beginnings:
    """Add to a beginning what one operation can match."""
    match operation:
        case "LITERAL":
            return {(beginning[0] + _alike(chr(argument)), True)}
        case "IN":
            characters = _characters(argument)
            return {(beginning[0] + each, True) for each in characters} or {(beginning[0], False)}
        case "SUBPATTERN":
            return _sequence(argument[-1], {beginning})
        case "BRANCH":
            return set(chain.from_iterable(_sequence(branch, {beginning}) for branch in argument[1]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, repeated = argument
            once = _sequence(repeated, {beginning})
            once = once if most == 1 else {(known, False) for known, _ in once}
            return once if least else once | {beginning}
        case "AT" | "ASSERT" | "ASSERT_NOT":  # nothing is taken; that fewer places fit is found out by trying
            return {beginning}
    return {(beginning[0], False)}


def _characters(items: Sequence[tuple[Any, Any]]) -> set[str]:
    """Give the characters of a set such as "[-–\\d]"; none when they are too many."""
    found = set(chain.from_iterable(_members(str(kind), argument) for kind, argument in items))
    return set() if "" in found or len(found) > _WIDE else found


def _members(kind: str, argument: Any) -> Iterator[str]:
    if kind == "LITERAL":
        yield _alike(chr(argument))
    elif kind == "RANGE" and argument[1] - argument[0] <= _WIDE:
        yield from (_alike(chr(code)) for code in range(argument[0], argument[1] + 1))
    elif kind == "CATEGORY" and str(argument) in {"CATEGORY_DIGIT", "CATEGORY_SPACE"}:
        yield _FIGURE if str(argument) == "CATEGORY_DIGIT" else _SPACE
    else:
        yield ""


def _alike(text: str) -> str:
    """ "On 21\\tMay" → "on 00 may": as long as the text, the same for characters that a pattern takes for one."""
    folded = text.casefold()
    if len(folded) != len(text):  # «ß» and the like become two
        folded = "".join(each if len(each := character.casefold()) == 1 else character for character in text)
    return re.sub(r"\s", _SPACE, re.sub(r"\d", _FIGURE, folded.translate(_LIKE)))
