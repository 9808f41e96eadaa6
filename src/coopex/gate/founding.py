"""Whether matches can found a record, as far as their own sentences tell.

References count as followed, posts as held, names as of any country: what other blocks may add is taken as added.
Where a match can found no more than a trip of somebody unnamed, other words have to name him; else no record comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from coopex.gate.around import Around

if TYPE_CHECKING:
    from coopex.dates import DateMention
    from coopex.matching.engine import Match, SlotMatch
    from coopex.matching.phrases import Phrase, Ref
    from coopex.matching.text import Part
    from coopex.matching.tree import Token
    from coopex.metadata import Metadata

Worth = Literal["nothing", "nameless", "group", "record"]
"""What a match may found: nothing, a trip of nobody named, one of a group that earlier words may name, or a record."""

_LEADS = frozenset({"visit.lead", "visit.headed", "visit.head", "visit.at_head"})
_GOALS = frozenset({"places", "sites", "nearby"})  # slots that tell where, not who


def matches_in(part: Part) -> Iterator[Match]:
    """Give the matches of a part."""
    from coopex.matching.engine import Match, match_part

    return (found for found in match_part(part) if isinstance(found, Match))


def may_found_any(parts: Iterable[Part], metadata: Metadata, around: Around, read: Set[int]) -> bool:
    """Tell whether the matches of some parts, the blocks `read`, may found a record.

    "The couple plan a trip." → no, unless a match or a sentence `around` may say who they are.
    """
    found: list[tuple[Part, Match]] = []
    worths: set[Worth] = set()
    for part in parts:
        for match in matches_in(part):
            found.append((part, match))
            worths.add(_worth(part, match, metadata, around))
            if "record" in worths:
                return True
    if ("group" in worths and around.names_groups()) or _bind_together(found, around):
        return True
    if worths.isdisjoint({"nameless", "group"}):
        return False
    named = any(match.rule.record == "visit" and _names_somebody(match, around) for _, match in found)
    return named or around.names_visitors(read)


def founds(part: Part, match: Match, metadata: Metadata) -> bool:
    """Tell whether a match may found a trip or an agreement by itself.

    "He arrived on Friday." → yes, whoever he is. "The crews arrived." → no: neither where nor when nor to whom.
    """
    return _worth(part, match, metadata) != "nothing"


def _worth(part: Part, match: Match, metadata: Metadata, around: Around | None = None) -> Worth:
    if match.rule.record == "agreement":
        return "record" if _may_bind(part, match, around) else "nothing"
    if not _may_be_trip(part, match, metadata):
        return "nothing"
    if _names_somebody(match, around):
        return "record"
    return "group" if any(_is_group_told_before(slot) for slot in match.slot("visitors")) else "nameless"


# --- trips ---------------------------------------------------------------------------------------------------------


def _may_be_trip(part: Part, match: Match, metadata: Metadata) -> bool:
    """Tell whether a match has what `founds` in `resolve/trips.py` asks for, but for who travelled."""
    from coopex.resolve.cues import read_cues
    from coopex.resolve.sightings import FOUNDING, MEETING, is_sport_or_tourism

    cues = read_cues(part, match.trigger)
    if cues.generic or cues.remote or is_sport_or_tourism(match):
        return False
    if match.rule.id in _LEADS:
        return True
    if match.rule.id not in FOUNDING or (match.rule.id == "visit.group" and part.block.kind != "title"):
        return False
    if match.rule.id in MEETING and not (_may_be_abroad(match, metadata) and _may_be_of_two(match)):
        return False
    if match.rule.id == "visit.tour" and _is_pronoun_shown_round(match):
        return False
    if match.rule.id in {"visit.receive", "visit.visiting"} or cues.returning:
        return True
    told = any(match.slot(name) for name in (*_GOALS, "hosts", "partners"))
    return told or part.block.kind == "title" or match.status.effect is not None or bool(_dates(part, match))


def _is_pronoun_shown_round(match: Match) -> bool:
    """Return whether a pronoun stands for those who are shown round: "The plant showed him its archive." → True."""
    return all(slot.phrase.reference == "pronoun" for slot in match.slot("visitors"))


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


def _may_be_of_two(match: Match) -> bool:
    """ "Councillors in Ashford adopted a budget after a meeting" → False: whom they met is not told; see `_meet`."""
    first = match.slot("visitors")
    guests = any(slot.phrase.reference in {"guests", "pronoun"} or slot.phrase.group for slot in first)
    where = match.slot("places") or match.slot("nearby")
    return bool(guests or where or match.slot("partners")) or sum(map(_named, first)) > 1


def _names_somebody(match: Match, around: Around | None) -> bool:
    """Tell whether a match may name who travelled, through what it points back to as well, but for groups."""
    return any(_named(slot, around) for slot in match.slots if slot.slot not in _GOALS)


def _named(slot: SlotMatch, around: Around | None = None) -> int:
    """Count those whom a slot may name: "Rector Ivanov", "he", "the company"; not "rain", "it", "the two sides".

    In a visit "it", two sides and guests are never followed: `actors` and `follow` in `resolve/`.
    """
    from coopex.matching.phrases import conjuncts

    told = [ref for ref in slot.phrase.refs if ref.kind != "sides" and ref.token.lemma_.lower() != "it"]
    refs = [ref for ref in told if _may_mean(slot, ref, around)]
    offices = sum(_is_office(slot.phrase, token) for token in conjuncts(slot.phrase.head))
    return len(slot.phrase.fillers) + len(refs) + offices


def _may_mean(slot: SlotMatch, ref: Ref, around: Around | None) -> bool:
    """Tell whether the text may name what a word points back to: "the union" needs another union."""
    from coopex.resolve.reference_signs import post_noun

    language = slot.phrase.part.language
    if ref.kind == "body":
        return around is None or around.names_bodies(ref.token.lemma_, language)
    if ref.kind == "post":
        return around is None or around.names_post(post_noun(ref.token), language)
    return ref.kind in {"pronoun", "event", "sides"}


def _is_office(phrase: Phrase, token: Token) -> bool:
    """Tell whether a post may give a body by the country beside it: "the Russian energy minister"."""
    from coopex.resolve.reference_words import fold, offices

    part, sentence = phrase.part, phrase.part.sentence(token)
    places = any(m.kind == "place" and sentence.start <= m.start < sentence.end for m in part.mentions)
    return places and fold(token.lemma_) in offices(part.language)


def _is_group_told_before(slot: SlotMatch) -> bool:
    from coopex.resolve.reference_signs import sort_of

    return sort_of(slot.phrase.part, slot.phrase.head) == "group"


# --- agreements ----------------------------------------------------------------------------------------------------


def _may_bind(part: Part, match: Match, around: Around | None) -> bool:
    """Tell whether an agreement may get the parties that `_worth_a_record` in `resolve/instruments.py` asks for.

    "The council signed a contract with a local builder." → no: one party, no day, and nobody who signs.
    """
    from coopex.events.agreements.candidates import means_both
    from coopex.events.agreements.nouns import nouns_of
    from coopex.resolve.when import is_validity

    heads = nouns_of(match)
    if not heads:
        return False
    slots = list(_party_slots(match))
    if any(means_both(slot) or slot.phrase.reference in {"sides", "post"} or _is_someone(slot) for slot in slots):
        return True
    bodies, people = _bodies(part, match, around), _people(part, match)
    dated = any(not is_validity(part, found, head) for found in _dates(part, match) for head in heads)
    counterparty = match.slot("partners") and not match.slot("parties")
    return len(bodies) > 1 or people or bool(bodies and (counterparty or dated))


def _is_someone(slot: SlotMatch) -> bool:
    """Tell whether a slot points back to a person, who may stand for several bodies."""
    return slot.phrase.reference == "pronoun" and slot.phrase.head.lemma_.lower() != "it"


def _party_slots(match: Match) -> Iterator[SlotMatch]:
    return chain.from_iterable(match.slot(name) for name in ("parties", "partners", "signatories"))


def _bodies(part: Part, match: Match, around: Around | None) -> set[int]:
    """Give the tokens of a sentence that name or mean a party."""
    sentence = match.trigger.sent
    named = {m.start for m in part.mentions if sentence.start <= m.start < sentence.end and m.kind != "person"}
    refs = ((slot, ref) for slot in _party_slots(match) for ref in slot.phrase.refs)
    return named | {ref.token.i for slot, ref in refs if _may_mean(slot, ref, around)}


def _people(part: Part, match: Match) -> bool:
    sentence = match.trigger.sent
    return any(m.kind == "person" for m in part.mentions if sentence.start <= m.start < sentence.end)


def _bind_together(found: Iterable[tuple[Part, Match]], around: Around) -> bool:
    """Tell whether matches may tell of one document together: one names a party, another a party or a day."""
    from coopex.events.agreements.nouns import nouns_of

    told = [each for each in found if each[1].rule.record == "agreement" and nouns_of(each[1])]
    bodies = {(part.index, i) for part, match in told for i in _bodies(part, match, around)}
    dated = {match.trigger.sent.start for part, match in told if _dates(part, match)}
    sentences = {(part.index, match.trigger.sent.start) for part, match in told}
    together = len(sentences) > 1 and (len(bodies) > 1 or bool(bodies and dated))
    return together or (bool(bodies) and around.tells_of_signing())


def _dates(part: Part, match: Match) -> list[DateMention]:
    from coopex.dates import find_dates

    sentence = match.trigger.sent
    start = part.block.start + sentence.start_char
    return [
        replace(found, start=found.start + start, end=found.end + start)
        for found in find_dates(sentence.text, part.language)
    ]
