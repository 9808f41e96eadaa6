"""What a block that nobody annotated surely presents in technology areas, or that only annotation can tell.

Terms are told by their letters. Lemmas and parts of speech decide at some words only, and names only where a name can
reach the term: "A man was held at the railway station." presents railways whatever the models say; in "the Northern
Hospital Trust" the recogniser decides, since the name of a body presents nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from coopex.gate.lemmas import english_lemmas, russian_lemmas
from coopex.gate.sentences import class_lemmas, lemmas_of
from coopex.gate.words import words as words_of
from coopex.technology.bodies import is_part_of_body
from coopex.technology.lexicon import guarded_by_pos, trie
from coopex.technology.matcher import CONJUNCTIONS, QUOTES, TermMatch, terms_among, walk
from coopex.technology.scope import has_cue
from coopex.technology.words import APOSTROPHES, HYPHENS, WORD, Word, normalise, read_word, read_words

Verdict = Literal["none", "sure", "open"]

_REACH = 10  # words from a term over which the name of a body may reach it
_ENDS = frozenset(".;:!?…()[]—–")


@dataclass(frozen=True, slots=True)
class PlainDoc:
    """Stands for the `Doc` of a block that nobody annotated: a text without tokens, names, sentences."""

    text: str
    lang_: str
    ents: tuple[Any, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def has_annotation(self, attribute: str) -> bool:
        """Nothing is annotated."""
        return False


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a block, the terms they spell, and those they spell with every lemma that they could get."""

    doc: PlainDoc
    words: Sequence[Word]
    plain: Sequence[TermMatch]
    wide: Sequence[TermMatch]

    @property
    def areas(self) -> frozenset[str]:
        """Areas of all terms."""
        return frozenset(match.id for match in (*self.plain, *self.wide))


def read_terms(doc: PlainDoc) -> Terms:
    """Find the terms of a block with and without lemmas."""
    if not _CUT.search(doc.text) and not _may_spell(doc.text, doc.lang_):
        return Terms(doc, (), (), ())
    words = read_words(doc)  # type: ignore[arg-type]  # stands for a Doc
    plain = terms_among(words, doc.text, doc.lang_)
    widened = [_with_lemmas(word, doc.lang_) for word in words]
    return Terms(doc, words, plain, plain if widened == words else terms_among(widened, doc.text, doc.lang_))


_CUT = re.compile(r"\w[-\u00ad‐‑–](?!\w)")  # "bio- and nanotechnology": a word that a later one completes
_SEEN_THROUGH = HYPHENS | APOSTROPHES | {"s", "S"}  # at least what `read_words` leaves out
_PARTED = 3  # words from the first of a term in which a row may part it from its head: "solar, hydro and wind power"


def _may_spell(text: str, language: str) -> bool:
    """Tell whether the words of a block may spell a term: asked first, as those of most blocks do not.

    A word begins one and the next ones end it, or a row stands between: "nuclear and radiation medicine".
    """
    written = [word for word in WORD.findall(text) if word not in _SEEN_THROUGH]
    if not any(may_begin(word, language) for word in written):
        return False
    words = [_wide(word, language) for word in written]
    parting = CONJUNCTIONS[language] | {","}
    return any(
        next(walk(trie(language), words, i), None) is not None
        or any(after.lower() in parting for after in written[i + 1 : i + 1 + _PARTED])
        for i, word in enumerate(written)
        if may_begin(word, language)
    )


@lru_cache(maxsize=20_000)
def may_begin(word: str, language: str) -> bool:
    """ "solar" → True, "said" → False: whether a term may begin with a word, or with a lemma that it could get."""
    return next(trie(language).follow(_wide(word, language)), None) is not None


@lru_cache(maxsize=20_000)
def _wide(word: str, language: str) -> Word:
    """A word by itself with the keys of all lemmas that it could get."""
    return _with_lemmas(read_word(word), language)


def judge(terms: Terms) -> Verdict:
    """Return whether a block has no terms, terms that annotation cannot change, or others.

    "It rained." → none; "Trains were late." → sure; "the Northern Hospital Trust" → open
    """
    if terms.plain != terms.wide:
        return "open"
    if not terms.plain:
        return "none"
    language = terms.doc.lang_
    is_recent = not has_cue("old", language, terms.doc.text)
    return "sure" if is_recent and all(_is_sure(terms.words, match, language) for match in terms.plain) else "open"


def _with_lemmas(word: Word, language: str) -> Word:
    """The word with the keys of all lemmas that it could get."""
    if not word.is_word:
        return word
    more = _lemma_keys(word.text.lower(), language)
    return word if more <= word.keys else word._replace(keys=word.keys | more)


@lru_cache(maxsize=20_000)
def _lemma_keys(lower: str, language: str) -> frozenset[str]:
    if lower in words_of("uninflected", language):
        return frozenset()
    lemmas = russian_lemmas(lower) if language == "ru" else english_lemmas(lower)
    return frozenset(normalise(lemma) for lemma in lemmas)


def _is_sure(words: Sequence[Word], match: TermMatch, language: str) -> bool:
    """Tell whether neither the part of speech of a term nor the name of a body round it can change anything."""
    if match.term in guarded_by_pos(language):
        return False
    first = next(i for i, word in enumerate(words) if word.start >= match.start)
    after = next((i for i, word in enumerate(words) if word.start >= match.end), len(words))
    inside = words[first:after]
    if any(_is_name_like(words, i + first) for i, _ in enumerate(inside)):
        return False
    before = range(first - 1, max(-1, first - 1 - _REACH), -1)
    behind = range(after, min(len(words), after + _REACH))
    return not _reaches_name(words, before, language) and not _reaches_name(words, behind, language)


def _reaches_name(words: Sequence[Word], around: range, language: str) -> bool:
    """Tell whether a capital, a quotation mark or a noun for a body stands within reach, up to a word that parts.

    A day of the week or a month is no name, though one may go on behind it; no name has a verb in it.
    """
    for i in around:
        word = words[i]
        if word.text in _ENDS or (language == "ru" and word.is_word and _is_verb(word.text.lower())):
            return False
        if word.text.lower() in words_of("calendar", language):
            continue
        if word.text in QUOTES or _is_name_like(words, i) or _names_body(word, language):
            return True
        if language == "en" and word.is_word and word.text.lower() not in words_of("links", language):
            return False
    return False


@lru_cache(maxsize=20_000)
def _is_verb(lower: str) -> bool:
    """ «сгорел» → True, «стали», «объединённый» → False: a Russian word that is a verb or pronoun, no participle."""
    from coopex.annotate._pymorphy import forms_of

    readings = forms_of(lower)
    return bool(readings) and all(
        reading.pos == "PRON" or (reading.pos == "VERB" and reading.feats.get("VerbForm") != "Part")
        for reading in readings
    )


def _is_name_like(words: Sequence[Word], index: int) -> bool:
    """A capital or a digit among letters, but for a word that opens a sentence before one in small letters."""
    word = words[index]
    if not word.is_word or word.text.islower() or word.text.isdigit():
        return False
    opens = index == 0 or words[index - 1].text in _ENDS
    following = words[index + 1].text if index + 1 < len(words) else "."
    return not (opens and word.text.istitle() and (following.islower() or following in _ENDS))


def _names_body(word: Word, language: str) -> bool:
    """«министерство», «управление»: the head of a body that the recogniser finds in small letters too."""
    if language == "en" or not word.is_word:
        return False
    known = lemmas_of(word.text.lower().replace("ё", "е"), "ru")
    return is_part_of_body(word, language) or not known.isdisjoint(class_lemmas("bodies", "ru"))
