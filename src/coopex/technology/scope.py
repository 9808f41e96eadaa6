"""Terms in their sentences, and whether the sentence lets an ambiguous term present an area."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Token as DocToken

from coopex.matching.tree import Token, Tree
from coopex.technology.bodies import outside_bodies
from coopex.technology.lexicon import split_list
from coopex.technology.matcher import TermMatch, terms_among
from coopex.technology.words import read_words
from coopex.yaml_files import parse_yaml

PHRASES = frozenset({"life", "background", "passing"})
CUES = Path(__file__).with_name("cues.yaml")
SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"')]*\s+(?=[«“\"'(]*[A-ZА-ЯЁ–—])")
# Between two fields of a list: "energy, [the] [digital] economy and [public] health".
SEPARATOR = r"(?:(?:,|;|/|&|\band\b|\bor\b|\bи\b|\bили\b|\bа также\b)\s*)+"
PREPOSITION = r"(?:of|in|on|at|for|from|to|with|by|в|во|на|по|для|из|с|от|к|у|о|об)\b"
NUMBER = r"(?:\(?(?:[ivx]+|\d+|[a-z])\)\s*)?"  # "(iv) transport, (v) energy"
LIST_GAP = re.compile(
    rf"\s*(?:[\w-]+\s+)?{SEPARATOR}{NUMBER}(?:(?!{PREPOSITION})[\w-]+\s+){{0,2}}", re.IGNORECASE
)

_LONGEST_GAP = 100  # characters between two fields of a list: three words and a number


@dataclass(frozen=True, slots=True)
class Sighting:
    """A term in its sentence: `start` is the sentence's offset in its block.

    `listed`: it stands in a list of fields; `in_body`: it is part of the name of a body or a post.
    """

    block: int
    match: TermMatch
    sentence: str
    start: int
    language: str
    listed: bool
    in_body: bool


def sightings(block: int, doc: Doc | Tree) -> Iterator[Sighting]:
    """The terms of a block, but for what is told in passing or as background; see `is_background`."""
    text, words = doc.text, read_words(doc)
    matches = terms_among(words, text, doc.lang_)
    if not matches:
        return
    starts = [match.start for match in matches]
    outside = frozenset(outside_bodies(doc, words, matches))
    for start, end in sentence_bounds(text):
        sentence = text[start:end]
        here = matches[bisect_left(starts, start) : bisect_left(starts, end)]
        here = [match for match in here if not is_passing(sentence, start, match, doc.lang_)]
        if here and not is_background(sentence, doc.lang_):
            here = [match for match in here if not _is_history(doc, sentence, match)]
            listed = _listed(sentence, start, [match for match in here if match in outside], doc.lang_)
            for match in here:
                yield Sighting(
                    block, match, sentence, start, doc.lang_, match in listed, match not in outside
                )


def is_background(sentence: str, language: str) -> bool:
    """"Oil prices fell again." -> True; "They discussed oil prices and joint drilling." -> False.

    What tells a life is background even beside a word of cooperation.
    """
    return has_cue("life", language, sentence) or (
        has_cue("background", language, sentence) and not has_cue("topic", language, sentence)
    )


def is_passing(sentence: str, offset: int, match: TermMatch, language: str) -> bool:
    """"They came by high-speed train" -> True for the train: no more than a means of travel."""
    start, end = match.start - offset, match.end - offset
    return any(first < end and start < after for first, after in _passing(sentence, language))


@lru_cache(maxsize=1_000)  # asked of each term of a sentence
def _passing(sentence: str, language: str) -> tuple[tuple[int, int], ...]:
    return tuple(phrase.span() for phrase in _cue("passing", language).finditer(sentence))


def _is_history(doc: Doc | Tree, sentence: str, match: TermMatch) -> bool:
    """"The town grew up around a mine in 1904, and is a resort today" -> True: the mine is past with "grew"."""
    if not has_cue("old", doc.lang_, sentence) or has_cue("topic", doc.lang_, sentence):
        return False
    span = doc.char_span(match.start, match.end, alignment_mode="expand")
    verb = _governing_verb(span.root) if span and doc.has_annotation("DEP") else None
    return verb is not None and "Past" in verb.morph.get("Tense", [])


def _governing_verb(token: DocToken | Token) -> DocToken | Token | None:
    """The nearest verb above a word that has a tense."""
    return next((above for above in token.ancestors if above.morph.get("Tense", [])), None)


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block start and end."""
    start = 0
    for end in SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def is_allowed(sighting: Sighting, named: Container[str]) -> bool:
    """True when the text gives the term what it needs.

    `named` are areas in whose field the text names bodies: "in polar circles" beside a Polar Institute.
    """
    needs = sighting.match.needs
    if sighting.in_body:
        return False
    if needs == "nothing" or sighting.listed:
        return True
    return needs == "support" and (
        sighting.match.id in named or has_cue("support", sighting.language, _without(sighting))
    )


def _without(sighting: Sighting) -> str:
    """The sentence without the term itself, which may look like a cue ("construction")."""
    first, last = sighting.match.start - sighting.start, sighting.match.end - sighting.start
    return sighting.sentence[:first] + " " + sighting.sentence[last:]


def _listed(sentence: str, offset: int, matches: Sequence[TermMatch], language: str) -> frozenset[TermMatch]:
    """The matches beside another field: "trade, energy and health" -> energy, health."""
    places = [(match.start - offset, match.end - offset, match.id) for match in matches]
    places += [(field.start(), field.end(), "") for field in _cue("fields", language).finditer(sentence)]
    return frozenset(
        match
        for match, place in zip(matches, places, strict=False)
        if _is_headed(sentence, place, language)
        or any(_are_beside(sentence, place, other) for other in places)
    )


def _are_beside(sentence: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    if one[2] == other[2]:
        return False
    (_, end, _), (start, _, _) = sorted((one, other))
    return start - end <= _LONGEST_GAP and bool(LIST_GAP.fullmatch(sentence[end:start]))


def has_field(sentence: str, language: str) -> bool:
    """True where a sentence names a field, or has a head word of fields, beside which a term may count."""
    names = ("fields", "heads_before", "heads_after")
    return any(pattern.search(sentence) for pattern in (_inside(name, language) for name in names))


@cache
def _inside(name: str, language: str) -> re.Pattern[str]:
    """The pattern of a cue, found anywhere in a sentence."""
    return re.compile(_cue(name, language).pattern.removesuffix("$"), re.IGNORECASE)


def _is_headed(sentence: str, place: tuple[int, int, str], language: str) -> bool:
    before, after = sentence[: place[0]].rstrip(), sentence[place[1] :].lstrip()
    return bool(
        _cue("heads_before", language).search(before[-40:]) or _cue("heads_after", language).match(after)
    )


@cache
def _cues() -> dict[tuple[str, str], re.Pattern[str]]:
    return {
        (name, language): _compiled(name, written)
        for name, languages in parse_yaml(CUES.read_text("utf-8")).items()
        for language, written in languages.items()
    }


def _compiled(name: str, written: str) -> re.Pattern[str]:
    if name == "heads_before":
        return re.compile(rf"\b(?:{written})$", re.IGNORECASE)
    if name == "heads_after":
        return re.compile(rf"(?:{written})\b", re.IGNORECASE)
    if name == "old":
        return re.compile(rf"\b(?:{written})\b", re.IGNORECASE)
    if name in PHRASES:
        return re.compile(rf"\b(?:{'|'.join(map(_phrase, split_list(written)))})(?!\w)", re.IGNORECASE)
    ending = r"\w*" if name == "fields" else ""
    return re.compile(rf"\b(?:{'|'.join(written.split())}){ending}", re.IGNORECASE)


def _phrase(written: str) -> str:
    """"arrived|came by _ train*" -> a pattern: "*" any ending, "|" either, "_" up to two words between."""
    pieces, gap = [], ""
    for word in written.split():
        if word == "_":
            gap = r"(?:[\w-]+\s+){0,2}"
            continue
        either = "|".join(re.escape(one).replace(r"\*", r"[\w-]*") for one in word.split("|"))
        pieces.append(f"{gap}(?:{either})")
        gap = ""
    return r"\s+".join(pieces) + (r"(?:\s+[\w-]+){0,2}" if gap else "")


def _cue(name: str, language: str) -> re.Pattern[str]:
    return _cues().get((name, language), re.compile(r"(?!)"))


@lru_cache(maxsize=1_000)  # asked of each term of a sentence
def has_cue(name: str, language: str, text: str) -> bool:
    """True when the text has one of the cue words `name` of the language; see cues.yaml."""
    return bool(_cue(name, language).search(text))
