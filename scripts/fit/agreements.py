"""Stages of fitting for agreements: identity, parties, signatories, and the decision whether a candidate is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from corpus import GoldText
from logistic import Example, best_f1, best_slot_f1
from stages import Stage, decision_examples, is_cued, passage_examples
from visits import filler, is_right

from coopex.evaluation.comparing import compare_record
from coopex.evaluation.gold import Filler, FoundRecord
from coopex.events.agreements.candidates import find_agreement_mentions
from coopex.events.agreements.dates import weigh_dates
from coopex.events.agreements.identity import agreement_constraint, identity_features, is_definite
from coopex.events.agreements.parties import weigh_parties, weigh_parties_alone
from coopex.events.agreements.types import SLOTS, AgreementCandidate, AgreementEvent, AgreementMention
from coopex.events.passages import read_passages
from coopex.resolve.reading import Actor, Reading


def record_of(
    parties: Sequence[Actor], signatories: Sequence[Actor], kind: str, status: str, date: object, areas: Sequence[str]
) -> FoundRecord:
    """The record that some actors make."""
    days = (date.first, date.last) if date is not None and date.first and date.last else None
    slots = {
        "parties": tuple(map(filler, parties)),
        "signatories": tuple(map(filler, signatories)),
        "technologies": tuple(Filler((area,)) for area in areas),
    }
    return FoundRecord(slots, {"status": status, "kind": kind}, days)


def likeness(text: GoldText, candidate: AgreementCandidate) -> list[float]:
    """How much a candidate has in common with each agreement of the gold, by the parties of its rules and the cue."""
    found = record_of(
        list(candidate.parties.values()),
        list(candidate.signers.values()),
        candidate.kind,
        candidate.status,
        candidate.date,
        (),
    )
    scores = []
    for number, gold in enumerate(text.gold.records["agreements"]):
        counts = compare_record(found, gold, "agreements").counts
        right = sum(counts[slot].right for slot in SLOTS)
        optional = sum(any(w.accepts(one) for w in gold.tolerated(slot)) for slot in SLOTS for one in found.slots[slot])
        wrong = sum(counts[slot].spurious for slot in SLOTS)
        cue = max(is_cued(text, "agreements", number, m.part, m.head) for m in candidate.mentions)
        label = 0.6 * counts["kind"].right + 0.2 * counts["status"].right
        day = 0.5 * (counts["date"].right - counts["date"].spurious)
        score = right + 0.4 * optional - 0.3 * wrong + 1.5 * cue + label + day
        scores.append(score if right or optional or cue else 0.0)
    return scores


def nearest_gold(text: GoldText, candidate: AgreementCandidate) -> int | None:
    """Number of the gold agreement that a candidate tells of, or None."""
    scores = likeness(text, candidate)
    best = max(range(len(scores)), key=lambda i: scores[i], default=None)
    return best if best is not None and scores[best] > 0.8 else None


def identity(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Pairs of a mention and each gold agreement's mentions so far, grouped as the gold has them."""
    groups: dict[int, AgreementCandidate] = {}
    current: int | None = None
    single = len(text.gold.records["agreements"]) == 1
    for mention in find_agreement_mentions(reading):
        mine = nearest_gold(text, AgreementCandidate((mention,)))
        mine = only_of_kind(text, mention) if mine is None else mine
        if mine is None:
            continue
        for number, known in groups.items():
            if agreement_constraint(known, mention) is None:
                features = identity_features(known, mention, number == current)
                yield Example(features, number == mine, text, 0.5 if single else 1.0)
        groups[mine] = groups[mine].joined_by(mention, "") if mine in groups else AgreementCandidate((mention,))
        current = mine


def only_of_kind(text: GoldText, mention: AgreementMention) -> int | None:
    """The only gold agreement that a definite noun or one in the headline can mean by its kind, or None."""
    if not (mention.has_noun and (is_definite(mention) or mention.part.block.kind == "title")):
        return None
    golds = text.gold.records["agreements"]
    fitting = [i for i, gold in enumerate(golds) if mention.kind in gold.labels["kind"] or mention.kind == "other"]
    return fitting[0] if len(fitting) == 1 else None


def events_of(reading: Reading) -> list[AgreementEvent]:
    """Every candidate of a text, accepted or not, in the order of the text."""
    return sorted([*reading.agreements, *reading.rejected_agreements], key=lambda event: event.candidate.offset)


def arguments(slot: str, alone: bool, text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every entity of the passage of a candidate that gold has, as an argument of a slot."""
    passages = read_passages(reading)
    candidates = [event.candidate for event in events_of(reading)]
    for candidate in candidates:
        number = nearest_gold(text, candidate)
        if number is None:
            continue
        gold = text.gold.records["agreements"][number]
        weigh = weigh_parties_alone if alone else weigh_parties
        for each in weigh(reading, passages, candidate, candidates):
            if each.slot == slot:
                label = is_right(filler(each.actor), gold, slot)
                if label is not None:
                    yield Example(each.features, label, text)


def dates(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every date around a candidate that gold has, and whether it is its date."""
    passages = read_passages(reading)
    events = events_of(reading)
    for i, event in enumerate(events):
        number = nearest_gold(text, event.candidate)
        if number is None:
            continue
        wanted = text.gold.records["agreements"][number].date
        for each in weigh_dates(reading, passages, event, events[:i]):
            right = wanted is not None and wanted.accepts((each.date.first, each.date.last))
            if not (right and wanted is not None and wanted.optional):
                yield Example(each.features, right, text)


def event_record(event: AgreementEvent) -> FoundRecord:
    """The record of an event as it would be built, but for its areas, which are decided later."""
    return record_of(
        list(event.parties.values()), list(event.signatories.values()), event.kind, event.status, event.date, ()
    )


def decision(text: GoldText, reading: Reading) -> Iterator[Example]:
    """Every candidate with its parties, and whether it pairs with an agreement of the gold."""
    events = [event for event in events_of(reading) if event.parties or event.signatories]
    found = [event_record(event) for event in events]
    if text.set == "passages":
        weighed = [(event.features, 2 + len(event.parties) + (event.date is not None)) for event in events]
        yield from passage_examples(text, text.raw["agreements"], weighed)
        return
    yield from decision_examples(text, "agreements", found, [event.features for event in events])


STAGES = (
    Stage("agreement.identity", identity, {"strength": 0.5}),
    Stage("agreement.parties.alone", partial(arguments, "parties", True), {"strength": 0.1}, best_f1),
    Stage("agreement.parties", partial(arguments, "parties", False), {"strength": 0.3}, best_f1),
    Stage("agreement.signatories", partial(arguments, "signatories", True), {"strength": 0.1}, best_f1),
    Stage("agreement.date", dates, {"strength": 0.2}, best_f1),
    Stage("agreement.decision", decision, {"strength": 0.1}, best_slot_f1, passages=True),
)
