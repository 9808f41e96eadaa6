"""The network's output → sentences, trees, labels and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coopex.annotate.en.network import Numbers, Output
from coopex.annotate.projective import projective_heads, tree_heads


@dataclass(frozen=True, slots=True)
class Trees:
    """Of each word its head, a root's being its own, and its label, a number of `Answers.labels`, a root's being −1."""

    heads: list[int]
    labels: list[int]


def sentence_slices(starts: Numbers, given: Sequence[int]) -> list[slice]:
    """Return the sentences of a text from the scores of words to start one.

    `given[word]` is 1 for a word that starts a sentence whatever the score, −1 for one that may not.
    """
    begins = (starts > 0) & (np.asarray(given) >= 0) | (np.asarray(given) > 0)
    bounds = sorted({0, *np.flatnonzero(begins).tolist(), len(starts)})
    return [slice(start, end) for start, end in pairwise(bounds)]


def find_trees(output: Output, sentences: Sequence[slice]) -> Trees:
    """Return the best tree of each sentence."""
    heads = [head for sentence in sentences for head in _heads_of(output, sentence)]
    labels = np.full(len(heads), -1)
    inner = [word for word, head in enumerate(heads) if word != head]
    if inner:
        labels[inner] = output.label_scores(inner, [heads[word] for word in inner]).argmax(1)
    return Trees(heads, labels.tolist())


def _heads_of(output: Output, sentence: slice) -> list[int]:
    """Return the heads of one sentence: each word's best where they make one tree, else the best projective tree."""
    scores = output.arc_scores(sentence)
    heads = tree_heads(scores)
    if heads.count(0) != 1:
        heads = projective_heads(scores)
    return [sentence.start + (head - 1 if head else index) for index, head in enumerate(heads)]


def find_names(scores: Numbers, tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return names as (first word, word after the last, label): the best row of tags that is well formed.

    Viterbi (1967) over B-I-O, in which I-X follows B-X or I-X only.
    """
    row = scores.argmax(1).tolist()
    if not _is_well_formed(row, tags):
        row = _best_row(scores, tags)
    return list(_spans([tags[tag] for tag in row]))


def _is_well_formed(row: Sequence[int], tags: Sequence[str]) -> bool:
    return all(_may_follow(tags[before] if index else "O", tags[tag])
               for index, (before, tag) in enumerate(zip([0, *row], row, strict=False)))  # fmt: skip


def _may_follow(before: str, tag: str) -> bool:
    return tag[0] != "I" or before[2:] == tag[2:]


def _best_row(scores: Numbers, tags: Sequence[str]) -> list[int]:
    barred = np.array([[0.0 if _may_follow(before, tag) else -1e9 for tag in tags] for before in tags])
    first = np.array([0.0 if tag[0] != "I" else -1e9 for tag in tags])
    sums = scores[0] + first
    back: list[list[int]] = []
    for row in scores[1:]:
        paths = sums[:, None] + barred
        back.append(paths.argmax(0).tolist())
        sums = paths.max(0) + row
    best = [int(sums.argmax())]
    for links in reversed(back):
        best.append(links[best[-1]])
    return best[::-1]


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start = None
    for index, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] != "I":
            yield start, index, tags[start][2:]
            start = None
        if tag[0] == "B":
            start = index
