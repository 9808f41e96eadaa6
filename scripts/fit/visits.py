"""Stages of fitting for visits: identity, arguments by slot, and the decision whether a candidate is a visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from corpus import GoldText
from logistic import Example, best_f1, best_slot_f1
from stages import Stage, decision_examples, is_cued, passage_examples

from coopex.evaluation.comparing import compare_record
from coopex.evaluation.gold import Filler, FoundRecord, GoldRecord
from coopex.events.passages import read_passages
from coopex.events.visits.arguments import weigh_arguments
from coopex.events.visits.candidates import find_visit_mentions
from coopex.events.visits.dates import find_further_days, weigh_dates
from coopex.events.visits.identity import constraint, identity_features
from coopex.events.visits.sides import orient
from coopex.events.visits.surroundings import read_surroundings
from coopex.events.visits.types import SLOTS, VisitCandidate, VisitMention
from coopex.resolve.reading import Actor, Reading


def filler(actor: Actor) -> Filler:
    """An actor under all its names, as it is compared with gold."""
    return Filler(tuple(dict.fromkeys((actor.entity.name, actor.mention.text, *actor.entity.aliases()))))


def record_of(reading: Reading, slots: dict[str, Iterable[Actor]], status: str, date: object) -> FoundRecord:
    """The record that some actors make."""
    days = (date.first, date.last) if date is not None and date.first and date.last else None
    return FoundRecord({slot: tuple(map(filler, actors)) for slot, actors in slots.items()}, {"status": status}, days)


def likeness(text: GoldText, reading: Reading, candidate: VisitCandidate) -> list[float]:
    """How much a candidate has in common with each visit of the gold, by the fillers of its rules and the cue."""
    slots = {slot: candidate.told[slot].values() for slot in SLOTS}
    date = candidate.dates[0] if candidate.dates else None
    found = record_of(reading, slots, candidate.status, date)
    scores = []
    for number, gold in enumerate(text.gold.records["visits"]):
        counts = compare_record(found, gold, "visits").counts
        right = sum(counts[slot].right for slot in SLOTS)
        optional = sum(
            any(want.accepts(one) for want in gold.tolerated(slot)) for slot in SLOTS for one in found.slots[slot]
        )
        wrong = sum(counts[slot].spurious for slot in SLOTS)
        cue = max(is_cued(text, "visits", number, m.part, m.trigger) for m in candidate.mentions)
        same_time = counts["date"].right - counts["date"].spurious
        cued = 0.7 * (cue > 0) + 0.5 * (cue == 1)
        score = right + 0.4 * optional - 0.25 * wrong + cued + 0.5 * same_time + 0.2 * counts["status"].right
        scores.append(score if right or optional or cue else 0.0)
    return scores


def nearest_gold(text: GoldText, reading: Reading, candidate: VisitCandidate) -> int | None:
    """Number of the gold visit that a candidate tells of, or None."""
    scores = likeness(text, reading, candidate)
    best = max(range(len(scores)), key=lambda i: scores[i], default=None)
    return best if best is not None and scores[best] > 0.6 else None


# --- identity ------------------------------------------------------------------------------------------------------


def identity(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Pairs of a mention and each gold visit's mentions so far, grouped as the gold has them."""
    mentions = find_visit_mentions(reading, [*reading.matches, *reading.partial_matches])
    if text.set == "passages":
        yield from identity_of_passage(text, reading, mentions)
        return
    groups: dict[int, VisitCandidate] = {}
    current: int | None = None
    single = len(text.gold.records["visits"]) == 1
    for mention in mentions:
        oriented = orient(reading, mention, groups.get(current) if current is not None else None)
        mine = nearest_gold(text, reading, VisitCandidate((oriented,)))
        if mine is None:
            continue
        for number, known in groups.items():
            if constraint(reading, known, oriented) is None:
                features = identity_features(reading, known, oriented, number == current)
                yield Example(features, number == mine, text, 0.5 if single else 1.0)
        groups[mine] = groups[mine].joined_by(oriented, "") if mine in groups else VisitCandidate((oriented,))
        current = mine


def identity_of_passage(text: GoldText, reading: Reading, mentions: Sequence[VisitMention]) -> Iterator[Example]:
    """Pairs of a mention and those before it, in a passage that tells of one visit only."""
    wanted = text.raw["visits"]
    if len(wanted) != 1 or wanted[0].get("maybe"):
        return
    known: VisitCandidate | None = None
    for mention in mentions:
        oriented = orient(reading, mention, known)
        if known is not None and constraint(reading, known, oriented) is None:
            yield Example(identity_features(reading, known, oriented, True), True, text, 0.5)
        known = known.joined_by(oriented, "") if known is not None else VisitCandidate((oriented,))


# --- arguments -----------------------------------------------------------------------------------------------------


def arguments(slot: str, text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every entity of the passage of a candidate that gold has, as an argument of a slot."""
    passages = read_passages(reading)
    candidates = [event.candidate for event in (*reading.visits, *reading.rejected_visits)]
    around = read_surroundings(reading, passages, candidates)
    for candidate in candidates:
        number = nearest_gold(text, reading, candidate)
        if number is None:
            continue
        gold = text.gold.records["visits"][number]
        for each in weigh_arguments(reading, passages, candidate, around):
            if each.slot == slot:
                label = is_right(filler(each.actor), gold, slot)
                if label is not None:
                    yield Example(each.features, label, text)


def is_right(found: Filler, gold: GoldRecord, slot: str) -> bool | None:
    """Whether gold asks for a filler in a slot; None where it is right but not asked for."""
    if any(want.accepts(found) for want in gold.required(slot)):
        return True
    return None if any(want.accepts(found) for want in gold.tolerated(slot)) else False


def dates(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every date of the passage of a candidate that gold has, and whether it is the date of the gold."""
    passages = read_passages(reading)
    candidates = sorted(
        (e.candidate for e in (*reading.visits, *reading.rejected_visits)), key=lambda c: c.mentions[0].offset
    )
    for candidate, further in zip(candidates, find_further_days(reading, candidates), strict=True):
        number = nearest_gold(text, reading, candidate)
        gold = text.gold.records["visits"][number].date if number is not None else None
        if number is None or (gold is not None and gold.optional):
            continue
        for each in weigh_dates(reading, passages, candidate, further):
            right = gold is not None and gold.accepts((each.date.first, each.date.last))
            yield Example(each.features, right, text)


# --- decision ------------------------------------------------------------------------------------------------------


def decision(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every candidate with its arguments, and whether it pairs with a visit of the gold."""
    events = sorted([*reading.visits, *reading.rejected_visits], key=lambda event: event.mentions[0].offset)
    events = [event for event in events if event.is_possible]
    found = [record_of(reading, {s: e.in_slot(s).values() for s in SLOTS}, e.status, e.date) for e in events]
    if text.set == "passages":
        sizes = [1 + sum(len(e.in_slot(slot)) for slot in SLOTS) + (e.date is not None) for e in events]
        weighed = [(event.features, size) for event, size in zip(events, sizes, strict=True)]
        yield from passage_examples(text, text.raw["visits"], weighed)
        return
    yield from decision_examples(text, "visits", found, [event.features for event in events])


STAGES = (
    Stage("visit.identity", identity, {"strength": 0.5, "balance": 0.5}, passages=True),
    *(Stage(f"visit.{slot}", partial(arguments, slot), {"strength": 0.15}, best_f1) for slot in SLOTS),
    Stage("visit.date", dates, {"strength": 0.3}, best_f1),
    Stage("visit.decision", decision, {"strength": 0.05, "balance": 0.5}, best_slot_f1, passages=True),
)
