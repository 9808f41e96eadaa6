"""Candidates, recall first: every match of a rule for visits becomes a mention, however little it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, takewhile

from coopex.dates import DateMention, find_durations
from coopex.events.visits.frames import read_frame
from coopex.events.visits.gapping import Half, split_at_gaps
from coopex.events.visits.types import VisitMention
from coopex.matching.engine import Match
from coopex.matching.lexicon import in_class
from coopex.matching.paths import has
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.resolve.cues import read_cues
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.resolve.when import any_date, date_of, event_date, sentence_dates

_OPEN_STATUS = {"leadership", "membership"}  # "headed by" says nothing of whether they came
_JOINING = {"travel", "trip", "leadership"}
_NEAR = 60  # characters between a trigger and how long the visit lasts


def find_visit_mentions(reading: Reading, matches: Iterable[Match]) -> list[VisitMention]:
    """Return every match of a rule for visits as a mention, sentence by sentence, what creates visits first.

    "Rector Belov flew to Oslo." → one mention: visitor Rector Belov, place Oslo
    """
    triggers: dict[tuple[int, int], list[Token]] = {}
    for match in reading.matches:
        if not match.lacking:
            triggers.setdefault(reading.sentence(match.trigger, match.part), []).append(match.trigger)
    chosen = split_at_gaps(_fullest([match for match in matches if match.rule.record == "visit"]))
    read = [
        _of_half(reading, _read(reading, match, triggers.get(reading.sentence(match.trigger, match.part), [])), half)
        for match, half in chosen
    ]
    read = [_with_list_below(reading, mention) for mention in read]
    denied = {reading.sentence(r.trigger, r.part) for r in reading.rejections if r.denied and r.rule.creates == "visit"}
    found = _without_known_groups(read, denied)
    ordered = sorted(found, key=lambda m: (m.sentence, m.rule.creates != "visit", m.offset))
    grouped = [list(group) for _, group in groupby(ordered, key=lambda mention: mention.sentence)]
    return [mention for group in grouped for mention in _with_fellows(group)]


def _with_list_below(reading: Reading, mention: VisitMention) -> VisitMention:
    """Return a mention with the places listed below its sentence: "The guests visited:" and a line for each place."""
    part = mention.part
    sentence = part.sentence(mention.trigger)
    leads_in = sentence.end == len(part.doc) and part.doc[sentence.end - 1].text == ":"
    if not leads_in or mention.told.places or mention.rule.frame not in _LISTING:
        return mention
    below = [other for other in reading.parts if other.index > part.index]
    items = takewhile(lambda other: other.block.kind == "body" and not _has_finite_verb(other), below)
    named = (next((m for m in item.mentions if m.kind in _SITES and not m.derived), None) for item in items)
    places = tuple(Actor(reading.entities.of(m), m) for m in named if m is not None)
    if not places:
        return mention
    doubts = tuple(doubt for doubt in mention.told.doubts if not (doubt.startswith("names no") and "places" in doubt))
    lacking = tuple(need for need in mention.lacking if "places" not in need)
    return replace(mention, told=replace(mention.told, places=places, doubts=doubts), lacking=lacking)


_LISTING = {"travel", "tour", "stop", "presence"}
_SITES = {"place", "organization"}


def _has_finite_verb(part: Part) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} and has(token, "VerbForm", "Fin") for token in part.doc)


def _of_half(reading: Reading, mention: VisitMention, half: Half | None) -> VisitMention:
    """Return a mention with the date of its half of a sentence whose second verb is left out."""
    if half is None:
        return mention
    part = mention.part
    within = {reading.entities.of(m).number for m in part.mentions if m.start in half.tokens}
    sentence = part.sentence(mention.trigger)
    beside = {
        reading.entities.of(m).number
        for m in part.mentions
        if sentence.start <= m.start < sentence.end and m.start not in half.tokens
    }
    first, last = part.offset(part.doc[half.tokens[0]]), part.offset(part.doc[half.tokens[-1]])
    future = mention.status in {"planned", "proposed"}
    days = sentence_dates(reading, part, mention.trigger, future)
    own = [day for day in days if (first <= day.start <= last) == half.is_gapped]
    others = beside - within if half.is_gapped else within - beside
    date = own[0] if own else None
    trigger = half.match.slots[0].phrase.head if half.is_gapped else mention.trigger
    return replace(
        mention, trigger=trigger, date=date, loose_date=None, is_gapped=half.is_gapped, others=frozenset(others)
    )


def _without_known_groups(mentions: list[VisitMention], denied: set[tuple[int, int]]) -> list[VisitMention]:
    """Leave out nouns for a group that another mention puts among its visitors, or of which a visit is denied.

    "A delegation of Jilin arrived" is a visit by its verb; "The delegation of Jilin did not come" is none.
    """
    known = {(m.part.index, i) for m in mentions if m.rule.frame != "group" for i in m.groups}
    return [
        m
        for m in mentions
        if m.rule.frame != "group" or ((m.part.index, m.trigger.i) not in known and m.sentence not in denied)
    ]


def _fullest(matches: list[Match]) -> list[Match]:
    """Keep one match of each frame at a trigger: the one that lacks least and fills most."""
    best: dict[tuple[int, int, str], Match] = {}
    for match in matches:
        key = (match.part.index, match.trigger.i, match.rule.frame)
        known = best.get(key)
        if known is None or (-len(match.lacking), len(match.slots)) > (-len(known.lacking), len(known.slots)):
            best[key] = match
    kept = {id(match) for match in best.values()}
    return [match for match in matches if id(match) in kept]


def _with_fellows(mentions: list[VisitMention]) -> list[VisitMention]:
    """Give mentions of one sentence about the same people each other's travellers."""
    return [
        replace(
            mention,
            fellows=tuple(
                actor
                for other in mentions
                if other is not mention and _are_same_people(mention, other)
                for actor in (*other.told.visitors, *other.told.leaders)
            ),
        )
        for mention in mentions
    ]


def _are_same_people(a: VisitMention, b: VisitMention) -> bool:
    """Return whether two clauses speak of the same travellers: "a delegation led by Li Wei visited" → True."""
    people = {actor.entity.number for actor in (*a.told.visitors, *a.told.leaders) if not is_country(actor)}
    if a.rule.frame == "meeting" and b.rule.frame == "leadership":
        people |= {actor.entity.number for actor in a.told.attendees}  # "met with Nader, who led a delegation"
    return bool(a.groups & b.groups) or any(
        actor.entity.number in people for actor in (*b.told.visitors, *b.told.leaders)
    )


def _read(reading: Reading, match: Match, rivals: list[Token]) -> VisitMention:
    told = read_frame(reading, match)
    effect, cue = _status(match, told.effect)
    vague = (match.part.block.kind == "title" or match.rule.frame in _OPEN_STATUS or told.at_invitation) and not effect
    future = effect in {"planned", "proposed"}
    cues = read_cues(match.part, match.trigger)
    dated = cue if effect == "moved" and cue is not None else match.trigger  # "moved to 26 June" gives the new day
    date = date_of(reading, match.part, dated, future or effect == "moved", rivals)
    if not effect and date and _is_ahead(reading, match.trigger, date):
        effect, vague = "planned", match.part.block.kind == "title"
    loose = None if date else any_date(reading, match.part, match.trigger, future)
    if future and not date and not loose:
        loose = event_date(reading, match.part, match.trigger)
    doubts = [*told.doubts, *(f"names no {need}" for need in match.lacking), *_unlikely(match)]
    joins = cues.together and match.rule.frame in _JOINING
    return VisitMention(
        rule=match.rule,
        part=match.part,
        trigger=match.trigger,
        told=replace(told, doubts=tuple(doubts), is_group=told.is_group or joins),
        effect=effect,
        cue=cue,
        cues=cues,
        groups=frozenset(slot.phrase.head.i for slot in match.slot("visitors")),
        meant=_meant_by_group(reading, match),
        lacking=match.lacking,
        date=date,
        loose_date=loose,
        days=_days_of(match),
        vague=vague,
        there=_is_there(match),
    )


def _status(match: Match, by_frame: str | None) -> tuple[str | None, Token | None]:
    """Return the effect on the status and its cue: "is expected in Harbin" → planned, by the trigger itself."""
    effect: str | None = "realised" if match.status.realised else match.status.effect
    if by_frame:
        return by_frame, match.status.cue
    if match.rule.status != "occurred" and effect in {None, "ongoing"}:
        return match.rule.status, match.trigger
    return effect, match.status.cue


def _meant_by_group(reading: Reading, match: Match) -> tuple[Actor, ...]:
    """Return those a group without a name was named after: "engineers of Nordvik … The guests toured the port"."""
    heads = [(match.part.index, slot.phrase.head.i) for slot in match.slot("visitors")]
    found = [reading.references[head] for head in heads if head in reading.references]
    return tuple(actor for reference in found if reference.sort == "group" for actor in reference.actors)


def _is_ahead(reading: Reading, trigger: Token, date: DateMention) -> bool:
    """Return whether a clause in the present tells of a later day: "goes to Japan on Saturday", read on Friday."""
    past = any(has(word, "Tense", "Past") for word in (trigger, trigger.head))
    return not past and bool(reading.published and date.first and date.first > reading.published)


def _days_of(match: Match) -> int | None:
    """Return how many days a visit lasts: "a three-day visit" → 3."""
    sentence = match.part.sentence(match.trigger)
    found = [
        duration
        for duration in find_durations(sentence.text, match.part.language)
        if abs(duration.start + sentence.start_char - match.trigger.idx) < _NEAR
    ]
    return found[0].days if found else None


def _is_there(match: Match) -> bool:
    """Return whether the goal is the place just told of: "went there"."""
    words = (child for child in match.trigger.children if child.dep_ == "advmod")
    return any(in_class(word.lower_, "there", match.part.language) for word in words)


def _unlikely(match: Match) -> list[str]:
    """Return what makes those who come no visitors of a partner: a team that plays, people by the thousand."""
    heads = [slot.phrase.head for slot in match.slot("visitors")]
    found = []
    if any(_plays(match.part, head) for head in heads):
        found.append("a team that plays")
    if any(_is_crowd(head) for head in heads):
        found.append("people by the thousand")
    return found


def _is_crowd(head: Token) -> bool:
    """Return whether a phrase counts people by the thousand: "received 480,000 visitors" tells of tourism."""
    numbers = [child.text.replace(",", "").replace("\xa0", "") for child in head.children if child.dep_ == "nummod"]
    return any(number.isdigit() and len(number) > 3 for number in numbers)


def _plays(part: Part, head: Token) -> bool:
    """Return whether a group came to play: "the national rugby team arrived in Lyon"."""
    return in_class(head.lemma_, "groups", part.language) and any(
        in_class(child.lemma_, "sports", part.language)
        for child in head.subtree
        if child.dep_ in {"amod", "compound", "nmod:poss"} and child.i < head.i
    )
