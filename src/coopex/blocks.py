"""Splits a text into blocks: the headline, paragraphs, page furniture, credits.

The page's own line and paragraph ends come before any sentence splitting: sentence splitters join lines that
the page keeps apart. A paragraph that the page broke in mid-sentence becomes one block, line end inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from coopex.page import edges, headline, kinds, lines
from coopex.page.lines import Line
from coopex.page.verbs import has_verb

_LONG = 250  # characters: a paragraph this long is neither a reader's comment nor a teaser of a link
_TEASERS = 40  # parts looked at below a short paragraph among links
_CANDIDATES = 30  # lines above the text that may be the headline
_LONGEST_HEADLINE = 300  # characters
_LONGEST_BLOCK = 5_000  # characters: the longest paragraph of 169 news texts has 1,153; models take memory by it
_LAST_SENTENCE = re.compile(r".*[.!?…][\"'»”’)\]]*(?=\s)", re.DOTALL)
_LAST_WORD = re.compile(r".*(?=\s)", re.DOTALL)

BlockKind = Literal["title", "body", "boilerplate", "credit"]


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]`, without line breaks or other white space at its ends; `language` as far as known."""

    start: int
    end: int
    kind: BlockKind
    language: str | None = None


@dataclass(slots=True)
class _Part:
    """A paragraph on its way to a block; `kind` is None while undecided."""

    line: Line
    kind: BlockKind | None
    text: str = field(init=False)
    is_prose: bool = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.line.text
        self.is_prose = lines.is_prose(self.text)

    @property
    def is_text(self) -> bool:
        """An undecided running paragraph."""
        return self.kind is None and self.is_prose


def split_blocks(text: str) -> list[Block]:
    """`"Visit\\n\\nA delegation came.\\n\\nShare"` → title, body, boilerplate: ordered, disjoint, all but
    white space covered.
    """
    parts = _paragraphs(text)
    _accept_short_sentences(parts)
    parts = _cut_stamps(parts)
    _close_sections(parts)
    title = _find_title(parts)
    parts = _cut_headlines(parts, title)
    _settle_head(parts)
    _settle_tail(parts)
    return [Block(start, end, p.kind or "body") for p in parts for start, end in _pieces(text, p.line)]


def _pieces(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """The offsets of a paragraph, of an endless one in pieces that end with a sentence, else with a word."""
    start = line.start
    while line.end - start > _LONGEST_BLOCK:
        limit = start + _LONGEST_BLOCK
        cut = _LAST_SENTENCE.match(text, start, limit) or _LAST_WORD.match(text, start, limit)
        end = cut.end() if cut and cut.end() > start else limit
        piece = lines.trimmed(text, start, end)
        if piece:
            yield piece.start, piece.end
        start = end
    piece = lines.trimmed(text, start, line.end)
    if piece:
        yield piece.start, piece.end


def _paragraphs(text: str) -> list[_Part]:
    """The lines with the kind each has by itself, broken paragraphs joined."""
    groups: list[list[Line]] = []
    marks: list[BlockKind | None] = []
    for line in lines.unwrapped(text, lines.split_lines(text)):
        kind = kinds.furniture(line.text)
        if kind is None and marks and marks[-1] is None and lines.continues(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
            marks.append(kind)
    return [_Part(lines.joined(text, group), kind) for group, kind in zip(groups, marks, strict=True)]


def _accept_short_sentences(parts: Sequence[_Part]) -> None:
    """Take short sentences for running text where a page has no longer ones: "The guests came on Monday." """
    if not any(part.is_text for part in parts):
        for part in parts:
            part.is_prose = lines.ends_sentence(part.text) and has_verb(part.text)


def _cut_stamps(parts: list[_Part]) -> list[_Part]:
    """Cuts the date that the page puts before the lead or behind the headline into a credit of its own."""
    stop = _first_text(parts)
    done: list[_Part] = []
    for part in parts[: stop + 1]:
        if part.kind is None and (end := edges.leading_stamp(part.text)):
            done += _cut(part, end, "credit", None)
        elif part.kind is None and not part.is_text and (end := edges.trailing_stamp(part.text)):
            done += _cut(part, end, None, "credit")
        else:
            done.append(part)
    return done + parts[stop + 1 :]


def _first_text(parts: Sequence[_Part]) -> int:
    """The place of the first running paragraph; their number when there is none."""
    return next((i for i, part in enumerate(parts) if part.is_text), len(parts))


def _close_sections(parts: list[_Part]) -> None:
    """Turns what stands under "Read also" and "Comments" headings into page furniture."""
    longest, below = _texts_from(parts)
    i, above = _first_text(parts), 0
    while i < len(parts):
        stop = i + 1
        if parts[i].kind == "boilerplate":
            # comments: nothing long stands below them, or less than above
            stop = _section_end(parts, i, longest[i] < _LONG or below[i] <= above)
            _mark(parts[i + 1 : stop], "boilerplate")
        elif parts[i].is_text:
            above += len(parts[i].text)
        i = stop


def _texts_from(parts: Sequence[_Part]) -> tuple[list[int], list[int]]:
    """For each part the length of the longest running paragraph from it on, and of all of them together."""
    lengths = [len(part.text) if part.is_text else 0 for part in reversed(parts)]
    return list(accumulate(lengths, max))[::-1], list(accumulate(lengths))[::-1]


def _section_end(parts: Sequence[_Part], i: int, is_last: bool) -> int:
    """Where the section that the i-th part heads ends: right behind it, if it heads none."""
    if is_last and kinds.is_comments(parts[i].text):
        return len(parts)
    return _links_end(parts, i + 1) if kinds.is_related(parts[i].text) else i + 1


def _mark(parts: Sequence[_Part], kind: BlockKind) -> None:
    for part in parts:
        part.kind = part.kind or kind


def _links_end(parts: Sequence[_Part], start: int) -> int:
    """Where the list of links from `start` on ends: at the next paragraph that is no link's teaser."""
    for i in range(start, len(parts)):
        if parts[i].is_text and not (i > start and _is_teaser(parts, i)):
            return i
    return len(parts)


def _is_teaser(parts: Sequence[_Part], i: int) -> bool:
    """A short paragraph between links: a short line right above it and right below it, nothing long further
    down.
    """
    below = parts[i + 1 : i + _TEASERS]
    between = bool(below) and below[0].kind is None and not below[0].is_text
    return between and all(len(p.text) < _LONG for p in (parts[i], *below))


def _find_title(parts: list[_Part]) -> _Part | None:
    """Marks the headline and returns it; a headline grown together with the first paragraph is cut
    off later.
    """
    stop = _first_text(parts)
    candidates = _candidates(parts[:stop])
    body = " ".join(p.text[:1500] for p in parts[stop:][:12] if p.kind is None) or _rest(parts, candidates)
    index = headline.choose(candidates, body)
    if index is None:
        return None
    parts[index].kind = "title"
    return parts[index]


def _candidates(head: Sequence[_Part]) -> list[headline.Candidate]:
    """The undecided lines above the first paragraph."""
    found: list[headline.Candidate] = []
    headed = False
    kicker = max((i for i, part in enumerate(head) if kinds.is_kicker(part.text)), default=-1)
    for i, part in enumerate(head):
        if len(found) == _CANDIDATES:
            break
        if part.kind is None and len(part.text) <= _LONGEST_HEADLINE:
            before_credit = _credit_follows(head, i)
            found.append(headline.Candidate(i, part.line, before_credit, headed, i < kicker))
            headed = headed or (before_credit and not headline.is_letterhead(part.text))
    return found


def _rest(parts: Sequence[_Part], candidates: Sequence[headline.Candidate]) -> str:
    """The text of a page without paragraphs: what follows the first candidate."""
    start = candidates[0].index + 1 if candidates else 0
    return " ".join(p.text[:1500] for p in parts[start : start + _TEASERS] if p.kind is None)


def _credit_follows(parts: Sequence[_Part], i: int) -> bool:
    return i + 1 < len(parts) and parts[i + 1].kind == "credit"


def _cut_headlines(parts: list[_Part], title: _Part | None) -> list[_Part]:
    """Cuts a headline that runs into the lead, a repeated one, and the site's name behind it into parts of
    their own.
    """
    done: list[_Part] = []
    glue_sought = title is None
    name = headline.without_site(title.text) if title else ""
    for part in parts:
        if part is title:
            done += _cut(part, len(name), "title", "boilerplate")
        elif part.kind is None and title is not None:
            done += _cut(part, _repeated_length(part.text, name), "boilerplate", None)
        elif part.kind is None and glue_sought:
            done += _cut(part, headline.glued_end(part.text) or 0, "title", None)
            glue_sought = not part.is_text and done[-1] is part
        else:
            done.append(part)
    return done


def _repeated_length(text: str, title: str) -> int:
    """How much of the beginning of a paragraph is the headline once more, run into it."""
    if headline.repeats(text, title):
        return len(text)
    rest = text[len(title) :]
    if not text.startswith(title) or not rest.lstrip(" .|:—–-\u00a0")[:1].isupper():
        return 0
    glued = not rest[0].isspace() or rest.lstrip()[0] in "|:—–-"
    return len(title) if glued or len(title.split()) >= 5 else 0


def _cut(part: _Part, length: int, first: BlockKind | None, second: BlockKind | None) -> list[_Part]:
    """The part in two at `length`; as it is when there is nothing to cut."""
    line = part.line
    if length <= 0:
        return [part]
    head = line.text[:length].rstrip()
    tail = line.text[length:].strip()
    pieces = [_Part(Line(line.start, line.start + len(head), head, line.gap), first)]
    if tail:
        pieces.append(_Part(Line(line.end - len(tail), line.end, tail, 0), second))
    return pieces


def _settle_head(parts: list[_Part]) -> None:
    """Above the headline all is furniture; between it and the text, lines among furniture are
    furniture too.
    """
    title = next((i for i, p in enumerate(parts) if p.kind == "title"), None)
    first_text = _first_text(parts)
    if title is not None:
        _mark(parts[:title], "boilerplate")
    elif first_text < len(parts):
        _mark(_without_lists(parts[:first_text]), "boilerplate")
    _settle_between(parts, (title or 0) + 1)


def _without_lists(head: Sequence[_Part]) -> list[_Part]:
    """The lines above a text without headline that say nothing: no sentence, no list that a sentence leads in."""
    left: list[_Part] = []
    in_list = False
    for part in head:
        in_list = (in_list and lines.is_bullet(part.text)) or (part.text.endswith(":") and has_verb(part.text))
        if not in_list and not lines.ends_sentence(part.text):
            left.append(part)
    return left


def _settle_between(parts: list[_Part], start: int) -> None:
    for i in range(start, len(parts) - 1):
        part, before, after = parts[i], parts[i - 1], parts[i + 1]
        if part.is_text and len(part.text) >= 160:
            return
        enclosed = before.kind == after.kind == "boilerplate" and part.line.gap == after.line.gap == 0
        if part.kind is None and enclosed and not part.is_text:
            part.kind = "boilerplate"
        elif (
            part.kind is None
            and before.kind in ("title", "credit")
            and after.kind == "credit"
            and _is_name(part.text)
        ):
            part.kind = "credit"


def _settle_tail(parts: list[_Part]) -> None:
    """Below the last paragraph: signatures are credits, lines under furniture are furniture."""
    last = max((i for i, p in enumerate(parts) if p.is_text or p.kind == "title"), default=-1)
    last_open = max((i for i, p in enumerate(parts) if p.kind is None), default=-1)
    before: BlockKind = "body"
    for i in range(last + 1, len(parts)):
        part = parts[i]
        if part.kind is None:
            part.kind = _tail_kind(part, before, i >= last_open)
        before = part.kind


def _tail_kind(part: _Part, before: BlockKind, closes: bool) -> BlockKind:
    text = part.text
    if lines.is_bullet(text) or lines.ends_sentence(text) or text.endswith((":", ";", ",")):
        return "body"
    if before == "boilerplate":
        return "boilerplate"
    signs = closes or before == "credit"
    return "credit" if signs and len(text.split()) <= 8 and not has_verb(text) else "body"


def _is_name(text: str) -> bool:
    """Two to four capitalised words, as under a headline: "Ирина Ветрова"."""
    words = text.replace(",", "").split()
    return 2 <= len(words) <= 4 and all(w[0].isupper() for w in words)
