"""The lines of a page, and which of them are one paragraph broken by the page's own line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b\u200c\u200d\u2060"
_TERMINAL = re.compile(r"[.!?…。！？][\"'»”’“)\]*]*$")
_STOPPED = re.compile(r"[.!?…:;。！？|][\"'»”’“)\]*]*$")
_BULLET = re.compile(r"(?:[-–—•·▪►■●*✔✓◦]|\d{1,2}[.)]|[a-zа-я]\))\s")
_UNFINISHED = re.compile(
    r"(?:[,(«„]|\b(?:the|an|of|and|or|in|on|at|for|with|from|to|by|between|as|its|their|his|her|that|which|who|Mr|Mrs|Ms|Dr|Prof|"
    r"и|или|в|во|на|с|со|к|ко|о|об|от|до|из|за|по|для|при|между|под|над|его|их|ее|её|а|но|что|который|им|г|гг|ул|д-р|проф)\.?"
    r"|(?<![A-Za-zА-Яа-яЁё])[A-ZА-ЯЁ]\.)$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?<!\w)[A-ZА-ЯЁ]\.$")
# "representatives of the International / Cooperation Office": a capitalised adjective waits for its noun
_OPEN_ADJECTIVE = re.compile(
    r"\b(?:of|the|and|for|with|by|from|to|in)\s(?:[A-Z]\w+\s)?[A-Z]\w+(?:al|ic|ical|ive|ary|ese|ian|ean|ish)$"
)
_FULL_WIDTHS = range(28, 131)  # characters: the widths at which programs break lines
_ENOUGH_FULL_LINES = 5  # lines filled to the width before a text counts as hard-wrapped
_PROOF = 2  # full lines without a blank line between them that make a wrapped paragraph
_LONG_WORDS = 4  # words a line needs before its continuation in lower case is believed


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line or joined paragraph: offsets without surrounding white space; blank lines
    before it.
    """

    start: int
    end: int
    text: str
    gap: int = 0

    @property
    def words(self) -> int:
        """How many words it has, counted by white space (of its first 2,000 characters)."""
        return len(self.text[:2000].split())


def split_lines(text: str) -> list[Line]:
    """`"A\\n\\n B\\r\\n"` → A at 0–1 and B at 4–5 with one blank line before it."""
    lines: list[Line] = []
    gap = position = 0
    for end in [*_LINE_END.finditer(text), None]:
        stop = end.start() if end else len(text)
        line = trimmed(text, position, stop, gap)
        gap = 0 if line else gap + 1
        lines += [line] if line else []
        position = end.end() if end else stop
    return lines


def trimmed(text: str, start: int, end: int, gap: int = 0) -> Line | None:
    """`("a  b ", 1, 5)` → "b" at 3–4: a stretch without blank and invisible signs at its ends, if any is left."""
    raw = text[start:end]
    body = raw.strip(_BLANK)
    if len(body) == len(raw) > 0:
        return Line(start, end, raw, gap)
    left = len(raw) - len(raw.lstrip(_BLANK))
    return Line(start + left, start + left + len(body), body, gap) if body else None


def ends_sentence(text: str) -> bool:
    """`"… of cooperation.”"` → True: a full stop, question or exclamation mark, quotes and brackets aside."""
    tail = text[-12:]
    return bool(_TERMINAL.search(tail)) and not _INITIAL.search(tail)


def is_bullet(text: str) -> bool:
    """`"- 60 cities"`, `"1) лаборатории"` → True."""
    return bool(_BULLET.match(text))


def is_prose(text: str) -> bool:
    """A running sentence: ends like one and is long enough not to be a slogan, or is very long."""
    return len(text) >= 250 or (len(text) >= 60 and ends_sentence(text))


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width to which a text was hard-wrapped (72 in mail, 80 in terminals), or None when it was not."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[-1] if lengths else 0
    if width not in _FULL_WIDTHS:
        return None
    full = sum(_is_full(a, b, width) for a, b in pairwise(lines))
    follow = sum(b.gap == 0 for b in lines[1:])
    return width if full >= _ENOUGH_FULL_LINES and full >= 0.6 * follow else None


def _is_full(line: Line, following: Line, width: int) -> bool:
    """The first word of the next line would not have fitted."""
    first_word = len(following.text.split(maxsplit=1)[0])
    return following.gap == 0 and len(line.text) + 1 + first_word > width - 2


def unwrapped(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of a hard-wrapped text as paragraphs; those of any other text as they are."""
    width = wrap_width(lines)
    if width is None:
        return list(lines)
    return [joined(text, group) for run in _runs(lines) for group in _paragraphs(run, width)]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank lines."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.gap == 0:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _paragraphs(run: Sequence[Line], width: int) -> list[list[Line]]:
    """A run in paragraphs, cut after lines that are not full; one full line may be a headline."""
    full = [_runs_on(line, following, width) for line, following in pairwise(run)]
    proven = sum(full) >= _PROOF
    groups = [[run[0]]]
    for line, goes_on in zip(run[1:], full, strict=True):
        if goes_on and (proven or line.text[0].islower()):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _runs_on(line: Line, following: Line, width: int) -> bool:
    full = _is_full(line, following, width) and len(line.text) >= 0.6 * width
    return full and not is_bullet(following.text)


def joined(text: str, group: Sequence[Line]) -> Line:
    """Lines of one paragraph as one, with the line ends between them."""
    start, end = group[0].start, group[-1].end
    return Line(start, end, text[start:end], group[0].gap)


def continues(line: Line, following: Line) -> bool:
    """Whether `following` goes on with the sentence that the line end (or blank line) broke off.

    "representatives of the International" + "Cooperation Office of SPbPU and …" → True.
    """
    if is_bullet(following.text):
        return False
    return _is_broken(line, following) and (_goes_on(line, following) or _waits(line))


def _is_broken(line: Line, following: Line) -> bool:
    return line.words >= _LONG_WORDS and following.words >= 2 and not _STOPPED.search(line.text[-12:])


def _goes_on(line: Line, following: Line) -> bool:
    """The next line begins in lower case (names such as iPhone aside) and neither is a heap of menu words."""
    first, second = following.text[0], following.text[1]
    return first.islower() and (second.islower() or second.isspace()) and following.words >= _LONG_WORDS


def _waits(line: Line) -> bool:
    tail = line.text[-60:]
    return bool(_UNFINISHED.search(tail)) or (line.words >= 6 and bool(_OPEN_ADJECTIVE.search(tail)))
