"""Where Russian sentences start: razdel's answer, less the starts inside firms' names and academic degrees.

razdel knows initials but takes «д. м. н.» for the end of a sentence. A degree before a name goes on; before a common
word («Вступил Лосев, д. м. н. Гости молчали») it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IN_FIRM = re.compile(r"(?:Ltd|Inc|LLC|GmbH|Corp|Co|SA|AG)\b")
"""What stands after «Co.» inside a firm's name, though razdel ends a sentence there."""

_DEGREE = re.compile(r"(?<![\w.-])[дк]\.\s?(?:[а-яё]{1,4}\.[\s-]?){1,2}н\.\s*$")
"""«д. т. н.», «к.ф.-м.н.» at the end of a stretch."""

_LONGEST_DEGREE = 24
_WORD = re.compile(r"[А-ЯЁ][а-яё-]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def sentence_starts(text: str) -> Iterator[int]:
    """Give the offsets at which sentences start, within the paragraphs that blank lines part.

    «Был к. м. н. Анна Ким. Ждали.» → 0, 23. Splits by razdel (natasha).
    """
    import razdel

    position = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for sentence in razdel.sentenize(text[position:end]):
            start = position + sentence.start
            if start == position or not _goes_on(text, start):
                yield start
        position = gap.end() if gap else end


def _goes_on(text: str, start: int) -> bool:
    before = text[max(0, start - _LONGEST_DEGREE) : start]
    return bool(_IN_FIRM.match(text, start) or (_DEGREE.search(before) and _opens_with_name(text, start)))


def _opens_with_name(text: str, start: int) -> bool:
    """Return whether a name stands at an offset: «Анна», «Лосев», «А. Ким» → `True`; «Гости» → `False`."""
    from coopex.annotate._pymorphy import known_forms

    word = _WORD.match(text, start)
    if word is None:
        return False
    forms = known_forms(word[0])  # likeliest first
    is_name = not forms or not {"Name", "Surn", "Patr"}.isdisjoint(forms[0].tag.grammemes)
    return len(word[0]) == 1 or is_name
