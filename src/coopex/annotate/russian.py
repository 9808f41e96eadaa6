"""Russian text → spaCy `Doc` with Universal Dependencies, lemmas and names, by natasha's compact models.

What a rule may rely on:

* `doc.text == text`, for any text; white space other than one blank between words is a token (`pos_` SPACE,
  `dep_` "dep", hanging on the token before it, or after it at the start of a sentence).
* Every sentence is one rooted tree (`coopex.annotate.trees`), its root labelled "ROOT" as spaCy's own
  parser does; a blank line always ends a sentence.
* `lemma_` is lower case and written with е for ё («приём» → "прием"). Nouns: nominative singular («визита» →
  "визит"). Verbs, with their participles (long and short) and gerunds: the infinitive of the same aspect
  («прибывшая» → "прибыть", «подписан» → "подписать", «состоялась» → "состояться"); such tokens are `pos_`
  VERB and keep `VerbForm=Part`, `Voice=Pass`, `Tense`, `Aspect` in `morph`. A participle that the tagger
  reads as an adjective («заинтересованный») has an adjective's lemma. Acronyms stay as they are, in lower
  case («РАН» → "ран").
* A headline in capitals is read as if written in small letters (`coopex.annotate.recase`).
* `doc.ents` are whole names labelled PER, ORG, LOC (`coopex.annotate.spans_ru`).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from coopex.annotate.recase import recase
from coopex.annotate.spans_ru import complete_names
from coopex.annotate.trees import repair_tree
from coopex.annotate.words import Name, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

LONGEST_SENTENCE = 250
"""Tokens. Menus and tables come as one endless "sentence"; the parser's memory grows with its square."""

_RUSSIAN_WORD = re.compile(r"[0-9а-яё'’-]*[а-яё][0-9а-яё'’-]*", re.IGNORECASE)
_CONTINUES = re.compile(r"(?:Ltd|Inc|LLC|GmbH|Corp|Co|SA|AG)\b")
"""What stands after «Co.» inside a firm's name, though razdel ends a sentence there."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Models:
    """Natasha's models over one shared embedding."""

    morph: Any
    syntax: Any
    ner: Any


class RussianAnnotator:
    """Annotates Russian texts; models are loaded on first use (about 1 s, 60 MB) and may be shared by
    threads."""

    def __init__(self, *, whole_names: bool = True) -> None:
        self._whole_names = whole_names
        self._lock = threading.Lock()
        self._loaded: tuple[_Models, Vocab] | None = None

    def annotate(self, texts: Iterable[str]) -> Iterator[Doc]:
        """`["Делегация прибыла в Казань."]` → one `Doc` per text, in order; an empty text gives an empty
        `Doc`."""
        models, vocab = self._load()
        for text in texts:
            readable = recase(text)
            words, sentences = _split(readable)
            _tag(models, words, sentences)
            names = _find_names(models, words, readable)
            if self._whole_names:
                names = complete_names(words, names)
            yield _build(vocab, text, words, names)

    def nominative(self, span: Span) -> str:
        """«Дмитрия Ялова» → "Дмитрий Ялов": the name in the nominative, in the letters of the text."""
        from coopex.annotate.normalize import nominative

        return nominative(span)

    def _load(self) -> tuple[_Models, Vocab]:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load_models(), _load_vocab()
            return self._loaded


def _load_models() -> _Models:
    from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser

    embedding = NewsEmbedding()
    return _Models(NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding))


def _load_vocab() -> Vocab:
    import spacy

    return spacy.blank("ru").vocab


# --- words and sentences --------------------------------------------------------------------------


def _split(text: str) -> tuple[list[Word], list[range]]:
    """Words of the text, and the sentences as ranges over them."""
    import razdel

    words = [Word(token.start, token.text) for token in razdel.tokenize(text) if token.text]
    sentences = _sentence_ranges(words, set(_sentence_starts(text)))
    for number, sentence in enumerate(sentences):
        words[sentence.start].opens = True
        for index in sentence:
            words[index].sentence = number
    return words, sentences


def _sentence_starts(text: str) -> Iterator[int]:
    """Offsets at which sentences start: razdel's, within the paragraphs that blank lines part."""
    import razdel

    position = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for sentence in razdel.sentenize(text[position:end]):
            if not _CONTINUES.match(text, position + sentence.start):
                yield position + sentence.start
        position = gap.end() if gap else end


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


def _tag(models: _Models, words: list[Word], sentences: list[range]) -> None:
    """Write part of speech, features, lemma, head and relation into the words."""
    texts = [[words[index].text for index in sentence] for sentence in sentences]
    tagged = list(models.morph.map(texts))
    parsed = list(models.syntax.map(texts))
    for sentence, morphs, tree in zip(sentences, tagged, parsed, strict=True):
        _write_morph([words[index] for index in sentence], morphs.tokens)
        _write_tree(words, sentence, tree.tokens)


def _write_morph(words: list[Word], tokens: Any) -> None:
    for word, token in zip(words, tokens, strict=True):
        word.pos = token.pos
        word.feats = token.feats
        word.lemma = lemma_of(word.text, word.pos, _morph(word))


def _morph(word: Word) -> str:
    return "|".join(f"{name}={word.feats[name]}" for name in sorted(word.feats))


def _write_tree(words: list[Word], sentence: range, tokens: Any) -> None:
    heads = [int(token.head_id) - 1 for token in tokens]
    heads = repair_tree([index if head == -1 else head for index, head in enumerate(heads)])
    for index, (head, token) in enumerate(zip(heads, tokens, strict=True)):
        word = words[sentence.start + index]
        word.head = sentence.start + head
        word.dep = "ROOT" if head == index else ("parataxis" if token.rel == "root" else token.rel)


def _find_names(models: _Models, words: list[Word], text: str) -> list[Name]:
    """The recogniser's spans as ranges over the words; one that does not start at a word is left out."""
    if not words:
        return []
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index + 1 for index, word in enumerate(words)}
    spans = models.ner(text).spans
    return [
        Name(starts[s.start], ends[s.stop], s.type) for s in spans if s.start in starts and s.stop in ends
    ]


# --- lemmas ---------------------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def lemma_of(word: str, pos: str, morph: str) -> str:
    """`("визита", "NOUN", "Case=Gen|…")` → "визит": lower case, е for ё; see the module's own words on
    participles."""
    from coopex.annotate._pymorphy import morph_vocab

    if not _RUSSIAN_WORD.fullmatch(word):
        return word.lower()
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


def _build(vocab: Vocab, text: str, words: list[Word], names: list[Name]) -> Doc:
    from spacy.tokens import Doc, Span

    items, position = _with_spaces(text, words)
    if not items:
        return Doc(vocab)
    doc = Doc(
        vocab,
        words=[text[item.start : item.end] for item in items],
        spaces=[item.space_after for item in items],
        pos=[item.pos for item in items],
        morphs=[_morph(item) for item in items],
        lemmas=[item.lemma for item in items],
        heads=[item.head for item in items],
        deps=[item.dep for item in items],
    )
    doc.set_ents(
        [Span(doc, position[name.start], position[name.end - 1] + 1, label=name.label) for name in names],
        default="outside",
    )
    return doc
