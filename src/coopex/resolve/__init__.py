"""What a text speaks of: names made canonical, countries and bodies learnt, references followed, dates resolved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from coopex.blocks import Block
    from coopex.matching.text import Part
    from coopex.metadata import Metadata
    from coopex.resolve.reading import Actor, Reading


def resolve(
    text: str,
    language: str | None,
    metadata: Metadata,
    blocks: Sequence[Block],
    docs: dict[int, Doc],
    published: date | None,
    base_form: Callable[[Span, str], str],
) -> Reading:
    """Match the annotated blocks of one text, and read what its names, references and dates mean.

    `docs` maps the number of a block to its `Doc`; `base_form` gives the nominative of an entity span.
    """
    from coopex.dates.find import find_date_words, resolve_dates
    from coopex.matching.engine import Match, match_part
    from coopex.matching.regions import add_regional_mentions
    from coopex.resolve.names import Entities
    from coopex.resolve.offices import read_offices
    from coopex.resolve.people import learn_persons
    from coopex.resolve.reading import Reading, learn_countries
    from coopex.resolve.references import read_references

    parts = [part_of(i, blocks[i], doc, base_form) for i, doc in sorted(docs.items())]
    add_regional_mentions(parts)
    found = [result for part in parts for result in match_part(part)]
    every = [result for result in found if isinstance(result, Match)]
    matches = [match for match in every if not match.lacking]
    rejections = [result for result in found if not isinstance(result, Match)]
    reading = Reading(text, language, metadata, parts, matches, rejections, Entities(parts), published)
    reading.partial_matches = [match for match in every if match.lacking]
    if language:
        # Over the whole text, so that "the next day" finds the date before it.
        dates = find_date_words(text, language)
        reading.past_dates = resolve_dates(dates, published, tense="auto")
        reading.future_dates = resolve_dates(dates, published, tense="future")
    reading.dateline = _dateline(reading, metadata)
    reading.dateline_country = reading.dateline.entity.country if reading.dateline else None
    learn_countries(reading)
    reading.references = read_references(reading)
    reading.offices = read_offices(reading)
    learn_persons(reading)
    return reading


def part_of(index: int, block: Block, doc: Doc, base_form: Callable[[Span, str], str]) -> Part:
    """Collect the mentions of an annotated block."""
    from coopex.matching.text import make_part

    language = block.language or "en"
    return make_part(index, block, doc, language, lambda span: base_form(span, language))


def _dateline(reading: Reading, metadata: Metadata) -> Actor | None:
    """Give the place of the dateline: "HANOI, Nov 28 —" → Hanoi."""
    from coopex.gazetteer import gazetteer
    from coopex.matching.text import Mention
    from coopex.resolve.reading import Actor

    name, span = metadata.dateline_place, metadata.dateline_span
    start = reading.text.find(name, span[0], span[1]) if name and span else -1
    if start < 0 or not name or not reading.language:
        return None
    place = gazetteer().place(name, reading.language) or gazetteer().place(name.title(), reading.language)
    shown = name.title() if name.isupper() and len(name) > 4 else name
    mention = Mention(
        -1, start, start + 1, "place", name, shown, start, start + len(name), place.country if place else None
    )
    return Actor(reading.entities.of(mention), mention)
