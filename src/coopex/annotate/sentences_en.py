"""Endless English sentences, such as tables and menus, cut so that no step meets one of thousands of words."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

LONGEST_SENTENCE = 250
"""Tokens, as in Russian. The longest sentence of 169 news texts has 125; the time that rules take grows with its
square."""
_COLUMNS: list[int | str] = ["HEAD", "DEP"]


def with_bounded_sentences(doc: Doc) -> Doc:
    """A list of 600 names without a full stop → three sentences, each with one root; the Doc is given back.

    Words whose head lies in another piece hang on the first of them, the root of the piece.
    """
    endless = [sentence for sentence in doc.sents if len(sentence) > LONGEST_SENTENCE]
    if not endless:
        return doc
    heads = [token.head.i for token in doc]
    rows = doc.to_array(_COLUMNS)
    root, further = doc.vocab.strings.add("root"), doc.vocab.strings.add("parataxis")
    for sentence in endless:
        for start in range(sentence.start, sentence.end, LONGEST_SENTENCE):
            piece = range(start, min(start + LONGEST_SENTENCE, sentence.end))
            tops = [i for i in piece if heads[i] == i or heads[i] not in piece]
            for i in tops:
                heads[i] = tops[0]
                rows[i, 1] = root if i == tops[0] else further
    offsets = [head - i for i, head in enumerate(heads)]
    rows[:, 0] = np.array(offsets, dtype=np.int64).astype(np.uint64)
    bounded: Doc = doc.from_array(_COLUMNS, rows)  # type: ignore[arg-type]  # wrong in the stubs
    return bounded
