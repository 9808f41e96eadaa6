"""What speaks for and against an area as the subject of an agreement: where its words stand, what else is named.

"They signed a memorandum on lasers." → lasers: {"in the agreement's phrase": 1, "the only area of the text": 1, …}
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile

from coopex.events.agreements.types import AgreementEvent, AgreementMention
from coopex.matching.lexicon import in_class, read_rules_file
from coopex.matching.text import Part
from coopex.matching.tree import Span, Token
from coopex.resolve.about import subject_of
from coopex.resolve.reading import Reading
from coopex.technology import AreaMention
from coopex.weights import Features

RELATIONS = (
    "in the agreement's phrase",
    "behind it in its clause",
    "beside it in its sentence",
    "elsewhere in its sentence",
    "in a sentence that speaks of it",
    "in the next sentence",
    "in the sentence before",
    "elsewhere in its paragraph",
)
"""Where a word of an area stands to a mention of an agreement, the nearest first."""

_OWN = RELATIONS[:2]
_SENTENCE = RELATIONS[:4]
_REACH = 3  # sentences after an agreement in which "the document provides for …" is looked for
_OPENING = 4  # words at the head of a sentence among which "it" or "under it" is looked for
_CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "appos", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


@dataclass(frozen=True, slots=True)
class AreaWord:
    """A word that names an area."""

    area: str
    part: Part
    token: Token
    clear: bool


@dataclass(frozen=True)
class AreaWords:
    """Words of a text that name areas, and the areas weighed for the text."""

    reading: Reading
    words: tuple[AreaWord, ...]
    weighed: tuple[AreaMention, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each area is named."""
        return Counter(word.area for word in self.words)

    @cached_property
    def presented(self) -> frozenset[str]:
        """Areas that the text presents."""
        return frozenset(area.id for area in self.weighed if area.is_presented)


def find_area_words(reading: Reading) -> AreaWords:
    """Return the words of a text that name areas outside names of bodies."""
    weighed = (*reading.areas, *reading.rejected_areas)
    words = []
    for area in weighed:
        for i, term in area.all_matches:
            part = reading.parts[i]
            span = part.doc.char_span(term.start, term.end, alignment_mode="expand")
            if span:
                words.append(AreaWord(area.id, part, span.root, term.needs == "nothing"))
    return AreaWords(reading, tuple(words), weighed)


def subject_features(known: AreaWords, agreement: AgreementEvent) -> dict[str, Features]:
    """Return for each area of the text what speaks for and against it as the subject of an agreement."""
    places = agreement.mentions
    relations = {area.id: _nearest(known, area.id, places) for area in known.weighed}
    others = [other.mentions for other in known.reading.agreements if other is not agreement]
    has_own = any(relation in _OWN for relation in relations.values())
    explicit = any(_tells_subject(known.reading, place) for place in places)
    found: dict[str, Features] = {}
    for area in known.weighed:
        if known.counts[area.id]:
            held = {
                **_of_place(known, area.id, places, relations[area.id]),
                **_of_others(known, area.id, relations[area.id], others),
                **_of_text(known, area),
                "another area in its phrase": has_own and relations[area.id] not in _OWN,
                "its phrase names another subject": explicit and relations[area.id] not in _OWN,
            }
            found[area.id] = {name: round(float(value), 3) for name, value in held.items() if value}
    return found


def _of_place(known: AreaWords, area: str, places: Sequence[AgreementMention], relation: str) -> dict[str, float]:
    words = [word for word in known.words if word.area == area]
    here = [(w, p) for w in words for p in places if relation and _relation(known.reading, w, p) == relation]
    return {
        **({relation: True} if relation else {}),
        "by a clear term there": any(word.clear for word, _ in here),
        "told as a circumstance": relation in _SENTENCE and all(_is_besides(w, p) for w, p in here),
        "in a headline of an agreement": any(_is_in_headline(w) and _has(w.token.sent, "headlines", w) for w in words),
        "in the headline": any(_is_in_headline(word) for word in words),
    }


def _of_others(
    known: AreaWords, area: str, relation: str, others: Sequence[Sequence[AgreementMention]]
) -> dict[str, float]:
    theirs = [_nearest(known, area, places) for places in others]
    nearer = any(other and _rank(other) < _rank(relation) for other in theirs)
    return {
        "nearer to another agreement": nearer,
        "in the phrase of another agreement": any(other in _OWN for other in theirs) and relation not in _OWN,
        "the text has other agreements": bool(others),
    }


def _of_text(known: AreaWords, area: AreaMention) -> dict[str, float]:
    most = max(known.counts.values())
    return {
        "how likely the text presents it": area.probability,
        "the only area of the text": area.is_presented and len(known.presented) == 1,
        "named most in the text": known.counts[area.id] == most > 1,
        "how many areas the text presents": math.log2(1 + len(known.presented)),
    }


def _rank(relation: str) -> int:
    return RELATIONS.index(relation) if relation else len(RELATIONS)


def _nearest(known: AreaWords, area: str, places: Sequence[AgreementMention]) -> str:
    """Return how the nearest word of an area stands to an agreement; nothing for another paragraph."""
    found = (_relation(known.reading, word, place) for word in known.words if word.area == area for place in places)
    return min(found, key=_rank, default="")


def _relation(reading: Reading, word: AreaWord, place: AgreementMention) -> str:
    """Return how a word of an area stands to a mention of an agreement.

    "They signed a memorandum on lasers." → "in the agreement's phrase"
    """
    if word.part is place.part and word.token.sent.start == place.head.sent.start:
        return _relation_in_sentence(reading, word, place)
    if any(part is word.part and s.start == word.token.sent.start for part, s in _sentences_on(place)):
        return "in a sentence that speaks of it"
    if word.part is not place.part:
        return ""
    starts = [sentence.start for sentence in place.part.doc.sents]
    distance = starts.index(word.token.sent.start) - starts.index(place.head.sent.start)
    return {1: "in the next sentence", -1: "in the sentence before"}.get(distance, "elsewhere in its paragraph")


def _relation_in_sentence(reading: Reading, word: AreaWord, place: AgreementMention) -> str:
    """Return "in the agreement's phrase" for "a memorandum on X", "behind it in its clause" for "under which X"."""
    chain = _chain(word, place)
    of_another = any(_is_instrument(above, place.part) and above.i != place.head.i for above in chain[1:])
    if not of_another and (chain[-1].head.i == place.head.i or word.token.i == place.head.i):
        return "in the agreement's phrase"
    if not of_another and _stands_behind(reading, word, place, chain):
        return "behind it in its clause"
    apart = any(above.dep_ in _CLAUSES | _SUBJECTS or _is_instrument(above, place.part) for above in chain)
    return "elsewhere in its sentence" if apart else "beside it in its sentence"


def _chain(word: AreaWord, place: AgreementMention) -> list[Token]:
    """Return a word and the words above it, up to the agreement or the word that tells of it, which is left out."""
    ends = {place.head.i, place.trigger.i}
    return [word.token, *takewhile(lambda above: above.i not in ends, word.token.ancestors)]


def _stands_behind(reading: Reading, word: AreaWord, place: AgreementMention, chain: Sequence[Token]) -> bool:
    """Return whether a word follows an agreement, with no other one between and in no party."""
    by_trigger = any(above.dep_ in {"conj", *_SUBJECTS} and above.head.i == place.trigger.i for above in chain)
    behind = word.token.i > max(place.head.i, place.trigger.i)
    return behind and not by_trigger and not _is_rival_between(reading, word, place)


def _is_rival_between(reading: Reading, word: AreaWord, place: AgreementMention) -> bool:
    """Return whether another agreement stands between: "a memorandum on textiles and a contract for a pipeline"."""
    return any(
        other.part is place.part and place.head.i < other.head.i < word.token.i
        for agreement in reading.agreements
        for other in agreement.mentions
    )


def _is_instrument(token: Token, part: Part) -> bool:
    return token.pos_ == "NOUN" and in_class(token.lemma_, "instruments", part.language)


def _is_besides(word: AreaWord, place: AgreementMention) -> bool:
    """Return whether a word is of a circumstance: "after a tour of the plant" → True."""
    words = _words("circumstances", word.part.language)
    return any(mark.lower_ in words for above in _chain(word, place) for mark in _marks(above))


def _marks(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in {"case", "mark", "advmod"}:
            yield child
            yield from (deeper for deeper in child.children if deeper.dep_ == "fixed")


def _is_in_headline(word: AreaWord) -> bool:
    return word.part.block.kind == "title"


def _tells_subject(reading: Reading, place: AgreementMention) -> bool:
    """Return whether an agreement names a subject: "on student exchanges" → True, "on cooperation" → False."""
    piece = subject_of(place.part, place.head, reading.past_dates)
    if piece is None:
        return False
    start = place.part.block.start
    span = place.part.doc.char_span(piece[0] - start, piece[1] - start, alignment_mode="expand")
    if not span or span[0].lower_ in _words("known", place.part.language):
        return False
    nouns = [token for token in span if token.pos_ in {"NOUN", "PROPN"}]
    general = _words("general", place.part.language)
    return not all(noun.lemma_.lower() in general or noun.ent_type_ for noun in nouns)


def _sentences_on(place: AgreementMention) -> list[tuple[Part, Span]]:
    """Return the sentences right after that speak of an agreement: "The document provides for …"."""
    after = following(place.part, place.head.sent)[:_REACH]
    return [
        (place.part, sentence)
        for n, sentence in enumerate(after)
        if _speaks_of(sentence, place.part) or (n == 0 and _tells_plans(sentence, place.part))
    ]


def following(part: Part, sentence: Span) -> list[Span]:
    """Return the sentences of a paragraph behind one of them."""
    return [after for after in part.doc.sents if after.start > sentence.start]


def _speaks_of(sentence: Span, part: Part) -> bool:
    """Return whether a sentence tells what an agreement does: "Under the agreement …", "It covers …" → True."""
    by_name = any(_is_instrument(token, part) and token.dep_ in {*_SUBJECTS, "obl", "nmod"} for token in sentence)
    opening = {token.lower_ for token in sentence[:_OPENING]}
    by_pronoun = bool(opening & _words("documents", part.language))
    return (by_name or by_pronoun) and (
        has_word(sentence, "provides", part.language) or has_word(sentence, "plans", part.language)
    )


def _tells_plans(sentence: Span, part: Part) -> bool:
    """Return whether a sentence tells what the sides are going to do: "The sides will build …" → True."""
    sides = _words("both", part.language)
    return has_word(sentence, "plans", part.language) and any(
        token.dep_ in _SUBJECTS and (token.lower_ in sides or in_class(token.lemma_, "sides", part.language))
        for token in sentence
    )


def _has(sentence: Span, name: str, word: AreaWord) -> bool:
    return has_word(sentence, name, word.part.language)


def has_word(sentence: Span, name: str, language: str) -> bool:
    """Return whether a sentence has a word of a list of `subjects.yaml`."""
    words = _words(name, language)
    return any(token.lemma_.lower() in words or token.lower_ in words for token in sentence)


@cache
def _words(name: str, language: str) -> frozenset[str]:
    return frozenset(read_rules_file("subjects.yaml")[name].get(language, ()))
