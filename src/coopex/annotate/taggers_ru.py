"""What natasha's networks say of words: part of speech and features, head and relation, parts of names."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coopex.annotate._navec import Floats, load_embedding, load_network
from coopex.annotate.agreement_ru import forbidden_arcs
from coopex.annotate.networks_ru import (
    BLOCK,
    REACH,
    ROWS,
    Encoder,
    Numbers,
    Rows,
    WordTable,
    groups,
    product,
)
from coopex.annotate.projective import find_tree, tree_heads
from coopex.annotate.words import Name, morph_text
from coopex.threads import one_thread

FORBIDDEN = 10.0
"""Taken from the score of an arc that the cases forbid; the tagger may be wrong, so that it is not endless."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Part of speech and features, as a table and as text."""

    pos: str
    feats: dict[str, str]
    morph: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the networks read it: a tag, a head (from 0, a root its own) and a relation a word."""

    tags: list[Tag]
    heads: list[int]
    relations: list[str]


class Taggers:
    """Natasha's networks for morphology, syntax and names over one table of words; 0.2 s and 90 MB to load.

    Threads may share them: the table is one thread's for as long as a group of sentences is read.
    """

    def __init__(self) -> None:
        from natasha.data import NEWS_MORPH, NEWS_NER, NEWS_SYNTAX
        from slovnet.const import REL, TAG
        from slovnet.exec.model import NER, Morph, Syntax

        morph, shapes, tags = load_network(NEWS_MORPH, Morph, TAG)
        syntax, _, relations = load_network(NEWS_SYNTAX, Syntax, REL)
        ner, _, marks = load_network(NEWS_NER, NER, TAG)
        models = [morph, syntax, ner]
        self._lock = threading.Lock()
        self._table = WordTable(load_embedding(), shapes, models)
        encoders = [Encoder(model.encoder.layers, self._table, number) for number, model in enumerate(models)]
        self._morph = _Morph(encoders[0], morph, tags)
        self._syntax = _Syntax(encoders[1], syntax, relations)
        self._names = _Names(encoders[2], ner, marks)

    def read(self, sentences: Sequence[Sequence[str]]) -> Iterator[Reading]:
        """`[["Гости", "уехали"]]` → tags, heads `[1, 1]`, relations `["nsubj", "root"]`."""
        for group in groups(sentences):
            yield from self._read_group(group)

    def _read_group(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        with self._lock, one_thread():
            rows = self._table.lay_out(sentences)
            tags = self._morph.read(rows)
            arcs = [list(forbidden_arcs(words, tags[span])) for words, span in zip(sentences, rows.spans, strict=True)]
            heads, relations = self._syntax.read(rows, arcs)
        return [Reading(tags[span], found, relations[span]) for span, found in zip(rows.spans, heads, strict=True)]

    def names(self, texts: Sequence[Sequence[str]]) -> list[list[Name]]:
        """`[["Гости", "из", "Перу"]]` → `[[Name(2, 3, "LOC")]]`: each text is read as one sentence."""
        windows = [window for text in texts for window in _windows(len(text))]
        pieces = [text[window.start : window.stop] for text in texts for window in _windows(len(text))]
        scores = [piece for group in groups(pieces) for piece in self._score_group(group)]
        kept = iter([piece[window.kept] for window, piece in zip(windows, scores, strict=True)])
        joined = [np.concatenate([next(kept) for _ in _windows(len(text))]) for text in texts]
        return self._names.best(joined)

    def _score_group(self, pieces: Sequence[Sequence[str]]) -> list[Floats]:
        with self._lock, one_thread():
            return self._names.scores(self._table.lay_out(pieces))


# --- morphology -----------------------------------------------------------------------------------------------------


class _Morph:
    """Gives each word one of 753 tags."""

    def __init__(self, encoder: Encoder, model: Any, labels: Sequence[str]) -> None:
        self._encoder = encoder
        self._weight, self._bias = _linear(model.head.proj)
        self._tags = [_tag(label) for label in labels]

    def read(self, rows: Rows) -> list[Tag]:
        scores = product(self._encoder(rows), self._weight)
        scores += self._bias
        return [self._tags[number] for number in scores.argmax(-1).tolist()]


def _tag(label: str) -> Tag:
    """ "NOUN|Number=Sing|Case=Gen" → its parts, the features in order."""
    pos, *features = label.split("|")
    feats = dict(feature.split("=", 1) for feature in features)
    return Tag(pos, feats, morph_text(feats))


def _linear(layer: Any) -> tuple[Floats, Floats]:
    return np.ascontiguousarray(layer.weight.array.T), layer.bias.array


# --- syntax ---------------------------------------------------------------------------------------------------------


class _Syntax:
    """Gives each word a head and a relation to it.

    A word seeks its head by one view of it (`seek`) and is found by another (`found`); a relation is told from the
    views of the head (`over`) and of the word (`under`). The root's own views stand in the gap before a sentence.
    """

    def __init__(self, encoder: Encoder, model: Any, labels: Sequence[str]) -> None:
        self._encoder, self._labels = encoder, labels
        layers = [model.head.head, model.head.tail, model.rel.head, model.rel.tail]
        weights, biases = zip(*(_linear(layer.proj) for layer in layers), strict=True)
        self._weight, self._bias = np.concatenate(weights), np.concatenate(biases)
        self._seek = np.ascontiguousarray(model.head.kernel.array.T)
        self._relate = np.ascontiguousarray(model.rel.kernel.array.T)
        self._root_found = self._views(_repeated(model.head.root.array))[1][0]
        self._root_over = self._views(_repeated(model.rel.root.array))[2][0]

    def read(self, rows: Rows, forbidden: Sequence[Sequence[tuple[int, int]]]) -> tuple[list[list[int]], list[str]]:
        """Heads of every sentence, of which some arcs are forbidden, and the relation of every row."""
        seek, found, over, under = self._views(self._encoder(rows))
        found[rows.gaps], over[rows.gaps] = self._root_found, self._root_over
        seek = product(seek, self._seek)
        holders = np.zeros(len(seek), np.int64)
        heads = []
        for span, arcs in zip(rows.spans, forbidden, strict=True):
            scores = seek[span] @ found[span.start - 1 : span.stop].T
            for word, head in arcs:
                scores[word, head + 1] -= FORBIDDEN
            best = tree_heads(scores)
            holders[span] = best
            holders[span] += span.start - 1
            heads.append(find_tree(best))
        return heads, self._relations(over[holders], under)

    def _views(self, state: Floats) -> list[Floats]:
        views = product(state, self._weight)
        views += self._bias
        np.maximum(views, 0, out=views)
        return [np.ascontiguousarray(view) for view in np.split(views, 4, axis=1)]

    def _relations(self, over: Floats, under: Floats) -> list[str]:
        related = product(over, self._relate).reshape(len(over), -1, over.shape[1])
        scores = np.matmul(related, under[:, :, None])[:, :, 0]
        return [self._labels[number] for number in scores.argmax(-1).tolist()]


def _repeated(row: Floats) -> Floats:
    return np.tile(row, (BLOCK, 1))


# --- names ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a text that is read at once, and which of its words count: those that see all they need."""

    start: int
    stop: int
    kept: slice


def _windows(length: int) -> list[_Window]:
    """Stretches of at most `ROWS` words; a longer text is read in several that overlap."""
    step = ROWS - 2 * REACH
    starts = range(0, max(length - 2 * REACH, 1), step)
    windows = []
    for start in starts:
        stop = min(start + ROWS, length)
        first = REACH if start else 0
        last = stop - start - (REACH if stop < length else 0)
        windows.append(_Window(start, stop, slice(first, last)))
    return windows


class _Names:
    """Marks the words of names as first or further ones, by the best way through a whole text."""

    def __init__(self, encoder: Encoder, model: Any, labels: Sequence[str]) -> None:
        self._encoder, self._labels = encoder, labels
        self._weight, self._bias = _linear(model.head.proj)
        self._transitions = model.head.crf.transitions.array

    def scores(self, rows: Rows) -> list[Floats]:
        """How well each mark fits each word."""
        scores = product(self._encoder(rows), self._weight)
        scores += self._bias
        return [scores[span] for span in rows.spans]

    def best(self, scores: Sequence[Floats]) -> list[list[Name]]:
        """Names of texts from the scores of their words."""
        paths = best_paths(scores, self._transitions)
        return [list(_spans([self._labels[mark] for mark in path])) for path in paths]


def best_paths(scores: Sequence[Floats], transitions: Floats) -> list[list[int]]:
    """The row of marks with the highest sum for each text (Viterbi), all texts step by step together."""
    order = sorted((index for index, score in enumerate(scores) if len(score)), key=lambda index: -len(scores[index]))
    paths: list[list[int]] = [[] for _ in scores]
    if not order:
        return paths
    lengths = np.array([len(scores[index]) for index in order])
    active = [int((lengths > step).sum()) for step in range(lengths[0])]
    best = np.stack([scores[index][0] for index in order])
    history: list[Numbers] = []
    for step in range(1, lengths[0]):
        emitted = np.stack([scores[index][step] for index in order[: active[step]]])
        sums = best[: active[step], :, None] + transitions + emitted[:, None, :]
        history.append(sums.argmax(1))
        best[: active[step]] = sums.max(1)
    for index, path in zip(order, _trace(best.argmax(-1), history, lengths), strict=True):
        paths[index] = path
    return paths


def _trace(last: Numbers, history: Sequence[Numbers], lengths: Numbers) -> list[list[int]]:
    """Follow the best marks back from each text's last word; texts come longest first."""
    marks = last.copy()
    steps: list[list[int]] = []
    for came_from in reversed(history):
        count = len(came_from)
        steps.append(marks[:count].tolist())
        marks[:count] = came_from[np.arange(count), marks[:count]]
    steps.append(marks.tolist())
    steps.reverse()
    return [[step[text] for step in steps[:length]] for text, length in enumerate(lengths.tolist())]


def _spans(marks: Sequence[str]) -> Iterator[Name]:
    """`["B-PER", "I-PER", "O"]` → `Name(0, 2, "PER")`; a further word joins the name before it, whatever its kind."""
    start, end, label = 0, 0, ""
    for index, mark in enumerate([*marks, "O"]):
        if mark.startswith("I-"):
            end = index + 1
            continue
        if mark != "<pad>" and label:
            yield Name(start, end, label)
            label = ""
        if mark.startswith("B-"):
            start, end, label = index, index + 1, mark[2:]
