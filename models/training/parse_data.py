"""Turn sentences of UD treebanks into spaCy documents, groups and headlines."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from conllu import Sentence, Word, read_conllu
from spacy.tokens import Doc
from spacy.vocab import Vocab

CURLY = {"``": "\u201c", "''": "\u201d"}


def sentences_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Some sentences of a treebank -> one Doc with tags, features, lemmas, heads and sentence starts."""
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        offset = len(words)
        words.extend(sentence.words)
        heads.extend(word.head + offset for word in sentence.words)
        starts.extend(index == 0 for index in range(len(sentence.words)))
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=["ROOT" if word.deprel == "root" else word.deprel for word in words],
        sent_starts=starts,
    )


def group_sentences(sentences: Iterable[Sentence], longest: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Put one to ``longest`` neighbouring sentences of a document together, as paragraphs hold them."""
    group: list[Sentence] = []
    wanted = rng.randint(1, longest)
    for sentence in sentences:
        if group and (sentence.starts_document or len(group) >= wanted):
            yield group
            group, wanted = [], rng.randint(1, longest)
        group.append(sentence)
    if group:
        yield group


def curl_quotes(sentence: Sentence) -> Sentence:
    """Straight quotes and apostrophes -> the typographic ones that news sites use."""
    words = [
        replace(
            word,
            form=CURLY[word.xpos] if word.form == '"' and word.xpos in CURLY else word.form.replace("'", "\u2019"),
        )
        for word in sentence.words
    ]
    return Sentence(words, sentence.text, sentence.starts_document)


def as_headline(sentence: Sentence, capitals: bool) -> Sentence:
    """A sentence -> the same in headline case or in capitals, without its final period."""
    words = sentence.words
    last_is_leaf = all(word.head != len(words) - 1 for word in words[:-1])
    if len(words) > 2 and words[-1].form == "." and last_is_leaf:
        words = words[:-1]
    return Sentence(
        [replace(word, form=_headline_form(word, capitals)) for word in words], "", sentence.starts_document
    )


def _headline_form(word: Word, capitals: bool) -> str:
    if capitals:
        return word.form.upper()
    small = word.upos in {"DET", "ADP", "CCONJ", "PART", "PUNCT"} or not word.form[:1].isalpha()
    return word.form if small else word.form[0].upper() + word.form[1:]


def plain_docs(vocab: Vocab, path: Path, longest: int) -> list[Doc]:
    """A test file -> Docs of up to ``longest`` sentences, untouched."""
    rng = random.Random(0)
    return [sentences_doc(vocab, group) for group in group_sentences(read_conllu(path), longest, rng)]
