"""The way from matches to agreements: mentions, identity, parties, and the decision whether each is one at all."""

from __future__ import annotations

from coopex.events.agreements.candidates import find_agreement_mentions
from coopex.events.agreements.dates import date_agreements
from coopex.events.agreements.evidence import agreement_features
from coopex.events.agreements.identity import group_agreement_mentions
from coopex.events.agreements.parties import decide_parties, weigh_parties
from coopex.events.agreements.types import AgreementEvent
from coopex.events.passages import Passages
from coopex.resolve.reading import Reading
from coopex.weights import model


def find_agreements(reading: Reading, passages: Passages) -> tuple[list[AgreementEvent], list[AgreementEvent]]:
    """Return the agreements of a text, and the candidates that were weighed and left out.

    "Oulu and Porto signed a memorandum." → one agreement: memorandum, signed, Oulu, Porto; nothing left out
    """
    candidates = group_agreement_mentions(find_agreement_mentions(reading))
    found: list[AgreementEvent] = []
    for candidate in candidates:
        weighed = weigh_parties(reading, passages, candidate, candidates)
        chosen, left = decide_parties(weighed)
        features = agreement_features(reading, candidate, chosen, weighed, candidates)
        probability = model("agreement.decision").probability(features)
        found.append(AgreementEvent(candidate, tuple(chosen), tuple(left), probability, features))
    dated = date_agreements(reading, passages, found)
    kept = [event for event in dated if _is_agreement(event)]
    return kept, [event for event in dated if not _is_agreement(event)]


def _is_agreement(event: AgreementEvent) -> bool:
    """Return whether an event is probable enough and somebody is bound."""
    return event.is_possible and event.probability >= model("agreement.decision").threshold
