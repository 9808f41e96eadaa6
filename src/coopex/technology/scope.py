"""Terms in their sentences, and how they stand there: in a list of fields, in the name of a body, in passing."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
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
LIST_GAP = re.compile(rf"\s*(?:[\w-]+\s+)?{SEPARATOR}{NUMBER}(?:(?!{PREPOSITION})[\w-]+\s+){{0,2}}", re.IGNORECASE)

_LONGEST_GAP = 100  # characters between two fields of a list: three words and a number


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of title or body: its number in the text, and where it stands in its block."""

    number: int
    block: int
    kind: str
    language: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset of its end in its block."""
        return self.start + len(self.text)

    def has(self, cue: str) -> bool:
        """Return whether it has a cue word: see `cues.yaml`."""
        return has_cue(cue, self.language, self.text)


@dataclass(frozen=True, slots=True)
class TermMention:
    """A term in its sentence, and how it stands there.

    `listed`: beside another field; `headed`: "in the field of …"; `in_body`: part of the name of a body or a post;
    `supported`: the rest of the sentence has a word of technology, industry, cooperation; `in_passing`: a means of
    travel, a figure of speech; `in_the_past`: told of an old year.
    """

    sentence: Sentence
    match: TermMatch
    listed: bool
    headed: bool
    in_body: bool
    supported: bool
    in_passing: bool
    in_the_past: bool

    @property
    def in_background(self) -> bool:
        """Return whether its sentence tells a life, prices, harm, leisure: "Oil prices fell again."."""
        return is_background(self.sentence.text, self.sentence.language)

    @property
    def is_clear(self) -> bool:
        """Return whether it stands by itself for its area: "lasers", or an everyday word in a list of fields."""
        return self.match.needs == "nothing" or self.listed or self.headed


def read_sentences(block: int, kind: str, doc: Doc | Tree, first: int) -> list[Sentence]:
    """Return the sentences of a block, numbered from `first` on."""
    bounds = list(sentence_bounds(doc.text))
    return [
        Sentence(first + n, block, kind, doc.lang_, start, doc.text[start:end]) for n, (start, end) in enumerate(bounds)
    ]


def term_mentions(doc: Doc | Tree, sentences: Sequence[Sentence]) -> Iterator[TermMention]:
    """Yield every term of a block in its sentence."""
    words = read_words(doc)
    matches = terms_among(words, doc.text, doc.lang_)
    if not matches:
        return
    starts = [match.start for match in matches]
    outside = frozenset(outside_bodies(doc, words, matches))
    for sentence in sentences:
        here = matches[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        listed, headed = _listed(sentence, [match for match in here if match in outside])
        for match in here:
            yield TermMention(
                sentence,
                match,
                listed=match in listed,
                headed=match in headed,
                in_body=match not in outside,
                supported=has_cue("support", doc.lang_, _without(sentence, match)),
                in_passing=is_passing(sentence.text, sentence.start, match, doc.lang_),
                in_the_past=_is_history(doc, sentence.text, match),
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


def _without(sentence: Sentence, match: TermMatch) -> str:
    """Return the sentence without a term, which may itself look like a cue: "construction"."""
    first, last = match.start - sentence.start, match.end - sentence.start
    return sentence.text[:first] + " " + sentence.text[last:]


def _listed(sentence: Sentence, matches: Sequence[TermMatch]) -> tuple[frozenset[TermMatch], frozenset[TermMatch]]:
    """Return the matches beside another field, and those with a head word.

    "trade, energy and health" → energy, health; "in the field of energy" → energy
    """
    text, language = sentence.text, sentence.language
    places = [(match.start - sentence.start, match.end - sentence.start, match.id) for match in matches]
    fields = [(field.start(), field.end(), "") for field in _cue("fields", language).finditer(text)] if matches else []
    placed = list(zip(matches, places, strict=True))
    listed = frozenset(m for m, place in placed if any(_are_beside(text, place, one) for one in [*places, *fields]))
    return listed, frozenset(m for m, place in placed if _is_headed(text, place, language))


def _are_beside(sentence: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    if one[2] == other[2]:
        return False
    (_, end, _), (start, _, _) = sorted((one, other))
    return start - end <= _LONGEST_GAP and bool(LIST_GAP.fullmatch(sentence[end:start]))


def _is_headed(sentence: str, place: tuple[int, int, str], language: str) -> bool:
    before, after = sentence[: place[0]].rstrip(), sentence[place[1] :].lstrip()
    return bool(_cue("heads_before", language).search(before[-40:]) or _cue("heads_after", language).match(after))


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
