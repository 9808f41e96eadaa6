"""From matches to events: candidates, identity, arguments, decisions; then areas. See docs/architecture.md.

find_events(reading)    the reading of one text → the same with its visits, agreements and technology areas
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopex.matching.text import Part
    from coopex.matching.tree import Token
    from coopex.resolve.reading import Reading
    from coopex.technology import EventPlaces


def find_events(reading: Reading) -> Reading:
    """Find the visits, agreements and areas of a text, and what was weighed and left out.

    "Rector Belov flew to Oslo and signed a memorandum on lasers." → a visit, an agreement, lasers
    """
    from coopex.events.agreements.decisions import find_agreements
    from coopex.events.passages import read_passages
    from coopex.events.sides import name_sides
    from coopex.events.visits.decisions import find_visits
    from coopex.technology import weigh_areas

    passages = read_passages(reading)
    reading.visits, reading.rejected_visits = find_visits(reading, passages)
    reading.agreements, reading.rejected_agreements = find_agreements(reading, passages)
    name_sides(reading)
    weighed = weigh_areas([(part.block, part.doc) for part in reading.parts], _places_of_events(reading))
    reading.areas = [area for area in weighed if area.is_presented]
    reading.rejected_areas = [area for area in weighed if not area.is_presented]
    return reading


def _places_of_events(reading: Reading) -> EventPlaces:
    """Return the sentences that tell of visits and of agreements."""
    from coopex.technology import EventPlaces

    positions = {part.index: n for n, part in enumerate(reading.parts)}

    def place(part: Part, trigger: Token) -> tuple[int, int, int]:
        sentence = part.sentence(trigger)
        return positions[part.index], sentence.start_char, sentence.end_char

    return EventPlaces(
        tuple(place(mention.part, mention.trigger) for visit in reading.visits for mention in visit.mentions),
        tuple(place(mention.part, mention.trigger) for bound in reading.agreements for mention in bound.mentions),
    )
