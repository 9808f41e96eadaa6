"""From events to records: canonical names, evidence for every slot, stable ids, confidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from coopex.dates import DateMention
from coopex.events.agreements.types import AgreementEvent
from coopex.events.areas import areas_of_agreement, areas_of_visit
from coopex.events.visits.types import VisitEvent
from coopex.gazetteer import gazetteer
from coopex.matching.rules import load_rules
from coopex.matching.text import Part
from coopex.matching.tree import Token
from coopex.reading.article import Article
from coopex.reading.cleaned import clean, in_original
from coopex.records import (
    Agreement,
    DateRange,
    Document,
    Evidence,
    Party,
    TechnologyArea,
    Visit,
)
from coopex.records import Entity as EntityRecord
from coopex.resolve.about import purpose_of, subject_of
from coopex.resolve.reading import Actor, Reading
from coopex.technology import AreaMention


class _Weighed(Protocol):
    """What has a probability, and may be ruled out whatever it is."""

    @property
    def probability(self) -> float: ...

    @property
    def is_possible(self) -> bool: ...


_W = TypeVar("_W", bound=_Weighed)
_OTHER_LANGUAGE = "neither English nor Russian: no records were read"


def build_document(article: Article, reading: Reading, least: float | None = None) -> Document:
    """Build the `Document` of one text; its evidence is checked against the text as it was before cleaning.

    With `least` records are those of this confidence or more, else those from the fitted thresholds on.
    """
    meta = reading.metadata
    visits = [_visit(reading, article, e) for e in _chosen(reading.visits, reading.rejected_visits, least)]
    bound = _chosen(reading.agreements, reading.rejected_agreements, least)
    agreements = [_agreement(reading, article, e) for e in bound]
    document = Document(
        doc_id=article.doc_id,
        path=article.path,
        sha256=article.sha256,
        language=reading.language,
        title=meta.title,
        published=reading.published,
        source=meta.source,
        authors=tuple(meta.authors),
        url=meta.url,
        metadata_origin=dict(meta.origin),
        visits=_unique(visits),
        agreements=_unique(agreements),
        technologies=tuple(_areas(reading, _chosen(reading.areas, reading.rejected_areas, least))),
        entities=tuple(_entities(reading)),
        warnings=article.page.warnings + (() if reading.language else (_OTHER_LANGUAGE,)),
    )
    placed = in_original(document, clean(article.text), article.text)
    return placed.with_text(article.text, store=article.store_text)


def _chosen(kept: Sequence[_W], rejected: Sequence[_W], least: float | None) -> list[_W]:
    """Return what is kept, or what is at least as probable as asked for."""
    if least is None:
        return list(kept)
    return [event for event in (*kept, *rejected) if round(event.probability, 3) >= least and event.is_possible]


def _visit(reading: Reading, article: Article, event: VisitEvent) -> Visit:
    mentions = event.mentions
    cue = next((m for m in mentions if m.cue is not None and m.status == event.status), None)
    first = mentions[0]
    purpose = next((found for m in mentions if (found := purpose_of(m.part, m.trigger))), None)
    return Visit(
        id=_record_id(article, "visit", _token_evidence(reading, first.part, first.trigger)),
        status=event.status,
        visitors=_parties(reading, event.visitors.values()),
        leaders=_parties(reading, event.leaders.values()),
        hosts=_parties(reading, event.hosts.values()),
        places=_parties(reading, event.places.values()),
        date=_date_range(reading, event.date),
        technologies=areas_of_visit(reading, event),
        purpose=reading.text[slice(*purpose)] if purpose else None,
        status_cue=_token_evidence(reading, cue.part, cue.cue) if cue and cue.cue is not None else None,
        evidence=_sentences(reading, ((m.part, m.trigger) for m in mentions)),
        confidence=round(event.probability, 3),
        rules=tuple(dict.fromkeys(m.rule.id for m in mentions)),
    )


def _agreement(reading: Reading, article: Article, event: AgreementEvent) -> Agreement:
    mentions = event.mentions
    first, cue = mentions[0], event.candidate.status_cue
    subject = next((found for m in mentions if (found := subject_of(m.part, m.head, reading.past_dates))), None)
    places = _parties(reading, event.places.values())
    return Agreement(
        id=_record_id(article, "agreement", _token_evidence(reading, first.part, first.head)),
        kind=event.kind,
        status=event.status,
        parties=_parties(reading, event.parties.values()),
        signatories=_parties(reading, event.signatories.values()),
        date=_date_range(reading, event.date),
        place=places[0] if places else None,
        subject=reading.text[slice(*subject)] if subject else None,
        technologies=areas_of_agreement(reading, event),
        status_cue=_token_evidence(reading, cue.part, cue.cue) if cue and cue.cue is not None else None,
        evidence=_sentences(reading, ((m.part, m.trigger) for m in mentions)),
        confidence=round(event.probability, 3),
        rules=tuple(dict.fromkeys(match.rule.id for m in mentions for match in m.matches)) or _naming_rules(),
    )


@lru_cache(maxsize=1)
def _naming_rules() -> tuple[str, ...]:
    """Return the rules that an instrument noun alone stands for."""
    return tuple(rule.id for rule in load_rules() if rule.frame == "naming")


def _sentences(reading: Reading, triggers: Iterable[tuple[Part, Token]]) -> tuple[Evidence, ...]:
    """Give the sentences that tell of an event, each once, in the order they were read."""
    spans = dict.fromkeys(
        (part.block.start + t.sent.start_char, part.block.start + t.sent.end_char) for part, t in triggers
    )
    return tuple(_evidence(reading, start, end) for start, end in spans)


def _record_id(article: Article, kind: str, evidence: Evidence) -> str:
    """Stable id: the same input gives the same id."""
    return hashlib.sha256(f"{article.doc_id}|{kind}|{evidence.start}|{evidence.end}".encode()).hexdigest()[:12]


def _unique(records: Iterable[Any]) -> tuple[Any, ...]:
    return tuple({record.id: record for record in records}.values())


def _parties(reading: Reading, actors: Iterable[Actor]) -> tuple[Party, ...]:
    return tuple(_party(reading, actor) for actor in actors)


def _party(reading: Reading, actor: Actor) -> Party:
    mention, entity = actor.mention, actor.entity
    return Party(
        name=entity.name,
        text=mention.text,
        kind=entity.kind,
        role=(actor.post or entity.post) if entity.kind == "person" else None,
        country=entity.country,
        aliases=entity.aliases(),
        implied=actor.how == "implied",
        evidence=_evidence(reading, mention.offset, mention.stop),
    )


def _evidence(reading: Reading, start: int, end: int) -> Evidence:
    block = next((part.block.kind for part in reading.parts if part.block.start <= start < part.block.end), "body")
    return Evidence(start=start, end=end, text=reading.text[start:end], block=block)


def _token_evidence(reading: Reading, part: Part, token: Token) -> Evidence:
    return _evidence(reading, part.offset(token), part.offset(token) + len(token.text))


def _date_range(reading: Reading, found: DateMention | None) -> DateRange | None:
    if found is None or found.first is None or found.last is None:
        return None
    return DateRange(
        start=found.first,
        end=found.last,
        precision=found.precision,
        text=reading.text[found.start : found.end],
        origin=found.origin,
        evidence=_evidence(reading, found.start, found.end),
    )


def _areas(reading: Reading, areas: Iterable[AreaMention]) -> Iterable[TechnologyArea]:
    for area in areas:
        mentions = tuple(
            _evidence(reading, reading.parts[i].block.start + term.start, reading.parts[i].block.start + term.end)
            for i, term in area.matches
        )
        yield TechnologyArea.of(area.id, role=area.role, mentions=mentions, confidence=round(area.probability, 3))


def _entities(reading: Reading) -> Iterable[EntityRecord]:
    for entity in reading.entities.all:
        named = [mention for mention in entity.mentions if not mention.derived]
        if not named:
            continue
        place = gazetteer().place(entity.name, reading.language or "en") if entity.kind == "place" else None
        yield EntityRecord(
            name=entity.name,
            kind=entity.kind,
            mentions=tuple(_evidence(reading, mention.offset, mention.stop) for mention in named),
            country=entity.country,
            geonames_id=place.geonames_id if place else None,
        )
