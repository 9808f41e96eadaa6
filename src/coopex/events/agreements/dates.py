"""Dates of agreements: those of their own clauses, and those that a ceremony, a visit or a document before carries on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coopex.dates import DateMention
from coopex.events.agreements.types import AgreementEvent
from coopex.events.agreements.visits import visits_near
from coopex.events.passages import Passages
from coopex.resolve.course import signing_dates
from coopex.resolve.reading import Reading

_REACH = 1  # blocks between a date and the agreement it is carried on to


def carry_dates(reading: Reading, passages: Passages, events: Sequence[AgreementEvent]) -> list[AgreementEvent]:
    """Return the agreements with their dates.

    "The ceremony was on 4 May. A memorandum was signed. A contract followed." → 4 May for both
    """
    dated = [replace(event, date=event.candidate.date) for event in events]
    dated = _of_ceremonies(reading, dated)
    for i, event in enumerate(dated):
        if event.date is None and event.status == "signed":
            date = _of_agreement_before(dated[:i], event) or _of_visit(reading, passages, event)
            dated[i] = replace(event, date=date)
    return dated


def _of_ceremonies(reading: Reading, events: list[AgreementEvent]) -> list[AgreementEvent]:
    """Give the day of "the signing ceremony" to the agreement told of last before it, else first after it."""
    found = list(events)
    for block, day in signing_dates(reading):
        near = [
            i
            for i, event in enumerate(found)
            if event.status == "signed"
            and event.date is None
            and abs(block - event.mentions[0].part.index) <= _REACH
        ]
        before = [i for i in near if found[i].candidate.offset < day.start]
        for i in before[-1:] or near[:1]:
            found[i] = replace(found[i], date=day)
    return found


def _of_agreement_before(events: Sequence[AgreementEvent], event: AgreementEvent) -> DateMention | None:
    """Return the date of the document signed just before."""
    index = event.mentions[0].part.index
    near = [
        other.date
        for other in events
        if other.date and other.status == "signed" and index - other.mentions[0].part.index <= _REACH
    ]
    return near[-1] if near else None


def _of_visit(reading: Reading, passages: Passages, event: AgreementEvent) -> DateMention | None:
    """Return the day of the visit near by on which it was signed, if a side of the visit is a party."""
    own = {passages.by_key[m.sentence].number for m in event.mentions if m.sentence in passages.by_key}
    bound = {*event.parties, *event.signatories}
    for visit in visits_near(reading, passages, own):
        if visit.is_near and visit.firm and visit.date and visit.date.first and bound & visit.everyone:
            return visit.date
    return None
