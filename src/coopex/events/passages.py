"""Where the entities of a text are mentioned, sentence by sentence: what stands near an event."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from coopex.events.lists import Listed, read_lists
from coopex.matching.phrases import is_set_aside
from coopex.matching.text import Mention, Part
from coopex.matching.tree import Span
from coopex.resolve.names import Entity
from coopex.resolve.reading import Actor, Reading, sentence_spans

SentenceKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of title or body: its number in the text, its part and its words."""

    number: int
    part: Part
    span: Span

    @property
    def is_title(self) -> bool:
        """Whether it stands in the headline."""
        return self.part.block.kind == "title"


class InSentence(Protocol):
    """A mention of an event, as far as passages look at it."""

    @property
    def sentence(self) -> SentenceKey:
        """Key of its sentence."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Sentences of a text and the mentions of its entities in them; `listed` says what lists say of each entity."""

    sentences: tuple[Sentence, ...]
    by_key: Mapping[SentenceKey, Sentence]
    mentions: Mapping[int, tuple[tuple[Sentence, Mention], ...]]
    entities: Mapping[int, Entity]
    implied: Mapping[int, Actor]
    starts: tuple[int, ...]
    listed: Listed

    def near(self, numbers: Iterable[int], before: int, after: int) -> set[int]:
        """Return the numbers of some sentences and of those around them."""
        last = len(self.sentences)
        return {n for number in numbers for n in range(number - before, number + after + 1) if 0 <= n < last}

    def numbers_of(self, mentions: Iterable[InSentence]) -> set[int]:
        """Return the numbers of the sentences in which mentions of an event stand."""
        return {self.by_key[m.sentence].number for m in mentions if m.sentence in self.by_key}

    def nearest_actor(self, entity: int, own: set[int]) -> Actor:
        """Return an entity as an actor, with the mention that stands nearest to some sentences."""
        if entity in self.implied:
            return self.implied[entity]
        named = [(s, m) for s, m in self.mentions[entity] if not m.derived] or list(self.mentions[entity])
        _, mention = min(named, key=lambda each: min((abs(each[0].number - n) for n in own), default=0))
        return Actor(self.entities[entity], mention, self.entities[entity].post)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence at a character offset of the text."""
        i = bisect_right(self.starts, offset) - 1
        sentence = self.sentences[i] if i >= 0 else None
        return sentence if sentence is not None and offset < sentence.part.block.end else None

    def entities_in(self, numbers: set[int]) -> Iterator[int]:
        """Yield the numbers of the entities mentioned in some sentences."""
        for entity, found in self.mentions.items():
            if any(sentence.number in numbers for sentence, _ in found):
                yield entity


def read_passages(reading: Reading) -> Passages:
    """Return where each entity of a text is mentioned; bodies implied by posts are among them."""
    sentences = tuple(Sentence(n, part, span) for n, (part, span) in enumerate(sentence_spans(reading.parts)))
    by_key = {(each.part.index, each.span.start): each for each in sentences}
    starts = tuple(each.part.block.start + each.span.start_char for each in sentences)
    parts = {part.index: part for part in reading.parts}
    mentions: dict[int, list[tuple[Sentence, Mention]]] = defaultdict(list)
    entities: dict[int, Entity] = {}
    implied: dict[int, Actor] = {}
    for entity in reading.entities.all:
        entities[entity.number] = entity
        for mention in entity.mentions:
            _note(mentions[entity.number], mention, parts, by_key)
    for office in reading.offices.values():
        number = office.actor.entity.number
        if number not in entities:
            entities[number], implied[number] = office.actor.entity, office.actor
        _note(mentions[number], office.actor.mention, parts, by_key)
    found = {number: tuple(each) for number, each in mentions.items()}
    return Passages(sentences, by_key, found, entities, implied, starts, read_lists(sentences, found))


def _note(
    found: list[tuple[Sentence, Mention]],
    mention: Mention,
    parts: Mapping[int, Part],
    by_key: Mapping[SentenceKey, Sentence],
) -> None:
    part = parts.get(mention.part)
    sentence = by_key.get((mention.part, part.sentence_at(mention.start).start)) if part is not None else None
    if sentence is not None and part is not None and not is_set_aside(part, part.root(mention)):
        found.append((sentence, mention))
