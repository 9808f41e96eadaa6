"""Lists of people and bodies, read by the order of words: who came along, who received, who was present.

Long lists with posts between commas are where trees break most, so no tree is asked: a list runs from the words that
lead it in to the next clause that has a verb of its own, and over the lines of items below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coopex.matching.lexicon import LANGUAGES, in_class, read_rules_file
from coopex.matching.paths import has
from coopex.matching.tree import Token

if TYPE_CHECKING:
    from coopex.events.passages import Sentence
    from coopex.matching.text import Mention

_GAP = 3  # words that "…" stands for at most
_LATE = 3  # words after the lead-in where its own verb may stand: "with her came the dean"
_BULLETS = frozenset("•·▪●◦*-–—−")
_RELATIVE = {"who", "whom", "which", "that", "whose", "который", "где", "where"}

Word = frozenset[str] | None
"""Lemmas, forms and @classes that a word of a pattern may be; None is a gap."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    says: str
    words: tuple[Word, ...]


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, Mapping[str, tuple[_Pattern, ...]]]:
    """Patterns by language and by each word that they can begin with."""
    raw = read_rules_file("lists.yaml")
    found: dict[str, dict[str, tuple[_Pattern, ...]]] = {language: {} for language in LANGUAGES}
    for says in raw.keys() - {"verbs"}:
        for language in LANGUAGES:
            for pattern in raw[says][language]:
                words = tuple(None if word == "…" else frozenset(word.split("/")) for word in pattern.split())
                for first in words[0] or ():
                    found[language][first] = (*found[language].get(first, ()), _Pattern(says, words))
    return found


@lru_cache(maxsize=2)
def _own_verbs(language: str) -> frozenset[str]:
    return frozenset(read_rules_file("lists.yaml")["verbs"][language])


Listed = Mapping[int, tuple[tuple[int, str], ...]]
"""By the number of an entity: the sentences where a list names it, each with what the list says of it."""


def read_lists(sentences: Sequence[Sentence], mentions: Mapping[int, Sequence[tuple[Sentence, Mention]]]) -> Listed:
    """Return what lists say of the entities mentioned in some sentences: came, received, present.

    "With the minister was a delegation: Anna Holm, dean, and Per Lie." → Anna Holm came, Per Lie came
    """
    inside: dict[int, dict[int, str]] = defaultdict(dict)  # sentence → token → what the list says
    for sentence in sentences:
        last: str | None = None
        for says, tokens, is_open in _lists_of(sentence):
            inside[sentence.number].update({token.i: says for token in tokens})
            last = says if is_open else None
        if last is not None:
            for line in _lines_below(sentences, sentence):
                inside[line.number].update({token.i: last for token in line.span})
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for number, named in mentions.items():
        told = tuple(
            (sentence.number, inside[sentence.number][mention.start])
            for sentence, mention in named
            if sentence.number in inside and mention.start in inside[sentence.number]
        )
        if told:
            found[number] = told
    return found


def _lists_of(sentence: Sentence) -> Iterator[tuple[str, list[Token], bool]]:
    """Yield the lists of a sentence: what each says, its words, and whether it may go on over the lines below."""
    tokens = list(sentence.span)
    leads = sorted(_leads(tokens, sentence.part.language))
    for n, (_, end, says) in enumerate(leads):
        limit = leads[n + 1][0] if n + 1 < len(leads) else len(tokens)
        stop = _end_of_list(tokens, end, limit)
        is_open = stop == len(tokens) and tokens[-1].text in {":", ";", "—", "–", "-"}
        yield says, tokens[end:stop], is_open


def _leads(tokens: Sequence[Token], language: str) -> Iterator[tuple[int, int, str]]:
    """Yield where words that lead in a list begin and end, the longest at each place."""
    held = [_names_of(token, language) for token in tokens]
    patterns = _patterns()[language]
    taken = -1
    for start in range(len(tokens)):
        if start < taken:
            continue
        begun = {pattern for name in held[start] for pattern in patterns.get(name, ())}
        ends = [(end, p.says) for p in begun if (end := _match(p.words, held, start)) is not None]
        if ends:
            taken, says = max(ends)
            yield start, taken, says


def _names_of(token: Token, language: str) -> frozenset[str]:
    nouns = ("groups", "guests", "hosts") if token.pos_ in {"NOUN", "PROPN"} else ()
    classes = {f"@{name}" for name in nouns if in_class(token.lemma_, name, language)}
    return frozenset({token.lower_, token.lemma_.lower(), *classes})


def _match(words: Sequence[Word], held: Sequence[frozenset[str]], start: int) -> int | None:
    """Return where a pattern that begins at a word ends, or None."""
    ends = {start}
    for word in words:
        if word is None:
            ends = {end + gap for end in ends for gap in range(_GAP + 1)}
        else:
            ends = {end + 1 for end in ends if end < len(held) and held[end] & word}
        if not ends:
            return None
    return min(end for end in ends if end <= len(held)) if any(end <= len(held) for end in ends) else None


def _end_of_list(tokens: Sequence[Token], start: int, limit: int) -> int:
    """Return where a list ends: before the first verb that is neither its own nor of a relative clause."""
    since = start  # of the last comma
    for i in range(start, limit):
        token = tokens[i]
        is_own = i < start + _LATE and token.lemma_.lower() in _own_verbs(token.lang_)
        is_relative = any(word.lemma_.lower() in _RELATIVE for word in tokens[since:i])
        if token.is_punct:
            since = i
        elif _is_finite(token) and not is_own and not is_relative:
            return since if since > start else i
    return limit


def _is_finite(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and has(token, "VerbForm", "Fin")


def is_line(sentence: Sentence) -> bool:
    """Return whether a sentence is an item of a list: it has no finite verb, or its block begins with a bullet."""
    if sentence.is_title:
        return False
    return sentence.part.doc[0].text in _BULLETS or not any(_is_finite(token) for token in sentence.span)


def _lines_below(sentences: Sequence[Sentence], sentence: Sentence) -> Iterator[Sentence]:
    """Yield the lines that follow a sentence without a break by a whole sentence."""
    for line in sentences[sentence.number + 1 :]:
        if not is_line(line):
            return
        yield line
