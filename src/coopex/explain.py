"""What was seen in a text: per sentence the rules, paths, fillers and rejections; then how events arose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coopex.events.agreements.types import AgreementEvent, AgreementMention
from coopex.events.areas import DECISION as AREA_DECISION
from coopex.events.areas import weigh_subjects
from coopex.events.argument import Argument
from coopex.events.visits.types import SLOTS, VisitEvent, VisitMention
from coopex.matching.engine import Match, Rejection, SlotMatch
from coopex.resolve.reading import Actor, Reading, sentence_spans
from coopex.technology.areas import DECISION
from coopex.weights import model

if TYPE_CHECKING:
    from coopex.matching.tree import Span
    from coopex.technology import AreaMention

SentenceKey = tuple[int, int]
_BOUND = ("parties", "signatories")


def explanation(reading: Reading) -> Iterator[str]:
    """Yield the lines of the explanation of one text; offsets are those of the whole text."""
    yield from _page(reading)
    yield from _sentences(reading)
    yield "events"
    for number, visit in enumerate(reading.visits, 1):
        yield from _event("visit", f"visit {number}", visit, SLOTS, reading.visits)
    for visit in reading.rejected_visits:
        yield from _event("visit", "no visit", visit, SLOTS, reading.visits)
    for number, agreement in enumerate(reading.agreements, 1):
        yield from _event("agreement", f"agreement {number}", agreement, _BOUND, reading.agreements)
        yield from _subjects(reading, agreement)
    for agreement in reading.rejected_agreements:
        yield from _event("agreement", "no agreement", agreement, _BOUND, reading.agreements)
    if not (reading.visits or reading.agreements or reading.rejected_visits or reading.rejected_agreements):
        yield "  none"
    yield from _areas(reading)


def _page(reading: Reading) -> Iterator[str]:
    yield f"language: {reading.language or 'neither English nor Russian'}"
    yield f"title: {reading.metadata.title or 'none'}"
    yield f"published: {reading.published or 'unknown'}; source: {reading.metadata.source or 'unknown'}"
    yield ""


def _sentences(reading: Reading) -> Iterator[str]:
    told: dict[SentenceKey, list[Match | Rejection]] = defaultdict(list)
    found: list[Match | Rejection] = [*reading.matches, *reading.partial_matches, *reading.rejections]
    for result in found:
        told[reading.sentence(result.trigger, result.part)].append(result)
    for part, sentence in sentence_spans(reading.parts):
        start = part.block.start + sentence.start_char
        yield f"[{part.block.kind} {start}:{start + len(sentence.text)}] {_one_line(sentence.text)}"
        results = told.get((part.index, sentence.start), ())
        for result in sorted(results, key=lambda each: (each.trigger.i, isinstance(each, Rejection))):
            yield from _match(result) if isinstance(result, Match) else _rejection(result)
        yield from _references(reading, part.index, sentence)
        yield ""


def _references(reading: Reading, part: int, sentence: Span) -> Iterator[str]:
    """Tell whom the words of a sentence that point back mean, and by which step: "'The rector' means Irina Lobova"."""
    for token in sentence:
        reference = reading.references.get((part, token.i))
        if reference is not None:
            meant = _names(reference.actors) or "left open"
            yield f"  {token.text!r} ({reference.sort}) means {meant}: {reference.step}"
        office = reading.offices.get((part, token.i))
        if office is not None:
            yield f"  {office.actor.mention.text!r} gives the body {office.actor.entity.name}"


def _match(match: Match) -> Iterator[str]:
    lacking = f", lacks {' and '.join(match.lacking)}" if match.lacking else ""
    yield f"  {match.rule.id} at {match.trigger.text!r} ({match.form}){lacking}"
    for slot in match.slots:
        yield f"    {slot.slot} by {slot.path}: {_fillers(slot)}"
    if match.status.effect:
        cue = f", cue {match.status.cue_text!r}" if match.status.cue is not None else ""
        yield f"    status: {match.status.effect}{cue}" + (f" ({match.status.rule})" if match.status.rule else "")


def _rejection(rejection: Rejection) -> Iterator[str]:
    yield f"  not {rejection.rule.id} at {rejection.trigger.text!r}: {rejection.reason}"


def _fillers(slot: SlotMatch) -> str:
    """Tell what fills a slot: "'Li Wei' person, named (rector)", or what its phrase refers to."""
    told = [
        f"{filler.mention.text!r} {filler.mention.kind}, {filler.how}" + (f" ({filler.post})" if filler.post else "")
        for filler in slot.fillers
    ]
    classes = slot.phrase.reference or ", ".join(sorted(slot.phrase.classes)) or "unnamed"
    return "; ".join(told) or f"{slot.phrase.head.text!r}, {classes}"


def _event(
    kind: str,
    name: str,
    event: VisitEvent | AgreementEvent,
    slots: Sequence[str],
    kept: Sequence[VisitEvent | AgreementEvent],
) -> Iterator[str]:
    """Say what an event rests on: its probability and the threshold, its mentions, evidence, and slots."""
    threshold = model(f"{kind}.decision").threshold
    told = f"{event.kind}, {event.status}" if isinstance(event, AgreementEvent) else event.status
    yield f"  {name}: {told}, probability {event.probability:.2f} (from {threshold:.2f} on it is one)"
    yield f"    {_evidence(f'{kind}.decision', event.features)}"
    mentions: Sequence[VisitMention | AgreementMention] = event.mentions
    for mention, reason in zip(mentions, event.candidate.reasons, strict=True):
        yield f"    {_mention(mention)}: {reason}"
    yield from _apart(kind, event, kept)
    for slot in slots:
        for each in event.arguments:
            if each.slot == slot:
                yield f"    {slot}: {_argument(kind, each)}"
    for each in sorted(event.rejected, key=lambda argument: -argument.probability)[:_LEFT_OUT]:
        if each.probability >= _WORTH_TELLING:
            yield f"    not of its {each.slot}: {_argument(kind, each)}"


def _subjects(reading: Reading, agreement: AgreementEvent) -> Iterator[str]:
    """Say which areas an agreement is about, and which others of the text it may be about."""
    for area in sorted(weigh_subjects(reading, agreement), key=lambda each: -each.probability):
        if area.is_subject or area.probability >= _WORTH_TELLING:
            about = "about" if area.is_subject else "not about"
            yield f"    {about} {area.id}, {area.probability:.2f}: {_evidence(AREA_DECISION, area.features)}"


def _apart(kind: str, event: VisitEvent | AgreementEvent, kept: Sequence[VisitEvent | AgreementEvent]) -> Iterator[str]:
    """Say why an event is not one told of before: "not visit 1: another date"."""
    numbers = {other.mentions[0].offset: number for number, other in enumerate(kept, 1) if other is not event}
    for offset, reason in event.candidate.apart:
        if offset in numbers:
            yield f"    not {kind} {numbers[offset]}: {reason or 'nothing in common'}"


def _mention(mention: VisitMention | AgreementMention) -> str:
    """Name the rules and the word of a mention: "visit.travel at 'came', lacks places"."""
    if isinstance(mention, VisitMention):
        lacking = f", lacks {' and '.join(mention.lacking)}" if mention.lacking else ""
        return f"{mention.rule.id} at {mention.trigger.text!r}{lacking}"
    rules = ", ".join(dict.fromkeys(match.rule.id for match in mention.matches)) or "no rule"
    return f"{rules} at {mention.head.text!r}"


_LEFT_OUT = 6  # arguments left out that are told of each event
_WORTH_TELLING = 0.05


def _argument(kind: str, argument: Argument) -> str:
    evidence = _evidence(f"{kind}.{argument.slot}", argument.features)
    return f"{argument.actor.entity.name} {argument.probability:.2f} ({evidence})"


def _evidence(name: str, features: Mapping[str, float]) -> str:
    """Name the features that weigh most, for and against: "told by reception +1.2, recalled -0.8"."""
    fitted = model(name)
    told = ", ".join(f"{feature} {weight:+.1f}" for feature, weight in fitted.strongest(features, 6))
    return f"sum {fitted.sum(features):+.1f}: {told}" if told else f"sum {fitted.sum(features):+.1f}"


def _names(actors: Iterable[Actor]) -> str:
    return "; ".join(actor.entity.name for actor in actors)


def _areas(reading: Reading) -> Iterator[str]:
    yield "technologies"
    for area in reading.areas:
        yield from _area(area)
    if not reading.areas:
        yield "  none"
    if reading.rejected_areas:
        yield "technologies left out"
    for area in reading.rejected_areas:
        yield from _area(area)


def _area(area: AreaMention) -> Iterator[str]:
    """Yield an area with its probability and what speaks most for it and against it."""
    terms = ", ".join(dict.fromkeys(repr(term.text) for _, term in area.matches))
    yield f"  {area.id} ({area.role}), {area.probability:.2f}: {terms}"
    for name, weight in model(DECISION).strongest(area.features):
        yield f"    {weight:+.1f} {name}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
