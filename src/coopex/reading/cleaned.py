"""A text as its reader sees it: without invisible signs inside words, and each character's place in the original.

Pages and PDFs hold soft hyphens, zero-width spaces and marks of direction inside words, Latin letters in Russian words,
accents apart from their letters, words divided at the end of a line, letters set apart and quotation marks typed as
"<<". None of it is seen, and all of it hides names and verbs. The cleaned text is what is read; every offset in the
records is one of the original again (`in_original`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from coopex.records import Document, Evidence
from coopex.yaml_files import parse_yaml

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff"
_CYRILLIC, _LATIN = "А-Яа-яЁё", "A-Za-z"
_LETTER = r"[^\W\d_]"
_UNCLEAN = re.compile(
    rf"(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<apart>\w[\u0300-\u036f]+)"
    rf"|(?P<opening><<)(?=[^<>\n]{{1,80}}>>)|(?P<closing>(?<=[\w.!?])>>(?!\w))"
    rf"|(?P<divided>(?<={_LETTER}{_LETTER})[-\u2010]\r?\n(?=[a-zа-яё]{{2}}))"
    rf"|(?P<spaced>(?<!\w)(?:[A-ZА-ЯЁ] ){{4,}}[A-ZА-ЯЁ](?!\w))"
    rf"|(?P<mixed>[{_CYRILLIC}][{_LATIN}]|[{_LATIN}][{_CYRILLIC}])"
)
_WORD_BEFORE = re.compile(rf"{_LETTER}+$")
_WORD_BEHIND = re.compile(rf"{_LETTER}+")
_LONGEST_WORD = 40  # letters
_LONG_PREFIX = 4  # letters from which a Russian first part in -о is believed to be one: «научно-», «северо-»


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text; `starts` and `ends` are the offsets in the original of each of its characters, if it changed."""

    text: str
    is_changed: bool = False
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def clean(text: str) -> Cleaned:
    """Return a text without what its reader does not see.

    "Har\\u200bbin" → "Harbin", whose last character is at 6–7 of the original
    """
    edits = sorted({edit for found in _UNCLEAN.finditer(text) for edit in _edits(text, found)})
    if not edits:
        return Cleaned(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        if start < done:
            continue
        pieces.append(text[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        pieces.append(new)
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        done = end
    return Cleaned("".join(pieces), True, tuple(starts), tuple(ends))


def _edits(text: str, found: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what is put in place of which characters."""
    start, end, old = found.start(), found.end(), found[0]
    match found.lastgroup:
        case "invisible":
            yield start, end, ""
        case "apart":
            if len(new := unicodedata.normalize("NFC", old)) < len(old):
                yield start, end, new
        case "opening":
            yield start, end, "«"
        case "closing":
            yield start, end, "»"
        case "divided":
            yield start, end, "-" if _keeps_hyphen(text, start, end) else ""
        case "spaced":
            yield from ((start + i, start + i + 1, "") for i in range(1, len(old), 2))
        case _:
            before = _WORD_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
            first = start - len(before[0]) if before else start
            behind = _WORD_BEHIND.match(text, end)
            yield from _of_one_script(first, text[first : behind.end() if behind else end])


def _of_one_script(start: int, word: str) -> Iterator[tuple[int, int, str]]:
    """Yield the letters of a word that are of another script than most, if they look like letters of it."""
    latin = [i for i, letter in enumerate(word) if letter.isascii()]
    to_latin = len(latin) * 2 > len(word)
    wrong = [i for i in range(len(word)) if i not in latin] if to_latin else latin
    alike = _lookalikes(to_latin)
    if all(word[i] in alike for i in wrong):
        yield from ((start + i, start + i + 1, alike[word[i]]) for i in wrong)


@lru_cache(maxsize=2)
def _lookalikes(to_latin: bool) -> dict[str, str]:
    """Letters by the letter of the other script that looks like them."""
    pairs: dict[str, str] = _data()["lookalikes"]
    return {(c if to_latin else lat): (lat if to_latin else c) for lat, c in pairs.items()}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = parse_yaml(files("coopex.reading").joinpath("cleaned.yaml").read_text("utf-8"))
    return found


def _keeps_hyphen(text: str, start: int, end: int) -> bool:
    """Return whether a word divided at the end of a line is written with a hyphen: "научно-" + "технический"."""
    before, behind = _WORD_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start]), _WORD_BEHIND.match(text, end)
    first, second = (before[0] if before else ""), (behind[0] if behind else "")
    if f"{first}-{second}" in text:
        return True
    if not re.search(f"[{_CYRILLIC}]", first):
        return first.lower() in _data()["prefixes"]
    from coopex.annotate._pymorphy import known_forms

    return first.endswith("о") and len(first) >= _LONG_PREFIX and not known_forms((first + second).lower())


def in_original(document: Document, cleaned: Cleaned, original: str) -> Document:
    """Return a document read from a cleaned text with all evidence as it stands in the original.

    Raises nothing; the document is given back as it is where nothing was cleaned.
    """
    if not cleaned.is_changed:
        return document
    moved: Document = _moved(document, cleaned, original)
    return moved


def _moved(value: Any, cleaned: Cleaned, original: str) -> Any:
    if isinstance(value, Evidence):
        start, end = cleaned.starts[value.start], cleaned.ends[value.end - 1]
        return Evidence(start=start, end=end, text=original[start:end], block=value.block)
    if isinstance(value, tuple):
        return tuple(_moved(item, cleaned, original) for item in value)
    if isinstance(value, BaseModel):
        fields = {name: _moved(getattr(value, name), cleaned, original) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value
