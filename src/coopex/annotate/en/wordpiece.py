"""Words as the pieces and shapes that the English network reads.

The pieces are those of BERT (Devlin et al. 2019): small letters without accents, divided at punctuation, then the
longest known pieces from the left. The network's vocabulary has no capitals, so each word's `shape` goes beside them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

SHAPES = ("none", "lower", "title", "capitals", "initial", "mixed", "digits", "digits_letters", "other")
LONGEST_WORD = 100
"""Characters; a longer word is one unknown piece, as in BERT."""


class WordPieces:
    """Divide words by a vocabulary, one piece a line, continuing pieces beginning with "##"."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: index for index, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self.first, self.last = self._ids["[CLS]"], self._ids["[SEP]"]
        self.pieces = lru_cache(maxsize=20_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word: "Rosatom" → those of "rosa", "##tom"; never none."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found = [piece for part in divide(word) for piece in self._longest(part)]
        return tuple(found) or (self._unknown,)

    def _longest(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if prefix + part[start:end] in self._ids), None)
            if end is None:
                return [self._unknown]
            found.append(self._ids[prefix + part[start:end]])
            start = end
        return found


def divide(word: str) -> list[str]:
    """Return the parts of a word in small letters, without accents: "Dvořák's" → ["dvorak", "'", "s"]."""
    parts = [""]
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or (category.startswith("C") and category != "Cn"):
            continue
        if _stands_alone(character, category):
            parts += [character, ""]
        else:
            parts[-1] += character
    return [part for part in parts if part]


def _stands_alone(character: str, category: str) -> bool:
    """Return whether a character is a part by itself: punctuation, ASCII symbols, Chinese characters."""
    if category.startswith("P") or "\u4e00" <= character <= "\u9fff":
        return True
    return category.startswith("S") and character.isascii()


@lru_cache(maxsize=20_000)
def shape_of(word: str) -> int:
    """Return the index in `SHAPES` of a word: "Harbin" → 2, title; "JINR" → 3, capitals; "A." → 4, initial."""
    return SHAPES.index(_shape(word))


def _shape(word: str) -> str:
    letters = word.strip(".")
    if not any(character.isalpha() for character in word):
        return "digits" if any(character.isdigit() for character in word) else "other"
    if any(character.isdigit() for character in word):
        return "digits_letters"
    if word.islower() or letters.islower():
        return "lower"
    if len(letters) == 1:
        return "initial"
    if letters.isupper():
        return "capitals"
    return "title" if letters[0].isupper() and letters[1:].islower() else "mixed"
