"""Natasha's three networks over one table of words, with many sentences laid end to end.

The networks are those of `slovnet`: an embedding of the word and its shape, three convolutions over a word and
its two neighbours, a head. Slovnet runs each by itself over eight texts at a time, filled up to the longest; here

* sentences lie end to end with an empty row between them, which is to a convolution what the end is, so that no
  row is computed for nothing;
* the first convolution, two thirds of the work, is a sum of three products of single words. `WordTable` keeps
  them, for all three networks at once, for the words met last: half the words of a text are among them;
* all products are taken over `BLOCK` words at a time. A matrix library rounds a product by its place in a larger
  one; in blocks of one size each word comes out the same, to the bit, whatever stands in the batch with it.

On the Russian texts of data/raw a text costs 6.4 ms, 9.7 with an empty table, where natasha's own loop over the three
networks costs 31.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coopex.annotate._navec import Embedding, Floats

Numbers = np.ndarray[Any, np.dtype[np.int64]]

BLOCK = 16
"""Rows of one product: the largest number whose rows OpenBLAS rounds alike; a tenth slower than one product."""

ROWS = 1024
"""Words laid out together; more is no faster, and a layer's numbers still fit the processor's cache."""

CAPACITY = 4096
"""Words in the table, 9 kB each; the words of `ROWS` rows must fit twice."""

REACH = 3
"""Words to either side that a network sees: one a convolution."""


def product(rows: Floats, weight: Floats) -> Floats:
    """`(rows, inputs)` by `(outputs, inputs)` → `(rows, outputs)`; rows are a multiple of `BLOCK`."""
    blocks = rows.reshape(-1, BLOCK, rows.shape[1]).swapaxes(1, 2)
    products: Floats = np.matmul(weight, blocks)
    return products.swapaxes(1, 2).reshape(len(rows), len(weight))


def whole_blocks(count: int) -> int:
    """17 → 32: the rows of the blocks that so many rows need."""
    return -(-count // BLOCK) * BLOCK


# --- the layers -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Norm:
    """What follows a convolution: negatives cut off, then scaled and moved; gaps stay empty."""

    gain: Floats
    shift: Floats

    def apply(self, rows: Floats, gaps: Numbers) -> None:
        np.maximum(rows, 0, out=rows)
        rows *= self.gain
        rows += self.shift
        rows[gaps] = 0


@dataclass(frozen=True, slots=True)
class _Convolution:
    """One layer over rows: weights for the row before, the row and the row after, side by side."""

    weight: Floats
    bias: Floats
    norm: _Norm

    def apply(self, rows: Floats, gaps: Numbers) -> Floats:
        size = rows.shape[1]
        windows = np.zeros((len(rows), 3 * size), np.float32)
        windows[1:, :size] = rows[:-1]
        windows[:, size : 2 * size] = rows
        windows[:-1, 2 * size :] = rows[1:]
        result = product(windows, self.weight)
        result += self.bias
        self.norm.apply(result, gaps)
        return result


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences end to end: the table's row of each word, 0 in the gaps, and where each sentence lies."""

    words: Numbers
    gaps: Numbers
    spans: list[slice]


class Encoder:
    """The convolutions of one network; its first one reads the products of the table."""

    def __init__(self, layers: Sequence[Any], table: WordTable, number: int) -> None:
        self._table, self._number = table, number
        self._norm = _norm_of(layers[0])
        self._layers = [_convolution_of(layer) for layer in layers[1:]]

    def __call__(self, rows: Rows) -> Floats:
        """Rows of words → rows of what the network makes of each in its place."""
        state = self._table.first_sums(self._number, rows.words)
        self._norm.apply(state, rows.gaps)
        for layer in self._layers:
            state = layer.apply(state, rows.gaps)
        return state


def _norm_of(layer: Any) -> _Norm:
    norm = layer.norm
    gain = norm.weight.array / norm.std.array
    return _Norm(gain, norm.bias.array - norm.mean.array * gain)


def _convolution_of(layer: Any) -> _Convolution:
    weight = layer.conv.weight.array.transpose(0, 2, 1)
    return _Convolution(
        np.ascontiguousarray(weight.reshape(len(weight), -1)), layer.conv.bias.array, _norm_of(layer)
    )


# --- the words ------------------------------------------------------------------------------------------------------


class WordTable:
    """The products of single words with the first layers of several networks, for the words met last."""

    def __init__(self, embedding: Embedding, shapes: dict[str, int], models: Sequence[Any]) -> None:
        self._embedding, self._shapes = embedding, shapes
        self._weight = np.concatenate([_word_weight(model, embedding.size) for model in models])
        self._by_shape = np.concatenate([_shape_part(model, embedding.size) for model in models], axis=1)
        filters = len(self._weight) // (3 * len(models))
        self._parts = np.zeros((len(models), 3, CAPACITY, filters), np.float32)
        self._row_of: dict[str, int] = {}
        self._word_in = [""] * CAPACITY
        self._last_used = np.zeros(CAPACITY, np.int64)
        self._free = list(range(1, CAPACITY))
        self._clock = 0

    def lay_out(self, sentences: Iterable[Sequence[str]]) -> Rows:
        """`[["Да"], ["Гости", "уехали"]]` → their rows with an empty one before, between and after."""
        texts: list[str] = [""]
        spans = []
        for sentence in sentences:
            spans.append(slice(len(texts), len(texts) + len(sentence)))
            texts += [*sentence, ""]
        texts += [""] * (whole_blocks(len(texts)) - len(texts))
        words = self._find(texts)
        return Rows(words, np.flatnonzero(words == 0), spans)

    def first_sums(self, network: int, words: Numbers) -> Floats:
        """The first convolution of a network, before its norm."""
        before, itself, after = self._parts[network]
        sums: Floats = itself.take(words, axis=0)
        sums[1:] += before.take(words[:-1], axis=0)
        sums[:-1] += after.take(words[1:], axis=0)
        return sums

    def _find(self, texts: list[str]) -> Numbers:
        """Rows of the words; those that the table lacks are computed first. "" is the empty row."""
        distinct = dict.fromkeys(texts)
        del distinct[""]
        self._clock += 1
        known = [self._row_of[text] for text in distinct if text in self._row_of]
        self._last_used[known] = self._clock
        missing = [text for text in distinct if text not in self._row_of]
        if missing:
            self._admit(missing)
        row_of = {**{text: self._row_of[text] for text in distinct}, "": 0}
        return np.array([row_of[text] for text in texts])

    def _admit(self, texts: list[str]) -> None:
        if len(texts) > len(self._free):
            self._forget()
        rows = [self._free.pop() for _ in texts]
        self._row_of.update(zip(texts, rows, strict=True))
        for text, row in zip(texts, rows, strict=True):
            self._word_in[row] = text
        self._last_used[rows] = self._clock
        self._parts[:, :, rows] = self._products(texts)

    def _forget(self) -> None:
        """Free the half of the rows that were used longest ago."""
        oldest = [int(row) for row in np.argsort(self._last_used, kind="stable") if self._word_in[row]]
        for row in oldest[: CAPACITY // 2]:
            del self._row_of[self._word_in[row]]
            self._word_in[row] = ""
            self._free.append(row)

    def _products(self, texts: list[str]) -> Floats:
        """Every network's three products of each word: networks × places × words × filters."""
        from slovnet.shape import word_shape

        vectors = np.zeros((whole_blocks(len(texts)), self._embedding.size), np.float32)
        vectors[: len(texts)] = self._embedding.vectors([text.lower() for text in texts])
        sums = product(vectors, self._weight)[: len(texts)]
        sums += self._by_shape[[self._shapes[word_shape(text)] for text in texts]]
        networks, places, _, filters = self._parts.shape
        return sums.reshape(len(texts), networks, places, filters).transpose(1, 2, 0, 3)


def _word_weight(model: Any, size: int) -> Floats:
    """The first layer's weights for the word's vector, place by place: `(3 × filters, size)`."""
    weight = model.encoder.layers[0].conv.weight.array[:, :size]
    return np.ascontiguousarray(weight.transpose(2, 0, 1).reshape(-1, size))


def _shape_part(model: Any, size: int) -> Floats:
    """What the first layer makes of each shape, with its bias at the word's own place: `(shapes, 3 × filters)`."""
    conv = model.encoder.layers[0].conv
    places = [model.emb.shape.weight.array @ conv.weight.array[:, size:, place].T for place in range(3)]
    places[1] = places[1] + conv.bias.array
    return np.concatenate(places, axis=1)


# --- many sentences -------------------------------------------------------------------------------------------------


def groups(sentences: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Sentences in their order, together as long as they have no more than `ROWS` words."""
    first, words = 0, 0
    for index, sentence in enumerate(sentences):
        if words + len(sentence) > ROWS and index > first:
            yield sentences[first:index]
            first, words = index, 0
        words += len(sentence)
    if first < len(sentences):
        yield sentences[first:]
