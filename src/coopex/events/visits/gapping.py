"""Clauses whose verb is left out: «Делегация Омана посетила Псков, а делегация Кении — Тверь».

A dash stands for the verb of the clause before it. The people before the dash and the place behind it are a visit of
their own, told by the same word; none of them takes part in the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coopex.matching.engine import Match, SlotMatch
from coopex.matching.paths import has, prepositions
from coopex.matching.phrases import Phrase, read_phrase
from coopex.matching.text import Part
from coopex.matching.tree import Token

_DASHES = {"—", "–", "-"}
_ENDS = {",", ";", ".", "!", "?"}
_LINKS = {"а", "и", "but", "and", "while"}
_FRAMES = {"travel", "presence"}
_VISITORS = frozenset({"person", "group", "organization", "place"})
_PLACES = frozenset({"place", "organization"})


@dataclass(frozen=True, slots=True)
class Half:
    """A match of one of the two clauses; `tokens` are those of the clause without a verb, `is_gapped` if it is that."""

    match: Match
    tokens: range
    is_gapped: bool


def split_at_gaps(matches: Iterable[Match]) -> Iterator[tuple[Match, Half | None]]:
    """Yield matches, those with a clause without a verb behind them in two halves."""
    for match in matches:
        clause = _clause_without_verb(match) if match.rule.frame in _FRAMES and not match.lacking else None
        if clause is None:
            yield match, None
            continue
        tokens, visitors, places = clause
        kept = [slot for slot in match.slots if slot.phrase.head.i not in tokens]
        before = range(match.part.sentence(match.trigger).start, tokens[0])
        first = replace(match, slots=tuple(replace(slot, phrase=_within(slot.phrase, before)) for slot in kept))
        yield first, Half(first, tokens, is_gapped=False)
        slot = "origins" if prepositions(visitors.head) else "visitors"
        second = replace(
            match,
            slots=(
                SlotMatch(slot, "left out", visitors, _VISITORS),
                SlotMatch("places", "left out", places, _PLACES),
            ),
        )
        yield second, Half(second, tokens, is_gapped=True)


def _clause_without_verb(match: Match) -> tuple[range, Phrase, Phrase] | None:
    """Return the tokens of the clause behind a match whose verb is left out, its people and its place."""
    part, trigger = match.part, match.trigger
    sentence = part.sentence(trigger)
    for dash in range(trigger.i + 2, sentence.end - 1):
        if part.doc[dash].text not in _DASHES:
            continue
        start = next((i + 1 for i in range(dash - 1, trigger.i, -1) if part.doc[i].text in {",", ";"}), None)
        end = next((i for i in range(dash + 1, sentence.end) if part.doc[i].text in _ENDS), sentence.end)
        if start is None:
            return None
        while part.doc[start].lower_ in _LINKS:
            start += 1
        tokens = range(start, end)
        if any(_is_verb(part.doc[i]) for i in tokens):
            return None
        halves = range(start, dash), range(dash + 1, end)
        people, place = (_first_named(part, half) for half in halves)
        if people is None or place is None:
            return None
        return tokens, _within(read_phrase(part, people), halves[0]), _within(read_phrase(part, place), halves[1])
    return None


def _within(phrase: Phrase, tokens: range) -> Phrase:
    """Return a phrase with the names that stand among some tokens."""
    return replace(phrase, fillers=tuple(filler for filler in phrase.fillers if filler.mention.start in tokens))


def _is_verb(token: Token) -> bool:
    finite = has(token, "VerbForm", "Fin") or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
    return finite and token.pos_ in {"VERB", "AUX"}


def _first_named(part: Part, tokens: range) -> Token | None:
    """Return the first noun of some tokens if a name is among them: "делегация Кении" → делегация."""
    if not any(mention.start in tokens for mention in part.mentions):
        return None
    return next((part.doc[i] for i in tokens if part.doc[i].pos_ in {"NOUN", "PROPN"}), None)
