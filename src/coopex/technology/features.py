"""What speaks for and against an area that a text names: features of its mentions, of events near by, of the text.

"The guests were shown picosecond lasers." → {"by a clear term": 1, "in a sentence that shows something": 1, …}
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from coopex.matching.tree import Tree
from coopex.technology.scope import Sentence, TermMention, read_sentences, term_mentions
from coopex.weights import Features

SentencePlace = tuple[int, int, int]
"""A stretch of a text: number of the block, start and end in it."""

_LEAD = 3  # sentences of the body that open a text
_LONG = 20  # sentences from which on a text is long
_NEAR = 2  # sentences before and after one that tells of an event


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """Where a text tells of visits and of agreements: the sentences of their mentions."""

    visits: tuple[SentencePlace, ...] = ()
    agreements: tuple[SentencePlace, ...] = ()


@dataclass(frozen=True)
class TextTerms:
    """The sentences of a text, the mentions of each area in them, and which sentences tell of events."""

    sentences: tuple[Sentence, ...]
    mentions: Mapping[str, tuple[TermMention, ...]]
    visits: frozenset[int]
    agreements: frozenset[int]

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """Shares of sentences that have a cue."""
        told = len(self.sentences) or 1
        return {cue: sum(s.has(cue) for s in self.sentences) / told for cue in ("topic", "background", "support")}

    @cached_property
    def near_events(self) -> frozenset[int]:
        """Numbers of the sentences of events and of those around them."""
        events = self.visits | self.agreements
        return frozenset(n for event in events for n in range(event - _NEAR, event + _NEAR + 1))

    @cached_property
    def first(self) -> int:
        """Number of the first sentence of the body."""
        return next((sentence.number for sentence in self.sentences if sentence.kind != "title"), 0)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each area is named outside names of bodies."""
        return {area: sum(not m.in_body for m in mentions) for area, mentions in self.mentions.items()}


def read_terms_of(blocks: Sequence[tuple[int, str, Doc | Tree]], events: EventPlaces) -> TextTerms:
    """Return the terms of a text by area; `blocks` are number, kind and words of each block of title and body."""
    sentences: list[Sentence] = []
    mentions: dict[str, list[TermMention]] = defaultdict(list)
    for number, kind, doc in blocks:
        here = read_sentences(number, kind, doc, len(sentences))
        sentences += here
        for mention in term_mentions(doc, here):
            mentions[mention.match.id].append(mention)
    return TextTerms(
        tuple(sentences),
        {area: tuple(found) for area, found in mentions.items()},
        _numbers_at(sentences, events.visits),
        _numbers_at(sentences, events.agreements),
    )


def _numbers_at(sentences: Iterable[Sentence], places: Sequence[SentencePlace]) -> frozenset[int]:
    """Return the numbers of the sentences that overlap some places."""
    return frozenset(
        s.number
        for s in sentences
        if any(block == s.block and start < s.end and s.start < end for block, start, end in places)
    )


def area_features(terms: TextTerms, area: str, narrower: Sequence[str]) -> Features:
    """Return the features that tell whether a text presents an area."""
    mentions = terms.mentions[area]
    outside = [mention for mention in mentions if not mention.in_body]
    telling = [mention for mention in outside if is_telling(mention)]
    held = {
        **_of_number(terms, area, outside),
        **_of_terms(mentions, outside),
        **_of_sentences(telling),
        **_of_place(terms, outside, telling),
        **_of_text(terms),
        "a narrower area is named too": any(terms.counts.get(other) for other in narrower),
    }
    return {name: round(float(value), 3) for name, value in held.items() if value}


def is_telling(mention: TermMention) -> bool:
    """Return whether a mention may present its area: no body's name, no background, not in passing."""
    return not (mention.in_body or mention.in_background or mention.in_passing or mention.in_the_past)


def _of_number(terms: TextTerms, area: str, outside: Sequence[TermMention]) -> dict[str, float]:
    number = len(outside)
    every = sum(terms.counts.values())
    return {
        "how often it is named": math.log2(1 + number),
        "how much of the text's terms": number / (every or 1),
        "how much of the text names it": len({m.sentence.number for m in outside}) / (len(terms.sentences) or 1),
        "named more often than any other area": number > 1 and number >= max(terms.counts.values()),
        "the only area named": every == number > 0,
        "by two different terms": len({m.match.term for m in outside}) > 1,
        "named once": number == 1,
        "named once in a long text": number == 1 and len(terms.sentences) > _LONG,
    }


def _of_terms(mentions: Sequence[TermMention], outside: Sequence[TermMention]) -> dict[str, float]:
    needs = {m.match.needs for m in outside}
    return {
        "only in names of bodies": not outside,
        "in a body's name too": bool(outside) and len(mentions) > len(outside),
        "by a clear term": "nothing" in needs,
        "by two clear terms": len({m.match.term for m in outside if m.match.needs == "nothing"}) > 1,
        "an everyday word only": bool(outside) and "nothing" not in needs,
        "a word of many senses only": needs == {"list"},
        "an everyday word beside words of technology": any(m.supported for m in outside) and "nothing" not in needs,
        "an everyday word by itself": not any(m.supported or m.is_clear for m in outside),
    }


def _of_sentences(telling: Sequence[TermMention]) -> dict[str, float]:
    return {
        "in a list of fields": any(m.listed for m in telling),
        "an everyday word in a list of fields": any(m.listed and m.match.needs != "nothing" for m in telling),
        "behind a word for a field": any(m.headed for m in telling),
        "in a sentence of cooperation": any(m.sentence.has("topic") for m in telling),
        "in two sentences of cooperation": len({m.sentence.number for m in telling if m.sentence.has("topic")}) > 1,
        "in a sentence that shows something": any(m.sentence.has("showcased") for m in telling),
        "in a sentence of priorities": any(m.sentence.has("priority") for m in telling),
        "a clear term beside words of technology": any(m.supported and m.match.needs == "nothing" for m in telling),
    }


def _of_place(terms: TextTerms, outside: Sequence[TermMention], telling: Sequence[TermMention]) -> dict[str, float]:
    numbers = {m.sentence.number for m in telling}
    return {
        "in the headline": any(m.sentence.kind == "title" for m in outside),
        "in the opening": any(terms.first <= n < terms.first + _LEAD for n in numbers),
        "in the sentence of a visit": bool(numbers & terms.visits),
        "in the sentence of an agreement": bool(numbers & terms.agreements),
        "near an event": bool(numbers & terms.near_events),
        "far from every event": bool(numbers and terms.near_events) and not numbers & terms.near_events,
        "only in passing": bool(outside) and all(m.in_passing for m in outside),
        "only in the background": bool(outside) and not telling,
        "in the past": any(m.in_the_past for m in outside),
    }


def _of_text(terms: TextTerms) -> dict[str, float]:
    areas = sum(count > 0 for count in terms.counts.values())
    return {
        "the text tells of no event": not terms.near_events,
        "the text tells of a visit": bool(terms.visits),
        "the text tells of an agreement": bool(terms.agreements),
        "how much of the text is of cooperation": terms.shares["topic"],
        "how much of the text is of technology": terms.shares["support"],
        "how much of the text is background": terms.shares["background"],
        "how long the text is": math.log2(1 + len(terms.sentences)),
        "how many areas are named": math.log2(1 + areas),
    }
