"""When an agreement was or will be signed: dates of its clauses, and those that stand around, weighed by features.

A ceremony, a visit or a document signed just before carries its date on to what has none. The model "agreement.date"
weighs every date; the best one holds if it is probable enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coopex.dates import DateMention
from coopex.events.agreements.types import AgreementEvent
from coopex.events.agreements.visits import visits_near
from coopex.events.passages import Passages, Sentence
from coopex.events.visits.dates import dates_events, is_event_noun
from coopex.matching.lexicon import in_class
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.reading import Reading, body_parts
from coopex.resolve.when import is_usable, is_validity, sentence_dates, verb_of
from coopex.weights import model

_REACH = 1  # blocks between the day of a ceremony and the agreement it is carried on to


@dataclass(frozen=True, slots=True)
class DateArgument:
    """A date that may be that of an agreement: the probability that it is, and the features it rests on."""

    date: DateMention
    probability: float
    features: Mapping[str, float]


def date_agreements(reading: Reading, passages: Passages, events: Sequence[AgreementEvent]) -> list[AgreementEvent]:
    """Return the agreements with their dates.

    "The ceremony was on 4 May. A memorandum was signed. A contract followed." → 4 May for both
    """
    dated: list[AgreementEvent] = []
    for event in events:
        weighed = weigh_dates(reading, passages, event, dated)
        best = max(weighed, key=lambda each: each.probability, default=None)
        holds = best is not None and best.probability >= model("agreement.date").threshold
        dated.append(replace(event, date=best.date if best is not None and holds else None))
    return dated


def weigh_dates(
    reading: Reading, passages: Passages, event: AgreementEvent, before: Sequence[AgreementEvent]
) -> list[DateArgument]:
    """Return every date around an agreement with the probability that it was signed then; `before` are told before."""
    sources: dict[tuple[object, object], tuple[DateMention, list[str]]] = {}
    for date, source in _sources(reading, passages, event, before):
        sources.setdefault((date.first, date.last), (date, []))[1].append(source)
    fitted = model("agreement.date")
    weighed = []
    for date, found in sources.values():
        features = _features(reading, event, date, found, len(sources))
        weighed.append(DateArgument(date, fitted.probability(features), features))
    return weighed


def _features(
    reading: Reading, event: AgreementEvent, date: DateMention, sources: Sequence[str], number: int
) -> dict[str, float]:
    """Return the features of a date: where it stands, how exact it is, on which side of publication."""
    names = list(dict.fromkeys(sources))
    if date.first and date.last and reading.published:
        side = "ahead" if date.first > reading.published else "past" if date.last < reading.published else "today"
        names.append(f"{side} of publication, {event.status}")
    else:
        names.append("publication unknown")
    names += [f"to the {date.precision}", f"only date, {number == 1}", f"told by {len(names) > 2} ways"]
    crossed = [f"{event.status}: {name}" for name in sources] + [f"{date.precision}: {name}" for name in sources]
    return dict.fromkeys([*names, *crossed], 1.0)


def _sources(
    reading: Reading, passages: Passages, event: AgreementEvent, before: Sequence[AgreementEvent]
) -> Iterator[tuple[DateMention, str]]:
    """Yield the dates around an agreement, each with where it was found, the surest first."""
    future = event.status in {"planned", "proposed"}
    for mention in event.mentions:
        title = "of the headline" if mention.part.block.kind == "title" else "of its clause"
        if mention.date and mention.date.first:
            yield mention.date, title
        if mention.loose_date and mention.loose_date.first:
            yield mention.loose_date, "the only one of its sentence"
    yield from _in_sentences(reading, passages, event, future)
    yield from _of_the_text(reading, event, future)
    if event.status == "signed":
        yield from _carried(reading, passages, event, before)


def _of_the_text(reading: Reading, event: AgreementEvent, future: bool) -> Iterator[tuple[DateMention, str]]:
    """Yield the day told last before an agreement, and the first and the only day of the text."""
    every = reading.future_dates if future else reading.past_dates
    bodies = [part.block for part in body_parts(reading.parts)]
    days = [
        date
        for date in every
        if date.precision in {"day", "range"}
        and is_usable(date)
        and any(block.start <= date.start < block.end for block in bodies)
    ]
    before = [date for date in days if date.start < event.candidate.offset]
    yield from ((date, "the day told last before") for date in before[-1:])
    yield from ((date, "the first day of the text") for date in days[:1])
    if len({(date.first, date.last) for date in days}) == 1:
        yield days[0], "the only day of the text"


def _in_sentences(
    reading: Reading, passages: Passages, event: AgreementEvent, future: bool
) -> Iterator[tuple[DateMention, str]]:
    """Yield the dates of the sentences that tell of an agreement, and of those around them."""
    for mention in event.mentions:
        for date in sentence_dates(reading, mention.part, mention.head, future):
            name = "says how long it holds" if is_validity(mention.part, date, mention.head) else "in its sentence"
            yield date, name
            nearest = date.start < mention.offset
            yield date, "before the noun" if nearest else "behind the noun"
    own = _numbers(passages, event)
    for number in own:
        for step, name in ((-1, "in the sentence before"), (1, "in the sentence after"), (-2, "two sentences before")):
            sentence = _sentence(passages, number + step)
            if sentence is not None and sentence.number not in own and not sentence.is_title:
                block = "" if sentence.part.index == passages.sentences[number].part.index else ", in another block"
                for date in sentence_dates(reading, sentence.part, sentence.span[0], future):
                    yield date, name + block


def _carried(
    reading: Reading, passages: Passages, event: AgreementEvent, before: Sequence[AgreementEvent]
) -> Iterator[tuple[DateMention, str]]:
    """Yield the day of the ceremony, of the document signed before, and of the visit near by."""
    index = event.mentions[0].part.index
    for block, day in signing_dates(reading):
        if abs(block - index) <= _REACH and day.first:
            yield day, "of the ceremony"
    for other in before[-1:]:
        if other.date and other.status == "signed":
            apart = index - other.mentions[-1].part.index
            yield other.date, "of the agreement before" if apart <= _REACH else "of one told long before"
    bound = {*event.parties, *event.signatories}
    for visit in visits_near(reading, passages, _numbers(passages, event)):
        if visit.is_near and visit.firm and visit.date and visit.date.first:
            yield visit.date, "of the visit of a party" if bound & visit.everyone else "of a visit near by"
        elif visit.firm and visit.date and visit.date.first and bound & visit.everyone:
            yield visit.date, "of a visit of a party, further off"


def _numbers(passages: Passages, event: AgreementEvent) -> set[int]:
    return {passages.by_key[m.sentence].number for m in event.mentions if m.sentence in passages.by_key}


def _sentence(passages: Passages, number: int) -> Sentence | None:
    return passages.sentences[number] if 0 <= number < len(passages.sentences) else None


_SUBJECT = {"nsubj", "nsubj:pass", "csubj"}


def signing_dates(reading: Reading) -> Iterator[tuple[int, DateMention]]:
    """Yield each day on which a signing was, with its block: "The signing ceremony was held on 5 May"."""
    for part in body_parts(reading.parts):
        for day in reading.past_dates:
            if part.block.start <= day.start < part.block.end and is_usable(day) and day.precision == "day":
                verb = verb_of(part, day)
                subject = verb and next((child for child in verb.children if child.dep_ in _SUBJECT), None)
                if verb and subject and _is_signing(part, subject) and dates_events(part, verb):
                    yield part.index, day


def _is_signing(part: Part, subject: Token) -> bool:
    """Return whether a noun is the signing just told: "the ceremony", «церемония подписания»."""
    return in_class(subject.lemma_, "signings", part.language) and is_event_noun(part, subject)
