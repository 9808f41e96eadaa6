"""Finding dates: all rules over the text, the longest match wins, then each is resolved in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coopex.dates.grammar import Found, Grammar, Rule, grammar
from coopex.dates.mention import DateMention, Duration
from coopex.dates.resolve import FAR, MEANINGS, SLACK, Known, Reading, Tense

# characters looked at on each side of a mention for words that show past or future
TENSE_REACH = 120
# a clause boundary between the two counts as so many characters
CLAUSE = 40
# characters after a year or full date within which a date without a year belongs to the same story
STORY_REACH = 300
_WINDOWS: dict[Tense, tuple[int, int]] = {
    "past": (-FAR + SLACK, SLACK),
    "future": (-SLACK, FAR - SLACK),
    "unknown": (-FAR // 2, FAR // 2),
}
_CLAUSE = re.compile(r"[,;:–—]|(?<!\w)(?:that|which|who|where|when|что|котор\w{2,3}|где|когда)(?!\w)")
_BREAK = re.compile(r"[.!?…]\s+(?=[A-ZА-ЯЁ«\"“])|\n")


def find_dates(
    text: str,
    language: str,
    published: date | None = None,
    *,
    anchor: date | None = None,
    tense: str = "auto",
) -> list[DateMention]:
    """"They met on Wednesday." published 2018-08-21 → one mention, "Wednesday", 2018-08-15.

    Reads English ("en") or Russian ("ru"), a sentence or a whole text, and returns mentions in the order of the
    text, not overlapping, with code-point offsets. Without `published`, weekdays and dates without a year keep
    first and last None. `anchor` is the day of which the text before spoke: "the next day", "that year", "on the
    6th" are told from it until the text names another, and it lends its year to dates without one when there is no
    publication date. `tense` is "past", "future" or "auto": which side of the publication date is meant by
    a weekday or a date without a year; "auto" decides by the words around it, sentence by sentence.
    """
    rules = grammar(language)
    mentions: list[DateMention] = []
    history = _History(text)
    for found in _winners(text, rules.rules, rules.never):
        known = _known(text, found, rules, published, anchor, tense, history, language)
        reading = MEANINGS[found.rule.means](found.values, known)
        if reading is None:
            continue
        mentions.append(_mention(text, found, reading, rules.bounds))
        history.add(found, reading)
    return mentions


def find_absolute(text: str) -> list[DateMention]:
    """"Date: 21.08.2018, see /2018/08/21/news" → two mentions of that day, in either language.

    Only days whose year is written; meant for reading publication dates and addresses.
    """
    found: list[DateMention] = []
    for language in ("en", "ru"):
        found += [m for m in find_dates(text, language) if m.precision == "day" and m.origin == "stated" and m.first]
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def find_durations(text: str, language: str) -> list[Duration]:
    """"a three-day visit" → the span of "three-day" and 3 days."""
    found = _winners(text, grammar(language).durations)
    return [Duration(f.start, f.end, text[f.start : f.end], _length(f)) for f in found]


def _length(found: Found) -> int:
    return found.values.get("bare", 1) * found.values.get("unit", 1)


def _winners(text: str, rules: Iterable[Rule], never: re.Pattern[str] | None = None) -> list[Found]:
    """Matches that do not overlap: longer ones first, earlier rules before later ones; none inside `never`."""
    everything = [match for rule in rules for match in rule.matches(text)]
    everything.sort(key=lambda found: found.start - found.end)
    taken = bytearray(len(text))
    for match in never.finditer(text) if never else ():
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    kept = []
    for found in everything:
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


@dataclass(slots=True)
class _History:
    """The mention resolved last, and the last that gave a year by itself."""

    text: str
    before: Reading | None = None
    story: Reading | None = None
    story_end: int = 0

    def add(self, found: Found, reading: Reading) -> None:
        if reading.period is None:
            return
        self.before = reading
        if reading.precision == "year" and not reading.relative:
            self.story = None
        opens = reading.precision == "year" and _opens_sentence(self.text, found.start)
        if not reading.relative and (reading.precision in ("day", "range", "month") or opens):
            self.story, self.story_end = reading, found.end

    def story_at(self, start: int) -> Reading | None:
        between = self.text[self.story_end : start]
        return None if len(between) > STORY_REACH or "\n" in between else self.story


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a year stands first in its sentence ("In 2014 …"), so that it sets the time for what follows."""
    return len(text[_sentence_start(text, start) : start].split()) <= 2


def _sentence_start(text: str, position: int) -> int:
    begin = max(position - TENSE_REACH, 0)
    return max((m.end() for m in _BREAK.finditer(text, begin, position)), default=begin)


def _known(
    text: str,
    found: Found,
    rules: Grammar,
    published: date | None,
    anchor: date | None,
    tense: str,
    history: _History,
    language: str,
) -> Known:
    shown: Tense = "past" if tense == "past" else "future" if tense == "future" else _tense(text, found, rules)
    window = _WINDOWS[shown]
    if tense == "past":
        window = (-FAR, 0)
    story = history.story_at(found.start)
    return Known(published, anchor, shown, window, history.before, story, day_first=language != "en")


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
    start, end = (cue[1], found.start) if cue[1] <= found.start else (found.end, cue[0])
    return max(end - start, 0) + CLAUSE * len(_CLAUSE.findall(text, start, max(end, start)))


def _mention(text: str, found: Found, reading: Reading, bounds: re.Pattern[str]) -> DateMention:
    first, last = reading.period or (None, None)
    bound = bounds.search(text, max(found.start - 25, 0), found.start)
    rule = found.rule.id + _bound(bound, reading.precision)
    origin = "relative" if reading.relative else "stated"
    return DateMention(
        found.start, found.end, text[found.start : found.end], first, last, reading.precision, origin, rule
    )


def _bound(bound: re.Match[str] | None, precision: str) -> str:
    """"from Monday" → ":since", but a document "from 2012" is of that year."""
    if bound is None or (bound.lastgroup == "origin" and precision == "year"):
        return ""
    return ":since" if bound.lastgroup == "origin" else f":{bound.lastgroup}"
