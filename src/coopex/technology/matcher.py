"""Finds the terms of technology areas in the tokens of a Doc; the longest match wins.

"a warehouse robot for solar and wind farms" -> logistics_robotics, renewable_energy, renewable_energy
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from coopex.matching.tree import Tree
from coopex.technology.lexicon import Needs, Node, Term, trie
from coopex.technology.words import Word, is_capitals, normalise, read_words

CONJUNCTIONS = {
    "en": frozenset({"and", "or", "&", "/"}),
    "ru": frozenset({"и", "или", "/", "а", "также", "либо"}),
}
RUSSIAN_ADJECTIVE = re.compile(r"(?:[ыоеи]й|[ая]я|[ую]ю|[оеыи]е|[ое]го|[ое]му|[ыи]х|[ыи]ми?|[ое]м)$")
STRENGTH: dict[Needs, int] = {"nothing": 0, "support": 1, "list": 2}
QUOTES = frozenset("«»\"“”„‘’")
NEAR = 4  # words on either side that a `not_near` guard looks at
GAP_WIDTH = 2  # words that "_" in a term may stand for
MODIFIERS = 2  # words of a conjunct before a shared head
HEADS = 2  # words of a shared head
ITEMS = 6  # conjuncts of a list that may share a head


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found: the area's `id`, where it stands in `doc.text`, and the `term` as the lists write it.

    A term that `needs` something ("hospital" support, "energy" a list) presents an area only there; see
    `select_areas`.
    """

    id: str
    start: int
    end: int
    text: str
    term: str
    needs: Needs = "nothing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible match: the term, its first word and the word after its last, and how many words it matched.

    `own` are the words it may not share with a longer match; the head shared by conjuncts is not among them.
    """

    term: Term
    first: int
    after: int
    length: int
    own: range


def find_terms(doc: Doc | Tree, language: str | None = None) -> list[TermMatch]:
    """The technology terms of a Doc, in order of their start; of overlapping terms the longest.

    The language is the Doc's own unless given. A term shared by several areas yields a match for each.
    """
    return terms_among(read_words(doc), doc.text, language or doc.lang_)


def terms_among(words: Sequence[Word], text: str, language: str) -> list[TermMatch]:
    """The technology terms among the words of a text, as :func:`find_terms` gives them."""
    candidates = list(_plain(words, language))
    candidates += _coordinated(words, language)
    candidates += _dangling(words, language)
    chosen = _longest(candidates)
    chosen.sort(key=lambda candidate: (candidate.first, candidate.term.area))
    return [_term_match(text, words, candidate) for candidate in chosen]


def _term_match(text: str, words: Sequence[Word], candidate: Candidate) -> TermMatch:
    start, end = words[candidate.first].start, words[candidate.after - 1].end
    term = candidate.term
    return TermMatch(term.area, start, end, text[start:end], term.written, term.needs)


def _plain(words: Sequence[Word], language: str) -> Iterator[Candidate]:
    shouting = _is_shouting(words)
    for first, word in enumerate(words):
        if not _may_begin(word.text, word.keys, language):
            continue
        for after, term in walk(trie(language), words, first):
            if shouting and is_capitals(term.written) and len(term.written) < 4:
                continue
            if allows(term, words, first, after):
                yield Candidate(term, first, after, after - first, range(first, after))


@lru_cache(maxsize=20_000)  # asked of every word of a text; few begin a term
def _may_begin(text: str, keys: frozenset[str], language: str) -> bool:
    """True for a word with which a term may begin."""
    root = trie(language)
    return root.gap is not None or bool(keys and next(root.follow(Word(0, 0, text, keys)), None))


def _is_shouting(words: Sequence[Word]) -> bool:
    """True where everything is in capitals, so that "IT" may be the pronoun."""
    spelt = [word for word in words if word.text.isalpha()]
    return len(spelt) > 2 and sum(word.text.isupper() for word in spelt) > 0.7 * len(spelt)


def walk(node: Node, words: Sequence[Word], at: int) -> Iterator[tuple[int, Term]]:
    """All terms that the words from `at` on spell, with the index after their last word."""
    for term in node.terms:
        yield at, term
    if node.gap is not None:
        for skip in range(GAP_WIDTH + 1):
            if all(word.is_word for word in words[at : at + skip]):
                yield from walk(node.gap, words, at + skip)
    if at < len(words) and words[at].is_word:
        for following in node.follow(words[at]):
            yield from walk(following, words, at + 1)


def allows(term: Term, words: Sequence[Word], first: int, after: int) -> bool:
    """True when the words around a match meet the term's conditions."""
    previous = _neighbour(words, first - 1, -1)
    following = _neighbour(words, after, 1)
    return (
        (term.pos == frozenset() or not words[first].pos or words[first].pos in term.pos)
        and (term.next is None or term.next.holds(following))
        and (term.previous is None or term.previous.holds(previous))
        and not (term.not_next and term.not_next.holds(following))
        and not (term.not_previous and term.not_previous.holds(previous))
        and not (term.not_near and _is_near(term, words, first, after))
    )


def _neighbour(words: Sequence[Word], at: int, step: int) -> Word | None:
    """The next word or mark in a direction; quotation marks are looked through."""
    while 0 <= at < len(words) and words[at].text in QUOTES:
        at += step
    return words[at] if 0 <= at < len(words) else None


def _is_near(term: Term, words: Sequence[Word], first: int, after: int) -> bool:
    assert term.not_near is not None
    around = (*words[max(0, first - NEAR) : first], *words[after : after + NEAR])
    return any(term.not_near.holds(word) for word in around)


def _coordinated(words: Sequence[Word], language: str) -> Iterator[Candidate]:
    """"nuclear and radiation medicine" -> nuclear medicine: conjuncts that share a head, as one span."""
    joined = CONJUNCTIONS.get(language, frozenset())
    for at in range(1, len(words) - 2):
        if _joins(words[at], joined) and words[at - 1].is_word:
            yield from _share_heads(words, at, language, joined)


def _joins(word: Word, joined: frozenset[str]) -> bool:
    return word.text.lower() in joined


def _share_heads(
    words: Sequence[Word], at: int, language: str, joined: frozenset[str]
) -> Iterator[Candidate]:
    right = at + 1
    while right < len(words) and _joins(words[right], joined):
        right += 1
    for items in _items_before(words, at, language, joined):
        for head in range(right + 1, right + 1 + MODIFIERS):
            if _is_clean(words[right : head + 1]) and _agrees(words[right:head], language):
                yield from _with_head(words, items, head, language)


def _is_clean(words: Sequence[Word]) -> bool:
    return bool(words) and all(word.is_word for word in words)


def _items_before(
    words: Sequence[Word], at: int, language: str, joined: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """First and after-last word of the modifiers listed before a conjunction, "A, B and": B, A."""
    after = at
    for _ in range(ITEMS):
        while after and _separates(words[after - 1], joined):
            after -= 1
        first = after
        while first and after - first < MODIFIERS and _is_modifier(words[first - 1], joined):
            first -= 1
        for start in range(after - 1, first - 1, -1):
            if _agrees(words[start:after], language):
                yield start, after
        if first in (0, after) or not _separates(words[first - 1], joined):
            return
        after = first


def _separates(word: Word, joined: frozenset[str]) -> bool:
    return word.text == "," or _joins(word, joined)


def _is_modifier(word: Word, joined: frozenset[str]) -> bool:
    return word.is_word and not _joins(word, joined)


def _agrees(words: Sequence[Word], language: str) -> bool:
    """True for what can modify a shared head: in Russian the last word must look like an adjective."""
    return language != "ru" or bool(RUSSIAN_ADJECTIVE.search(words[-1].text.lower()))


def _with_head(words: Sequence[Word], item: tuple[int, int], head: int, language: str) -> Iterator[Candidate]:
    first, after = item
    spelled = [*words[first:after], *words[head : head + HEADS]]
    modifiers = after - first
    for end, term in walk(trie(language), spelled, 0):
        if end > modifiers and allows(term, spelled, 0, end):
            yield Candidate(term, first, head + end - modifiers, end, range(first, after))


def _dangling(words: Sequence[Word], language: str) -> Iterator[Candidate]:
    """"bio- and nanotechnology" -> biotechnology: a beginning that borrows the end of a later word."""
    joined = CONJUNCTIONS.get(language, frozenset())
    for at, word in enumerate(words[:-2]):
        if not word.dangling:
            continue
        full = next((i for i in range(at + 1, len(words)) if _is_full(words[i], joined)), None)
        if full is not None:
            yield from _completed(words, at, full, language)


def _is_full(word: Word, joined: frozenset[str]) -> bool:
    return word.is_word and not word.dangling and not _joins(word, joined)


def _completed(words: Sequence[Word], at: int, full: int, language: str) -> Iterator[Candidate]:
    beginning, lender = words[at], words[full]
    for cut in range(2, len(lender.text) - 3):
        spelling = beginning.text.lower() + lender.text[cut:].lower()
        whole = Word(beginning.start, beginning.end, spelling, frozenset({normalise(spelling)}))
        spelled = [whole, *words[full + 1 : full + 1 + HEADS]]
        found = [(end, term) for end, term in walk(trie(language), spelled, 0) if _spells_out(term, spelling)]
        if found:
            yield from (Candidate(term, at, full + end, end, range(at, at + 1)) for end, term in found)
            return


def _spells_out(term: Term, spelling: str) -> bool:
    """A term that is a bare beginning ("agro*") would accept any cut."""
    return not term.written.endswith("*") or len(term.written) > len(spelling) - 4


def _longest(candidates: Sequence[Candidate]) -> list[Candidate]:
    taken: dict[int, Candidate] = {}
    chosen: dict[tuple[str, range], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (-c.length, STRENGTH[c.term.needs], c.first)):
        owners = {taken[i].own for i in candidate.own if i in taken}
        if owners - {candidate.own} or (candidate.term.area, candidate.own) in chosen:
            continue
        if owners and max(taken[i].length for i in candidate.own if i in taken) > candidate.length:
            continue
        chosen[candidate.term.area, candidate.own] = candidate
        for i in candidate.own:
            taken.setdefault(i, candidate)
    return list(chosen.values())
