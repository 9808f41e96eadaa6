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

_OFTEN = 3  # mentions
_TWO_OTHERS = 2  # areas besides one
_OPENING = 2  # characters of a sentence, as of an opening quotation mark
_KINDS_OF_TEXT = (
    ("a tenth", 0.1, "partners", "partnership"),
    ("a tenth", 0.1, "research and industry", "research"),
    ("half", 0.5, "research and industry", "research"),
    ("a tenth", 0.1, "technology", "support"),
)


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

    @property
    def length(self) -> int:
        """Number of sentences, at least one."""
        return len(self.sentences) or 1

    def share(self, cue: str) -> float:
        """Return the share of sentences that have a cue word."""
        return self._shares[cue]

    @cached_property
    def _shares(self) -> Mapping[str, float]:
        cues = {cue for *_, cue in _KINDS_OF_TEXT}
        return {cue: sum(sentence.has(cue) for sentence in self.sentences) / self.length for cue in cues}

    @cached_property
    def areas_by_sentence(self) -> Mapping[int, frozenset[str]]:
        """Areas named outside names of bodies, by the number of the sentence."""
        found: dict[int, set[str]] = defaultdict(set)
        for area, mentions in self.mentions.items():
            for mention in mentions:
                if not mention.in_body:
                    found[mention.sentence.number].add(area)
        return {number: frozenset(areas) for number, areas in found.items()}

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


def area_features(terms: TextTerms, area: str) -> Features:
    """Return the features that tell whether a text presents an area.

    "The guests were shown picosecond lasers." → {"by a clear term": 1, "how often it is named": 1, …}
    """
    mentions = terms.mentions[area]
    outside = [mention for mention in mentions if not mention.in_body]
    telling = [mention for mention in outside if is_telling(mention)]
    held = {
        **_of_number(terms, outside),
        **_of_terms(mentions, outside),
        **_of_sentences(terms, telling),
        **_of_text(terms),
        "in the headline": any(m.sentence.kind == "title" for m in outside),
        "only in passing or as background": bool(outside) and not telling,
    }
    return {name: round(float(value), 3) for name, value in held.items() if value}


def is_telling(mention: TermMention) -> bool:
    """Return whether a mention may present its area: no body's name, no background, not in passing."""
    return not (mention.in_body or mention.in_background or mention.in_passing or mention.in_the_past)


def _of_number(terms: TextTerms, outside: Sequence[TermMention]) -> dict[str, float]:
    number = len(outside)
    return {
        "how often it is named": math.log2(1 + number),
        "how much of the text names it": len({m.sentence.number for m in outside}) / terms.length,
        "named more often than any other area": number > 1 and number >= max(terms.counts.values()),
    }


def _of_terms(mentions: Sequence[TermMention], outside: Sequence[TermMention]) -> dict[str, float]:
    clear = [m for m in outside if m.match.needs == "nothing"]
    everyday = bool(outside) and not clear
    return {
        "by a clear term": bool(clear),
        "by a clear term of several words": any(len(m.match.text.split()) > 1 for m in clear),
        "an everyday word only": everyday,
        "an everyday word in a list of fields": any(m.listed for m in outside if m not in clear),
        "an everyday word named three times": everyday and len(outside) >= _OFTEN,
        "in capitals like a name": bool(outside) and all(is_capitalised(m) for m in outside),
        "only in names of bodies": not outside,
        "in a body's name too": bool(outside) and len(mentions) > len(outside),
    }


def is_capitalised(mention: TermMention) -> bool:
    """Return whether a term stands in capitals inside its sentence, as a name does: "the Agro Drone fair" → True."""
    opens = mention.match.start - mention.sentence.start < _OPENING
    capitals = all(word[:1].isupper() and not word.isupper() for word in mention.match.text.split())
    return capitals and not opens and mention.sentence.kind != "title"


def _of_sentences(terms: TextTerms, telling: Sequence[TermMention]) -> dict[str, float]:
    numbers = {m.sentence.number for m in telling}
    return {
        "in a list of fields": any(m.listed for m in telling),
        "behind a word for a field": any(m.headed for m in telling),
        "beside two other areas": any(len(terms.areas_by_sentence[n]) > _TWO_OTHERS for n in numbers),
        "in a sentence of cooperation": any(m.sentence.has("topic") for m in telling),
        "in the sentence of a visit": bool(numbers & terms.visits),
    }


def _of_text(terms: TextTerms) -> dict[str, float]:
    kinds = {f"{name} of the text is of {kind}": terms.share(cue) > part for name, part, kind, cue in _KINDS_OF_TEXT}
    return kinds | {
        "the text tells of a visit": bool(terms.visits),
        "how much of the text tells of events": len(terms.visits | terms.agreements) / terms.length,
        "how many areas are named": math.log2(1 + sum(count > 0 for count in terms.counts.values())),
    }
