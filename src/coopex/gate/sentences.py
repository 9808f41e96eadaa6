"""A sentence as the gate sees it: its words, their possible lemmas, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from coopex.gate.lemmas import english_lemmas, is_english_word, russian_forms
from coopex.gate.words import words
from coopex.matching.lexicon import word_classes
from coopex.matching.rules import load_rules
from coopex.page.verbs import function_words

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_POSSESSIVE = re.compile("['’]s?$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# A sentence ends behind a whole word, number or quotation, so that "Dr. | Smith" and «г. | Тверь» stay together; before
# a quotation or a dash the parser may go on: of 1,400 shuffled texts it did in one, "… on the council. "He went …".
_END = re.compile(r"(?:[a-zа-яё]{4}|\d|[»”\"')]|[A-ZА-ЯЁ]{2})[.!?…]+[»”\"')]*\s+(?=[A-ZА-ЯЁ\d])")
_CLASSES = ("groups", "guests", "members", "posts", "bodies", "events", "spans", "hosts", "instruments", "signings")
_ADJECTIVE = re.compile(r"[а-я-]{2,}(?:ск|цк)(?:ий|ая|ое|ие|ого|ому|им|их|ими|ом|ой|ую)$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: in small letters with е for ё, its possible lemmas of interest, and what precedes it.

    `opens` says that punctuation stands before it.
    """

    lower: str
    lemmas: frozenset[str]
    is_name: bool
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one sentence, and what is asked of it."""

    language: str
    words: tuple[Word, ...]
    lemmas: frozenset[str]
    lower: frozenset[str]

    def has(self, *names: str) -> bool:
        """Tell whether a word may belong to one of some classes of `rules/nouns.yaml`."""
        return any(not self.lemmas.isdisjoint(class_lemmas(name, self.language)) for name in names)

    @property
    def names(self) -> int:
        """How many runs of capitalised words there are; every word of a sentence in capitals may be one."""
        if all(word.is_name for word in self.words):
            return len(self.words)
        return sum(
            word.is_name and not (i and self.words[i - 1].is_name and not word.opens)
            for i, word in enumerate(self.words)
        )


def sentences(text: str) -> Iterator[str]:
    """ "He came. She left." → "He came. ", "She left."; cut only where surely one ends."""
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def capitalised(text: str) -> frozenset[str]:
    """Words, in small letters, that have a capital where no sentence, line or quotation begins: surely names."""
    return frozenset(_POSSESSIVE.sub("", found[1].lower().replace("ё", "е")) for found in _INNER_CAPITAL.finditer(text))


_INNER_CAPITAL = re.compile(r"(?<=[^\W_][ -])([A-ZА-ЯЁ][\w'’-]*)")


def words_in(text: str) -> list[str]:
    """ "Anna's crew" → anna, crew: the words of a text as a `Sentence` has them."""
    found = _WORD.findall(_INVISIBLE.sub("", text).lower().replace("ё", "е"))
    return [_POSSESSIVE.sub("", word) if "'" in word or "’" in word else word for word in found]


def read_sentence(text: str, language: str, names: frozenset[str] = frozenset()) -> Sentence:
    """Look at the words of one sentence; `names` are what the text has in capitals elsewhere."""
    text = _INVISIBLE.sub("", text)
    found = list(_WORD.finditer(text))
    shouting = sum(word[0].isupper() for word in found) * 2 > len(found)
    seen, end = [], 0
    for i, match in enumerate(found):
        lower = _POSSESSIVE.sub("", match[0].lower().replace("ё", "е"))
        lemmas = lemmas_of(lower, language)
        after = found[i + 1][0] if i + 1 < len(found) else ""
        name = _is_name(match[0], lower, language) and (
            bool(end) or shouting or lower in names or after[:1].isupper() or not _is_common(lower, lemmas, language)
        )
        seen.append(Word(lower, lemmas, name, not _CLOSED.isdisjoint(text[end : match.start()])))
        end = match.end()
    return Sentence(
        language,
        tuple(seen),
        frozenset[str]().union(*(word.lemmas for word in seen)),
        frozenset(word.lower for word in seen),
    )


_CLOSED = frozenset(",;:.!?…()—–\n")


def _is_name(word: str, lower: str, language: str) -> bool:
    if word[0].isupper():
        return lower not in words("calendar", language)
    return language == "ru" and bool(_ADJECTIVE.match(lower))


def _is_common(lower: str, lemmas: frozenset[str], language: str) -> bool:
    """Whether a word that opens a sentence, and has a capital nowhere else, is no name."""
    if lemmas or lower in _common():
        return True
    return language == "en" and is_english_word(lower)


@cache
def _common() -> frozenset[str]:
    return frozenset(function_words()) | words("pronouns", "en") | words("pronouns", "ru")


@lru_cache(maxsize=20_000)
def lemmas_of(lower: str, language: str) -> frozenset[str]:
    """Possible lemmas of a word that rules or classes ask for; words apart at hyphens and apostrophes too."""
    pieces = {lower, *re.split(r"['’.-]", lower)} if not lower.isalpha() else {lower}
    if language == "ru":
        forms = _forms()
        return frozenset().union(*(forms.get(piece, frozenset()) for piece in pieces), _by_stem(lower))
    return frozenset().union(*(english_lemmas(piece) for piece in pieces)) & _wanted("en")


@cache
def _wanted(language: str) -> frozenset[str]:
    """The lemmas that triggers and classes have."""
    triggers = {lemma.replace("ё", "е") for rule in load_rules() for lemma, _ in rule.triggers[language]}
    return frozenset(triggers).union(*(class_lemmas(name, language) for name in _CLASSES))


@cache
def _forms() -> dict[str, frozenset[str]]:
    return russian_forms(_wanted("ru"))


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    """Lemmas that the dictionary gives fewer than four forms, by what they begin with."""
    counted: dict[str, int] = {}
    for of in _forms().values():
        for lemma in of:
            counted[lemma] = counted.get(lemma, 0) + 1
    return tuple((lemma[:-1] if len(lemma) > 4 else lemma, lemma) for lemma, count in counted.items() if count < 4)


def _by_stem(lower: str) -> frozenset[str]:
    return frozenset(lemma for stem, lemma in _stems() if lower.startswith(stem))


@cache
def class_lemmas(name: str, language: str) -> frozenset[str]:
    """The words of a class of `rules/nouns.yaml`, е for ё."""
    return frozenset(word.lower().replace("ё", "е") for word in word_classes()[name][language])
