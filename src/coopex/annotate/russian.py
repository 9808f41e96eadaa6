"""Russian text → spaCy `Doc` with Universal Dependencies, lemmas and names, by natasha's compact models.

What a rule may rely on:

* `doc.text == text`, for any text; white space other than one blank between words is a token (`pos_` SPACE,
  `dep_` "dep", hanging on the token before it, or after it at the start of a sentence).
* Every sentence is one rooted tree (`coopex.annotate.projective`), its root labelled "ROOT" as spaCy's own
  parser does; a blank line always ends a sentence.
* `lemma_` is lower case and written with е for ё («приём» → "прием"). Nouns: nominative singular («визита» →
  "визит"). Verbs, with their participles (long and short) and gerunds: the infinitive of the same aspect
  («прибывшая» → "прибыть", «подписан» → "подписать", «состоялась» → "состояться"); such tokens are `pos_`
  VERB and keep `VerbForm=Part`, `Voice=Pass`, `Tense`, `Aspect` in `morph`. A participle that the tagger
  reads as an adjective has an adjective's lemma where the dictionary knows one («насыщенный»), else the
  infinitive too («заключённом» → "заключить"). Acronyms stay as they are, in lower case («РАН» → "ран").
* A headline in capitals is read as if written in small letters (`coopex.annotate.recase`).
* `doc.ents` are whole names labelled PER, ORG, LOC (`coopex.annotate.spans_ru`).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from coopex.annotate.objects_ru import part_subjects, reattach_objects, seat_late_subjects
from coopex.annotate.recase import recase
from coopex.annotate.relatives_ru import reattach_relatives, seat_pronoun_objects
from coopex.annotate.sentences_ru import sentence_starts
from coopex.annotate.spans_ru import complete_names
from coopex.annotate.taggers_ru import Reading, Taggers
from coopex.annotate.tokens_ru import find_tokens
from coopex.annotate.verbs_ru import restore_opening_verb
from coopex.annotate.words import Name, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

LONGEST_SENTENCE = 250
"""Tokens. Menus and tables come as one endless "sentence"; the parser's memory grows with its square."""

BATCH = 128
"""Texts annotated together: the blocks of some twenty articles, enough to fill the networks' `ROWS`."""

MOST_STRINGS = 30_000
"""Strings in a vocabulary before the next texts get a new one: 1,500 texts of news, 10 MB; a new one takes 50 ms."""

_RUSSIAN_WORD = re.compile(r"[0-9а-яё'’-]*[а-яё][0-9а-яё'’-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text on its way to a `Doc`: as it is, as the models read it, its words, its sentences over them."""

    text: str
    readable: str
    words: list[Word]
    sentences: list[range]


class RussianAnnotator:
    """Annotates Russian texts; models are loaded on first use (0.3 s, 110 MB) and may be shared by threads."""

    def __init__(self, *, whole_names: bool = True) -> None:
        self._whole_names = whole_names
        self._lock = threading.Lock()
        self._taggers: Taggers | None = None
        self._vocab: Vocab | None = None

    def annotate(self, texts: Iterable[str]) -> Iterator[Doc]:
        """`["Делегация прибыла."]` → one `Doc` per text, in order; an empty text gives an empty `Doc`.

        Reads `BATCH` texts ahead, since the networks are faster on many sentences. Documents of different batches
        may have different vocabularies.
        """
        remaining = iter(texts)
        while batch := list(islice(remaining, BATCH)):
            drafts = [_split(recase(text), text) for text in batch]
            taggers, vocab = self._load()
            _tag(taggers, drafts)
            recognised = taggers.names([[word.text for word in draft.words] for draft in drafts])
            for draft, names in zip(drafts, recognised, strict=True):
                whole = complete_names(draft.words, names) if self._whole_names else names
                yield _build(vocab, draft, whole)

    def nominative(self, span: Span) -> str:
        """«Дмитрия Ялова» → "Дмитрий Ялов": the name in the nominative, in the letters of the text."""
        from coopex.annotate.normalize import nominative

        return nominative(span)

    def _load(self) -> tuple[Taggers, Vocab]:
        """The networks, and a vocabulary that has not grown over its bounds: spaCy keeps every word for good."""
        with self._lock:
            if self._taggers is None:
                self._taggers = Taggers()
            if self._vocab is None or len(self._vocab.strings) > MOST_STRINGS:
                self._vocab = _new_vocab()
            return self._taggers, self._vocab


def _new_vocab() -> Vocab:
    import spacy

    return spacy.blank("ru").vocab


# --- words and sentences --------------------------------------------------------------------------


def _split(readable: str, text: str) -> _Draft:
    """Words and sentences of the text, by razdel."""
    words = [Word(start, token) for start, token in find_tokens(readable)]
    sentences = _sentence_ranges(words, set(sentence_starts(readable)))
    for number, sentence in enumerate(sentences):
        words[sentence.start].opens = True
        for index in sentence:
            words[index].sentence = number
    return _Draft(text, readable, words, sentences)


def _sentence_ranges(words: list[Word], starts: set[int]) -> list[range]:
    ordered = sorted(starts)
    ranges: list[range] = []
    first = 0
    following = 1
    for index, word in enumerate(words):
        passed = following
        while following < len(ordered) and ordered[following] <= word.start:
            following += 1
        if index > first and (following > passed or index - first >= LONGEST_SENTENCE):
            ranges.append(range(first, index))
            first = index
    return [*ranges, range(first, len(words))] if words else []


# --- models ---------------------------------------------------------------------------------------


def _tag(taggers: Taggers, drafts: Sequence[_Draft]) -> None:
    """Write part of speech, features, lemma, head and relation into the words."""
    sentences = [(draft.words, sentence) for draft in drafts for sentence in draft.sentences]
    texts = [[word.text for word in words[sentence.start : sentence.stop]] for words, sentence in sentences]
    for (words, sentence), reading in zip(sentences, taggers.read(texts), strict=True):
        inner = words[sentence.start : sentence.stop]
        _write(inner, sentence.start, reading)
        restore_opening_verb(inner)
        part_subjects(words, sentence)
        seat_late_subjects(words, sentence)
        reattach_objects(words, sentence)
        seat_pronoun_objects(words, sentence)
        reattach_relatives(words, sentence)


def _write(words: Sequence[Word], start: int, reading: Reading) -> None:
    """What the networks say of a sentence that starts at the word `start`."""
    for index, (word, tag, head, label) in enumerate(
        zip(words, reading.tags, reading.heads, reading.relations, strict=True)
    ):
        word.pos, word.feats, word.morph = tag.pos, tag.feats, tag.morph
        word.lemma = lemma_of(word.text, tag.pos, tag.morph)
        word.head = start + head
        word.dep = "ROOT" if head == index else ("parataxis" if label == "root" else label)


# --- lemmas ---------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def lemma_of(word: str, pos: str, morph: str) -> str:
    """`("визита", "NOUN", "Case=Gen|…")` → "визит": lower case, е for ё; see the module's own words on
    participles."""
    from coopex.annotate._pymorphy import LONGEST_WORD, morph_vocab

    base = word.lower().replace("ё", "е")
    nominative = "Case=Nom" in morph and "Number=Sing" in morph
    if len(word) > LONGEST_WORD or not _RUSSIAN_WORD.fullmatch(word):
        return base
    if pos == "PROPN" and (nominative or word.isupper()):
        return base
    feats = dict(item.split("=", 1) for item in morph.split("|")) if morph else {}
    return str(morph_vocab().lemmatize(word, pos, feats))


# --- the Doc --------------------------------------------------------------------------------------


def _with_spaces(text: str, words: list[Word]) -> tuple[list[Word], list[int]]:
    """The words with tokens for all white space that is not one blank after a word, and where each word went.

    Heads count the new tokens.
    """
    items, position = _weave(text, words)
    for word in words:
        word.head = position[word.head]
    for index, item in enumerate(items):
        if item.is_space:
            item.head = _neighbour(index, len(items))
            item.dep = "dep" if item.head != index else "ROOT"
    return items, position


def _weave(text: str, words: list[Word]) -> tuple[list[Word], list[int]]:
    items: list[Word] = []
    position: list[int] = []
    end = 0
    for word in [*words, None]:
        start = word.start if word else len(text)
        _add_gap(items, text[end:start], end)
        if word:
            position.append(len(items))
            items.append(word)
            end = word.end
    return items, position


def _add_gap(items: list[Word], gap: str, start: int) -> None:
    """Record one gap: a single blank after a word is the word's own, anything more is a token."""
    if not gap:
        return
    if items and gap[0] == " ":
        items[-1].space_after = True
        gap, start = gap[1:], start + 1
    if gap:
        items.append(Word(start, gap, pos="SPACE", lemma=gap, is_space=True))


def _neighbour(index: int, length: int) -> int:
    """Head of a white-space token: the word before it, else the one after it, else itself."""
    if index > 0:
        return index - 1
    return min(1, length - 1)


def _build(vocab: Vocab, draft: _Draft, names: list[Name]) -> Doc:
    from spacy.tokens import Doc, Span

    items, position = _with_spaces(draft.text, draft.words)
    if not items:
        return Doc(vocab)
    doc = Doc(
        vocab,
        words=[draft.text[item.start : item.end] for item in items],
        spaces=[item.space_after for item in items],
        pos=[item.pos for item in items],
        morphs=[item.morph for item in items],
        lemmas=[item.lemma for item in items],
        heads=[item.head for item in items],
        deps=[item.dep for item in items],
    )
    doc.set_ents(
        [Span(doc, position[name.start], position[name.end - 1] + 1, label=name.label) for name in names],
        default="outside",
    )
    return doc
