"""Whether a match can found a record, as far as its own sentence tells.

References count as followed, posts as held, names as of any country: what other blocks may add is taken as added.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopex.matching.engine import Match
    from coopex.matching.text import Part
    from coopex.metadata import Metadata

_LEADS = frozenset({"visit.lead", "visit.headed", "visit.head", "visit.at_head"})


def matches_in(part: Part) -> Iterator[Match]:
    """Give the matches of a part."""
    from coopex.matching.engine import Match, match_part

    return (found for found in match_part(part) if isinstance(found, Match))


def founds(part: Part, match: Match, metadata: Metadata) -> bool:
    """Tell whether a match can found a trip or an agreement: it has what `founds` in `resolve/trips.py` asks for.

    "He arrived on Friday." → yes, whoever he is. "The crews arrived." → no: neither where nor when nor to whom.
    """
    from coopex.resolve.cues import read_cues
    from coopex.resolve.sightings import FOUNDING, MEETING

    if match.rule.record == "agreement":
        elsewhere = match.rule.id == "agreement.pen" and not match.slot("instrument")
        return not elsewhere and _may_bind(part, match)
    if match.rule.id in _LEADS:
        return True
    if match.rule.id not in FOUNDING or (match.rule.id == "visit.group" and part.block.kind != "title"):
        return False
    if match.rule.id in MEETING and not _may_be_abroad(match, metadata):
        return False
    if match.rule.id in {"visit.receive", "visit.visiting"} or read_cues(part, match.trigger).returning:
        return True
    told = any(match.slot(name) for name in ("places", "sites", "hosts", "partners", "nearby"))
    return told or part.block.kind == "title" or match.status.effect is not None or _has_date(part, match)


def _may_be_abroad(match: Match, metadata: Metadata) -> bool:
    """Tell whether one side of a meeting may have come from elsewhere, as `_foreign` in `resolve/trips.py` asks."""
    if match.slot("places") or match.slot("nearby") or metadata.dateline_span is not None:
        return True
    return any(
        slot.phrase.group
        or slot.phrase.reference in {"guests", "pronoun"}
        or any(filler.how == "origin" for filler in slot.fillers)
        for slot in match.slots
    )


def _may_bind(part: Part, match: Match) -> bool:
    """Tell whether an agreement may get the parties that `_worth_a_record` in `resolve/instruments.py` asks for.

    "The council signed a contract with a local builder." → no: one party, no day, and nobody who signs.
    """
    slots = [slot for name in ("parties", "partners", "signatories") for slot in match.slot(name)]
    sentence = match.trigger.sent
    bodies = {m.start for m in part.mentions if sentence.start <= m.start < sentence.end and m.kind != "person"}
    bodies |= {ref.token.i for slot in slots for ref in slot.phrase.refs}
    people = any(m.kind == "person" for m in part.mentions if sentence.start <= m.start < sentence.end)
    both = any(slot.phrase.reference in {"sides", "pronoun", "post"} for slot in slots)
    return (
        both
        or len(bodies) > 1
        or bool((bodies or people) and (people or match.slot("partners") or _has_date(part, match)))
    )


def _has_date(part: Part, match: Match) -> bool:
    from coopex.dates import find_dates

    return bool(find_dates(match.trigger.sent.text, part.language))
