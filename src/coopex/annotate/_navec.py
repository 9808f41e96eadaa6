"""Natasha's word vectors and the weights of its networks, read without what only other uses need.

`navec.Navec` counts similarities of all vectors when it loads (0.3 s and 130 MB), and each network of `slovnet`
loads a list of the same 250,000 words of its own (45 MB each).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]


class Embedding:
    """Vectors of words, each put together from pieces that many words share."""

    def __init__(self, numbers: dict[str, int], indexes: Any, codes: Floats) -> None:
        self._numbers, self._indexes, self._codes = numbers, indexes, codes
        self._unknown = numbers["<unk>"]
        self.size = codes.shape[0] * codes.shape[2]

    def vectors(self, words: Sequence[str]) -> Floats:
        """`["гости"]` → one row of 300 numbers; words that are not known share a row."""
        numbers = [self._numbers.get(word, self._unknown) for word in words]
        pieces: Floats = self._codes[np.arange(len(self._codes)), self._indexes[numbers]]
        return pieces.reshape(len(words), self.size)


def load_embedding() -> Embedding:
    """Natasha's own vectors."""
    from natasha.data import NEWS_EMBEDDING
    from navec.navec import PQ_, VOCAB
    from navec.pq import PQ
    from navec.tar import Tar
    from navec.vocab import Vocab

    class Pieces(PQ):  # type: ignore[misc]
        def precompute(self) -> None:
            """Nothing: similarities are not asked for."""

    with Tar(NEWS_EMBEDDING) as tar:
        pieces = Pieces.from_file(tar.load(PQ_))
        numbers = Vocab.from_file(tar.load(VOCAB)).word_ids
    return Embedding(numbers, pieces.indexes, pieces.codes)


def load_network(path: str, kind: type, labels: str) -> tuple[Any, dict[str, int], list[str]]:
    """A network of the kind with its weights, the numbers of its shapes, and the labels that it gives."""
    from slovnet.const import SHAPE
    from slovnet.exec.pack import Pack

    with Pack(path) as pack:
        pack.load_meta().check_protocol()
        model = pack.load_model(kind)
        model = model.inject_arrays(dict(pack.load_arrays(model.weights)))
        return model, pack.load_vocab(SHAPE).item_ids, pack.load_vocab(labels).items
