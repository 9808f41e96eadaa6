"""Dependency trees from a network's scores of arcs, for both languages.

Natasha's parser chooses every head by itself, so heads run in circles and arcs cross (235 of 824 sentences). Its
scores also rank whole trees: such a sentence takes the projective tree with the highest sum, found span by span
(Eisner 1996), and the labels for those heads. Several roots without a cycle are mostly clauses in a row: they
hang on the first, as `coopex.annotate.trees` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coopex.annotate.trees import repair_tree

Scores = np.ndarray[Any, np.dtype[np.floating[Any]]]
Splits = np.ndarray[Any, np.dtype[np.integer[Any]]]


def find_tree(heads: Sequence[int]) -> list[int]:
    """`[2, 0]` → `[1, 1]`: heads counted from 1 with 0 for a root → those of one tree, from 0, a root its own."""
    return repair_tree([head - 1 if head else index for index, head in enumerate(heads)])


def tree_heads(scores: Scores) -> list[int]:
    """Return heads, counted from 1 with 0 for a root: each word's best where they nest, else the best projective tree.

    `scores[word, head]`: one row per word, one column for the root and one per word.
    """
    greedy: list[int] = scores.argmax(-1).tolist()
    return greedy if are_nested(greedy) else projective_heads(scores)


def are_nested(heads: Sequence[int]) -> bool:
    """Return whether heads, counted from 1 with 0 for a root, have no cycle and no crossing arcs.

    `[2, 0, 2]` → `True`; `[2, 1]` → `False`, a cycle; `[0, 4, 1, 1]` → `False`, the arc 2–4 crosses 1–3.
    """
    top = np.array([0, *heads])
    words, parents = np.arange(1, len(top)), top[1:]
    for _ in range(len(heads).bit_length()):
        top = top[top]
    low, high = np.minimum(words, parents), np.maximum(words, parents)
    crossing = (low[:, None] < low) & (low < high[:, None]) & (high[:, None] < high)
    return not top.any() and not crossing.any()


def projective_heads(scores: Scores) -> list[int]:
    """Return the heads of the best projective tree with one root, counted from 1 with 0 for the root.

    `[[8, 0, 9], [1, 9, 0]]` → `[0, 1]`: 8 + 9 is more than 9 + 1. After Eisner (1996): the best tree over a span
    joins the best ones over two shorter spans; all spans of one length are taken at once.
    """
    size = len(scores)
    chart = _Chart.of_size(size)
    arcs = scores[:, 1:].astype(np.float64)
    for length in range(1, size):
        chart.fill(length, arcs)
    ends = np.arange(size)
    sums = scores[:, 0] + chart.left_by_end[ends, ends] + chart.right_by_start[ends, size - 1 - ends]
    root = int(sums.argmax())
    heads = [0] * size
    for child, head in chart.arcs(root):
        heads[child] = head + 1
    return heads


@dataclass(frozen=True, slots=True)
class _Chart:
    """The best sums of spans, by their first word or their last one and their length, and where they were joined.

    `right` spans are headed by their first word and `left` ones by their last. In an `open` span an arc joins
    the two ends.
    """

    right_by_start: Scores
    right_by_end: Scores
    left_by_start: Scores
    left_by_end: Scores
    open_right: Scores
    open_left: Scores
    open_split: Splits
    right_split: Splits
    left_split: Splits

    @classmethod
    def of_size(cls, size: int) -> _Chart:
        """Return the chart of a sentence in which only spans of one word are known."""
        sums, splits = np.zeros((6, size, size)), np.zeros((3, size, size), np.int64)
        return cls(*sums, *splits)

    def fill(self, length: int, arcs: Scores) -> None:
        """Join all spans of a length from shorter ones."""
        starts = slice(len(arcs) - length)
        inner = self.right_by_start[starts, :length] + self.left_by_end[length:, length - 1 :: -1]
        best, self.open_split[starts, length] = inner.max(1), inner.argmax(1)
        self.open_right[starts, length] = best + np.diagonal(arcs, -length)
        self.open_left[length:, length] = best + np.diagonal(arcs, length)
        right = self.open_right[starts, 1 : length + 1] + self.right_by_end[length:, length - 1 :: -1]
        left = self.left_by_start[starts, :length] + self.open_left[length:, length:0:-1]
        self.right_split[starts, length], self.left_split[starts, length] = right.argmax(1) + 1, left.argmax(1)
        self.right_by_start[starts, length] = self.right_by_end[length:, length] = right.max(1)
        self.left_by_start[starts, length] = self.left_by_end[length:, length] = left.max(1)

    def arcs(self, root: int) -> Iterator[tuple[int, int]]:
        """Give word and head, counted from 0, for every arc of the best tree with the root given."""
        pending = [(root, 0), (root, len(self.left_split) - 1)]
        while pending:
            head, far = pending.pop()
            if head != far:
                child = self._last_child(head, far)
                yield child, head
                low, high = min(head, child), max(head, child)
                middle = low + int(self.open_split[low, high - low])
                pending += [(child, far), (low, middle), (high, middle + 1)]

    def _last_child(self, head: int, far: int) -> int:
        """Return the outermost dependent of a head on the side of the span's other end."""
        if head < far:
            return head + int(self.right_split[head, far - head])
        return far + int(self.left_split[far, head - far])
