"""Finding dates: every rule over the text, the longest match wins, each is resolved in text order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coopex.dates import periods
from coopex.dates.grammar import Found, Grammar, Rules, grammar
from coopex.dates.known import SLACK, Known, Reading, Tense
from coopex.dates.meanings import MEANINGS
from coopex.dates.mention import DateMention, Duration

# characters looked at on each side of a mention for words that show past or future
TENSE_REACH = 120
# a clause boundary between the two counts as so many characters
CLAUSE = 40
# characters after a year or full date within which a date without a year belongs to the same story
STORY_REACH = 300
# days after publication on which a day that the caller calls past may lie (page dates are not exact)
STRICT_SLACK = 7
# days that a period may last and still place the dates told after it
STORY_LENGTH = 62
_NOTHING_KNOWN = Known(None, None, "unknown", 0)
Sound = Callable[[Found], bool]
_CLAUSE = re.compile(r"[,;:–—]|(?<!\w)(?:that|which|who|where|when|что|котор\w{2,3}|где|когда)(?!\w)")
# "signed in May and will sign more": a verb joined on after the date is of another clause
_CLAUSE_AFTER = re.compile(_CLAUSE.pattern + r"|(?<!\w)(?:and|but|и|а|но)(?!\w)")
_POSSESSIVE = re.compile(r"['’]s(?!\w)")
_BREAK = re.compile(r"[.!?…]\s+(?=[A-ZА-ЯЁ«\"“])|\n")


def find_dates(
    text: str,
    language: str,
    published: date | None = None,
    *,
    anchor: date | None = None,
    tense: str = "auto",
) -> list[DateMention]:
    """“They met on Wednesday.” published 2018-08-21 → one mention, “Wednesday”, 2018-08-15.

    Reads English ("en") or Russian ("ru"), a sentence or a whole text; mentions come in text order, do not
    overlap, and carry code-point offsets. Without `published`, weekdays and dates without a year keep
    `first` and `last` None. `anchor` is the day of which the text before spoke: "the next day", "that
    year", "on the 6th" are told from it until the text names another, and it lends its year to dates
    without one when there is no publication date. `tense` is "past", "future" or "auto": which side of the
    publication date a weekday or a date without a year lies on; "auto" decides by the words around it.
    Raises ValueError for another language.
    """
    return resolve_dates(find_date_words(text, language), published, anchor=anchor, tense=tense)


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of a text that name dates, before anything is known of when it was written."""

    text: str
    language: str
    found: tuple[Found, ...]


def find_date_words(text: str, language: str) -> DateWords:
    """“They met on Wednesday.” → “Wednesday”: what `resolve_dates` reads, once for each way in which it is asked."""
    rules = grammar(language)
    return DateWords(text, language, tuple(_winners(text, rules.dates, rules.never, _exists)))


def resolve_dates(
    words: DateWords, published: date | None = None, *, anchor: date | None = None, tense: str = "auto"
) -> list[DateMention]:
    """“Wednesday” published 2018-08-21 → 2018-08-15; see `find_dates`."""
    rules = grammar(words.language)
    context = _Context(words.text, words.language, rules, published, anchor, tense)
    history = _History(words.text, rules.participles)
    mentions = []
    for found in words.found:
        reading = MEANINGS[found.rule.means](found.values, _known(context, found, history))
        if reading:
            mentions.append(_mention(context, found, reading))
            history.add(found, reading)
    return mentions


def find_absolute(text: str) -> list[DateMention]:
    """“Date: 21.08.2018, see /2018/08/21/news” → two mentions of that day, in either language.

    Only days whose year is written; meant for reading publication dates and addresses.
    """
    found: list[DateMention] = []
    for language in ("en", "ru"):
        found += [
            m for m in find_dates(text, language) if m.first and m.precision == "day" and m.origin == "stated"
        ]
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def find_durations(text: str, language: str) -> list[Duration]:
    """“a three-day visit” → the span of “three-day” and 3 days."""
    found = _winners(text, grammar(language).durations)
    return [Duration(f.start, f.end, text[f.start : f.end], _length(f)) for f in found]


def _length(found: Found) -> int:
    return found.values.get("bare", 1) * found.values.get("unit", 1)


def _winners(
    text: str, rules: Rules, never: re.Pattern[str] | None = None, sound: Sound = lambda _: True
) -> list[Found]:
    """Matches that are sound and do not overlap: longer before shorter, earlier rules before later."""
    everything = sorted(rules.matches(text), key=lambda found: found.start - found.end)
    taken = bytearray(len(text))
    for match in never.finditer(text) if never else ():
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    kept = []
    for found in everything:
        if not any(taken[found.start : found.end]) and sound(found):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def _exists(found: Found) -> bool:
    """Whether the words name a date at all, whatever is known: "30 February" does not."""
    return MEANINGS[found.rule.means](found.values, _NOTHING_KNOWN) is not None


@dataclass(frozen=True, slots=True)
class _Context:
    """The text and what the caller said of it."""

    text: str
    language: str
    grammar: Grammar
    published: date | None
    anchor: date | None
    tense: str


@dataclass(slots=True)
class _History:
    """The mention resolved last, the last single day, and the last that gave a year by itself."""

    text: str
    participles: re.Pattern[str]
    before: Reading | None = None
    day: Reading | None = None
    story: Reading | None = None
    story_end: int = 0

    def add(self, found: Found, reading: Reading) -> None:
        if reading.period is None:
            return
        self.before = reading
        self.day = reading if reading.precision == "day" else self.day
        if reading.precision == "year" and not reading.relative:
            self.story = None
        opens = reading.precision == "year" and _opens_sentence(self.text, found.start, self.participles)
        if not reading.relative and (periods.length(reading.period) <= STORY_LENGTH or opens):
            self.story, self.story_end = reading, found.end

    def story_at(self, start: int) -> Reading | None:
        between = self.text[self.story_end : start]
        return None if len(between) > STORY_REACH or "\n" in between else self.story


def _opens_sentence(text: str, start: int, participles: re.Pattern[str]) -> bool:
    """Whether a year stands first in its sentence ("In 2014 …") and sets the time for what follows.

    "Founded in 1952, the university …" tells only of its founding.
    """
    begin = _sentence_start(text, start)
    return len(text[begin:start].split()) <= 2 and not participles.search(text, begin, start)


def _sentence_start(text: str, position: int) -> int:
    begin = max(position - TENSE_REACH, 0)
    return max((m.end() for m in _BREAK.finditer(text, begin, position)), default=begin)


def _known(context: _Context, found: Found, history: _History) -> Known:
    shown = _shown(context, found)
    slack = STRICT_SLACK if context.tense == "past" else SLACK
    return Known(
        context.published,
        context.anchor,
        shown,
        slack,
        history.before,
        history.story_at(found.start),
        day=history.day,
        day_first=context.language != "en",
    )


def _shown(context: _Context, found: Found) -> Tense:
    """The tense asked for, or the one the words show; "until Friday" looks ahead where they show none."""
    if context.tense == "past":
        return "past"
    if context.tense == "future":
        return "future"
    shown = _tense(context.text, found, context.grammar)
    if shown == "unknown" and _bound(context, found, "") in (":until", ":by"):
        return "future"
    return shown


def _tense(text: str, found: Found, rules: Grammar) -> Tense:
    """The tense of the nearest word that shows one, in the same sentence."""
    begin = _sentence_start(text, found.start)
    stop = _BREAK.search(text, found.end, found.end + TENSE_REACH)
    end = stop.start() if stop else min(found.end + TENSE_REACH, len(text))
    ahead = [(m.start(), m.end()) for m in rules.future.finditer(text, begin, end)]
    back = [(m.start(), m.end()) for m in rules.past.finditer(text, begin, end)]
    # "will be held": the past form inside says nothing
    back = [(a, b) for a, b in back if not any(c <= a and b <= d for c, d in ahead)]
    gaps: list[tuple[int, Tense]] = [(_gap(text, found, cue), "future") for cue in ahead]
    gaps += [(_gap(text, found, cue), "past") for cue in back]
    return min(gaps)[1] if gaps else "unknown"


def _gap(text: str, found: Found, cue: tuple[int, int]) -> int:
    """Characters between a mention and a word that shows tense; another clause counts as far away."""
    if cue[1] <= found.start:
        start, end, boundary = cue[1], found.start, _CLAUSE
    else:
        start, end, boundary = found.end, max(cue[0], found.end), _CLAUSE_AFTER
    return end - start + CLAUSE * len(boundary.findall(text, start, end))


def _mention(context: _Context, found: Found, reading: Reading) -> DateMention:
    first, last = reading.period or (None, None)
    rule = found.rule.id + _bound(context, found, reading.precision)
    origin = "relative" if reading.relative else "stated"
    text = context.text[found.start : found.end]
    return DateMention(found.start, found.end, text, first, last, reading.precision, origin, rule)


def _bound(context: _Context, found: Found, precision: str) -> str:
    """“since Monday” → “:since”; not “since Monday's talks”, nor a document “from 2012”."""
    bound = context.grammar.bounds.search(context.text, max(found.start - 25, 0), found.start)
    if bound is None or _POSSESSIVE.match(context.text, found.end):
        return ""
    if bound.lastgroup == "origin":
        return "" if precision == "year" else ":since"
    return f":{bound.lastgroup}"
