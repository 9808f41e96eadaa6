"""The days of a visit: those of its mentions, and those that the text tells of it besides.

"The visit took place on 4 May. The guests left on Friday."
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coopex.dates import DateMention
from coopex.events.passages import Passages
from coopex.events.visits.types import VisitCandidate, VisitMention
from coopex.matching.lexicon import in_class, is_group
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Reading, body_parts
from coopex.resolve.when import FOREIGN, is_usable, owner, verb_of
from coopex.weights import model

LONGEST_VISIT = timedelta(days=21)
_SUBJECT = {"nsubj", "nsubj:pass", "csubj"}
_PRONOUNS = {"he", "she", "they", "он", "она", "они"}
_FINE = {"day", "range"}
_COARSENESS = {"week": 2, "part_of_month": 3, "month": 4, "season": 5, "year": 6}
_REACH = 2  # blocks after the last mention of a visit in which "the visit" or "the guests" still mean it


@dataclass(frozen=True, slots=True)
class FurtherDays:
    """Days that the text tells of a visit outside its mentions; `over` says that one of them is the last."""

    days: tuple[DateMention, ...] = ()
    over: bool = False


def find_further_days(reading: Reading, candidates: Sequence[VisitCandidate]) -> list[FurtherDays]:
    """Return for each candidate the days on which the text says that it began, took place or ended."""
    found = [FurtherDays() for _ in candidates]
    used = {(m.date.start, m.date.end) for candidate in candidates for m in candidate.mentions if m.date}
    for part in body_parts(reading.parts):
        for day in reading.past_dates:
            inside = part.block.start <= day.start < part.block.end
            usable = day.precision in _FINE and (is_usable(day) or day.bound == "until")
            if inside and usable and (day.start, day.end) not in used:
                _tell(reading, part, day, candidates, found)
    return found


def _tell(
    reading: Reading, part: Part, day: DateMention, candidates: Sequence[VisitCandidate], found: list[FurtherDays]
) -> None:
    verb = verb_of(part, day)
    i = _visit_of(reading, part, verb, candidates) if verb else None
    if verb is None or i is None or candidates[i].status == "cancelled" or not _is_close(day, candidates[i]):
        return
    if day.bound == "until" and not in_class(verb.lemma_, "staying", part.language):
        return
    over = day.bound == "until" or any(in_class(verb.lemma_, name, part.language) for name in ("endings", "leaving"))
    known = [one.precision in _FINE for one in candidates[i].dates]
    if day.bound and not any(known):
        return  # "He will stay until Saturday" does not say from when
    if (over and all(known)) or not any(known):
        found[i] = FurtherDays((*found[i].days, day), found[i].over or over)


def _visit_of(reading: Reading, part: Part, verb: Token, candidates: Sequence[VisitCandidate]) -> int | None:
    """Return the visit that the subject of a verb speaks of: "The visit ended …", «Гости уехали …»."""
    before = [i for i, candidate in enumerate(candidates) if _is_told_before(candidate, part, verb)]
    subject = next((child for child in verb.children if child.dep_ in _SUBJECT), None)
    leaves = any(in_class(verb.lemma_, name, part.language) for name in ("leaving", "staying"))
    if subject is None:
        same = [i for i in before if _is_told_at(candidates[i], part, verb.head)]
        return _latest(candidates, same) if leaves and verb.dep_ == "conj" else None
    if is_event_noun(part, subject) and dates_events(part, verb):
        return _latest(candidates, before)
    if not leaves:
        return None
    if is_group(subject.lemma_, part.language) or subject.lower_ in _PRONOUNS:
        return _latest(candidates, before)
    mention = part.at(subject)
    number = reading.entities.of(mention).number if mention else None
    return _latest(candidates, [i for i in before if number in candidates[i].came])


def _is_told_before(candidate: VisitCandidate, part: Part, verb: Token) -> bool:
    offset = part.offset(verb)
    return any(m.offset < offset and part.index - m.part.index <= _REACH for m in candidate.mentions)


def _is_told_at(candidate: VisitCandidate, part: Part, trigger: Token) -> bool:
    return any(m.part is part and m.trigger.i == trigger.i for m in candidate.mentions)


def _latest(candidates: Sequence[VisitCandidate], numbers: Iterable[int]) -> int | None:
    return max(numbers, key=lambda i: max(m.offset for m in candidates[i].mentions), default=None)


def is_event_noun(part: Part, subject: Token) -> bool:
    """Return whether a noun means the event just told: "the meeting"; not "the next meeting", "the Oslo meeting"."""
    if not in_class(subject.lemma_, "occasions", part.language):
        return False
    return not any(
        part.at(token) or in_class(token.lemma_, "other", part.language) or token.dep_.startswith("acl")
        for token in subject.subtree
        if token.i != subject.i
    )


def dates_events(part: Part, verb: Token) -> bool:
    """Return whether a verb says when an event is: "was held", "ended"."""
    return any(in_class(verb.lemma_, name, part.language) for name in ("holding", "endings", "staying"))


def _is_close(day: DateMention, candidate: VisitCandidate) -> bool:
    """Return whether a day can belong to a visit whose days are known."""
    if not day.first or not day.last:
        return False
    return all(
        not known.first
        or not known.last
        or max(day.last, known.last) - min(day.first, known.first) <= max(LONGEST_VISIT, known.last - known.first)
        for known in candidate.dates
    )


@dataclass(frozen=True, slots=True)
class DateArgument:
    """A date that may be that of a visit: the probability that it is, and the features it rests on."""

    date: DateMention
    probability: float
    features: Mapping[str, float]


def weigh_dates(
    reading: Reading, passages: Passages, candidate: VisitCandidate, further: FurtherDays
) -> list[DateArgument]:
    """Return every date of the passage of a visit, the days that its own mentions tell first.

    "flew in on Sunday", "held talks on Tuesday" → Sunday to Tuesday; "a three-day visit" from the 5th → 5th to 7th
    """
    told = _told_date(candidate, further)
    told = told if told is None or _is_possible(reading, candidate, told) else None
    own = passages.numbers_of(candidate.mentions)
    near = passages.near(own, _PASSAGE, _PASSAGE)
    future = candidate.status in {"planned", "proposed"}
    found = [] if told is None else [told]
    for day in reading.future_dates if future else reading.past_dates:
        sentence = passages.sentence_at(day.start)
        close = sentence is not None and (sentence.number in near or sentence.number < _OPENING)
        usable = close and is_usable(day) and day.last is not None and _is_possible(reading, candidate, day)
        if usable and sentence is not None and sentence.number in own and _is_of_report(candidate, sentence.part, day):
            continue
        if usable and (told is None or day.start != told.start):
            found.append(day)
    fitted = model("visit.date")
    rows = [(day, _date_features(reading, passages, candidate, further, day, told, own, found)) for day in found]
    return [DateArgument(day, fitted.probability(row), row) for day, row in rows]


def _is_possible(reading: Reading, candidate: VisitCandidate, day: DateMention) -> bool:
    """Return whether a visit can be on a day: one that took place is not dated after the publication."""
    took_place = candidate.status in {"occurred", "ongoing"}
    return not (took_place and reading.published and day.first and day.first > reading.published + _A_DAY)


_A_DAY = timedelta(days=1)


def decide_date(weighed: Sequence[DateArgument]) -> DateMention | None:
    """Return the most probable date that reaches the threshold."""
    best = max(weighed, key=lambda each: each.probability, default=None)
    return best.date if best is not None and best.probability >= model("visit.date").threshold else None


_PASSAGE = 2  # sentences around those of a visit in which its date is looked for
_OPENING = 3  # sentences at the beginning of a text that date what it tells


def _date_features(
    reading: Reading,
    passages: Passages,
    candidate: VisitCandidate,
    further: FurtherDays,
    day: DateMention,
    told: DateMention | None,
    own: set[int],
    found: Sequence[DateMention],
) -> dict[str, float]:
    sentence = passages.sentence_at(day.start)
    number = sentence.number if sentence is not None else -9
    published = reading.published
    ahead = bool(published and day.first and day.first > published)
    past = bool(published and day.last and day.last < published)
    planned = candidate.status in {"planned", "proposed"}
    same_sentence = [d for d in found if (s := passages.sentence_at(d.start)) and s.number == number]
    held = {
        "dated by its own clause": told is not None and day.start == told.start and bool(candidate.dates),
        "told of the visit elsewhere": day is told and not candidate.dates and bool(further.days),
        "beside it in its sentence": any(m.loose_date and m.loose_date.start == day.start for m in candidate.mentions),
        "its clause gives another date": told is not None and day is not told and bool(candidate.dates),
        "in a sentence that tells of the visit": number in own,
        "in the sentence before": number + 1 in own and number not in own,
        "in the sentence after": number - 1 in own and number not in own,
        "in the headline": sentence is not None and sentence.is_title,
        "at the beginning of the text": 0 <= number < _OPENING and number not in own,
        "the only date near by": len(found) == 1,
        "the only date of its sentence": len(same_sentence) == 1,
        "the day of a report": sentence is not None and _is_of_report(candidate, sentence.part, day),
        "a day or days": day.precision in _FINE,
        "a year": day.precision == "year",
        "relative to publication": day.origin == "relative",
        "the day of publication": bool(published and day.first == published),
        "ahead and planned": ahead and planned,
        "ahead and not planned": ahead and not planned,
        "past and planned": past and planned,
        "of the last weeks": bool(past and published and day.last and (published - day.last).days <= _WEEKS),
        "long past": bool(past and published and day.last and (published - day.last).days > _LONG_PAST),
        "the visit is recalled": all(m.cues.recalled for m in candidate.mentions),
        f"the visit is {candidate.status}": True,
    }
    return {name: 1.0 for name, holds in held.items() if holds}


def _is_of_report(candidate: VisitCandidate, part: Part, day: DateMention) -> bool:
    """Return whether a date is that of what is said, or of something else: "visited Oulu, she said on Monday"."""
    triggers = {m.trigger.i for m in candidate.mentions if m.part is part}
    return owner(part, day, triggers) == FOREIGN


_WEEKS = 21  # days
_LONG_PAST = 180  # days


def _told_date(candidate: VisitCandidate, further: FurtherDays) -> DateMention | None:
    """Return the days from the first to the last that the mentions of a visit name, else a date that stands beside."""
    dates = [found for found in (*candidate.dates, *further.days) if found.first is not None]
    if not dates:
        return next((m.loose_date for m in candidate.mentions if m.loose_date), None)
    days = [found for found in dates if found.precision in _FINE]
    if not days:
        return min(dates, key=lambda found: _COARSENESS.get(found.precision, 9))
    return _lengthened(candidate, further, _spanning(days))


def _spanning(days: Sequence[DateMention]) -> DateMention:
    first = min(days, key=lambda found: found.first or date.max)
    last = max(days, key=lambda found: found.last or date.min)
    if first is last or not first.first or not last.last or last.last - first.first > LONGEST_VISIT:
        return days[0]
    return replace(first, last=last.last, precision="range")


def _lengthened(candidate: VisitCandidate, further: FurtherDays, found: DateMention) -> DateMention:
    """Lengthen a single day by the stated number of days, backwards when the visit ended on that day."""
    days = next((mention.days for mention in candidate.mentions if mention.days), None)
    if not days or days < 2 or found.first is None or found.last is None or found.first != found.last:
        return found
    rest = timedelta(days=days - 1)
    if further.over or any(_has_ended(mention) for mention in candidate.mentions if mention.days):
        return replace(found, first=found.first - rest, precision="range")
    return replace(found, last=found.last + rest, precision="range")


def _has_ended(mention: VisitMention) -> bool:
    """Return whether the verb over a visit or its date says that it is over: «завершился двухдневный визит»."""
    part = mention.part
    dating = verb_of(part, mention.date) if mention.date else None
    verbs = [mention.trigger.head, *([dating] if dating else [])]
    return any(in_class(verb.lemma_, "endings", part.language) for verb in verbs)
