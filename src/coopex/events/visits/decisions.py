"""The way from matches to visits: mentions, identity, arguments, and the decision whether each is a visit at all."""

from __future__ import annotations

from collections.abc import Sequence

from coopex.events.argument import Argument
from coopex.events.passages import Passages
from coopex.events.visits.arguments import decide_arguments, weigh_arguments
from coopex.events.visits.candidates import find_visit_mentions
from coopex.events.visits.dates import decide_date, find_further_days, weigh_dates
from coopex.events.visits.features import event_features
from coopex.events.visits.identity import group_mentions
from coopex.events.visits.surroundings import read_surroundings
from coopex.events.visits.types import VisitEvent
from coopex.resolve.reading import Actor, Reading, is_country
from coopex.weights import model


def find_visits(reading: Reading, passages: Passages) -> tuple[list[VisitEvent], list[VisitEvent]]:
    """Return the visits of a text, and the candidates that were weighed and left out.

    "Rector Belov flew to Oslo on 4 May." → one visit: leader Belov, place Oslo, 4 May; nothing left out
    """
    candidates = group_mentions(reading, find_visit_mentions(reading, [*reading.matches, *reading.partial_matches]))
    around = read_surroundings(reading, passages, candidates)
    days = find_further_days(reading, candidates)
    found: list[VisitEvent] = []
    for candidate, further in zip(candidates, days, strict=True):
        weighed = weigh_arguments(reading, passages, candidate, around)
        chosen, left = decide_arguments(weighed)
        features = event_features(reading, candidate, chosen, weighed, around)
        found.append(
            VisitEvent(
                candidate,
                tuple(_without_broader(chosen)),
                tuple(left),
                model("visit.decision").probability(features),
                features,
                decide_date(weigh_dates(reading, passages, candidate, further)),
            )
        )
    kept = [event for event in found if _is_visit(event)]
    return kept, [event for event in found if not _is_visit(event)]


def _is_visit(event: VisitEvent) -> bool:
    """Return whether an event is probable enough, and possible."""
    return event.is_possible and event.probability >= model("visit.decision").threshold


def _without_broader(arguments: Sequence[Argument]) -> list[Argument]:
    """Leave out countries beside bodies and towns of theirs in the same slot."""
    return [
        each for each in arguments if not _is_broader(each.actor, [a.actor for a in arguments if a.slot == each.slot])
    ]


def _is_broader(actor: Actor, others: Sequence[Actor]) -> bool:
    if not is_country(actor):
        return False
    named = [other for other in others if other.entity.kind != "person" and other.how != "implied"]
    specific = [other for other in named if not is_country(other)]
    return any(other.entity.country == actor.entity.country for other in specific) or (
        bool(specific) and actor.mention.derived
    )
