"""Which technology areas an instrument is about, and which a trip, among those that the text presents.

"After a tour of the tokamak they signed a memorandum on lasers." → lasers. "They signed a memorandum. It covers
hydrogen." → hydrogen. "They signed an agreement on museums. The city makes vaccines." → nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from coopex.events.agreements.types import AgreementEvent as Instrument
from coopex.events.visits.types import VisitEvent
from coopex.matching.lexicon import in_class, read_rules_file
from coopex.matching.text import Part
from coopex.matching.tree import Span, Token
from coopex.resolve.about import subject_of
from coopex.resolve.reading import Reading
from coopex.technology.scope import has_cue

_REACH = 3  # sentences after an instrument in which "the document provides for …" is looked for
_LEAD = 2  # times as many mentions as the next area make an area that of the text
_OPENING = 4  # words at the head of a sentence among which "it" or "under it" is looked for
_CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "appos", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_PRONOUNS = frozenset({"it", "он", "она", "оно"})
_KNOWN = frozenset({"the", "this", "that", "it", "its", "этот", "этом", "эту", "нём", "нем"})  # "on the plant"
_PLURALS = frozenset({"they", "они"})


@dataclass(frozen=True, slots=True)
class _Named:
    """An area with a word that names it."""

    area: str
    part: Part
    token: Token


def areas_of_agreement(reading: Reading, found: Instrument) -> tuple[str, ...]:
    """Ids of the areas that an instrument is about.

    Its own phrase and purpose tell; else the rest of its sentence; else what is said of it right after. A subject
    that is no technology ("on student exchanges") ends the search there; without one the headline and the only area
    of the text speak for the instrument.
    """
    named = list(_named(reading))
    places = list(zip(found.matches, found.heads, strict=False))
    own = [one for match, head in places for one in named if _is_own(reading, one, match.part, head, match.trigger)]
    if own:
        return _ids(own)
    explicit = any(_tells_subject(reading, match.part, head) for match, head in places)
    beside = [
        one for match, head in places for one in named if _stands_beside(one, match.part, head, match.trigger)
    ]
    if beside and not explicit:
        return _ids(beside)
    after = [sentence for match, head in places for sentence in _sentences_on(reading, match.part, head)]
    if told := [one for one in named if any(_is_in(one, part, sentence) for part, sentence in after)]:
        return _ids(told)
    return () if explicit else _of_the_text(reading, named)


def areas_of_visit(reading: Reading, visit: VisitEvent) -> tuple[str, ...]:
    """Ids of the areas in the sentences of a trip, and in those right after that show its guests something."""
    named = list(_named(reading))
    places = [(mention.part, mention.trigger.sent) for mention in visit.mentions]
    shown = [
        (part, after)
        for part, sentence in places
        for after in _following(part, sentence)[:1]
        if has_cue("showcased", part.language, after.text) and _has(after, "guests", part.language)
    ]
    return _ids(one for one in named if any(_is_in(one, part, sentence) for part, sentence in [*places, *shown]))


def _named(reading: Reading) -> Iterator[_Named]:
    for area in reading.areas:
        for i, term in area.matches:
            part = reading.parts[i]
            span = part.doc.char_span(term.start, term.end, alignment_mode="expand")
            if span:
                yield _Named(area.id, part, span.root)


def _ids(named: Iterable[_Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.area for one in named))


def _is_in(one: _Named, part: Part, sentence: Span) -> bool:
    return one.part is part and one.token.sent.start == sentence.start


def _is_own(reading: Reading, one: _Named, part: Part, head: Token, trigger: Token) -> bool:
    """"signed a memorandum on X, under which they will make Y" → X and Y; a contract named after it has its own."""
    token = one.token
    if one.part is not part or token.sent.start != head.sent.start:
        return False
    chain = _chain(token, {head.i, trigger.i})
    if any(_is_instrument(above, part) and above.i != head.i for above in chain[1:]):
        return False
    if chain[-1].head.i == head.i or token.i == head.i:
        return not _is_circumstance(chain, part)
    return (
        token.i > max(head.i, trigger.i)
        and not _rival_between(reading, part, head, token)
        and not _is_circumstance(chain, part)
        and not any(above.dep_ in {"conj", *_SUBJECTS} and above.head.i == trigger.i for above in chain)
    )


def _chain(token: Token, ends: set[int]) -> list[Token]:
    """A word and the words above it, up to one of the ends, which is left out."""
    return [token, *takewhile(lambda above: above.i not in ends, token.ancestors)]


def _is_instrument(token: Token, part: Part) -> bool:
    return token.pos_ == "NOUN" and in_class(token.lemma_, "instruments", part.language)


def _is_circumstance(chain: list[Token], part: Part) -> bool:
    """"after a tour of the plant": told besides."""
    return any(child.lower_ in _words("circumstances", part.language) for above in chain for child in _marks(above))


def _marks(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in {"case", "mark", "advmod"}:
            yield child
            yield from (deeper for deeper in child.children if deeper.dep_ == "fixed")


def _rival_between(reading: Reading, part: Part, head: Token, token: Token) -> bool:
    """Tell whether another instrument stands between: "a memorandum on textiles and a contract for a pipeline"."""
    return any(
        other.doc is part.doc and head.i < other.i < token.i
        for instrument in reading.agreements
        for other in instrument.heads
    )


def _tells_subject(reading: Reading, part: Part, head: Token) -> bool:
    """Tell whether an instrument names a subject: "on student exchanges", but not "on cooperation"."""
    piece = subject_of(part, head, reading.past_dates)
    if piece is None:
        return False
    start = piece[0] - part.block.start
    span = part.doc.char_span(start, piece[1] - part.block.start, alignment_mode="expand")
    nouns = [token for token in span if token.pos_ in {"NOUN", "PROPN"}] if span else []
    known = any(token.lower_ in _KNOWN for token in span[:1]) if span else False
    return not known and not all(_is_general(noun, part.language) or noun.ent_type_ for noun in nouns)


def _is_general(token: Token, language: str) -> bool:
    return token.lemma_.lower() in _words("general", language)


def _stands_beside(one: _Named, part: Part, head: Token, trigger: Token) -> bool:
    """"In the field of lasers they signed …": in the sentence, but of no party, clause or other happening."""
    token = one.token
    if one.part is not part or token.sent.start != head.sent.start:
        return False
    chain = _chain(token, {head.i, trigger.i})
    return not (
        any(above.dep_ in _CLAUSES | _SUBJECTS or _is_instrument(above, part) for above in chain)
        or _is_circumstance(chain, part)
    )


def _sentences_on(reading: Reading, part: Part, head: Token) -> Iterator[tuple[Part, Span]]:
    """Sentences right after that speak of the instrument, up to one that tells of another."""
    for n, sentence in enumerate(_following(part, head.sent)[:_REACH]):
        if _speaks_of(sentence, part) or (n == 0 and _tells_plans(sentence, part)):
            yield part, sentence
    if not _following(part, head.sent):
        for other in reading.parts[part.index + 1 : part.index + 2]:
            for sentence in list(other.doc.sents)[:1]:
                if other.language == part.language and _speaks_of(sentence, other):
                    yield other, sentence


def _following(part: Part, sentence: Span) -> list[Span]:
    return [after for after in part.doc.sents if after.start > sentence.start]


def _speaks_of(sentence: Span, part: Part) -> bool:
    """"The document provides for …", "Under the agreement …", "It covers …"."""
    by_name = any(_is_instrument(token, part) and token.dep_ in {*_SUBJECTS, "obl", "nmod"} for token in sentence)
    opening = {token.lower_ for token in sentence[:_OPENING]}
    by_pronoun = bool(opening & _PRONOUNS) or {"under", "it"} <= opening or "ним" in opening
    return (by_name or by_pronoun) and (
        _has(sentence, "provides", part.language) or _has(sentence, "plans", part.language)
    )


def _tells_plans(sentence: Span, part: Part) -> bool:
    """"The sides will build …", "They plan …"."""
    return _has(sentence, "plans", part.language) and any(
        token.dep_ in _SUBJECTS and (token.lower_ in _PLURALS or in_class(token.lemma_, "sides", part.language))
        for token in sentence
    )


def _of_the_text(reading: Reading, named: list[_Named]) -> tuple[str, ...]:
    """The areas of a headline that tells of an agreement, else the area that the whole text is about."""
    titled = [
        one
        for one in named
        if one.part.block.kind == "title" and _has(one.token.sent, "headlines", one.part.language)
    ]
    if titled:
        return _ids(titled)
    ranked = Counter(one.area for one in named).most_common(2)
    if not ranked:
        return ()
    (area, mentions), others = ranked[0], sum(count for _, count in ranked[1:])
    agreed = any(found.id == area and found.role == "topic" for found in reading.areas)
    titled_too = any(one.area == area and one.part.block.kind == "title" for one in named)
    leads = not others or (titled_too and mentions >= _LEAD * others)
    return (area,) if leads and (mentions > 1 or agreed) else ()


def _has(sentence: Span, name: str, language: str) -> bool:
    words = _words(name, language)
    return any(token.lemma_.lower() in words or token.lower_ in words for token in sentence)


@cache
def _words(name: str, language: str) -> frozenset[str]:
    return frozenset(read_rules_file("subjects.yaml")[name].get(language, ()))


